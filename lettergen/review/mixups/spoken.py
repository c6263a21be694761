"""What letters say that seems to be another record's: the first look at leaks, which keeps hashes and no letter."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from lettergen.review.mixups.identities import identities
from lettergen.review.mixups.owned import Owned
from lettergen.review.mixups.owning import Owning, Suspicion
from lettergen.review.mixups.printed import MarkdownFields
from lettergen.review.mixups.spool import NOBODY, Spool
from lettergen.review.sieve import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Reading
    from lettergen.problems import Problem
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.record import Record

_OFTEN = 4096  # texts that are remembered, as other letters may have them too


class Leaks:
    """An error for each place where a letter says what is another record's."""

    def __init__(self, fields: Iterable[str] = (), width: int = WIDTH) -> None:
        self.markdown = MarkdownFields(fields)
        self.width = width
        self.owned = Owned(width)
        self.names = array("q")  # the words of names, each record's once: whole hashes, as they are counted
        self._said = array("Q")  # marks of what letters say in their salutations
        self._spool = Spool()  # their other values
        self._told: dict[str, bool] = {}  # the latest of these, and whether several letters have them
        self._records = 0
        self._used: set[str] = set()  # fields that phrases were taken from
        self._is_late = False

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for field in self.markdown.see(record):  # which should not have been
            self._is_late = self._is_late or field in self._used
        found = list(identities(record, self.markdown.fields))
        own = self.owned.add(found)
        for _, field, _, _ in found:
            self._used.add(field)
        name = record.recipient.fields.get("name")
        if isinstance(name, str):
            self.names.extend(map(hash, set(record.words(name))))
        if readings:
            self._hear(record, own, {str(text): field == "salutation" for _, field, text, _ in found})
        self._records += 1

    def _hear(self, record: Record, own: dict[int, int], sources: dict[str, bool]) -> None:
        """What the letter says; `sources` are the values that its own phrases are from, and whether each is only its
        salutation. That is its own as such: in another value, it may be somebody else's.
        """
        spooled, told = [], self._told
        for text in record.texts:
            is_salutation = sources.get(text)
            if is_salutation:
                marks = map(self.owned.mark, _grams(record.words(text)))
                self._said.extend([mark for mark in marks if mark not in own])
            elif is_salutation is False:
                spooled.append(text)
            elif text not in told:
                told[text] = False
                spooled.append(text)
            elif not told[text]:  # by several letters: whatever is in it may be another's
                told[text] = True
                self._spool.add(NOBODY, [text])
        if spooled:
            self._spool.add(self._records, spooled)
        if len(told) > _OFTEN:
            told.clear()

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        if self._is_late:
            return [], Leaks(self.markdown.fields, self.width)
        marks = self.owned.suspicious({*self._said, *self._spooled()})
        return [], Owning(Suspicion(self.owned, marks, frozenset(self.markdown.fields), self.names)) if marks else None

    def _spooled(self) -> Iterator[int]:
        """The marks of what may be phrases in the texts that were kept, and are not the letter's own."""
        last, own = NOBODY, set[int]()
        for block in self._spool.blocks():
            for start, phrase in self.owned.phrases_in(block.words):
                record = block.record(start)
                if record != last:
                    last, own = record, set() if record == NOBODY else self.owned.of_record(record)
                mark = self.owned.mark(phrase)
                if mark not in own:
                    yield mark


def _grams(spoken: list[str]) -> Iterator[str]:
    """All that a phrase might be in a short text."""
    yield from (word for word in spoken if not word.isalpha())
    rows = spoken
    for size in range(1, len(spoken)):
        rows = [f"{row} {word}" for row, word in zip(rows, spoken[size:], strict=False)]
        yield from rows
