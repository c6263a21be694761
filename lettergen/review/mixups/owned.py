"""The phrases of all records in a few bytes each: enough to see which of them a letter may have of somebody else."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from lettergen.review.mixups.identities import rank_of
from lettergen.review.sieve import WIDTH

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from lettergen.review.mixups.identities import Identity

_SALUTATION = 3  # beside the ranks of names, addresses and other fields
# With which other claims that of a record makes a conflict: a name may well be another's salutation.
_CLASHING = (0b0110, 0b1101, 0b1011, 0b0110)
_HARMLESS = 0b1001
_RANK = 2  # bits
_SLOTS = (1 << 22) - 1  # of the tables by hash, which need but a byte where something is
_FEW = (1 << 20) - 1


class Owned:
    """Takes the phrases of record after record. A phrase is told apart by its mark, a hash."""

    def __init__(self, width: int = WIDTH) -> None:
        self._mask = (1 << width) - 1
        self._marks = array("Q")  # each with its rank
        self._starts = array("I")  # of each record among them
        self._claims = bytearray(_SLOTS + 1)  # the ranks of the phrases of each slot
        self._clashing = array("Q")
        self._words: set[int] = set()  # phrases of one word without a digit: whatever is made of it, somebody says it
        self._heads, self._pairs = bytearray(_FEW + 1), bytearray(_SLOTS + 1)
        self.sizes: set[int] = set()

    def mark(self, phrase: str) -> int:
        return hash(phrase) & self._mask

    def add(self, found: Iterable[Identity]) -> dict[int, int]:
        """The marks of one record's phrases, with their ranks."""
        own: dict[int, int] = {}
        for phrase, field, _, _ in found:
            mark = hash(phrase) & self._mask
            if own.get(mark, _SALUTATION) == _SALUTATION:
                if mark not in own:
                    self._note(phrase)
                own[mark] = _SALUTATION if field == "salutation" else rank_of(field)
        self._starts.append(len(self._marks))
        for mark, rank in own.items():
            self._marks.append(mark << _RANK | rank)
            slot = mark & _SLOTS
            claims = self._claims[slot]
            if claims & _CLASHING[rank]:
                self._clashing.append(mark)
            self._claims[slot] = claims | 1 << rank
        return own

    def _note(self, phrase: str) -> None:
        first, _, others = phrase.partition(" ")
        self._heads[hash(first) & _FEW] = 1
        if others:
            self._pairs[hash((first, others.partition(" ")[0])) & _SLOTS] = 1
        elif first.isalpha():
            self._words.add(self.mark(phrase))
        self.sizes.add(phrase.count(" ") + 1)

    def of_record(self, number: int) -> set[int]:
        """The marks of what is a record's own, wherever it says it; what is only its salutation is not."""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._marks)
        marks = self._marks[self._starts[number] : end]
        return {mark >> _RANK for mark in marks if mark & _SALUTATION != _SALUTATION}

    def beginnings(self, spoken: list[str]) -> list[int]:
        """Where among the words a phrase may begin."""
        heads, pairs = self._heads, self._pairs
        starts = [number for number, word in enumerate(spoken) if heads[hash(word) & _FEW]]
        return [
            number
            for number in starts
            if not spoken[number].isalpha() or pairs[hash(tuple(spoken[number : number + 2])) & _SLOTS]
        ]

    def marks_at(self, spoken: list[str], start: int) -> Iterator[int]:
        """The marks of what may be the phrases that begin there."""
        for size in self.sizes:
            phrase = " ".join(spoken[start : start + size])
            mark = hash(phrase) & self._mask
            if self._claims[mark & _SLOTS]:
                yield mark

    def strange(self, hashes: Iterable[int], own: Container[int]) -> list[int]:
        """The marks of these hashes that are not the record's own."""
        mask = self._mask
        return [mark for found in hashes if (mark := found & mask) not in own]

    @staticmethod
    def proper(own: dict[int, int]) -> Container[int]:
        """What is a record's own wherever it stands: not its salutation."""
        return own if _SALUTATION not in own.values() else {mark for mark, rank in own.items() if rank != _SALUTATION}

    def suspicious(self, said: Container[int]) -> frozenset[int]:
        """The phrases that seem to be `said` by another, and those that two records have in unlike fields."""
        clashing, claims = set(self._clashing), dict[int, int]()
        found = set(self._words)
        for entry in self._marks:
            mark = entry >> _RANK
            if mark in said:
                found.add(mark)
            if mark in clashing:
                claims[mark] = claims.get(mark, 0) | 1 << (entry & _SALUTATION)
        found.update(mark for mark, ranks in claims.items() if ranks & (ranks - 1) and ranks != _HARMLESS)
        return frozenset(found)

    def may_be(self, marks: Iterable[int]) -> list[int]:
        """Those of the marks that may be of a phrase."""
        claims = self._claims
        return [mark for mark in marks if claims[mark & _SLOTS]]
