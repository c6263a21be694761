"""The type in which an address fits the window, as a typist would choose it; and the line above it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from lettergen.model import Element, Fit, Items, Value
from lettergen.model.tree import walk
from lettergen.render.presets import GEOMETRY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.model import Letter, Node, Settings
    from lettergen.render.geometry import Zones

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # pt, from that of the text to the least a sorting machine reads
_WHOLE = 9.0  # down to this size, smaller type is better than a line that is broken
_LEADING = 1.08
_POINT = 25.4 / 72  # mm
_NARROW, _WIDE = " .,:;'’-()ijlI", "mwMW"


def placed(letter: Letter, settings: Settings) -> Letter:
    """The letter with its address in the preset's window, and the return line where there is one."""
    zones = GEOMETRY[settings.layout.preset].zones
    if zones is None:
        return letter
    address = [node for part in letter.parts if part.name == "inside_address" for node in part.nodes]
    line = _return_line(settings) if zones.has_return_line else ""
    return letter._replace(fit=fit_address(_lines(address), zones), return_line=line)


def fit_address(lines: Sequence[str], zones: Zones) -> Fit:
    """The largest type in which no line is broken, or else in which all fits; the smallest if none does."""
    width, room = zones.address.right - zones.address.left, zones.address.bottom - zones.highest

    def height(size: float) -> float:
        return sum(max(1, ceil(_width(line, size) / width)) for line in lines) * _pitch(size)

    fitting = [size for size in SIZES if height(size) <= room]
    whole = [size for size in fitting if size >= _WHOLE and all(_width(line, size) <= width for line in lines)]
    size = (*whole, *fitting, SIZES[-1])[0]
    top = max(zones.highest, min(zones.address.top, zones.address.bottom - height(size)))
    return Fit(top, size, _pitch(size))


def most_lines(zones: Zones) -> int:
    """How many lines an address may have in the smallest type."""
    return int((zones.address.bottom - zones.highest) / _pitch(SIZES[-1]))


def _pitch(size: float) -> float:
    """From line to line, in mm."""
    return size * _LEADING * _POINT


def _width(line: str, size: float) -> float:
    """About how wide the line is, in mm, in a wide serif type."""
    ems = (0.29 if sign in _NARROW else 0.9 if sign in _WIDE else 0.55 if sign.islower() else 0.65 for sign in line)
    return sum(ems) * size * _POINT


def _lines(nodes: Sequence[Node]) -> list[str]:
    """The lines as they were typed."""
    lines: list[str] = []
    for node in walk(tuple(nodes)):
        match node:
            case Element("p" | "li" | "br"):
                lines.append("")
            case str() | Value() if lines:
                lines[-1] += node if isinstance(node, str) else node.text
    return lines


def _return_line(settings: Settings) -> str:
    """The sender in one line."""
    sender, address = settings.sender, settings.sender.get("address")
    lines = [sender.get("organisation") or sender.get("name"), *(address if isinstance(address, Items) else ())]
    return " · ".join(str(line) for line in lines if line)
