"""A preset's geometry as CSS for the paper: it comes between the theme and the project's own stylesheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.render.drawing import marks

if TYPE_CHECKING:
    from lettergen.model import Area
    from lettergen.render.geometry import Margins, Preset, Zones

_GAP = 0.8  # mm between the return line and the address
_PARTS = (".letterhead", ".date_line:where(:not(.second))", ".return_line", ".inside_address")
_PLACED = ", ".join(f".letter > {part}" for part in _PARTS)


def preset_css(preset: Preset) -> str:
    """The rules; nothing for a preset without zones, whose look is the theme's."""
    return "\n".join(_rules(preset, preset.zones)) if preset.zones else ""


def _rules(preset: Preset, zones: Zones) -> list[str]:
    first = preset.first
    background = f" background: {marks(preset)};" if preset.has_marks else ""
    foot = preset.height - first.bottom + _GAP  # a return line stands on the address, however many lines it has
    return [
        f"/* {preset.name} */",
        f"@page {{ size: {_mm(preset.width)} {_mm(preset.height)}; margin: {_edges(preset.later)}; }}",
        f"@page :first {{ margin: {_edges(first)};{background} }}",
        f".letter {{ padding-top: {_mm(zones.body_top - first.top)}; }}",
        # What fits most addresses; each letter says what fits its own.
        f".letter {{ --address-top: {_mm(zones.address.top)}; --address-size: 10.5pt; --address-pitch: 4mm; }}",
        # The engine paints what is positioned after all that is not; so all is, and the file has the reading order.
        ".letter > div { position: relative; }",
        f"{_PLACED} {{ position: absolute; }}",
        f"{', '.join(_PARTS)} {{ margin: 0; text-align: left; }}",
        f".letterhead {{ {_across(zones.letterhead, first)} top: {_mm(zones.letterhead.top - first.top)}; }}",
        f".date_line:where(:not(.second)) {{ {_across(zones.date, first)} top: {_mm(zones.date.top - first.top)}; }}",
        f".inside_address {{ {_across(zones.address, first)} top: calc(var(--address-top) - {_mm(first.top)}); }}",
        f".return_line {{ {_across(zones.address, first)} bottom: calc({_mm(foot)} - var(--address-top)); }}",
        f".letterhead {{ height: {_mm(zones.letterhead.bottom - zones.letterhead.top)}; font-size: 0.85em; }}",
        ".inside_address { font-size: var(--address-size); line-height: var(--address-pitch); overflow-wrap: normal; }",
        ".inside_address p { margin: 0; }",
        ".return_line { font-size: 6.5pt; line-height: 2.6mm; }",
    ]


def _across(area: Area, first: Margins) -> str:
    """Where the area lies between page one's margins."""
    return f"left: {_mm(area.left - first.left)}; width: {_mm(area.right - area.left)};"


def _edges(margins: Margins) -> str:
    return " ".join(map(_mm, margins))


def _mm(length: float) -> str:
    return f"{length:.2f}mm"
