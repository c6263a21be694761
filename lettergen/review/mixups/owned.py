"""The phrases of all records in a few bytes each: enough to see which of them a letter may have of somebody else."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from lettergen.review.sieve import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.review.mixups.identities import Identity

_OTHER, _SALUTATION = 2, 3
_RANKS = {"name": 0, "address": 1, "salutation": _SALUTATION}
# With which other claims that of a record makes a conflict: a name may well be another's salutation.
_CLASHING = (0b0110, 0b1101, 0b1011, 0b0110)
_HARMLESS = 0b1001
_RANK = 2  # bits
_SLOTS = (1 << 22) - 1  # of the tables by hash, which need but a byte where something is
_FEW = (1 << 20) - 1
_WHOLE = (1 << WIDTH) - 1
_BEGIN, _WORD = 1, 2  # what a word is: the first of a phrase, a phrase by itself
_LONG = 8  # words of a phrase whose size is not noted
_SIZES = [[size for size in range(1, _LONG) if bits >> size & 1] for bits in range(1 << _LONG)]


class Owned:
    """Takes the phrases of record after record. A phrase is told apart by its mark, a whole hash: by less of it,
    what is another's might pass for a record's own. `width` is for what is suspicious.
    """

    def __init__(self, width: int = WIDTH) -> None:
        self._mask = (1 << width) - 1
        self._marks = array("Q")  # each with its rank
        self._starts = array("I")  # of each record among them
        self._claims = bytearray(_SLOTS + 1)  # the ranks of the phrases of each slot
        self._clashing = array("Q")
        self._words: set[int] = set()  # phrases of one word without a digit: whatever is made of it, somebody says it
        self._heads, self._pairs = bytearray(_FEW + 1), bytearray(_SLOTS + 1)
        self._longest = 0

    def mark(self, phrase: str) -> int:
        return hash(phrase) & _WHOLE

    def add(self, found: Iterable[Identity]) -> dict[int, int]:
        """The marks of one record's phrases, with their ranks."""
        own: dict[int, int] = {}
        heads, pairs, longest = self._heads, self._pairs, self._longest
        for phrase, field, _, _ in found:
            mark = hash(phrase) & _WHOLE
            if own.get(mark, _SALUTATION) == _SALUTATION:
                own[mark] = _RANKS.get(field, _OTHER)
                begin = phrase.split(" ", 2)
                if len(begin) > 1:
                    heads[hash(begin[0]) & _FEW] |= _BEGIN
                    size = phrase.count(" ") + 1
                    pairs[hash((begin[0], begin[1])) & _SLOTS] |= 1 << (size if size < _LONG else 0)
                    longest = max(longest, size)
                else:
                    heads[hash(phrase) & _FEW] |= _WORD
                    if phrase.isalpha():
                        self._words.add(mark)
        self._longest = longest
        self._claim(own)
        return own

    def _claim(self, own: dict[int, int]) -> None:
        self._starts.append(len(self._marks))
        claims = self._claims
        for mark, rank in own.items():
            self._marks.append(mark << _RANK | rank)
            slot = mark & _SLOTS
            others = claims[slot]
            if others & _CLASHING[rank]:
                self._clashing.append(mark)
            claims[slot] = others | 1 << rank

    def of_record(self, number: int) -> set[int]:
        """The marks of what is a record's own, wherever it says it; what is only its salutation is not."""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._marks)
        marks = self._marks[self._starts[number] : end]
        return {mark >> _RANK for mark in marks if mark & _SALUTATION != _SALUTATION}

    def phrases_in(self, spoken: list[str]) -> Iterator[tuple[int, str]]:
        """What may be phrases among the words, with the number of their first."""
        heads, pairs = self._heads, self._pairs
        for start in [number for number, word in enumerate(spoken) if heads[hash(word) & _FEW]]:
            word = spoken[start]
            if heads[hash(word) & _FEW] & _WORD:
                yield start, word
            sizes = pairs[hash(tuple(spoken[start : start + 2])) & _SLOTS]
            for size in self._sizes(sizes) if sizes else ():
                yield start, " ".join(spoken[start : start + size])

    def _sizes(self, sizes: int) -> Iterable[int]:
        """The sizes whose bits are set; the first bit is that of all long ones."""
        found = _SIZES[sizes]
        return found if not sizes & 1 else (*found, *range(_LONG, self._longest + 1))

    def suspicious(self, said: Iterable[int]) -> frozenset[int]:
        """The phrases that seem to be `said` by another, and those that two records have in unlike fields."""
        mask = self._mask
        spoken, clashing = ({mark & mask for mark in marks} for marks in (said, self._clashing))
        claims = dict[int, int]()
        found = set(self._words)
        for entry in self._marks:
            mark = entry >> _RANK
            if mark & mask in spoken:
                found.add(mark)
            if mark & mask in clashing:
                claims[mark] = claims.get(mark, 0) | 1 << (entry & _SALUTATION)
        found.update(mark for mark, ranks in claims.items() if ranks & (ranks - 1) and ranks != _HARMLESS)
        return frozenset(found)
