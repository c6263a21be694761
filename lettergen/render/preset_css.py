"""A preset's geometry as CSS for the paper: it comes between the theme and the project's own stylesheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.render.drawing import marks

if TYPE_CHECKING:
    from lettergen.model import Area
    from lettergen.render.geometry import Margins, Preset, Zones

PITCH = 4.3  # mm from line to line of an address, where there is room for it
SMALLEST = 3.0  # mm: 8 pt type; below that a sorting machine may not read it
LARGEST = 11.0  # pt: the type of the letter's text
MOST_LINES = 12  # of an address that a rule is made for
RETURN_GAP = 0.8  # mm between the return line and the address
_RETURN_TYPE = "font-size: 6.5pt; line-height: 2.6mm;"  # DIN 5008: 6 pt at least
_PLACED = ".letter > .letterhead, .letter > .date_line, .letter > .return_line, .letter > .inside_address"
_POINT = 72 / 25.4


def preset_css(preset: Preset) -> str:
    """The rules; nothing for a preset without zones, whose look is the theme's."""
    if preset.zones is None:
        return ""
    zones, first = preset.zones, preset.first
    background = f" background: {marks(preset)};" if preset.has_marks else ""
    placed = [
        f"@page {{ size: {_mm(preset.width)} {_mm(preset.height)}; margin: {_edges(preset.later)}; }}",
        f"@page :first {{ margin: {_edges(first)};{background} }}",
        f".letter {{ padding-top: {_mm(zones.body_top - first.top)}; }}",
        # The engine paints what is placed after all that is not; so all is, and the file has the reading order.
        ".letter > div { position: relative; }",
        f"{_PLACED} {{ position: absolute; margin: 0; text-align: left; }}",
        f".letterhead {{ {_box(zones.letterhead, first)} font-size: 0.85em; }}",
        f".date_line {{ {_box(zones.date, first)} }}",
        *_addresses(preset, zones),
    ]
    return "\n".join([f"/* {preset.name} */", *placed])


def _addresses(preset: Preset, zones: Zones) -> list[str]:
    """Rules for the address, and more of them for addresses of too many lines to stand at their place."""
    area, first = zones.address, preset.first
    foot = preset.height - first.bottom + RETURN_GAP  # the return line stands on the address, however long it is
    rules = [
        f".inside_address {{ {_box(area, first)} {_type(PITCH)} overflow-wrap: normal; }}",
        ".inside_address p { margin: 0; }",
        f".return_line {{ {_box(area, first)} top: auto; bottom: {_mm(foot - area.top)}; {_RETURN_TYPE} }}",
    ]
    for lines in range(1, MOST_LINES + 1):
        pitch = max(SMALLEST, min(PITCH, (area.bottom - zones.highest) / lines))
        top = max(zones.highest, min(area.top, area.bottom - lines * pitch))
        if pitch < PITCH or top < area.top:
            rules.append(f".inside_address.lines-{lines} {{ top: {_mm(top - first.top)}; {_type(pitch)} }}")
            rules.append(f".return_line.lines-{lines} {{ bottom: {_mm(foot - top)}; }}")
    return rules


def _type(pitch: float) -> str:
    """Type of a size that goes with the distance of its lines."""
    return f"font-size: {min(LARGEST, pitch * _POINT / 1.06):.2f}pt; line-height: {_mm(pitch)};"


def _box(area: Area, first: Margins) -> str:
    """Where the area lies within page one's margins."""
    left, top = _mm(area.left - first.left), _mm(area.top - first.top)
    return f"left: {left}; top: {top}; width: {_mm(area.right - area.left)};"


def _edges(margins: Margins) -> str:
    return " ".join(map(_mm, margins))


def _mm(length: float) -> str:
    return f"{length:.2f}mm"


def most_lines(zones: Zones) -> int:
    """How many lines an address may have in type that can still be read."""
    return int((zones.address.bottom - zones.highest) / SMALLEST)
