"""The letters of a project as a stream that can be read again: kept if they are few, else composed anew each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from lettergen.model import Letter, Reading, Recipient

Chosen: TypeAlias = "Collection[str] | None"  # ids; without any, all
KEPT = 2_000  # letters, which take 30 MB
T = TypeVar("T")


class Composed(NamedTuple):
    """A record's letter, and how it reads in each of its languages."""

    recipient: Recipient
    letter: Letter
    readings: tuple[Reading, ...]


class Batch:
    """All letters that could be composed, in the order of the records."""

    def __init__(self, first: Iterable[Composed], again: Callable[[Chosen], Iterator[Composed]]) -> None:
        """`first` is gone through at once; `again` composes all letters anew, or those of some ids."""
        self._again = again
        self._kept: list[Composed] | None = []
        self.count = 0
        for one in first:
            self.count += 1
            if self._kept is not None and self.count <= KEPT:
                self._kept.append(one)
            else:
                self._kept = None

    @property
    def is_kept(self) -> bool:
        """Whether all letters are in memory."""
        return self._kept is not None

    def __iter__(self) -> Iterator[Composed]:
        return self._pass(None)

    def only(self, ids: Collection[str]) -> Iterator[Composed]:
        """The letters of these ids."""
        return (one for one in self._pass(ids) if one.letter.id in ids)

    def _pass(self, ids: Chosen) -> Iterator[Composed]:
        return self._again(ids) if self._kept is None else iter(self._kept)


class View(Generic[T]):
    """A part of each letter of a batch, in their order; each look at it goes through the letters once."""

    def __init__(self, batch: Batch, part: Callable[[Composed], Iterable[T]]) -> None:
        self._batch, self._part = batch, part

    def __iter__(self) -> Iterator[T]:
        return (one for composed in self._batch for one in self._part(composed))
