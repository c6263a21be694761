"""The values that the letters print, and the fields of the records that they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.mixups.words import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Mailing, Reading, Token
    from lettergen.problems import Place

_ASIDE = ("copies", "date_line")  # parts that may name others


class Printed(NamedTuple):
    """A value in a letter, and the number of the expression that prints it."""

    reading: Reading
    token: Token
    number: int


def tokens(mailing: Mailing) -> Iterator[Printed]:
    """Every value that a letter prints, but for those of parts that may name others."""
    for reading in mailing.readings:
        for passage in reading.passages:
            if passage.tokens and passage.part not in _ASIDE:
                for token, number in zip(passage.tokens, passage.printed, strict=True):
                    yield Printed(reading, token, number)


def markdown_fields(mailing: Mailing) -> frozenset[str]:
    """The fields that any letter prints as Markdown: sentences."""
    met: dict[tuple[str, int], str] = {}
    for reading, token, number in tokens(mailing):
        if token.is_markdown and token.origin and not met.get((reading.document, number)):
            met[reading.document, number] = field_at(reading, token.origin)
    return frozenset(filter(None, met.values()))


def field_at(reading: Reading, place: Place) -> str:
    """The field of the record whose value stands there; empty if it is not the record's own."""
    return next((field for field, text in values(reading.recipient) if text.place.order == place.order), "")
