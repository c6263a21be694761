"""Which stars and underscores are emphasis: the rules of CommonMark, section 6.2; blanks to fill in are none."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING
from unicodedata import category
from xml.etree.ElementTree import Element, TreeBuilder  # built here, never parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(eq=False, repr=False)
class _Run:
    """Signs side by side: whether they can begin and end emphasis, how many are left, what they begin and end, and how
    many pieces before them hold a word.
    """

    sign: str
    opens: bool
    closes: bool
    count: int
    left: int
    words: int
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def fits(self, closer: _Run) -> bool:
        """Whether it begins what the closer ends."""
        is_odd = (self.closes or closer.opens) and (self.count + closer.count) % 3 == 0 and closer.count % 3 != 0
        holds_word = self.sign == "*" or self.words < closer.words
        return self.opens and self.left > 0 and self.sign == closer.sign and not is_odd and holds_word


def emphasised(pieces: Sequence[str], typed: Sequence[str], inert: Callable[[str], str]) -> Element:
    """Return a group of the pieces with their emphasis; `typed` is the source of each, between what stands before and
    behind the text, and `inert` makes literal characters of the signs that are left.
    """
    stars = [index for index, piece in enumerate(pieces) if piece[0] in "*_"]
    words = list(accumulate(any(map(str.isalnum, piece)) for piece in pieces))
    runs = {index: _run(pieces[index], typed[index][-1], typed[index + 2][0], words[index]) for index in stars}
    _pair(list(runs.values()))
    builder = TreeBuilder()
    builder.start("group", {})
    for index, piece in enumerate(pieces):
        run = runs.get(index)
        for tag in run.closed if run else ():
            builder.end(tag)
        lost = _lost(run, typed[index], typed[index + 2]) if run else ""
        if lost:
            builder.start("stars", {"typed": lost})
        builder.data(inert(run.sign * run.left) if run else piece)
        if lost:
            builder.end("stars")
        for tag in run.opened if run else ():
            builder.start(tag, {})
    builder.end("group")
    return builder.close()


def _lost(run: _Run, before: str, after: str) -> str:
    """The stars that would be printed, with a word beside them; nothing of a star alone, or between blanks."""
    stars = run.sign * run.left
    if stars not in ("**", "***") or run.count > len("***") or (before[-1].isspace() and after[0].isspace()):
        return ""
    return re.split(r"\s", before)[-1] + stars if after[0].isspace() else stars + after.split(maxsplit=1)[0]


def _run(signs: str, before: str, after: str, words: int) -> _Run:
    is_left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
    is_right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
    opens, closes = is_left, is_right
    if signs[0] == "_":
        opens = is_left and (not is_right or _is_punctuation(before)) and after not in ")]}"
        closes = is_right and (not is_left or _is_punctuation(after))
    return _Run(signs[0], opens, closes, len(signs), len(signs), words)


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
