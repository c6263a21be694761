"""Whether the window of the envelope will show the whole address, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import Complaint
from lettergen.problems import short
from lettergen.render.fitting import most_lines
from lettergen.render.geometry import SHIFT, grown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Area, Facts, Printed
    from lettergen.render.geometry import Preset, Zones

_NOTHING = 0.05  # mm: less is an error of rounding
_SIDES = ("left", "up", "right", "down")
_FREE = ("inside_address", "return_line")  # what may be seen
_CALLED = {"note": "a note", "margin": "the page's header or footer"}


def window_faults(facts: Facts, preset: Preset) -> list[Complaint]:
    """What is wrong with a letter that has been set, however the sheet moves by SHIFT in its envelope."""
    if preset.zones is None:
        return []
    return [*_cut(facts, preset, preset.zones), *_shown(facts, preset, preset.zones)]


def _cut(facts: Facts, preset: Preset, zones: Zones) -> Iterator[Complaint]:
    """The line of the address that stands out most."""
    safe = grown(zones.window, -SHIFT)
    lines = [one for one in facts.printed if one.part == "inside_address"]
    out = {line: max(_beyond(line.area, safe)) for line in lines if line.page == 1}
    out.update({line: preset.height for line in lines if line.page > 1})
    cut = [line for line in lines if out[line] > _NOTHING]
    if cut:
        worst = max(cut, key=lambda line: out[line])
        more = f", and {len(cut) - 1} more line{'s' * (len(cut) > 2)}" * (len(cut) > 1)  # noqa: PLR2004
        words = f"the line '{short(worst.text)}' of the address {_where(worst, safe)}{more}"
        way_out = f"an address in '{preset.name}' has {most_lines(zones)} lines at most, each of them short: shorten it"
        yield Complaint("address-window", words, help=way_out, sought=worst.text)


def _shown(facts: Facts, preset: Preset, zones: Zones) -> Iterator[Complaint]:
    """The first line of each other part that could be seen."""
    clear = grown(zones.window, SHIFT - _NOTHING)
    others = (one for one in facts.printed if one.page == 1 and one.part not in _FREE)
    seen = {one.part: one for one in reversed([one for one in others if _meet(one.area, clear)])}
    for part, one in reversed(seen.items()):
        called = _CALLED.get(part, f"the {part.replace('_', ' ')}")
        what = f"the line '{short(one.text)}'" if one.text.strip() else "an image"
        words = f"{what} of {called} would be seen in the window, beside the address"
        way_out = f"make {called} shorter, or move it by templates/letter.css; '{preset.name}' keeps the window clear"
        yield Complaint("window-clear", words, help=way_out, sought=one.text)


def _where(line: Printed, safe: Area) -> str:
    if line.page > 1:
        return f"is on page {line.page}, and cannot be seen in the window"
    beyond = _beyond(line.area, safe)
    most = max(beyond)
    return f"may not be seen in the window: it stands {most:.1f} mm too far {_SIDES[beyond.index(most)]}"


def _beyond(area: Area, limit: Area) -> tuple[float, float, float, float]:
    """By how much the area stands out to the left, up, to the right, and down."""
    return limit.left - area.left, limit.top - area.top, area.right - limit.right, area.bottom - limit.bottom


def _meet(one: Area, other: Area) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
