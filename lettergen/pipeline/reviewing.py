"""The checks of all letters side by side, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.review.splices import check_splices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lettergen.model import Mailing
    from lettergen.problems import Problem

# What can be said whatever else is wrong, and what only of letters without an error.
ALWAYS: tuple[Callable[[Mailing], Iterator[Problem]], ...] = ()
SOUND: tuple[Callable[[Mailing], Iterator[Problem]], ...] = (check_splices,)


def review(mailing: Mailing, *, is_sound: bool) -> Iterator[Problem]:
    """What a careful reader of all letters would notice."""
    for check in (*ALWAYS, *(SOUND if is_sound else ())):
        yield from check(mailing)
