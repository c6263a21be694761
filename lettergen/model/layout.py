"""How letters lie on paper: what a project asks for, and what was measured once a letter is set."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

PLAIN = "plain"  # the preset of letters for no envelope in particular: their look is the theme's
PRESETS = (PLAIN, "uk-dl", "uk-c5", "notify", "din-5008-a", "din-5008-b", "us-10")


class Edition(NamedTuple):
    """How the same letters are made for other readers: what differs from the standard edition.

    `link_addresses` spells out the addresses of links in notes, `even_pages` puts a blank page behind a
    letter of odd length. The page's look is a stylesheet of the edition's name.
    """

    name: str = "standard"
    preset: str | None = None
    max_pages: int | None = None
    link_addresses: bool = False
    even_pages: bool = False


_BUILT_IN = (
    Edition(),
    Edition("large-print", preset=PLAIN),  # no window has room for an address in large print
    Edition("print", link_addresses=True, even_pages=True),
)
EDITIONS = MappingProxyType({edition.name: edition for edition in _BUILT_IN})


class Layout(NamedTuple):
    """The front matter's `layout`: the preset, the rules for addresses, and the most pages of a letter.

    It is that of the edition that was asked for; `editions` are all that the project knows.
    """

    preset: str = PLAIN
    address: str = "none"
    max_pages: int | None = None
    edition: Edition = _BUILT_IN[0]
    editions: Mapping[str, Edition] = EDITIONS


class Asked(NamedTuple):
    """What a command asks for instead of the front matter's own: another day, another edition."""

    day: date | None = None
    edition: str = "standard"


class Area(NamedTuple):
    """A rectangle on a page, in mm from the page's left and top edges."""

    left: float
    top: float
    right: float
    bottom: float


class Fit(NamedTuple):
    """How an address stands in its window: its top in mm, its type in points, and from line to line in mm."""

    top: float
    size: float
    pitch: float


class Printed(NamedTuple):
    """A line of text or an image on paper. `part` is the letter's part, `note`, `return_line`, or `margin`
    for what the pages say themselves; `room` is where it should have stayed.
    """

    page: int
    part: str
    text: str
    area: Area
    room: Area


class Facts(NamedTuple):
    """What any engine can say of a letter that it has set. Pages count from 1.

    `sizes` are width and height of each page in mm; `anchors` the page of each place that can be linked
    to, by its name in the paper; `missing` the characters that no font has.
    """

    sizes: tuple[tuple[float, float], ...] = ()
    printed: tuple[Printed, ...] = ()
    anchors: tuple[tuple[str, int], ...] = ()
    missing: str = ""


class Complaint(NamedTuple):
    """What is said against a letter on paper or, with a line, against the project's stylesheet.

    `sought` is what stands where the fault lies.
    """

    code: str
    words: str
    line: int = 0
    column: int = 0
    help: str = ""
    sought: str = ""
