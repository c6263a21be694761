"""The place of a change, by what stands beside it: the same in all letters that have the same text there.

A place is known by the words beside it: those of the main document are the same in all letters on one side at least,
and a letter's own values do not count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.changes.values import VALUE, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.pipeline.changes.values import Values
    from lettergen.pipeline.changes.words import Step, Words

NEAR = 3  # words by which a place is known
_FAR = 40  # words that are looked at for them; a longer value may be cut


class Spot(NamedTuple):
    """A change of one letter: which step of which rewording."""

    letter: int
    rewording: int
    step: int


@dataclass
class Places:
    """The changes of the same words, by the places that they are in."""

    spots: list[tuple[Spot, tuple[str, ...]]] = field(default_factory=list)
    heads: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def add(self, spot: Spot, sides: Iterable[tuple[str, ...]]) -> None:
        """One more; what stands on its sides is the same place."""
        head, *others = (self._head(side) for side in sides)
        for other in others:
            self.heads[self._head(other)] = head
        self.spots.append((spot, head))

    def groups(self) -> Iterator[list[Spot]]:
        found: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
        for spot, side in self.spots:
            found[self._head(side)].append(spot)
        yield from found.values()

    def _head(self, side: tuple[str, ...]) -> tuple[str, ...]:
        while self.heads.setdefault(side, side) != side:
            self.heads[side] = self.heads[self.heads[side]]
            side = self.heads[side]
        return side


def sides(steps: tuple[Step, ...], index: int, values: Values) -> Iterator[tuple[str, ...]]:
    """What stands next to the change on both sides: with a sign for the letter's own values, and word for word."""
    before, after = _around(steps, index)
    cut = len(before) - _again(steps[index])
    for left, right in {cut: (before[:cut], before[cut:] + after), len(before): (before, after)}.values():
        for hidden in (values, {}):
            head, tail = ("", *_words(left, hidden))[-NEAR:], (*_words(right, hidden), "")[:NEAR]
            yield "<", *head, ">", *tail
            yield from (side for side in (("<", *head), (">", *tail)) if _is_telling(side))


def _words(given: Words, values: Values) -> Iterator[str]:
    """Words, and a sign for each value. Other signs may be the value's, and notes have other numbers elsewhere."""
    return (text for text in masked(given, values) if text == VALUE or text[0].isalnum())


def _is_telling(side: tuple[str, ...]) -> bool:
    """Whether it tells the place without the other side: two words of the text do."""
    return sum(text[:1].isalnum() for text in side) > 1


def _again(step: Step) -> int:
    """How often the one word that came or went stands before itself: nobody knows which of them it was."""
    if len(step.removed) + len(step.added) != 1:
        return 0
    word = (step.removed or step.added)[0].text
    return sum(1 for _ in takewhile(lambda kept: kept.text == word, reversed(step.kept[-NEAR:])))


def _around(steps: tuple[Step, ...], index: int) -> tuple[Words, Words]:
    before: Words = steps[index].kept[-_FAR:]
    for step in reversed(steps[:index]):
        if len(before) >= _FAR:
            break
        before = (*step.kept, *step.added, *before)
    after: Words = ()
    for step in steps[index + 1 :]:
        if len(after) >= _FAR:
            break
        after = (*after, *step.kept, *step.added)
    return before[-_FAR:], after[:_FAR]
