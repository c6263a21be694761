"""What differs between the shapes of a mailing, how many letters say so, and the conditions behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.comparing import Change, changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.model import Arm, Plan
    from lettergen.review.shapes import Shape
    from lettergen.review.worded import Wording

_WORD = re.compile(r"\w+")
LEAST = 4  # letters; of fewer, each is rare
PERCENT = 5
SHOWN = 3  # conditions of a difference, where it is not clear which one it is


class Behind(NamedTuple):
    """A condition that a letter takes, or does not take."""

    arm: Arm
    is_taken: bool


class Difference(NamedTuple):
    """A passage that reads otherwise in the letters of some shapes, and the conditions behind it."""

    change: Change
    shapes: tuple[Shape, ...]
    behind: tuple[Behind, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The letters that read so."""
        return tuple(identity for shape in self.shapes for identity in shape.ids)


def differences(
    shapes: Sequence[Shape], wordings: Sequence[tuple[Wording, ...]], plans: Mapping[str, Plan]
) -> tuple[Difference, ...]:
    """Each difference from the first shape but once, in reading order of the shapes; `wordings` are theirs."""
    found: dict[object, tuple[Change, dict[str, Shape]]] = {}
    for shape, other in zip(shapes[1:], wordings[1:], strict=True):
        for change in changes(wordings[0], other):
            found.setdefault(change.key, (change, {}))[1][shape.name] = shape
    groups = ((change, tuple(alike.values())) for change, alike in found.values())
    return tuple(Difference(change, alike, behind(change, alike, shapes[0], plans)) for change, alike in groups)


def rare(found: Sequence[Difference], shapes: Sequence[Shape], plans: Mapping[str, Plan]) -> tuple[Difference, ...]:
    """What few of the letters say; of the first shape, what few other shapes have in common with it."""
    total = sum(len(shape.ids) for shape in shapes)
    few = max(1, total * PERCENT // 100)
    if total < LEAST:
        return ()
    few_say = [one for one in found if len(one.ids) <= few]
    passages: dict[object, list[Difference]] = {}
    for one in found:
        if one.change.before:
            passages.setdefault(one.change.before.key, []).append(one)
    for alike in passages.values():
        elsewhere = {shape.name for one in alike for shape in one.shapes}
        own = tuple(shape for shape in shapes if shape.name not in elsewhere)
        if sum(len(shape.ids) for shape in own) <= few:
            usual = max(alike, key=lambda one: len(one.ids))
            change = usual.change.reverse
            few_say.append(Difference(change, own, behind(change, own, usual.shapes[0], plans)))
    return tuple(sorted(few_say, key=lambda one: len(one.ids)))


def behind(change: Change, having: Sequence[Shape], other: Shape, plans: Mapping[str, Plan]) -> tuple[Behind, ...]:
    """The conditions that the letters with a change take and the other shape does not, or the other way round."""
    always = frozenset.intersection(*(shape.arms for shape in having))
    ever = frozenset[tuple[str, int]]().union(*(shape.arms for shape in having))
    taken = [Behind(arm, True) for arm in _arms(always - other.arms, plans)]
    left = [Behind(arm, False) for arm in _arms(other.arms - ever, plans)]
    new, old = _only(change.after, change.before), _only(change.before, change.after)
    said = [one for one in taken if _says(one.arm, new)] or [one for one in left if _says(one.arm, old)]
    whole = [one for one in said if one.arm.kind != "inline"]  # an inline one holds the words of its condition, too
    return tuple(whole or said or (*taken, *left)[:SHOWN])


def _arms(numbers: frozenset[tuple[str, int]], plans: Mapping[str, Plan]) -> Iterator[Arm]:
    yield from (plans[document].arms[number] for document, number in sorted(numbers))


def _only(one: Wording | None, other: Wording | None) -> set[str]:
    """The words and fields that only one of the two has."""
    return _said(one) - _said(other)


def _said(one: Wording | None) -> set[str]:
    return {bare for word in one.words for bare in _bare(f"{word.name} {word.text}")} if one else set()


def _says(arm: Arm, words: set[str]) -> bool:
    """Whether the arm's text holds most of the words."""
    text = arm.place.source.text[arm.start : arm.end] if arm.end else arm.words
    return bool(words) and 2 * len(words & set(_bare(text))) >= len(words)


def _bare(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
