"""Stylesheets and fonts, read once a process: with them, letters share their fonts and memory stays flat."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from lettergen.render.pdf.isolation import no_fonts_of_the_computer
from lettergen.render.pdf.listening import listening
from lettergen.render.pdf.remembered_lines import remember

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Complaint

# If HarfBuzz's subset library is missing, fonts are cut by a slower one that writes the time into them.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

_FACES = (("Regular", 400, "normal"), ("Italic", 400, "italic"), ("Bold", 700, "normal"), ("BoldItalic", 700, "italic"))


class Sheets(NamedTuple):
    """Stylesheets as the engine has read them, and what it said of them then: it says so but once.

    `undrawn` collects complaints by image, of those that took too long to draw: no other letter tries them again.
    """

    theme: CSS
    own: CSS
    fonts: FontConfiguration
    complaints: tuple[Complaint, ...]
    undrawn: dict[str, Complaint]


@lru_cache(maxsize=1)
def sheets(theme: str, own: str) -> Sheets:
    """The two stylesheets, as `read` reads them; from now on, lines set with them are remembered."""
    found = read(theme, own)
    remember(found.fonts)
    return found


def read(theme: str, own: str) -> Sheets:
    """The two stylesheets; fonts are those that they name and those of our own."""
    with no_fonts_of_the_computer():
        fonts = FontConfiguration()
    CSS(string=_font_faces(), font_config=fonts, url_fetcher=URLFetcher(allowed_protocols=["file"]))
    with listening() as heard:
        theme_sheet, own_sheet = (CSS(string=text, font_config=fonts, url_fetcher=fetcher()) for text in (theme, own))
    return Sheets(theme_sheet, own_sheet, fonts, tuple(heard), {})


@cache
def orphans(lines: int) -> CSS:
    """Least lines of a paragraph at the foot of a page."""
    return CSS(string=f".letter {{ orphans: {lines} }}", url_fetcher=fetcher())


@cache
def fetcher() -> URLFetcher:
    """Takes data addresses alone: no file and no network is ever asked."""
    return URLFetcher(allowed_protocols=["data"], allow_redirects=False)


def _font_faces() -> str:
    return "".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style}; src: url('{file}') }}\n"
        for family, weight, style, file in _files()
    )


def _files() -> Iterator[tuple[str, int, str, str]]:
    import fontpkg_ibm_plex_mono
    import fontpkg_ibm_plex_serif

    for package in (fontpkg_ibm_plex_serif, fontpkg_ibm_plex_mono):
        for name, weight, style in _FACES:
            file = package.ROOT / "files" / f"{package.FAMILY.replace(' ', '')}-{name}.ttf"
            yield package.FAMILY, weight, style, file.as_uri()
