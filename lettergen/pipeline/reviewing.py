"""The checks of all letters side by side, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.review.leaks import check_leaks
from lettergen.review.salutations import check_salutations
from lettergen.review.shared import check_sentences, check_shared
from lettergen.review.wordings import check_wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lettergen.model import Mailing
    from lettergen.problems import Problem

# What can be said whatever else is wrong, and what only of letters without an error.
ALWAYS: tuple[Callable[[Mailing], Iterator[Problem]], ...] = (check_leaks,)
SOUND: tuple[Callable[[Mailing], Iterator[Problem]], ...] = (
    check_shared,
    check_sentences,
    check_salutations,
    check_wordings,
)


def review(mailing: Mailing, *, is_sound: bool) -> Iterator[Problem]:
    """What a careful reader of all letters would notice."""
    for check in (*ALWAYS, *(SOUND if is_sound else ())):
        yield from check(mailing)
