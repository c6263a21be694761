"""Which stars and underscores are emphasis: the rules of CommonMark, section 6.2."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import category
from xml.etree.ElementTree import Element, TreeBuilder  # built here, never parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(eq=False, repr=False)
class _Run:
    """Signs side by side: whether they can begin and end emphasis, how many are left, and what they begin and end."""

    sign: str
    opens: bool
    closes: bool
    count: int
    left: int
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def fits(self, closer: _Run) -> bool:
        """Whether it begins what the closer ends."""
        is_odd = (self.closes or closer.opens) and (self.count + closer.count) % 3 == 0 and closer.count % 3 != 0
        return self.opens and self.left > 0 and self.sign == closer.sign and not is_odd


def emphasised(pieces: Sequence[str], typed: Sequence[str], inert: Callable[[str], str]) -> Element:
    """Return a group of the pieces with their emphasis; `typed` is the source of each, between what stands before and
    behind the text, and `inert` makes literal characters of the signs that are left.
    """
    stars = [index for index, piece in enumerate(pieces) if piece[0] in "*_"]
    runs = {index: _run(pieces[index], typed[index][-1], typed[index + 2][0]) for index in stars}
    _pair(list(runs.values()))
    builder = TreeBuilder()
    builder.start("group", {})
    for index, piece in enumerate(pieces):
        run = runs.get(index)
        for tag in run.closed if run else ():
            builder.end(tag)
        builder.data(inert(run.sign * run.left) if run else piece)
        for tag in run.opened if run else ():
            builder.start(tag, {})
    builder.end("group")
    return builder.close()


def _run(signs: str, before: str, after: str) -> _Run:
    is_left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
    is_right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
    opens, closes = is_left, is_right
    if signs[0] == "_":
        opens = is_left and (not is_right or _is_punctuation(before))
        closes = is_right and (not is_left or _is_punctuation(after))
    return _Run(signs[0], opens, closes, len(signs), len(signs))


def _pair(runs: list[_Run]) -> None:
    """Find each closer's opener, the nearest first; what stands between them opens nothing any more."""
    floor: dict[tuple[str, bool, int], int] = {}  # kind of closer -> the first run that can still be its opener
    for index, closer in enumerate(runs):
        kind = closer.sign, closer.opens, closer.count % 3
        while closer.closes and closer.left:
            above = range(index - 1, floor.get(kind, 0) - 1, -1)
            at = next((at for at in above if runs[at].fits(closer)), None)
            if at is None:
                floor[kind] = index
                break
            width = min(2, runs[at].left, closer.left)
            for run in (runs[at], closer):
                run.left -= width
            tag = "em" if width == 1 else "strong"
            runs[at].opened.insert(0, tag)
            closer.closed.append(tag)
            for between in runs[at + 1 : index]:
                between.opens = False


def _is_punctuation(sign: str) -> bool:
    return sign in string.punctuation or category(sign)[0] == "P"
