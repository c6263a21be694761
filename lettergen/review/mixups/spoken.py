"""What letters say that seems to be another record's: the first look at leaks, which keeps hashes and no letter."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.review.mixups.identities import identities
from lettergen.review.mixups.owned import Owned
from lettergen.review.mixups.owning import Owning, Suspicion
from lettergen.review.mixups.printed import ASIDE, MarkdownFields
from lettergen.review.mixups.spool import NOBODY, Spool
from lettergen.review.mixups.words import words
from lettergen.review.sieve import WIDTH

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from lettergen.model import Reading
    from lettergen.problems import Problem
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.record import Record

_OFTEN = 4096  # texts that are remembered, as other letters may have them too
_MOST = 60  # characters of a text that is taken apart at once


class Leaks:
    """An error for each place where a letter says what is another record's."""

    def __init__(self, fields: Iterable[str] = (), width: int = WIDTH) -> None:
        self.markdown = MarkdownFields(fields)
        self.width = width
        self.owned = Owned(width)
        self.names = array("q")  # the words of names, each record's once: whole hashes, as they are counted
        self._said = array("Q")  # marks of what letters say in the values that their own phrases are from
        self._spool = Spool()  # other values
        self._told: dict[str, bool] = {}  # the latest of these, and whether several letters have them
        self._records = 0
        self._used: set[str] = set()  # fields that phrases were taken from
        self._is_late = False

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for field in self.markdown.see(readings):  # which should not have been
            self._is_late = self._is_late or field in self._used
        found = list(identities(record, self.markdown.fields))
        own = self.owned.add(found)
        for _, field, _, _ in found:
            self._used.add(field)
        name = record.recipient.fields.get("name")
        if isinstance(name, str):
            self.names.extend(map(hash, set(record.words(name))))
        if readings:
            proper = self.owned.proper(own)
            # What a letter calls its addressee is its own in the salutation only.
            sources = {str(text): own if field == "salutation" else proper for _, field, text, _ in found}
            self._hear(sources, readings)
        self._records += 1

    def _hear(self, sources: dict[str, Container[int]], readings: tuple[Reading, ...]) -> None:
        """What the letter says besides its own phrases: those of the texts that these are from, and any in others."""
        spooled = []
        for text in _texts(readings):
            if text in sources and len(text) <= _MOST:
                self._said.extend(self.owned.strange(_grams(text), sources[text]))
            elif text not in self._told:
                self._told[text] = False
                spooled.append(text)
            elif not self._told[text]:  # by several: whatever is in it may be another's
                self._told[text] = True
                self._spool.add(NOBODY, [text])
        if spooled:
            self._spool.add(self._records, spooled)
        if len(self._told) > _OFTEN:
            self._told.clear()

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        if self._is_late:
            return [], Leaks(self.markdown.fields, self.width)
        said = set(self.owned.may_be(self._said))
        said.update(self._spooled())
        marks = self.owned.suspicious(said)
        return [], Owning(Suspicion(self.owned, marks, frozenset(self.markdown.fields), self.names)) if marks else None

    def _spooled(self) -> Iterator[int]:
        """The marks of what may be phrases in the texts that were kept, and are not the letter's own."""
        for block in self._spool.blocks():
            for start in self.owned.beginnings(block.words):
                marks = list(self.owned.marks_at(block.words, start))
                record = block.record(start) if marks else NOBODY
                yield from marks if record == NOBODY else _without(marks, self.owned.of_record(record))


def _without(marks: Iterable[int], own: Container[int]) -> Iterator[int]:
    return (mark for mark in marks if mark not in own)


def _texts(readings: tuple[Reading, ...]) -> set[str]:
    """What the letter's values say, but for those of parts that may name others."""
    return {
        token.text
        for reading in readings
        for passage in reading.passages
        if passage.tokens and passage.part not in ASIDE
        for token in passage.tokens
    }


@lru_cache(maxsize=1024)
def _grams(text: str) -> tuple[int, ...]:
    """The hashes of all that a phrase might be in a short text."""
    found = words(text)
    size = len(found)
    return (
        *(hash(" ".join(found[start:end])) for start in range(size) for end in range(start + 2, size + 1)),
        *(hash(word) for word in found if not word.isalpha()),
    )
