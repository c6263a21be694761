"""Two readings of one letter -> the rewordings that changed."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.changes.words import PARAGRAPH, Step, is_alike, steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.pipeline.changes.blocks import Blocks


_SEAM = f" {PARAGRAPH} "


class Rewording(NamedTuple):
    """One or more paragraphs in which words changed, and the part that they are of."""

    part: str
    steps: tuple[Step, ...]


def rewordings(old: Blocks, new: Blocks) -> tuple[Rewording, ...]:
    """What changed, in reading order; part by part where both sides know their parts."""
    if [block.text for block in old] == [block.text for block in new]:
        return ()
    if any(not block.part for block in old):
        return tuple(_compared(old, new))
    parts = dict.fromkeys([*(block.part for block in new), *(block.part for block in old)])
    pairs = (tuple(tuple(block for block in side if block.part == part) for side in (old, new)) for part in parts)
    return tuple(rewording for before, after in pairs for rewording in _compared(before, after))


def _compared(old: Blocks, new: Blocks) -> Iterator[Rewording]:
    before, after = [block.text for block in old], [block.text for block in new]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = list(zip(before[i1:i2], after[j1:j2], strict=False))
        if i2 - i1 == j2 - j1 and (len(pairs) == 1 or all(is_alike(*pair) for pair in pairs)):
            yield from (Rewording(block.part, steps(*pair)) for block, pair in zip(new[j1:j2], pairs, strict=True))
        elif i1 == i2:
            yield from (Rewording(block.part, steps("", block.text)) for block in new[j1:j2])
        elif j1 == j2:
            yield from (Rewording(_part((block,), new, j1, j2), steps(block.text, "")) for block in old[i1:i2])
        else:  # paragraphs that were parted or joined, or changed beside one that came or went
            removed, added = _SEAM.join(before[i1:i2]), _SEAM.join(after[j1:j2])
            yield Rewording(_part(old[i1:i2], new, j1, j2), steps(removed, added))


def _part(removed: Blocks, new: Blocks, start: int, end: int) -> str:
    """Of what part the blocks are; of removed ones nobody may know more than what stands around them."""
    known = [block.part for block in (*removed, *new[start:end]) if block.part]
    if known:
        return ", ".join(dict.fromkeys(known))
    around = [block.part for block in (*new[max(start - 1, 0) : start], *new[end : end + 1])]
    return " / ".join(dict.fromkeys(around))
