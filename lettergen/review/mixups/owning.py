"""Whose the phrases are that letters seem to have of others: the second look at leaks."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.mixups.identities import Finder, Owners, identities
from lettergen.review.mixups.leaks import Known, Told
from lettergen.review.mixups.printed import tokens
from lettergen.review.mixups.titles import GENERIC
from lettergen.review.mixups.words import words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator

    from lettergen.model import Reading
    from lettergen.problems import Problem, Source
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.identities import Identity
    from lettergen.review.mixups.owned import Owned
    from lettergen.review.mixups.record import Record

_OWN = ("name", "address", "salutation")  # fields that name the addressee, and nobody else
_SEVERAL = 2  # offices beside the owner's
_OFTEN = 4096  # texts of passages that are remembered
_FIELD = "recipient."  # before the name of a field whose values may name others


class Suspicion(NamedTuple):
    """The marks of phrases that letters seem to have of others, the fields that are sentences, the words of names."""

    owned: Owned
    marks: frozenset[int]
    markdown: frozenset[str]
    names: array[int]

    def of(self, record: Record) -> Iterator[Identity]:
        """Those of the record's phrases that are suspicious."""
        for identity in identities(record, self.markdown):
            phrase, field, _, _ = identity
            if self.owned.mark(phrase) in self.marks and (field != "salutation" or self._tells(phrase)):
                yield identity

    def _tells(self, phrase: str) -> bool:
        """Whether one of the words is that of one name only: the only Hughes."""
        return any(self.names.count(hash(word)) == 1 for word in phrase.split() if word not in GENERIC)

    def phrases_in(self, text: str) -> Iterator[str]:
        """What may be such phrases in a text."""
        return (one for _, one in self.owned.phrases_in(words(text)) if self.owned.mark(one) in self.marks)


class Owning:
    """Finds the owners of suspicious phrases, and which of these any letter may say, whoever else has them."""

    def __init__(self, suspicion: Suspicion) -> None:
        self.suspicion = suspicion
        self.owners: dict[str, Owners] = {}
        self.public: set[str] = set()
        self._chosen: dict[tuple[str, str], dict[str, None]] = {}  # the first offices that have it in a plain field
        self._read: set[str] = set()
        self._sources: dict[int, Source] = {}
        self._files: set[str] = set()

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for identity in self.suspicion.of(record):
            owners = self.owners.get(identity[0])
            if owners is None:
                self.owners[identity[0]] = Owners(record, identity)
            else:
                owners.add(record, identity)
        for field, text in record.values:
            if field not in _OWN and field not in self.suspicion.markdown and any(self.suspicion.phrases_in(text)):
                offices = self._chosen.setdefault((field, str(text)), {})
                if len(offices) <= _SEVERAL:
                    offices[record.office] = None
        self._see_templates(record.recipient.place.file, readings)

    def _see_templates(self, file: str, readings: tuple[Reading, ...]) -> None:
        self._files.add(file)
        for text in (passage.text for reading in readings for passage in reading.passages):
            if text not in self._read:
                self._read.add(text)
                self.public.update(self.suspicion.phrases_in(text))
        if len(self._read) > _OFTEN:
            self._read.clear()
        for _, token, _ in tokens(readings):
            if token.origin and token.origin.file != file:
                self._sources[id(token.origin.source)] = token.origin.source

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        owners = {phrase: owners for phrase, owners in self.owners.items() if not owners.are_nobody}
        finder = Finder(owners)
        for text in self._texts(shared):
            self.public.update(phrase for phrase, _, _ in finder.found(text))
        for (_, text), offices in self._chosen.items():
            said = [phrase for phrase, _, _ in finder.found(text)] if len(offices) >= _SEVERAL else []
            self.public.update(
                phrase for phrase in said if len(offices.keys() - {owners[phrase].first.office}) >= _SEVERAL
            )
        owners = {phrase: one for phrase, one in owners.items() if phrase not in self.public}
        free = frozenset(name.removeprefix(_FIELD) for name in shared.mentions if name.startswith(_FIELD))
        return [], Told(Known(owners, self.suspicion.markdown, free, shared.plans)) if owners else None

    def _texts(self, shared: Shared) -> Iterable[str]:
        """What is declared, the notes, and the texts of templates with their settings."""
        yield from shared.mentions
        for note in shared.footnotes.values():
            yield from note.texts.values()
        plans = shared.plans.values()
        places = chain.from_iterable((*plan.prints, *(arm.place for arm in plan.arms)) for plan in plans)
        sources = {**self._sources, **{id(place.source): place.source for place in places}}
        yield from (source.text for source in sources.values() if source.whole().file not in self._files)
