"""Sentences that two records have in common, and no other."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from lettergen.problems import Problem, Related
from lettergen.review.few import Few, told
from lettergen.review.mixups.printed import MarkdownFields
from lettergen.review.sieve import WIDTH, Sieve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lettergen.model import Reading, Text
    from lettergen.problems import Place
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.record import Record

_PAIR = 2
_LEAST = 3  # records of which two that say the same are remarkable; words that make a sentence
_FIELD = itemgetter(0)


class Sentences:
    """A warning for each Markdown field that exactly two offices share: first, what stands in two records at all."""

    def __init__(self, fields: Iterable[str] = (), width: int = WIDTH) -> None:
        self.markdown = MarkdownFields(fields)
        self.width = width
        self.sieves = {field: Sieve(width) for field in fields}
        self.records = 0
        self._having: set[str] = set()  # fields that a record had, so far
        self._late: set[str] = set()

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for field in self.markdown.see(record):
            self.sieves[field] = Sieve(self.width)
            if field in self._having:  # in records of which nobody knew that it is a sentence
                self._late.add(field)
        self.records += 1
        self._having.update(map(_FIELD, record.values))
        for field, text in record.values:
            if field in self.sieves:
                self.sieves[field].add(" ".join(text.split()))

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        if self._late:
            return [], Sentences(self.sieves, self.width)
        repeated = {field: sieve.repeated() for field, sieve in sorted(self.sieves.items())}
        repeated = {field: marks for field, marks in repeated.items() if marks and self.records >= _LEAST}
        return [], _Copies(self.sieves, repeated) if repeated else None


class _Said:
    """The offices that say one thing, and where the first of them do."""

    __slots__ = ("first", "offices")

    def __init__(self) -> None:
        self.offices: set[int] = set()
        self.first: list[tuple[str, Place, bool]] = []

    def add(self, record: Record, text: Text, *, is_read: bool) -> None:
        office = hash(record.office)  # colleagues may say the same of their office
        if office not in self.offices:
            self.offices.add(office)
            if len(self.first) < _PAIR:
                self.first.append((record.id, text.place, is_read))


class _Copies:
    """The second look: at what several records seem to say."""

    def __init__(self, sieves: Mapping[str, Sieve], repeated: Mapping[str, frozenset[int]]) -> None:
        self.sieves, self.repeated = sieves, repeated
        self.said: dict[str, dict[str, _Said]] = {field: {} for field in repeated}
        self.alone = dict.fromkeys(repeated, 0)  # those that say what nobody else does

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for field, text in record.values:
            if field in self.repeated:
                sentence = " ".join(text.split())
                if self.sieves[field].has(sentence, self.repeated[field]):
                    said = self.said[field].setdefault(sentence, _Said())
                    said.add(record, text, is_read=bool(readings))
                else:
                    self.alone[field] += 1

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        found = Few()
        for field, said in self.said.items():
            counts = [len(one.offices) for one in said.values()]
            if 2 * sum(count for count in counts if count > _PAIR) > sum(counts) + self.alone[field]:
                continue  # texts to choose from
            for sentence, one in said.items():
                if len(one.offices) == _PAIR and sentence.count(" ") >= _LEAST - 1:
                    _tell(found, field, one)
        return told(found), None


def _tell(found: Few, field: str, said: _Said) -> None:
    (first, place, _), (second, again, is_read) = said.first
    if place.order != again.order:
        message = f"'{second}' has the same '{field}' as '{first}', and no other record has it"
        way_out = "see whether it was copied and never changed"
        related = (Related(place, f"'{first}' has it here"),)
        found.add(Problem("same-sentence", message, again, way_out, related, message, anywhere=True), is_kept=is_read)
