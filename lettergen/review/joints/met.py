"""Slips as they are met in letters, and what is kept of those that are alike."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lettergen.problems import Place
    from lettergen.review.joints.slip import Slip

    Order = tuple[str, int, int]  # of a place
    Key = tuple[str, int, str, str]  # document, expression, kind of slip, the template's words

NAMED = 4  # problems of one kind that are made; the others are counted
_LINE = 32  # bits before a place's column


class Met(NamedTuple):
    """A slip in the letter of a record: at the value with this origin, or where `words` stand in the template."""

    slip: Slip
    document: str
    record: Place
    origin: Place | None
    printed: int
    words: str = ""

    @property
    def key(self) -> Key:
        """What slips that are alike have in common: what is wrong with values alone is one for all fields."""
        number = self.printed if self.slip.in_template else -1
        return self.document, number, self.slip.kind, self.words


class Group:
    """Slips that are alike: how many, in how many letters, all places in eight bytes each, and the first by place."""

    def __init__(self, first: Met, most: int = NAMED) -> None:
        self.first = first
        self.times = 0
        self.letters = 0
        self.least: dict[Order, Met] = {}
        self._most = most
        self._letter = ""
        self._places: dict[str, array[int]] = {}  # lines and columns, by file

    def add(self, met: Met, letter: str) -> None:
        """One more, in the letter with this id."""
        self.times += 1
        if letter != self._letter:
            self._letter = letter
            self.letters += 1
        if met.origin:
            file, line, column = order = met.origin.order
            self._places.setdefault(file, array("Q")).append(line << _LINE | column)
            self.least.setdefault(order, met)
            if len(self.least) > self._most:
                del self.least[max(self.least)]

    def new(self, told: set[Order]) -> tuple[int, list[Order]]:
        """How many places are not `told` already, and the first of them; now they are."""
        found = sorted(
            order
            for file, places in self._places.items()
            for place in set(places)
            if (order := (file, place >> _LINE, place & (1 << _LINE) - 1)) not in told
        )
        told.update(found)
        return len(found), found[:NAMED]
