"""The checks of all letters side by side, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.joints.splices import check_splices
from lettergen.review.mixups.leaks import check_leaks
from lettergen.review.mixups.salutations import check_salutations
from lettergen.review.mixups.sentences import check_sentences
from lettergen.review.mixups.shared import check_shared
from lettergen.review.mixups.wordings import check_wordings
from lettergen.review.paths import check_arms, check_same, check_variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lettergen.model import Footnote, Mailing, Plan, Reading, Recipient
    from lettergen.problems import Problem

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


class Shared(NamedTuple):
    plans: Mapping[str, Plan]
    footnotes: Mapping[str, Footnote]
    mentions: tuple[str, ...]


class Reviewing:
    def __init__(self, shared: Shared) -> None:
        self.shared = shared

    def see(self, recipient: Recipient, readings: tuple[Reading, ...]) -> None:
        pass

    def end(self, mailing: Mailing, known: Sequence[Problem], *, is_all: bool) -> list[Problem]:
        whole = mailing._replace(recipients=tuple(mailing.recipients), readings=tuple(mailing.readings))
        return list(review(whole, known, is_all=is_all))


def review(mailing: Mailing, known: Sequence[Problem], *, is_all: bool) -> Iterator[Problem]:
    """What a careful reader would notice, beside the `known` problems; `is_all` unless one letter is asked for."""
    is_sound = not any(problem.is_error for problem in known)
    for check in (*ALWAYS, *(SOUND if is_sound else ()), *(WHOLE if is_sound and is_all else ())):
        yield from check(mailing)
    if is_sound and is_all:
        yield from check_arms(mailing, [problem.place for problem in known if problem.code == "untaken-branch"])
