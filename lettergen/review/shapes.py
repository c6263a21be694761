"""Letters by shape: those that differ in their values only."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Reading

_LETTERS = 26


class Shape(NamedTuple):
    """Letters that take the same variants and the same arms; `readings` are those of the first of them."""

    name: str
    variants: tuple[str, ...]
    arms: frozenset[tuple[str, int]]  # each with the main document that numbers it
    readings: tuple[Reading, ...]
    ids: tuple[str, ...]


def shapes_of(readings: Iterable[Reading]) -> tuple[Shape, ...]:
    """The shapes, that of most letters first; of several, the one whose arms most letters take."""
    found: dict[object, list[tuple[Reading, ...]]] = {}
    for letter in letters_of(readings):
        found.setdefault((frozenset(letter[0].recipient.variants), _documents(letter), _arms(letter)), []).append(
            letter
        )
    takers = Counter(arm for group in found.values() for arm in _arms(group[0]) for _ in group)
    total = sum(map(len, found.values()))

    def rank(group: list[tuple[Reading, ...]]) -> tuple[int, int]:
        arms = _arms(group[0])
        return -len(group), sum(total - count if arm in arms else count for arm, count in takers.items())

    ranked = sorted(found.values(), key=rank)  # those of one rank stay in the order of the records
    return tuple(_shape(number, group) for number, group in enumerate(ranked))


def families(shapes: Iterable[Shape]) -> dict[str, tuple[Shape, ...]]:
    """The shapes of one text, by the name of the first of them: those of other documents say all of it otherwise."""
    found: dict[tuple[tuple[str, str], ...], list[Shape]] = {}
    for shape in shapes:
        found.setdefault(_documents(shape.readings), []).append(shape)
    return {family[0].name: tuple(family) for family in found.values()}


def letters_of(readings: Iterable[Reading]) -> Iterator[tuple[Reading, ...]]:
    """The readings of each letter, one for each of its languages."""
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        found.setdefault(reading.recipient.id, []).append(reading)
    return map(tuple, found.values())


def _shape(number: int, group: list[tuple[Reading, ...]]) -> Shape:
    first = group[0]
    ids = tuple(letter[0].recipient.id for letter in group)
    return Shape(_name(number), first[0].recipient.variants, _arms(first), first, ids)


def _documents(letter: tuple[Reading, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((reading.document, reading.language) for reading in letter)


def _arms(letter: tuple[Reading, ...]) -> frozenset[tuple[str, int]]:
    return frozenset((reading.document, arm) for reading in letter for arm in reading.arms)


def _name(number: int) -> str:
    """A, B … Z, AA, AB …"""
    before = _name(number // _LETTERS - 1) if number >= _LETTERS else ""
    return before + chr(ord("A") + number % _LETTERS)
