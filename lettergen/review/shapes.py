"""Letters by shape: those that differ in their values only."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
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
    found: dict[object, tuple[tuple[Reading, ...], list[str]]] = {}
    for letter in letters_of(readings):
        key = frozenset(letter[0].recipient.variants), _documents(letter), _arms(letter)
        found.setdefault(key, (letter, []))[1].append(letter[0].recipient.id)
    takers: Counter[tuple[str, int]] = Counter()
    for first, ids in found.values():
        takers.update(dict.fromkeys(_arms(first), len(ids)))
    total = sum(len(ids) for _, ids in found.values())

    def rank(group: tuple[tuple[Reading, ...], list[str]]) -> tuple[int, int]:
        arms = _arms(group[0])
        return -len(group[1]), sum(total - count if arm in arms else count for arm, count in takers.items())

    ranked = sorted(found.values(), key=rank)  # those of one rank stay in the order of the records
    return tuple(_shape(number, first, ids) for number, (first, ids) in enumerate(ranked))


def families(shapes: Iterable[Shape]) -> dict[str, tuple[Shape, ...]]:
    """The shapes of one text, by the name of the first of them: those of other documents say all of it otherwise."""
    found: dict[tuple[tuple[str, str], ...], list[Shape]] = {}
    for shape in shapes:
        found.setdefault(_documents(shape.readings), []).append(shape)
    return {family[0].name: tuple(family) for family in found.values()}


def letters_of(readings: Iterable[Reading]) -> Iterator[tuple[Reading, ...]]:
    """The readings of each letter, one for each of its languages."""
    return (tuple(letter) for _, letter in groupby(readings, key=lambda reading: reading.recipient.id))


def _shape(number: int, first: tuple[Reading, ...], ids: list[str]) -> Shape:
    return Shape(_name(number), first[0].recipient.variants, _arms(first), first, tuple(ids))


def _documents(letter: tuple[Reading, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((reading.document, reading.language) for reading in letter)


def _arms(letter: tuple[Reading, ...]) -> frozenset[tuple[str, int]]:
    return frozenset((reading.document, arm) for reading in letter for arm in reading.arms)


def _name(number: int) -> str:
    """A, B … Z, AA, AB …"""
    before = _name(number // _LETTERS - 1) if number >= _LETTERS else ""
    return before + chr(ord("A") + number % _LETTERS)
