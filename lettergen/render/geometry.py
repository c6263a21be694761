"""Envelopes, and where the parts of a letter stand on the sheet so that they fit: data in mm, with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Area, Items

if TYPE_CHECKING:
    from lettergen.model import Settings

SHIFT = 3.0  # what a sheet may move in its envelope, either way, before the address is cut
_BLEED = 0.5  # what a font's box may stand out above and below its line
RETURN_LINE = 4.0  # the return line's height, above the address


class Envelope(NamedTuple):
    """An envelope and its window: `left` and `up` are the window's distances from the left and lower edge."""

    width: float
    height: float
    left: float
    up: float
    window_width: float
    window_height: float


class Margins(NamedTuple):
    """The blank edges of a page."""

    top: float
    right: float
    bottom: float
    left: float


class Zones(NamedTuple):
    """What page one keeps for whom: the window shows `window`; the address may fill `address` up to
    `highest`, the first line normally standing at `address.top`; text begins at `body_top`.
    """

    window: Area
    highest: float
    address: Area
    letterhead: Area
    date: Area
    body_top: float
    return_line: bool = False


class Preset(NamedTuple):
    """A kind of letter: its sheet, what stands where on page one, where it is folded, and who says so.

    `plain` has no zones: its parts follow one another. Fold and punch marks are printed if `has_marks`.
    """

    name: str
    width: float
    height: float
    first: Margins
    later: Margins
    sources: tuple[str, ...]
    zones: Zones | None = None
    envelope: Envelope | None = None
    folds: tuple[float, ...] = ()
    punch: float | None = None
    has_marks: bool = False


def seen(envelope: Envelope, width: float, panels: tuple[float, ...]) -> Area:
    """What the window shows of a sheet that lies in the middle of its envelope.

    `panels` are the heights between the folds, from the top; the first one lies behind the window,
    its fold at the foot of the envelope.
    """
    left = envelope.left - (envelope.width - width) / 2
    bottom = panels[0] - envelope.up + (envelope.height - max(panels)) / 2
    return Area(left, bottom - envelope.window_height, left + envelope.window_width, bottom)


def grown(area: Area, by: float) -> Area:
    """The area with an edge more on every side; less, if `by` is negative."""
    return Area(area.left - by, area.top - by, area.right + by, area.bottom + by)


def _address(window: Area, left: float, top: float, above: float = 0) -> tuple[float, Area]:
    """How high an address can begin, and its area in the window, SHIFT away from all edges."""
    safe = grown(window, -SHIFT)
    return safe.top + _BLEED + above, Area(left, top, safe.right, safe.bottom - _BLEED)


_INCH = 25.4
_A4, _LETTER = (210.0, 297.0), (8.5 * _INCH, 11 * _INCH)
_LATER = Margins(25, 25, 24, 25)

_DL = Envelope(220, 110, left=20, up=18, window_width=90, window_height=35)
_C5 = Envelope(229, 162, left=20, up=60, window_width=90, window_height=35)
_DIN_DL = Envelope(220, 110, left=20, up=15, window_width=90, window_height=45)
_NO_10 = Envelope(
    9.5 * _INCH, 4.125 * _INCH, 0.875 * _INCH, 0.5 * _INCH, window_width=4.5 * _INCH, window_height=1.125 * _INCH
)


def _uk(name: str, envelope: Envelope, panels: tuple[float, ...], sources: tuple[str, ...]) -> Preset:
    """British letters have no standard: the address in the window, the sender to the right of it."""
    window = seen(envelope, _A4[0], panels)
    highest, address = _address(window, 25, window.top + 4.5)
    body_top = window.bottom + SHIFT + 6
    zones = Zones(
        window, highest, address, Area(112, 15, 185, body_top - 16), Area(112, body_top - 13, 185, body_top - 6), body_top
    )
    folds = tuple(sum(panels[:count]) for count in range(1, len(panels)))
    return Preset(name, *_A4, Margins(15, 25, 24, 25), _LATER, sources, zones, envelope, folds)


def _din(name: str, head: float, panels: tuple[float, ...]) -> Preset:
    """DIN 5008: the field for the address begins below a head of 27 or 45 mm; the address 17.7 mm below that."""
    window = seen(_DIN_DL, _A4[0], panels)
    highest, address = _address(window, 25, head + 17.7, above=RETURN_LINE)
    zones = Zones(
        window,
        highest,
        address,
        letterhead=Area(125, 10, 190, head + 35),
        date=Area(125, head + 38, 190, head + 45),
        body_top=head + 45 + 8.46,
        return_line=True,
    )
    sources = (
        "DIN 5008:2020 (head 27 or 45 mm, address field 85 x 45 mm, address 17.7 mm below its top, information"
        " block from 125 mm, text 8.46 mm below the field, folds 87 and 192 or 105 and 210 mm, punch 148.5 mm)",
        "DIN 680:2008 (DL 220 x 110 mm, window 90 x 45 mm, 20 mm from the left, 15 mm from below)",
    )
    folds = (panels[0], panels[0] + panels[1])
    first, later = Margins(10, 20, 24, 25), Margins(25, 20, 24, 25)
    return Preset(name, *_A4, first, later, sources, zones, _DIN_DL, folds, punch=148.5, has_marks=True)


def _notify() -> Preset:
    """Notify prints and folds itself, and asks for zones: the window here is its address zone and SHIFT more."""
    zone = Area(24.6, 39.5, 120, 66.3)
    zones = Zones(
        grown(zone, SHIFT),
        zone.top + _BLEED,
        Area(25, zone.top + 1.5, zone.right, zone.bottom - _BLEED),
        letterhead=Area(127, 10, 195, 80),
        date=Area(127, 84, 195, 91),
        body_top=95,
    )
    sources = (
        "alphagov/notifications-template-preview, app/precompiled.py (address 24.6 to 120 mm from the left, 39.5 to"
        " 66.3 mm from the top; sender from 125 mm; text from 95 mm; 15 mm blank at the sides, 5 mm above and below)",
    )
    return Preset("notify", *_A4, Margins(10, 15, 24, 25), Margins(25, 15, 24, 25), sources, zones)


def _us() -> Preset:
    width, height = _LETTER
    window = seen(_NO_10, width, (height / 3,) * 3)
    highest, address = _address(window, _INCH, window.top + SHIFT + _BLEED)
    zones = Zones(
        window,
        highest,
        address,
        letterhead=Area(_INCH, 0.5 * _INCH, width - _INCH, window.top - SHIFT - 1),
        date=Area(window.right + 6, window.bottom - 8, width - _INCH, window.bottom),
        body_top=3.75 * _INCH,
    )
    sources = (
        "the trade's commercial envelope no. 10 (4 1/8 x 9 1/2 in, window 1 1/8 x 4 1/2 in, 7/8 in from the left,"
        " 1/2 in from below): businessenvelopes.com, Window Envelopes: The Complete Guide",
        "US Letter, ANSI/ASME Y14.1 (8 1/2 x 11 in), folded in three",
    )
    first, later = Margins(0.5 * _INCH, _INCH, _INCH, _INCH), Margins(_INCH, _INCH, _INCH, _INCH)
    return Preset("us-10", width, height, first, later, sources, zones, _NO_10, (height / 3, 2 * height / 3))


_ROYAL_MAIL = "Royal Mail, Premier Customer Guide (a window is at least 18 mm from the lower edge, 15 mm from the others)"
_MAKERS = "British envelope makers' usual window, 35 x 90 mm, 20 mm from the left"
_ISO = "ISO 269 and ISO 216"

GEOMETRY: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("plain", *_A4, Margins(18, 25, 24, 25), _LATER, ("ISO 216 (A4)",)),
        _uk("uk-dl", _DL, (99, 99, 99), (f"{_ISO} (DL, A4 in three)", f"{_MAKERS}, 18 mm up", _ROYAL_MAIL)),
        _uk("uk-c5", _C5, (148.5, 148.5), (f"{_ISO} (C5, A4 in two)", f"{_MAKERS}, 60 mm up", _ROYAL_MAIL)),
        _notify(),
        _din("din-5008-a", 27, (87, 105, 105)),
        _din("din-5008-b", 45, (105, 105, 87)),
        _us(),
    )
}


def return_line(settings: Settings) -> str:
    """The sender in one line, as it stands above the address in the window; empty where the preset has none."""
    zones = GEOMETRY[settings.layout.preset].zones
    sender = settings.sender
    if zones is None or not zones.return_line:
        return ""
    address = sender.get("address")
    lines = [sender.get("organisation") or sender.get("name"), *(address if isinstance(address, Items) else ())]
    return " · ".join(str(line) for line in lines if line)
