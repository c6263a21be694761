"""Problems of one kind that may be very many: all of them while they are few, else as one of which some are named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from lettergen.problems.types import NAMED

if TYPE_CHECKING:
    from lettergen.problems import Problem

    Key = tuple[object, ...]

SEVERAL = 10  # problems of one kind that are shown one by one


class Few:
    """Takes problem after problem; of more than `most`, only those are kept that will be named."""

    def __init__(self, most: int = SEVERAL) -> None:
        self.most = most
        self.total = 0
        self.kept: dict[Key, Problem] = {}
        self.more: Counter[str] = Counter()  # by file: what was met and not kept
        self._known: set[int] = set()

    def add(self, problem: Problem, *, is_kept: bool = True) -> None:
        """One more; not `is_kept` if it is of a record whose letter nobody asked for: it counts all the same."""
        self.total += 1
        if is_kept:
            self.kept[(self.total,)] = problem
            if len(self.kept) > self.most:
                self.kept = _first(self.kept, self.more)

    def add_once(self, problem: Problem) -> None:
        """One more, unless the very same was met already; the last of the same is kept."""
        key = (problem.identity, problem.place.order)
        mark = hash(key)
        if mark not in self._known:
            self._known.add(mark)
            self.total += 1
            self.kept[key] = problem
            if len(self.kept) > self.most:
                self.kept = _first(self.kept, self.more)
        elif key in self.kept:
            self.kept[key] = problem


def told(*kinds: Few) -> list[Problem]:
    """The problems of each kind; those of kinds with too many are one together."""
    few = [problem for one in kinds if one.total <= one.most for problem in one.kept.values()]
    many = [one for one in kinds if one.total > one.most]
    more = sum((one.more for one in many), Counter[str]())
    kept = {(number, *key): problem for number, one in enumerate(many) for key, problem in one.kept.items()}
    named = _first(kept, more).values() if kept else ()
    return [*few, *(_as_one(problem, more) for problem in named)]


def _as_one(problem: Problem, more: Counter[str]) -> Problem:
    """The problem as one of many; the first of its file stands for all that are not named."""
    count = problem.more + more.pop(problem.place.file, 0)
    return replace(problem, subject=problem.code, anywhere=True, more=count)


def _first(kept: dict[Key, Problem], more: Counter[str]) -> dict[Key, Problem]:
    """Those that stand first in each file, by their places, and are named; the others are counted as `more`."""
    found: dict[str, dict[tuple[str, int, int], Key]] = {}
    for key in sorted(kept, key=lambda key: kept[key].place.order):
        place = kept[key].place
        named = found.setdefault(place.file, {})
        if place.order in named and place.order != next(iter(named)):
            named[place.order] = key  # of several at one place, the last is named
        elif place.order not in named and len(named) <= NAMED:
            named[place.order] = key
    chosen = [key for named in found.values() for key in named.values()]
    more.update(problem.place.file for problem in kept.values())
    more.subtract(kept[key].place.file for key in chosen)
    return {key: kept[key] for key in chosen}
