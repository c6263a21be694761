"""What one expression prints in all letters: the usual text, and what one letter has that is like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.mixups.nearly import difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Reading

LEAST = 4  # letters of which one can stand out
MOST = 0.6  # of the letters that have the usual wording, at least
DISTINCT = 64  # texts that are all kept


class Rare(NamedTuple):
    """A text of one letter and the usual one, the first letters that have them, and how many have the usual one."""

    texts: tuple[str, str]
    readings: tuple[Reading, Reading]
    usual: int
    total: int


class Column:
    """Takes a text of each letter. While they are few, all are kept; then the usual one, and what is like it for as
    long as that is ahead of all others together. If another takes its place, only this is known at the end: which
    text may be that of most letters. It is then looked for in one more pass.
    """

    __slots__ = ("_ahead", "_gone", "_others", "distinct", "is_all", "is_exact", "misses", "reading", "same", "usual")

    def __init__(self, usual: str, reading: Reading | None, distinct: int = DISTINCT) -> None:
        self.usual, self.reading = usual, reading
        self.same = 0  # letters with the usual text
        self.misses = 0  # letters with others
        self.distinct = distinct
        self.is_all = self.is_exact = True
        self._gone = 0  # letters before the text was the usual one
        self._ahead = 0  # of what the text may be behind
        self._others: dict[str, tuple[int, Reading]] = {}

    def see(self, text: str, reading: Reading) -> None:
        """A letter with another text; for one with the usual, `same` is counted."""
        self.misses += 1
        times, first = self._others.get(text, (0, reading))
        if times or self.is_all or (self.is_exact and difference(text, self.usual)):
            self._others[text] = times + 1, first
        if self.is_all:
            if len(self._others) > self.distinct:
                self._narrow()
        elif self.misses > self.same + self._ahead:
            self._gone += self.same + self.misses - 1
            self.usual, self.same, self.misses = text, 1, 0
            self._others, self.is_exact = {}, False

    def _narrow(self) -> None:
        """From now on, only what is like the text that most letters have."""
        self._lead()
        self.is_all = False
        self.is_exact = self.misses <= self.same
        if not self.is_exact:
            self._gone, self.same, self.misses = self.same + self.misses, 0, 0
        kept = self._others if self.is_exact else {}
        self._others = {text: one for text, one in kept.items() if difference(text, self.usual)}

    def _lead(self) -> None:
        """Makes the text that most letters have the usual one; of several the first."""
        text, (times, reading) = max(self._others.items(), key=lambda item: item[1][0], default=("", (0, self.reading)))
        if times > self.same and self.reading and reading:
            del self._others[text]
            self._others = {self.usual: (self.same, self.reading), **self._others}
            total = self.same + self.misses
            self.usual, self.reading, self.same, self.misses = text, reading, times, total - times

    @property
    def total(self) -> int:
        return self._gone + self.same + self.misses

    def rare(self) -> Iterator[Rare]:
        """The texts of one letter that are like that of most, as far as this is known."""
        if self.is_all:
            self._lead()
        if self.is_exact and self.reading and self.same >= max(self.total * MOST, LEAST - 1):
            for text, (times, reading) in self._others.items():
                if times == 1:
                    yield Rare((text, self.usual), (reading, self.reading), self.same, self.total)

    def again(self) -> Column | None:
        """For another pass: the column that knows what may be the usual text; None if this one knows enough."""
        if self.is_exact or self.same - self.misses < self.total * (2 * MOST - 1) - 1:
            return None
        found = Column(self.usual, None, self.distinct)
        found.is_all, found._ahead = False, self.total
        return found
