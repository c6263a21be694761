"""The paper's HTML set as PDF by WeasyPrint. The only room that knows the engine."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from functools import cache, lru_cache

from weasyprint import CSS, HTML, Document  # 0.9 s: imported only where a PDF is made
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

# If HarfBuzz's subset library is missing, fonts are cut by a slower one that writes the time into them.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

VARIANT = "pdf/ua-1"
ORPHANS = (2, 3, 4, 5)  # least lines of a paragraph at the foot of a page, in the order they are tried


@dataclass(frozen=True)
class Typeset:
    """A letter's PDF, or nothing if it could not be set; and what the engine said, as (code, words)."""

    content: bytes
    pages: int
    complaints: tuple[tuple[str, str], ...]


def typeset(paper: str, style: str) -> Typeset:
    """The PDF of one letter. Never raises: what goes wrong is among the complaints."""
    heard = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    was_propagating, logger.propagate = logger.propagate, False
    try:
        return _typeset(paper, style, heard)
    except (Exception, FatalURLFetchingError, RecursionError) as error:  # noqa: BLE001 - any failure is this letter's
        words = str(error) or type(error).__name__
        return Typeset(b"", 0, (*heard.complaints, ("typesetting", f"this letter cannot be set: {words}")))
    finally:
        logger.removeHandler(heard)
        logger.propagate = was_propagating


def _typeset(paper: str, style: str, heard: _Listener) -> Typeset:
    document, lost = _rendered(paper, style)
    content = document.write_pdf(pdf_variant=VARIANT)
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    glyphs = [("missing-glyph", f"no font has the character '{sign}' (U+{ord(sign):04X})") for sign in sorted(missing)]
    return Typeset(content, len(document.pages), (*heard.complaints, *lost, *glyphs))


def _rendered(paper: str, style: str) -> tuple[Document, list[tuple[str, str]]]:
    """The laid-out letter, and the notes that are not on their page.

    Where one line less than `orphans` of a paragraph fits on a page, the engine makes room for it by
    moving notes to the next page (seen in 70.0, layout/block.py). With another number it does not.
    """
    sheet, fonts = _sheet(style)
    html = HTML(string=paper, url_fetcher=_fetcher())
    for orphans in ORPHANS:
        sheets = [sheet, _orphans(orphans)]
        document = html.render(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)
        lost = _lost_notes(document)
        if not lost:
            break
    return document, lost


@cache
def _orphans(lines: int) -> CSS:
    return CSS(string=f".letter {{ orphans: {lines} }}", url_fetcher=_fetcher())


@lru_cache(maxsize=1)
def _sheet(style: str) -> tuple[CSS, FontConfiguration]:
    """Parsed once a process; with them, letters share their fonts and memory stays flat."""
    fonts = FontConfiguration()
    return CSS(string=style, font_config=fonts, url_fetcher=_fetcher()), fonts


def _fetcher() -> URLFetcher:
    """Takes data addresses alone: no file and no network is ever asked."""
    return URLFetcher(allowed_protocols=["data"], allow_redirects=False)


def _lost_notes(document: Document) -> list[tuple[str, str]]:
    """Notes that are on no page, or on another than their first reference."""
    where: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for name in page.anchors:
            where.setdefault(name, number)
    lost = []
    for name, page_number in where.items():
        kind, _, key = name.partition("-")
        note, _, ordinal = key.partition("-")
        if kind == "ref" and ordinal == "1" and where.get(f"note-{note}") != page_number:
            lost.append(("footnote-lost", f"note {note} is not on page {page_number}, which refers to it"))
    return lost


class _Listener(logging.Handler):
    """Keeps what the engine logs: it stops for nothing, and a letter with a hole is no letter."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.complaints: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if ".notdef" in words:  # said again, with the character, by the font itself
            return
        is_style = record.levelno < logging.ERROR
        complaint = ("stylesheet" if is_style else "typesetting", words)
        if complaint not in self.complaints:
            self.complaints.append(complaint)
