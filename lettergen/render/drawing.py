"""What is drawn behind page one, as an image: fold and punch marks, and the overlay of a preset's zones.

As the page's background it is no content: a reader of the PDF hears nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from lettergen.render.geometry import SHIFT, grown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Area
    from lettergen.render.geometry import Preset

_RED, _BLUE, _GREY = "#c00000", "#1d5fa8", "#777777"


def marks(preset: Preset) -> str:
    """The printed marks at the left edge, as a CSS background."""
    lines = [_across(fold, 5, 10, "#666") for fold in preset.folds]
    if preset.punch is not None:
        lines.append(_across(preset.punch, 5, 13, "#666"))
    return _background(preset, lines)


def overlay_css(preset: Preset) -> str:
    """The rule that draws window, zones and folds behind page one; the marks are drawn as well."""
    layers = [_background(preset, _zones(preset))]
    layers += [marks(preset)] if preset.has_marks else []
    return f"@page :first {{ background: {', '.join(layers)} }}"


def _zones(preset: Preset) -> Iterator[str]:
    zones = preset.zones
    if zones is None:
        return
    yield _rectangle(zones.letterhead, _BLUE, "letterhead")
    yield _rectangle(zones.date, _BLUE, "date")
    yield _rectangle(zones.address._replace(top=zones.highest), _BLUE)
    yield _label(zones.address.right - 10, zones.address.bottom - 1, _BLUE, "address")
    yield _rectangle(zones.window, _RED)
    yield _label(zones.window.left + 1, zones.window.top + 2.3, _RED, "window")
    yield _rectangle(grown(zones.window, -SHIFT), _RED, dashes=1)
    yield _rectangle(grown(zones.window, SHIFT), _RED, dashes=1)
    yield _across(zones.body_top, preset.first.left, preset.width - preset.first.right, _BLUE)
    yield _label(preset.width - preset.first.right + 1, zones.body_top + 0.8, _BLUE, "text")
    for fold in preset.folds:
        yield _across(fold, 0, preset.width, _GREY, dashes=3)
        yield _label(preset.width - 9, fold - 0.8, _GREY, "fold")
    if preset.punch is not None:
        yield _label(14, preset.punch + 0.8, _GREY, "punch")


def _rectangle(area: Area, colour: str, label: str = "", dashes: float = 0) -> str:
    """The area's edge, its label above it."""
    width, height = area.right - area.left, area.bottom - area.top
    shape = f'<rect x="{area.left:.2f}" y="{area.top:.2f}" width="{width:.2f}" height="{height:.2f}"'
    words = _label(area.left, area.top - 0.8, colour, label) if label else ""
    return f"{shape} {_stroke(colour, dashes)}/>{words}"


def _across(y: float, start: float, end: float, colour: str, dashes: float = 0) -> str:
    return f'<path d="M{start:.2f} {y:.2f}H{end:.2f}" {_stroke(colour, dashes)}/>'


def _stroke(colour: str, dashes: float) -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'fill="none" stroke="{colour}" stroke-width="0.2"{dashed}'


def _label(x: float, y: float, colour: str, words: str) -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}" font-size="2.6" fill="{colour}">{words}</text>'


def _background(preset: Preset, shapes: Iterator[str] | list[str]) -> str:
    """The shapes, drawn in mm on the whole sheet: a page's background begins within its margins."""
    width, height = f"{preset.width:.2f}", f"{preset.height:.2f}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm"'
        f' viewBox="0 0 {width} {height}">{"".join(shapes)}</svg>'
    )
    return f'url("data:image/svg+xml,{quote(svg)}") no-repeat {-preset.first.left:.2f}mm {-preset.first.top:.2f}mm'
