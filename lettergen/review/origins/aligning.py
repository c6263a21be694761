"""Which sign of the merged text each sign of the finished text was, before Markdown and typography."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lettergen.model import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words first, for they settle nearly everything; then, where those differ, sign by sign.
_UNITS = (re.compile(r"\w+|\S"), re.compile(r"\S"))
# What is never shown: a link's target and title, a phrase's language.
_HIDDEN = re.compile(r"\]\([^()\s]*(?:\s+\"[^\"]*\")?\)|\]\{[^{}]*\}")
# What the language's typography puts in the place of what was typed.
_ALIKE = str.maketrans("‘’‚‹›“”„«»–—‑…", "'''''\"\"\"\"\"---.")


def aligned(merged: str, shown: str) -> Iterator[tuple[int, int]]:
    """Pairs of offsets, in the shown text and in the merged one; what only one of them has is in no pair."""
    visible = _HIDDEN.sub(lambda found: " " * len(found[0]), merged)
    at = was = 0
    for found in TOKEN.finditer(shown):  # no two are alike, so that they divide both texts in the same way
        place = visible.find(found[0], was)
        if place >= 0:
            yield from _between(visible, shown, (was, place), (at, found.start()))
            at, was = found.end(), place + len(found[0])
            yield from zip(range(found.start(), at), range(place, was), strict=True)
    yield from _between(visible, shown, (was, len(visible)), (at, len(shown)))


def _between(
    merged: str, shown: str, ours: tuple[int, int], theirs: tuple[int, int], level: int = 0
) -> Iterator[tuple[int, int]]:
    """The pairs of two stretches."""
    before, behind = list(_UNITS[level].finditer(merged, *ours)), list(_UNITS[level].finditer(shown, *theirs))
    old, new = ([found[0].translate(_ALIKE) for found in side] for side in (before, behind))
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for one, other in zip(before[i:i_end], behind[j:j_end], strict=True):
                yield from zip(range(*other.span()), range(*one.span()), strict=True)
        elif kind == "replace" and level + 1 < len(_UNITS):
            stretch = before[i].start(), before[i_end - 1].end()
            yield from _between(merged, shown, stretch, (behind[j].start(), behind[j_end - 1].end()), level + 1)
