"""The checks of all letters side by side, in one table, and the passes that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import Mailing
from lettergen.review.joints.splices import check_splices
from lettergen.review.mixups.leaks import check_leaks
from lettergen.review.mixups.salutations import check_salutations
from lettergen.review.mixups.sentences import check_sentences
from lettergen.review.mixups.shared import check_shared
from lettergen.review.mixups.wordings import check_wordings
from lettergen.review.paths import check_arms, check_same, check_variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lettergen.model import Reading, Recipient
    from lettergen.problems import Problem
    from lettergen.review.look import Look, Shared

    Letters = Iterable[tuple[Recipient, tuple[Reading, ...]]]


class _Held:
    """A check of the whole batch as a look."""

    def __init__(self, check: Callable[[Mailing], Iterator[Problem]]) -> None:
        self.check = check
        self.recipients: list[Recipient] = []
        self.readings: list[Reading] = []

    def see(self, recipient: Recipient, readings: tuple[Reading, ...]) -> None:
        self.recipients.append(recipient)
        self.readings += readings

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        return list(self.check(Mailing(tuple(self.recipients), tuple(self.readings), *shared))), None


# What can be said whatever else is wrong, what only of letters without an error, and what only of all of them.
ALWAYS: tuple[Callable[[Mailing], Iterator[Problem]], ...] = (check_leaks,)
SOUND: tuple[Callable[[Mailing], Iterator[Problem]], ...] = (
    check_shared,
    check_sentences,
    check_salutations,
    check_wordings,
    check_splices,
)
WHOLE: tuple[Callable[[Mailing], Iterator[Problem]], ...] = (check_variants, check_same)


class Reviewing:
    """Sees letter after letter while they are composed, and says at the end what a careful reader would notice."""

    def __init__(self) -> None:
        self._always: list[Look] = [_Held(check) for check in ALWAYS]
        self._sound: list[Look] = [_Held(check) for check in SOUND]
        self._whole: list[Look] = [_Held(check) for check in WHOLE]
        self._arms = _Held(check_arms)

    def see(self, recipient: Recipient, readings: tuple[Reading, ...]) -> None:
        """One record, and the readings of its letter: none if it was not composed, or not asked for."""
        for look in (*self._always, *self._sound, *self._whole, self._arms):
            look.see(recipient, readings)

    def end(
        self, shared: Shared, known: Sequence[Problem], again: Callable[[], Letters], *, is_all: bool
    ) -> list[Problem]:
        """What is wrong beside the `known` problems; `again` are the same letters, for those looks that have to see
        them once more, `is_all` unless one letter is asked for.
        """
        is_sound = not any(problem.is_error for problem in known)
        looks = [*self._always, *(self._sound if is_sound else ()), *(self._whole if is_sound and is_all else ())]
        problems: list[Problem] = []
        while looks:
            ended = [look.end(shared) for look in looks]
            problems += (problem for found, _ in ended for problem in found)
            looks = [look for _, look in ended if look]
            for recipient, readings in again() if looks else ():
                for look in looks:
                    look.see(recipient, readings)
        if is_sound and is_all:
            told = [problem.place for problem in known if problem.code == "untaken-branch"]
            arms = self._arms
            problems += check_arms(Mailing(tuple(arms.recipients), tuple(arms.readings), *shared), told)
        return problems


def review(mailing: Mailing, known: Sequence[Problem], *, is_all: bool) -> list[Problem]:
    """The same of letters that are all there; `is_all` unless one letter is asked for."""
    from lettergen.review.look import shared_by

    reviewing = Reviewing()
    for recipient, readings in letters_in(mailing):
        reviewing.see(recipient, readings)
    return reviewing.end(shared_by(mailing), known, lambda: letters_in(mailing), is_all=is_all)


def letters_in(mailing: Mailing) -> Iterator[tuple[Recipient, tuple[Reading, ...]]]:
    """Each record with the readings of its letter."""
    found: dict[str, list[Reading]] = {}
    for reading in mailing.readings:
        found.setdefault(reading.recipient.id, []).append(reading)
    return ((recipient, tuple(found.get(recipient.id, ()))) for recipient in mailing.recipients)
