"""Which paths through the templates the letters take, and which nobody has."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import chain, compress, groupby
from typing import TYPE_CHECKING, overload

from lettergen.model import BUILT_IN, Coverage, Taken
from lettergen.review.same import SameFields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lettergen.model import Arm, Mailing, Plan, Reading, Recipient
    from lettergen.problems import Place

    Path = tuple[str, str, frozenset[int]]  # main document, language, arms

LENDERS = 20  # records that lend a variant their values, of each main document


class Paths:
    """Takes letter after letter: the path of each is a number, that of its variants and of the arms that it takes."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.lenders: list[
            tuple[str, Recipient]
        ] = []  # with a main document, the first records of each path through it
        self._numbers: dict[tuple[tuple[str, ...], tuple[Path, ...]], int] = {}
        self._paths = array("I")  # of each letter
        self._lent: Counter[str] = Counter()
        self._seen: set[tuple[str, frozenset[int]]] = set()

    def see(self, recipient: Recipient, readings: tuple[Reading, ...]) -> None:
        """One record and its letter's readings: none, if it was not composed."""
        if readings:
            key = recipient.variants, tuple([(one.document, one.language, one.arms) for one in readings])
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self._numbers)
                self._lend(recipient, readings)
            self.ids.append(recipient.id)
            self._paths.append(number)

    def _lend(self, recipient: Recipient, readings: tuple[Reading, ...]) -> None:
        for reading in readings:
            path = reading.document, reading.arms
            if self._lent[reading.document] < LENDERS and path not in self._seen:
                self._seen.add(path)
                self._lent[reading.document] += 1
                self.lenders.append((reading.document, recipient))

    @property
    def documents(self) -> set[str]:
        """The main documents that letters are written by."""
        return {document for _, paths in self._numbers for document, _, _ in paths}

    def by_arm(self, document: str) -> dict[int, set[int]]:
        """The paths that take each arm of a main document."""
        found: dict[int, set[int]] = {}
        for (_, paths), number in self._numbers.items():
            for arm in chain.from_iterable(arms for name, _, arms in paths if name == document):
                found.setdefault(arm, set()).add(number)
        return found

    def by_variant(self) -> dict[str, set[int]]:
        """The paths of the letters that have each variant."""
        found: dict[str, set[int]] = {}
        for (variants, _), number in self._numbers.items():
            for name in variants:
                found.setdefault(name, set()).add(number)
        return found

    def letters(self, numbers: Collection[int]) -> Letters:
        """The letters with one of these paths."""
        return Letters(self.ids, self._paths, frozenset(numbers))


class Letters(Sequence[str]):
    """The ids of the letters with some paths, in the order of the records; none is kept for them alone."""

    def __init__(self, ids: Sequence[str], paths: Sequence[int], numbers: frozenset[int]) -> None:
        self._ids, self._paths, self._numbers = ids, paths, numbers

    def __iter__(self) -> Iterator[str]:
        return compress(self._ids, map(self._numbers.__contains__, self._paths))

    def __len__(self) -> int:
        return sum(map(self._numbers.__contains__, self._paths)) if self._numbers else 0

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        return tuple(self)[index]


def paths_of(readings: Iterable[Reading]) -> Paths:
    """The paths of letters that are all there."""
    paths = Paths()
    for _, letter in groupby(readings, key=lambda reading: reading.recipient.id):
        both = tuple(letter)
        paths.see(both[0].recipient, both)
    return paths


def coverage_of(mailing: Mailing) -> Coverage:
    """What the letters of a mailing take."""
    same = SameFields()
    for recipient in mailing.recipients:
        same.see(recipient)
    return coverage(paths_of(mailing.readings), same, mailing.plans)


def coverage(paths: Paths, same: SameFields, plans: Mapping[str, Plan]) -> Coverage:
    """What the letters take, in the order of the front matter and of the templates."""
    arms = (Taken(arm.words, arm.place, paths.letters(taken)) for arm, taken in taken_arms(paths, plans))
    return Coverage(
        len(paths.ids), tuple(taken_variants(paths, plans)), tuple(arms), tuple(one for one, _ in same.taken(plans))
    )


def percent(coverage: Coverage) -> int:
    """How many of a hundred paths are taken, rounded down: 100 means all of them."""
    taken, paths = counted(coverage)
    return 100 * taken // paths if paths else 100


def counted(coverage: Coverage) -> tuple[int, int]:
    """How many paths are taken, and how many there are."""
    paths = [*coverage.variants, *coverage.arms]
    return sum(1 for path in paths if path.letters), len(paths)


def taken_arms(paths: Paths, plans: Mapping[str, Plan]) -> list[tuple[Arm, set[int]]]:
    """The arms, and the paths that take each; those of a template that two main documents include are one."""
    found: dict[tuple[object, ...], tuple[Arm, set[int]]] = {}
    for document, plan in plans.items():
        taken = paths.by_arm(document)
        alike: Counter[tuple[object, ...]] = Counter()  # an expression may hold two conditions
        for number, arm in own_arms(plan, taken):
            key = arm.place.order, arm.words
            alike[key] += 1
            _, numbers = found.setdefault((*key, alike[key]), (arm, set()))
            numbers |= taken.get(number, set())
    return list(found.values())


def own_arms(plan: Plan, taken: Iterable[int]) -> Iterator[tuple[int, Arm]]:
    """The arms of the project's own templates, with their numbers; not those of a macro that is never called."""
    called = frozenset(taken)
    for number, arm in enumerate(plan.arms):
        if arm.kind != "macro" and arm.place.file != BUILT_IN and (arm.within is None or arm.within in called):
            yield number, arm


def taken_variants(paths: Paths, plans: Mapping[str, Plan]) -> Iterator[Taken]:
    """The declared variants, and the letters that have each."""
    chosen = paths.by_variant()
    declared: dict[str, Place] = {}
    for name, description in chain.from_iterable(plan.variants.items() for plan in plans.values()):
        declared.setdefault(name, description.place)
    for name, place in declared.items():
        yield Taken(name, place, paths.letters(chosen.get(name, ())))
