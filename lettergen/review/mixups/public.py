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
SEVERAL = 2  # offices beside the owner's


def public(mailing: Mailing) -> Iterator[str]:
    """What is declared, the notes, and the texts of templates with their settings."""
    yield from mailing.mentions
    for note in mailing.footnotes.values():
        yield from note.texts.values()
    places = chain.from_iterable((*plan.prints, *(arm.place for arm in plan.arms)) for plan in mailing.plans.values())
    records = {recipient.place.file for recipient in mailing.recipients}
    origins = (token.origin for _, token, _ in tokens(mailing) if token.origin)
    sources = {id(place.source): place.source for place in chain(places, origins) if place.file not in records}
    yield from (source.text for source in sources.values())
    yield from {passage.text for reading in mailing.readings for passage in reading.passages}


def chosen(mailing: Mailing, markdown: Collection[str]) -> Iterator[tuple[str, set[str]]]:
    """What records of several offices have in one plain field, such as a teacher or a doctor, and these offices."""
    offices: dict[tuple[str, str], set[str]] = {}
    for recipient in mailing.recipients:
        office = post_code(recipient)[0] or recipient.id
        for field, text in values(recipient):
            if field not in _OWN and field not in markdown:
                offices.setdefault((field, text), set()).add(office)
    yield from ((text, having) for (_, text), having in offices.items() if len(having) >= SEVERAL)
