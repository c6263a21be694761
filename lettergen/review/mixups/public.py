"""What any letter may speak of, whoever else has it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from lettergen.review.mixups.printed import tokens
from lettergen.review.mixups.words import post_code, values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lettergen.model import Mailing

_OWN = ("name", "address", "salutation")  # fields that name the addressee, and nobody else


def public(mailing: Mailing, markdown: Collection[str]) -> Iterator[str]:
    """The texts of templates with their settings, the notes, what is declared, and what several offices have."""
    yield from mailing.mentions
    yield from _shared(mailing)
    yield from _chosen(mailing, markdown)


def _shared(mailing: Mailing) -> Iterator[str]:
    """The notes, and the texts of templates with their settings."""
    for note in mailing.footnotes.values():
        yield from note.texts.values()
    places = chain.from_iterable((*plan.prints, *(arm.place for arm in plan.arms)) for plan in mailing.plans.values())
    records = {recipient.place.file for recipient in mailing.recipients}
    origins = (token.origin for _, token, _ in tokens(mailing) if token.origin)
    sources = {id(place.source): place.source for place in chain(places, origins) if place.file not in records}
    yield from (source.text for source in sources.values())
    yield from {passage.text for reading in mailing.readings for passage in reading.passages}


def _chosen(mailing: Mailing, markdown: Collection[str]) -> Iterator[str]:
    """What records of several offices have in one plain field: the same teacher, doctor, or other party."""
    offices: dict[tuple[str, str], str] = {}
    for recipient in mailing.recipients:
        office = post_code(recipient)[0] or recipient.id
        for field, text in values(recipient):
            if field not in _OWN and field not in markdown and offices.setdefault((field, text), office) != office:
                yield text
