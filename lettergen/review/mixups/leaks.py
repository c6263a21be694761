"""No letter speaks of somebody else's name, address, number or office: the last look at leaks, which says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lettergen.problems import Place, Problem, Related, short
from lettergen.review.few import Few, told
from lettergen.review.mixups.identities import STRONG, Finder, Owner, Owners
from lettergen.review.mixups.printed import Printed, field_at, tokens
from lettergen.review.mixups.titles import TITLES
from lettergen.review.mixups.words import is_own, raw_words, spot, stands_in, values, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Plan, Reading
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.record import Record

_FIELD = "recipient."  # before the name of a field whose values may name others
_MANY = 100  # letters that speak of others: more are one mistake
_OFTEN = 4096  # texts that are remembered, as other letters may have them too


class Source(NamedTuple):
    """Where a value comes from: the record's field, or a computation without one."""

    field: str
    place: Place


class Said(NamedTuple):
    """An identity in a value of a letter, from its word `start` to `end`."""

    phrase: str
    start: int
    end: int


class Known(NamedTuple):
    """What the letters are held against: the phrases that may not be said by all, with their owners."""

    owned: Mapping[str, Owners]
    markdown: frozenset[str]
    free: frozenset[str]
    plans: Mapping[str, Plan]


class Told:
    """Reads the letters for phrases whose owners are known."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.found = Few(_MANY)
        self._finder = Finder(known.owned)
        self._met: dict[str, tuple[Said, ...]] = {}

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        addressee = record.addressee if readings else ""
        for value in tokens(readings):
            owned = self.known.owned
            strange = [said for said in self._said(value.token.text) if not owned[said.phrase].has(addressee)]
            for problem in _leaks(value, strange, self.known):
                self.found.add_once(problem)

    def _said(self, text: str) -> tuple[Said, ...]:
        found = self._met.get(text)
        if found is None:
            if len(self._met) > _OFTEN:
                self._met.clear()
            found = self._met[text] = tuple(Said(*hit) for hit in self._finder.found(text))
        return found

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        return told(self.found), None


def _leaks(value: Printed, strange: list[Said], known: Known) -> Iterator[Problem]:
    end = 0
    for said in strange:
        owner = known.owned[said.phrase].first
        raw = raw_words(value.token.text, said.start, said.end)
        source = _source(value, said.phrase, known) if raw and said.start >= end else None
        is_free = source and (source.field in known.free or _may_share(source.field, owner.field, known.markdown))
        if source and not is_free and not _is_namesake(value, said, owner, known):
            end = said.end
            problem = _problem(value.reading.recipient.id, raw, source, owner)
            yield problem if source.field in known.markdown else _with_field(problem, source.field)


def _may_share(field: str, owned: str, markdown: frozenset[str]) -> bool:
    """Whether two records may have this in common: an address line, a name; `Mr Smith` but in a sentence."""
    if field in STRONG and owned not in STRONG:
        return True  # it is the other that speaks of this one
    if owned == "salutation":
        return bool(field) and field not in markdown
    return field == owned or (field, owned) == ("salutation", "name")


def _is_namesake(value: Printed, said: Said, owner: Owner, known: Known) -> bool:
    """Whether it is another: `Dr Amy Tan` is not Miss Amy Tan, nor `Mrs Walsh` the parent where she is the teacher."""
    if owner.field == "salutation":
        surname, having = said.phrase.rpartition(" ")[2], values(value.reading.recipient)
        return any(stands_in(surname, text) for field, text in having if field not in known.markdown)
    before = words(value.token.text)[said.start - 1] if said.start else ""
    own = {word[0] for word in words(owner.value) if word in TITLES}  # Prof. and Professor are one
    return owner.field == "name" and before in TITLES and bool(own) and before[0] not in own


def _source(value: Printed, phrase: str, known: Known) -> Source | None:
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


def _problem(id_: str, raw: str, source: Source, owner: Owner) -> Problem:
    shown = short(raw)
    message = f"the letter to '{id_}' says '{shown}': {owner.what} of '{owner.recipient}'"
    way_out = f"write what is true of '{id_}'; if it is meant, write into the front matter: "
    way_out += f"'checks: {{mentions: [\"{shown}\"]}}'"
    related = (Related(spot(owner.value.place, raw), f"'{owner.recipient}' has it here"),)
    place = spot(source.place, raw)
    return Problem("leak", message, place, way_out, related, f"{' '.join(words(raw))} {owner.recipient}", anywhere=True)


def _with_field(problem: Problem, field: str) -> Problem:
    """The problem with one more way out: a plain field may be there to name others."""
    more = f", or '{_FIELD}{field}' for whatever this field says" if field and is_own(field) else ""
    return replace(problem, help=f"{problem.help}{more}")
