"""The presets: what standards, post offices and envelope makers say, in mm."""

from __future__ import annotations

from itertools import accumulate

from lettergen.model import Area
from lettergen.render.geometry import SHIFT, Envelope, Margins, Preset, Zones, grown, seen

_INCH = 25.4
_A4 = (210.0, 297.0)
_LETTER = (8.5 * _INCH, 11 * _INCH)

_DL = Envelope(220, 110, left=20, up=18, window_width=90, window_height=35)
_C5 = Envelope(229, 162, left=20, up=60, window_width=90, window_height=35)
_DIN_DL = Envelope(220, 110, left=20, up=15, window_width=90, window_height=45)
_NO_10 = Envelope(9.5 * _INCH, 4.125 * _INCH, 0.875 * _INCH, 0.5 * _INCH, 4.5 * _INCH, 1.125 * _INCH)

_BLEED = 0.5  # what the box of a font may stand out above and below its line
_RETURN_LINE = 4.0  # kept for it above the highest address

_ISO = "ISO 269 and ISO 216 (sizes of envelopes and paper)"
_MAKERS = "the usual window of British envelope makers: 35 x 90 mm, 20 mm from the left,"
_ROYAL_MAIL = "Royal Mail, Premier Customer Guide: a window is 18 mm or more from below, 15 mm or more from the sides"
_DIN_5008 = (
    "DIN 5008:2020: head 27 (A) or 45 mm (B), address field 85 x 45 mm below it with the address from 17.7 mm on,"
    " information block from 125 mm, text 8.46 mm below the field, folds at 87 and 192 (A) or 105 and 210 mm (B),"
    " punch at 148.5 mm"
)
_DIN_680 = "DIN 680:2008: DL 220 x 110 mm, window 90 x 45 mm, 20 mm from the left and 15 mm from below"
_NOTIFY = (
    "alphagov/notifications-template-preview, app/precompiled.py: address 24.6 to 120 mm from the left and 39.5 to"
    " 66.3 mm from the top, sender from 125 mm, text from 95 mm, 15 mm blank at the sides and 5 mm above and below"
)
_TRADE = (
    "the trade's no. 10 envelope, as in businessenvelopes.com, Window Envelopes: 4 1/8 x 9 1/2 in, window 1 1/8 x"
    " 4 1/2 in, 7/8 in from the left and 1/2 in from below"
)


def _uk(name: str, envelope: Envelope, panels: tuple[float, ...], up: str) -> Preset:
    """Great Britain has no standard for letters: the address in the window, the sender to the right of it."""
    window = seen(envelope, _A4[0], panels)
    zones = Zones(
        window,
        highest=window.top + SHIFT + _BLEED,
        address=_address(window, 25, window.top + 4.5),
        letterhead=Area(112, 15, 185, window.bottom - 10),
        date=Area(112, window.bottom - 7, 185, window.bottom),
        body_top=max(window.bottom, 94) + 8,  # below the first fold of a sheet folded in three
    )
    first, later = Margins(15, 25, 24, 25), Margins(25, 25, 24, 25)
    sources = (_ISO, f"{_MAKERS} {up}", _ROYAL_MAIL)
    return Preset(name, *_A4, first, later, sources, zones, envelope, tuple(accumulate(panels[:-1])))


def _din(name: str, head: float, panels: tuple[float, ...]) -> Preset:
    """The field for the address stands below a head of 27 or 45 mm, all else at its height."""
    window = seen(_DIN_DL, _A4[0], panels)
    zones = Zones(
        window,
        highest=window.top + SHIFT + _BLEED + _RETURN_LINE,
        address=_address(window, 25, head + 17.7),
        letterhead=Area(125, 10, 190, head + 35),
        date=Area(125, head + 38, 190, head + 45),
        body_top=head + 45 + 8.46,
        has_return_line=True,
    )
    first, later = Margins(10, 20, 24, 25), Margins(25, 20, 24, 25)
    folds = tuple(accumulate(panels[:-1]))
    return Preset(name, *_A4, first, later, (_DIN_5008, _DIN_680), zones, _DIN_DL, folds, punch=148.5, has_marks=True)


def _notify() -> Preset:
    """Notify prints and folds itself, and asks for zones: its zone for the address is the window less SHIFT."""
    zone = Area(24.6, 39.5, 120, 66.3)
    zones = Zones(
        grown(zone, SHIFT),
        highest=zone.top + _BLEED,
        address=_address(grown(zone, SHIFT), 25, zone.top + 1.5),
        letterhead=Area(127, 10, 195, 80),
        date=Area(127, 84, 195, 91),
        body_top=95,
    )
    return Preset("notify", *_A4, Margins(10, 15, 24, 25), Margins(25, 15, 24, 25), (_NOTIFY,), zones)


def _us_10() -> Preset:
    """US Letter in three; the letterhead above the window, the date beside it."""
    width, height = _LETTER
    window = seen(_NO_10, width, (height / 3,) * 3)
    zones = Zones(
        window,
        highest=window.top + SHIFT + _BLEED,
        address=_address(window, _INCH, window.top + SHIFT + _BLEED),
        letterhead=Area(_INCH, 0.5 * _INCH, width - _INCH, window.top - SHIFT - 1),
        date=Area(window.right + 6, window.bottom - 8, width - _INCH, window.bottom),
        body_top=3.75 * _INCH,
    )
    first, later = Margins(0.5 * _INCH, _INCH, _INCH, _INCH), Margins(_INCH, _INCH, _INCH, _INCH)
    return Preset("us-10", *_LETTER, first, later, (_TRADE,), zones, _NO_10, (height / 3, 2 * height / 3))


def _address(window: Area, left: float, top: float) -> Area:
    """From this corner to those of the window, SHIFT away from its edges."""
    return Area(left, top, window.right - SHIFT, window.bottom - SHIFT - _BLEED)


GEOMETRY: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("plain", *_A4, Margins(18, 25, 24, 25), Margins(25, 25, 24, 25), (_ISO,)),
        _uk("uk-dl", _DL, (99, 99, 99), "18 mm from below"),
        _uk("uk-c5", _C5, (148.5, 148.5), "60 mm from below"),
        _notify(),
        _din("din-5008-a", 27, (87, 105, 105)),
        _din("din-5008-b", 45, (105, 105, 87)),
        _us_10(),
    )
}
