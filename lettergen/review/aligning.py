"""Which sign of the merged text each sign of the finished text was, before Markdown and typography."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lettergen.model import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words first, for they settle nearly everything; then, where those differ, sign by sign.
_UNITS = (re.compile(rf"{TOKEN.pattern}|\w+|\S"), re.compile(rf"{TOKEN.pattern}|\S"))
# What the language's typography puts in the place of what was typed.
_ALIKE = str.maketrans("‘’‚‹›“”„«»–—‑…", "'''''\"\"\"\"\"---.")


def aligned(merged: str, shown: str, level: int = 0) -> Iterator[tuple[int, int]]:
    """Pairs of offsets, in the shown text and in the merged one; what only one of them has is in no pair."""
    ours, theirs = (list(_UNITS[level].finditer(text)) for text in (merged, shown))
    merged_units, shown_units = ([found[0].translate(_ALIKE) for found in side] for side in (ours, theirs))
    matcher = SequenceMatcher(None, merged_units, shown_units, autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            for one, other in zip(ours[i:i_end], theirs[j:j_end], strict=True):
                yield from zip(range(other.start(), other.end()), range(one.start(), one.end()), strict=True)
        elif kind == "replace" and level + 1 < len(_UNITS):
            before, start = ours[i].start(), theirs[j].start()
            pieces = merged[before : ours[i_end - 1].end()], shown[start : theirs[j_end - 1].end()]
            yield from ((at + start, was + before) for at, was in aligned(*pieces, level + 1))
