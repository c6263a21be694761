"""How all letters are read side by side: each comes past once, and every look notes what it needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model import Footnote, Plan, Reading
    from lettergen.problems import Problem
    from lettergen.review.mixups.record import Record


class Shared(NamedTuple):
    """What all letters have in common; known once the last of them is merged, which has read every template."""

    plans: Mapping[str, Plan]
    footnotes: Mapping[str, Footnote]
    mentions: tuple[str, ...] = ()


class Look(Protocol):
    """A check of all letters side by side, in bounded memory: it keeps sums, hashes and the first few of a kind, never
    the letters. What only seems wrong by these is looked at again: in a second pass, where there is need of one.
    """

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        """One record and its letter's readings (none if it was not composed), in the order of the records."""

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        """What is wrong; or another look, if that needs one more pass over the same letters."""
