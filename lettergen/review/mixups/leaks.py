"""No letter speaks of somebody else's name, address, number or office."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lettergen.problems import Place, Problem, Related, once, short
from lettergen.review.mixups.identities import STRONG, Finder, Identities, Owner, identities
from lettergen.review.mixups.words import few, raw_words, spot, stands_in, values, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.model import Mailing, Plan, Reading, Token

_ASIDE = ("copies", "date_line")  # parts that may name others
_MANY = 100  # letters that speak of others: more are one mistake


class Printed(NamedTuple):
    """A value in a letter, and the number of the expression that prints it."""

    reading: Reading
    token: Token
    number: int


class Source(NamedTuple):
    """Where a value comes from: the record's field, or a computation without one."""

    field: str
    place: Place


class Said(NamedTuple):
    """An identity in a value of a letter, from its word `start` to `end`."""

    phrase: str
    start: int
    end: int


_NONE: tuple[Said, ...] = ()  # for most values: ten thousand empty lists would cost time


class _Known(NamedTuple):
    """What the letters are held against."""

    owned: Identities
    markdown: frozenset[str]
    plans: Mapping[str, Plan]


def check_leaks(mailing: Mailing) -> Iterator[Problem]:
    """An error for each place where a letter says what is another record's."""
    markdown = markdown_fields(mailing)
    known = _Known(identities(mailing.recipients, markdown), markdown, mailing.plans)
    problems = (problem for value, said in _strange(mailing, known.owned) for problem in _leaks(value, said, known))
    yield from few(once(problems), _MANY)


def _strange(mailing: Mailing, owned: Identities) -> Iterator[tuple[Printed, list[Said]]]:
    """Each value that says what is not its own record's, nor everybody's."""
    finder = Finder(owned.first)
    shared = {phrase for text in _shared(mailing) for phrase, _, _ in finder.found(text)}
    found: dict[str, Sequence[Said]] = {}
    for value in tokens(mailing):
        text = value.token.text
        hits = found.get(text)
        if hits is None:
            hits = found[text] = [Said(*hit) for hit in finder.found(text) if hit[0] not in shared] or _NONE
        if hits:
            strange = [said for said in hits if not owned.belongs(said.phrase, value.reading.recipient.id)]
            if strange:
                yield value, strange


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


def _shared(mailing: Mailing) -> Iterator[str]:
    """What all letters may speak of: the texts of templates with their settings, the notes, and what is declared."""
    yield from mailing.mentions
    for note in mailing.footnotes.values():
        yield from note.texts.values()
    places = chain.from_iterable((*plan.prints, *(arm.place for arm in plan.arms)) for plan in mailing.plans.values())
    records = {recipient.place.file for recipient in mailing.recipients}
    origins = (token.origin for _, token, _ in tokens(mailing) if token.origin)
    sources = {id(place.source): place.source for place in chain(places, origins) if place.file not in records}
    yield from (source.text for source in sources.values())
    yield from {passage.text for reading in mailing.readings for passage in reading.passages}


def _leaks(value: Printed, strange: list[Said], known: _Known) -> Iterator[Problem]:
    end = 0
    for said in strange:
        owner = known.owned.first[said.phrase]
        raw = raw_words(value.token.text, said.start, said.end)
        source = _source(value, said.phrase, known) if raw and said.start >= end else None
        if source and not _may_share(source.field, owner.field, known.markdown):
            end = said.end
            yield _problem(value.reading.recipient.id, raw, spot(source.place, raw), owner)


def _may_share(field: str, owned: str, markdown: frozenset[str]) -> bool:
    """Whether two records may have this in common: an address line, a name; `Mr Smith` but in a sentence."""
    if field in STRONG and owned not in STRONG:
        return True  # it is the other that speaks of this one
    if owned == "salutation":
        return bool(field) and field not in markdown
    return field == owned or (field, owned) == ("salutation", "name")


def _source(value: Printed, phrase: str, known: _Known) -> Source | None:
    """Which value of the record says it; None if another plain field has it as well, or it is not the record's own."""
    having = [(field, text.place) for field, text in values(value.reading.recipient) if stands_in(phrase, text)]
    plain = [Source(*one) for one in having if one[0] not in known.markdown]
    origin = value.token.origin
    if origin is None:  # it was computed, maybe from a field that has it
        printed = Source("", known.plans[value.reading.document].prints[value.number])
        return None if len(plain) > 1 else next(iter(plain), Source(*having[0]) if having else printed)
    field = field_at(value.reading, origin)
    is_known = not field or any(source.place.order != origin.order for source in plain)
    return None if is_known else Source(field, origin)


def _problem(id_: str, raw: str, place: Place, owner: Owner) -> Problem:
    shown = short(raw)
    message = f"the letter to '{id_}' says '{shown}': {owner.what} of '{owner.recipient}'"
    way_out = f"write what is true of '{id_}'; if it is meant, write into the front matter: "
    way_out += f"'checks: {{mentions: [\"{shown}\"]}}'"
    related = (Related(spot(owner.value.place, raw), f"'{owner.recipient}' has it here"),)
    return Problem("leak", message, place, way_out, related, f"{' '.join(words(raw))} {owner.recipient}", anywhere=True)
