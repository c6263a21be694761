"""Two records that have what only one of them should have."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

from lettergen.review.few import told
from lettergen.review.mixups.alike import Codes, Mails, Names, lines_of, streets_of
from lettergen.review.sieve import WIDTH, Sieve

if TYPE_CHECKING:
    from lettergen.model import Reading
    from lettergen.problems import Problem
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.record import Record


class SharedIdentities:
    """A warning for each name, e-mail address and post code that two records should not share: those that two have."""

    def __init__(self, width: int = WIDTH) -> None:
        self.names = Sieve(width)
        self.mails = Sieve(width)
        self.codes = Streets(width)

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for field, text in record.values:
            if field == "name":
                self.names.add(" ".join(record.words(text)))
            elif "@" in text and " " not in text:
                self.mails.add(text.casefold())
        if record.code:
            self.codes.add(record)

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        marks = self.names.repeated(), self.mails.repeated(), self.codes.differing()
        return [], _Shared(self, marks) if any(marks) else None


class Streets:
    """Takes the post code of each record with its street, and knows the codes that stand with several."""

    def __init__(self, width: int) -> None:
        self._mask = (1 << width) - 1
        self._codes = array("Q")
        self._streets = array("q")  # whole hashes: those of two streets that were one would hide something

    def add(self, record: Record) -> None:
        streets = streets_of(record)
        self._codes.append(hash(record.code) & self._mask)
        self._streets.append(hash(frozenset(streets or lines_of(record))))

    def differing(self) -> frozenset[int]:
        pairs = sorted(
            code << 64 | street & (1 << 64) - 1 for code, street in zip(self._codes, self._streets, strict=True)
        )
        return frozenset(one >> 64 for one, other in pairwise(pairs) if one >> 64 == other >> 64 and one != other)

    def has(self, post_code: str, marks: frozenset[int]) -> bool:
        return hash(post_code) & self._mask in marks


class _Shared:
    """The second look: at what several records seem to have."""

    def __init__(self, first: SharedIdentities, marks: tuple[frozenset[int], ...]) -> None:
        self.first = first
        self.marks = marks
        self.names, self.mails, self.codes = Names(), Mails(), Codes()

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        names, mails, codes = self.marks
        is_read = bool(readings)
        for field, text in record.values:
            if field == "name":
                name = " ".join(record.words(text))
                if self.first.names.has(name, names):
                    self.names.add(name, record, text, is_read=is_read)
            elif "@" in text and " " not in text and self.first.mails.has(text.casefold(), mails):
                self.mails.add(text.casefold(), record, text, is_read=is_read)
        if record.line is not None and self.first.codes.has(record.code, codes):
            self.codes.add(record.code, record, record.line, is_read=is_read)

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        return told(self.names.few(), self.mails.few(), self.codes.few()), None
