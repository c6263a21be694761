"""The checks of all letters side by side, in one table, and the passes that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.review.coverage import Paths
from lettergen.review.joints.splices import Splices
from lettergen.review.mixups.record import Record
from lettergen.review.mixups.salutations import Salutations
from lettergen.review.mixups.sentences import Sentences
from lettergen.review.mixups.shared import SharedIdentities
from lettergen.review.mixups.spoken import Leaks
from lettergen.review.mixups.wordings import Wordings
from lettergen.review.paths import check_arms, check_same, check_variants
from lettergen.review.same import SameFields
from lettergen.review.unprinted import Unprinted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lettergen.model import Reading, Recipient
    from lettergen.problems import Problem
    from lettergen.review.look import Look, Shared

    Letters = Iterable[tuple[Recipient, tuple[Reading, ...]]]
    Makers = tuple[Callable[[], Look], ...]


# What can be said whatever else is wrong, and what only of letters without an error.
ALWAYS: Makers = (Leaks,)
SOUND: Makers = (
    SharedIdentities,
    Sentences,
    Salutations,
    Unprinted,
    Wordings,
    Splices,
)


class Reviewing:
    """Sees letter after letter while they are composed, and says at the end what a careful reader would notice."""

    def __init__(self, always: Makers | None = None, sound: Makers | None = None) -> None:
        self.paths = Paths()
        self.same = SameFields()
        self._always = [make() for make in (ALWAYS if always is None else always)]
        self._sound = [make() for make in (SOUND if sound is None else sound)]

    def see(self, recipient: Recipient, readings: tuple[Reading, ...]) -> None:
        """One record, and the readings of its letter: none if it was not composed, or not asked for."""
        self.paths.see(recipient, readings)
        self.same.see(recipient)
        record = Record(recipient, readings)
        for look in (*self._always, *self._sound):
            look.see(record, readings)

    def end(
        self, shared: Shared, known: Sequence[Problem], again: Callable[[], Letters], *, is_all: bool
    ) -> list[Problem]:
        """What is wrong beside the `known` problems; `again` are the same letters, for those looks that have to see
        them once more, `is_all` unless one letter is asked for.
        """
        is_sound = not any(problem.is_error for problem in known)
        problems = list(_passes([*self._always, *(self._sound if is_sound else ())], shared, again))
        if is_sound and is_all:
            told = [problem.place for problem in known if problem.code == "untaken-branch"]
            problems += check_variants(self.paths, shared.plans)
            problems += check_same(self.same, shared.plans)
            problems += check_arms(self.paths, shared.plans, told)
        return problems


def _passes(looks: Sequence[Look], shared: Shared, again: Callable[[], Letters]) -> Iterator[Problem]:
    """The problems in the order of the looks, after as many passes as these ask for."""
    found: dict[int, list[Problem]] = {}
    left = dict(enumerate(looks))
    while left:
        ended = {number: look.end(shared) for number, look in left.items()}
        found |= {number: problems for number, (problems, _) in ended.items()}
        left = {number: look for number, (_, look) in ended.items() if look}
        for recipient, readings in again() if left else ():
            record = Record(recipient, readings)
            for look in left.values():
                look.see(record, readings)
    yield from (problem for number in sorted(found) for problem in found[number])
