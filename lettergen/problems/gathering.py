"""Problems of any number of records, in a memory that does not grow with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from lettergen.problems.types import Problem, merge_alike

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST = 2_000  # alike problems that are kept; of more, the number


class Gathering:
    """Takes problems in the order of the records; those behind the first 2,000 alike are counted only."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems: list[Problem] = []
        self.met: Counter[tuple[object, ...]] = Counter()
        self.add(problems)

    def add(self, problems: Iterable[Problem]) -> None:
        """Further problems."""
        for problem in problems:
            identity = problem.identity
            self.met[identity] += 1
            if self.met[identity] <= MOST:
                self.problems.append(problem)

    def change(self, made: Callable[[list[Problem]], Iterable[Problem]]) -> None:
        """Others in the place of those that are kept."""
        self.problems = list(made(self.problems))

    def joined(self) -> list[Problem]:
        """All of them sorted by place, each once with the number of its fellows."""
        return [self._counted(problem) for problem in merge_alike(self.problems)]

    def _counted(self, problem: Problem) -> Problem:
        more = self.met[problem.identity] - MOST
        return replace(problem, more=problem.more + more) if more > 0 else problem
