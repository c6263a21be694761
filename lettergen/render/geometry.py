"""What a kind of letter is: its sheet, its envelope, and where the parts stand; all in mm."""

from __future__ import annotations

from typing import NamedTuple

from lettergen.model import Area

SHIFT = 3.0  # what a sheet may move in its envelope, either way, before the address is cut


class Envelope(NamedTuple):
    """An envelope and its window; `left` and `up` are the window's distances from the left and the lower edge."""

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
    """What page one keeps for whom. The window shows `window`; an address begins at the top of `address`,
    one of many lines higher, up to `highest`. Text begins at `body_top`.
    """

    window: Area
    highest: float
    address: Area
    letterhead: Area
    date: Area
    body_top: float
    has_return_line: bool = False


class Preset(NamedTuple):
    """A kind of letter, with the sources of its figures.

    Without zones its parts follow one another. The folds and the punch are printed if `has_marks`.
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
    """The area with so much more on every side; with less, if `by` is negative."""
    return Area(area.left - by, area.top - by, area.right + by, area.bottom + by)
