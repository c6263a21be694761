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


def lines_on_page(content: bytes, number: int) -> list[tuple[str, tuple[float, float, float, float]]]:
    """The page's runs of text, each with where its signs stand: left, top, right, bottom in mm."""
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[number]
        text, height, mm = page.get_textpage(), page.get_height(), 25.4 / 72
        rectangles = [text.get_rect(index) for index in range(text.count_rects())]
        return [
            (
                text.get_text_bounded(left, bottom, right, top).strip(),
                (left * mm, (height - top) * mm, right * mm, (height - bottom) * mm),
            )
            for left, bottom, right, top in rectangles
        ]
    finally:
        document.close()
