"""Looks into a PDF, for the tests."""

from __future__ import annotations

import re
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pypdfium2


def page_texts(content: bytes) -> list[str]:
    """Each page's text, a line a line of print."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_text(page) for page in document]
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage().get_text_bounded()
    return re.sub(r"[ \t]*\r?\n", "\n", text).replace("\ufffe", "-").replace("\x02", "-\n") + "\n"
