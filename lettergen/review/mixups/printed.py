"""The values that the letters print, and the fields of the records that they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.mixups.words import values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Reading, Token
    from lettergen.problems import Place
    from lettergen.review.mixups.record import Record

ASIDE_PARTS = ("copies", "date_line")  # parts that may name others


class Printed(NamedTuple):
    """A value in a letter, and the number of the expression that prints it."""

    reading: Reading
    token: Token
    number: int


def tokens(readings: Iterable[Reading]) -> Iterator[Printed]:
    """Every value that a letter prints, but for those of parts that may name others."""
    for reading in readings:
        for passage in reading.passages:
            if passage.tokens and passage.part not in ASIDE_PARTS:
                for token, number in zip(passage.tokens, passage.printed, strict=True):
                    yield Printed(reading, token, number)


class MarkdownFields:
    """The fields that any letter prints as Markdown: sentences."""

    def __init__(self, fields: Iterable[str] = ()) -> None:
        self.fields = set(fields)
        self._met: dict[str, set[int]] = {}  # by document, the expressions whose field is known

    def see(self, record: Record) -> list[str]:
        """The fields that this letter is the first to print so."""
        found = []
        for reading, token, number in record.sentences:
            met = self._met.setdefault(reading.document, set())
            if number not in met and token.origin:
                field = field_at(reading, token.origin)
                if field:
                    met.add(number)
                if field and field not in self.fields:
                    self.fields.add(field)
                    found.append(field)
        return found


def field_at(reading: Reading, place: Place) -> str:
    """The field of the record whose value stands there; empty if it is not the record's own."""
    return next((field for field, text in values(reading.recipient) if text.place.order == place.order), "")
