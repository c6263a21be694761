"""Which paths through the templates the letters take, and which nobody has."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from lettergen.model import BUILT_IN, Coverage, Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Arm, Mailing, Plan, Reading, Recipient
    from lettergen.problems import Place

FEW = 3  # records: fewer are alike by chance
NAMES = ("id", "name")  # which are no wording


def coverage_of(mailing: Mailing) -> Coverage:
    """What the letters take, in the order of the front matter and of the templates."""
    letters = list({reading.recipient.id: None for reading in mailing.readings})
    arms = (Taken(arm.words, arm.place, ids) for arm, ids in taken_arms(mailing))
    return Coverage(len(letters), tuple(taken_variants(mailing)), tuple(arms), tuple(same_fields(mailing)))


def percent(coverage: Coverage) -> int:
    """How many of a hundred paths are taken, rounded down: 100 means all of them."""
    taken, paths = counted(coverage)
    return 100 * taken // paths if paths else 100


def counted(coverage: Coverage) -> tuple[int, int]:
    """How many paths are taken, and how many there are."""
    paths = [*coverage.variants, *coverage.arms]
    return sum(1 for path in paths if path.letters), len(paths)


def taken_arms(mailing: Mailing) -> list[tuple[Arm, tuple[str, ...]]]:
    """The arms, and the letters that take each; those of a template that two main documents include are one."""
    found: dict[tuple[object, ...], tuple[Arm, set[str]]] = {}
    for document, plan in mailing.plans.items():
        letters = _letters(reading for reading in mailing.readings if reading.document == document)
        alike: Counter[tuple[object, ...]] = Counter()  # an expression may hold two conditions
        for number, arm in own_arms(plan, letters):
            key = arm.place.order, arm.words
            alike[key] += 1
            _, ids = found.setdefault((*key, alike[key]), (arm, set()))
            ids |= letters.get(number, set())
    order = {reading.recipient.id: number for number, reading in enumerate(mailing.readings)}
    return [(arm, tuple(sorted(ids, key=order.__getitem__))) for arm, ids in found.values()]


def own_arms(plan: Plan, taken: Iterable[int]) -> Iterator[tuple[int, Arm]]:
    """The arms of the project's own templates, with their numbers; not those of a macro that is never called."""
    called = frozenset(taken)
    for number, arm in enumerate(plan.arms):
        if arm.kind != "macro" and arm.place.file != BUILT_IN and (arm.within is None or arm.within in called):
            yield number, arm


def one_of_each(readings: Iterable[Reading]) -> list[Reading]:
    """One reading for each set of arms of each main document: those of one shape differ in values only."""
    first: dict[tuple[str, frozenset[int]], Reading] = {}
    for reading in readings:
        first.setdefault((reading.document, reading.arms), reading)
    return list(first.values())


def taken_variants(mailing: Mailing) -> Iterator[Taken]:
    """The declared variants, and the letters that have each."""
    chosen: dict[str, dict[str, None]] = {}
    for reading in mailing.readings:
        for name in reading.recipient.variants:
            chosen.setdefault(name, {})[reading.recipient.id] = None
    declared: dict[str, Place] = {}
    for name, description in chain.from_iterable(plan.variants.items() for plan in mailing.plans.values()):
        declared.setdefault(name, description.place)
    for name, place in declared.items():
        yield Taken(name, place, tuple(chosen.get(name, ())))


def _letters(readings: Iterable[Reading]) -> dict[int, set[str]]:
    """The ids of the letters that take each arm."""
    alike: dict[frozenset[int], set[str]] = {}
    for reading in readings:
        alike.setdefault(reading.arms, set()).add(reading.recipient.id)
    taken: dict[int, set[str]] = {}
    for arms, ids in alike.items():
        for arm in arms:
            taken.setdefault(arm, set()).update(ids)
    return taken


def same_fields(mailing: Mailing) -> Iterator[Taken]:
    """The fields of which all records say the same, each for itself, and a template makes use."""
    records = tuple(mailing.recipients)
    if len(records) < FEW:
        return
    used: dict[str, Place] = {}
    for plan in mailing.plans.values():
        used = {**plan.uses, **used}
    for name, value in records[0].fields.items():
        if name not in NAMES and name in used and value and _is_alike(name, records):
            yield Taken(name, used[name], tuple(record.id for record in records))


def _is_alike(key: str, records: tuple[Recipient, ...]) -> bool:
    first, *others = (record.fields for record in records)
    if not all(key in other and other[key] == first[key] for other in others):
        return False
    return len({fields.places[key].order for fields in (first, *others)}) == len(records)  # else it is in `defaults`
