"""Sentences that two records have in common, and no other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from lettergen.problems import Problem, Related
from lettergen.review.mixups.printed import markdown_fields
from lettergen.review.mixups.words import few, post_code, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Mailing, Recipient
    from lettergen.problems import Place

_PAIR = 2
_LEAST = 3  # records of which two that say the same are remarkable; words that make a sentence


def check_sentences(mailing: Mailing) -> Iterator[Problem]:
    """A warning for each Markdown field that exactly two offices share."""
    if len(tuple(mailing.recipients)) >= _LEAST:
        yield from few(chain.from_iterable(_of_field(field, mailing) for field in sorted(markdown_fields(mailing))))


def _of_field(field: str, mailing: Mailing) -> Iterator[Problem]:
    said: dict[str, dict[str, tuple[Recipient, Place]]] = {}
    for recipient in mailing.recipients:
        for text in texts(recipient.fields.get(field)):
            office = post_code(recipient)[0] or recipient.id  # colleagues may say the same of their office
            said.setdefault(" ".join(text.split()), {}).setdefault(office, (recipient, text.place))
    counts = [len(offices) for offices in said.values()]
    if 2 * sum(count for count in counts if count > _PAIR) > sum(counts):
        return  # texts to choose from
    for sentence, offices in said.items():
        if len(offices) == _PAIR and sentence.count(" ") >= _LEAST - 1:
            one, other = offices.values()
            if one[1].order != other[1].order:
                yield _same_sentence(field, one, other)


def _same_sentence(field: str, one: tuple[Recipient, Place], other: tuple[Recipient, Place]) -> Problem:
    (first, place), (second, again) = one, other
    message = f"'{second.id}' has the same '{field}' as '{first.id}', and no other record has it"
    way_out = "see whether it was copied and never changed"
    related = (Related(place, f"'{first.id}' has it here"),)
    return Problem("same-sentence", message, again, way_out, related, message, anywhere=True)
