"""The paper's HTML set as PDF by WeasyPrint. The only room that knows the engine."""

from __future__ import annotations

import logging
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from weasyprint import CSS, HTML, Document  # 0.9 s: imported only where a PDF is made
from weasyprint.css.properties import KNOWN_PROPERTIES
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from lettergen.problems import near
from lettergen.render.copying import name_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.render.paper import Paper
    from lettergen.render.style import Style

# If HarfBuzz's subset library is missing, fonts are cut by a slower one that writes the time into them.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

ORPHANS = (2, 3, 4, 5)  # least lines of a paragraph at the foot of a page, in the order they are tried


@dataclass(frozen=True)
class Complaint:
    """What the engine said against a letter or, with a line, against the project's stylesheet.

    `sought` is what stands where the fault lies.
    """

    code: str
    words: str
    line: int = 0
    column: int = 0
    help: str = ""
    sought: str = ""


@dataclass(frozen=True)
class Typeset:
    """A letter's PDF, or nothing if it could not be set; and what was said about it."""

    content: bytes
    pages: int
    complaints: tuple[Complaint, ...]


def typeset(paper: Paper, style: Style) -> Typeset:
    """The PDF of one letter. Never raises: what goes wrong is among the complaints."""
    with _listening() as heard:
        try:
            return _typeset(paper, style, heard)
        except (Exception, FatalURLFetchingError, RecursionError) as error:  # noqa: BLE001 - any failure is this letter's
            words = f"this letter cannot be set: {error or type(error).__name__}"
            return Typeset(b"", 0, (*heard, Complaint("typesetting", words)))


def _typeset(paper: Paper, style: Style, heard: list[Complaint]) -> Typeset:
    sheets = _sheets(style.paper, style.own)
    document, lost = _rendered(paper, sheets)
    content = document.write_pdf(pdf_tags=True, finisher=name_blanks)
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    glyphs = [
        Complaint("missing-glyph", f"no font has the character '{sign}' (U+{ord(sign):04X})", sought=sign)
        for sign in sorted(missing)
    ]
    all_heard = dict.fromkeys((*sheets.complaints, *heard))  # the first letter hears those of the sheets as well
    said = [one for one in all_heard if not (lost and "No anchor" in one.words)]  # the same once more
    return Typeset(content, len(document.pages), (*said, *lost, *glyphs))


def _rendered(paper: Paper, sheets: _Sheets) -> tuple[Document, list[Complaint]]:
    """The laid-out letter, and the notes that are not on their page.

    Where one line less than `orphans` of a paragraph fits on a page, the engine makes room for it by
    moving notes to the next page (seen in 70.0, layout/block.py). With another number it does not.
    """
    html = HTML(string=paper.html, url_fetcher=_fetcher())
    for lines in ORPHANS:
        stylesheets = [sheets.theme, _orphans(lines), sheets.own]
        document = html.render(stylesheets=stylesheets, font_config=sheets.fonts, pdf_tags=True)
        lost = _lost_notes(document, paper.notes)
        if not lost:
            break
    return document, lost


@cache
def _orphans(lines: int) -> CSS:
    return CSS(string=f".letter {{ orphans: {lines} }}", url_fetcher=_fetcher())


class _Sheets(NamedTuple):
    """Stylesheets as the engine has read them, and what it said of them then: it says so but once."""

    theme: CSS
    own: CSS
    fonts: FontConfiguration
    complaints: tuple[Complaint, ...]


@lru_cache(maxsize=1)
def _sheets(theme: str, own: str) -> _Sheets:
    """Parsed once a process; with them, letters share their fonts and memory stays flat."""
    fonts = FontConfiguration()
    with _listening() as heard:
        theme_sheet, own_sheet = (CSS(string=text, font_config=fonts, url_fetcher=_fetcher()) for text in (theme, own))
    return _Sheets(theme_sheet, own_sheet, fonts, tuple(heard))


@contextmanager
def _listening() -> Iterator[list[Complaint]]:
    """The complaints that the engine logs meanwhile; nobody else hears them."""
    heard = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    was_propagating, logger.propagate = logger.propagate, False
    try:
        yield heard.complaints
    finally:
        logger.removeHandler(heard)
        logger.propagate = was_propagating


def _fetcher() -> URLFetcher:
    """Takes data addresses alone: no file and no network is ever asked."""
    return URLFetcher(allowed_protocols=["data"], allow_redirects=False)


def _lost_notes(document: Document, notes: int) -> list[Complaint]:
    """The notes that are on no page, or on another than their first reference."""
    where: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for name in page.anchors:
            where.setdefault(name, number)
    lost = []
    for note in range(1, notes + 1):
        page_number = where.get(f"ref-{note}-1")
        if page_number is None:
            lost.append(Complaint("footnote-lost", f"the text that refers to note {note} is on no page"))
        elif where.get(f"note-{note}") != page_number:
            words = f"note {note} is not on page {page_number}, which refers to it"
            lost.append(Complaint("footnote-lost", words))
    return lost


def _of_style(words: str) -> tuple[str, str]:
    """What the engine says of a declaration, and the way out."""
    found = re.match(r"Ignored `([\w-]+)\s*:.*`, (.*)\.$", words, re.DOTALL)
    if not found:
        return words, "see how CSS is written, or remove it"
    way_out = near(found[1], KNOWN_PROPERTIES, "see which properties and values WeasyPrint knows")
    if found[1] in KNOWN_PROPERTIES:
        way_out = f"see which values '{found[1]}' can have"
    return f"'{found[1]}' has no effect here: {found[2]}", way_out


class _Listener(logging.Handler):
    """Keeps what the engine logs: it stops for nothing, and a letter with a hole is no letter."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.complaints: list[Complaint] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = re.sub(r" at 'data:[^']*'", "", record.getMessage()).rstrip(": ")
        if ".notdef" in words:  # said again, with the character, by the font itself
            return
        found = re.search(r" at (\d+):(\d+)", words)
        if found and record.levelno < logging.ERROR:
            words, way_out = _of_style(words.replace(found[0], ""))
            complaint = Complaint("stylesheet", words, int(found[1]), int(found[2]), way_out)
        else:
            words = re.sub(r"Failed to \w+ (?:SVG )?image\b", "the engine cannot draw the image", words)
            complaint = Complaint("typesetting" if record.levelno >= logging.ERROR else "stylesheet", words)
        if complaint not in self.complaints:
            self.complaints.append(complaint)
