"""Records, settings, notes, and the finished letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model.languages import lookup
from lettergen.model.values import Fields, Text, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from lettergen.model.layout import Fit, Layout
    from lettergen.model.tree import Node
    from lettergen.problems import Place

PARTS = (
    "letterhead",
    "date_line",
    "inside_address",
    "reference_line",
    "salutation",
    "subject_line",
    "body",
    "complimentary_close",
    "signature_block",
    "enclosures",
    "copies",
)
# The keys of a record that lettergen knows; any other is a merge field of the author's own.
STANDARD_KEYS = (
    "id",
    "name",
    "role",
    "address",
    "salutation",
    "language",
    "variants",
    "date",
    "reference",
    "subject",
    "closing",
    "enclosures",
    "copies",
)
# Those of them that can have a value for each language: `salutation: {cy: Gomisiynydd, en: Commissioner}`.
BY_LANGUAGE = ("role", "salutation", "reference", "subject", "closing", "enclosures", "copies")


@dataclass(frozen=True)
class Recipient:
    """One record: its fields as a template sees them, and what it says about its own letter.

    What is None or empty is left to the front matter. Two `languages` make one letter in both.
    """

    id: str
    place: Place
    fields: Fields
    variants: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    date: date | None = None

    @property
    def language(self) -> str | None:
        return self.languages[0] if self.languages else None

    def in_language(self, language: str) -> Recipient:
        """The same, as the half of the letter in this language sees it."""
        values = {}
        for key, given in self.by_language():
            tag = lookup(language, given) or next(iter(given))  # that it is missing is a problem of its own
            values[key] = given[tag], given.places[tag]
        if not values:
            return self if self.languages == (language,) else replace(self, languages=(language,))
        own = self.fields
        triples = ((Text(key, own.key_places[key]), *values.get(key, (own[key], own.places[key]))) for key in own)
        return replace(self, fields=Fields(triples, own.place), languages=(language,))

    def by_language(self) -> Iterator[tuple[str, Fields]]:
        """The fields that have a value for each language."""
        pairs = ((key, self.fields.get(key)) for key in BY_LANGUAGE)
        return ((key, value) for key, value in pairs if isinstance(value, Fields))

    @property
    def name(self) -> str:
        return one_line(str(self.fields.get("name") or ""))


class Checks(NamedTuple):
    """The front matter's `checks`: the codes of warnings that are left out, and names that any letter may speak of."""

    ignore: frozenset[str] = frozenset()
    mentions: tuple[str, ...] = ()


class Settings(NamedTuple):
    """The main document's front matter; `is_read` unless nothing could be made of it."""

    fields: Fields
    date: date
    languages: tuple[str, ...]
    variants: Mapping[str, Text]
    sender: Fields
    layout: Layout
    checks: Checks
    place: Place
    is_read: bool

    @property
    def language(self) -> str:
        return self.languages[0]


class Footnote(NamedTuple):
    """A note as it stands in `footnotes.yaml`: its text by language, or one for all of them under ``."""

    id: str
    texts: Mapping[str, Text]
    place: Place

    def text_in(self, language: str) -> Text | None:
        """What a letter in the language prints; None if there is nothing."""
        return self.texts[""] if "" in self.texts else self.texts.get(lookup(language, self.texts) or "")


class Part(NamedTuple):
    """A named piece of a letter; its nodes are blocks."""

    name: str
    nodes: tuple[Node, ...]
    language: str


class Note(NamedTuple):
    """A numbered note of one letter: one paragraph of inline nodes."""

    number: int
    id: str
    nodes: tuple[Node, ...]
    language: str


class Letter(NamedTuple):
    """A finished letter: nothing is left to decide but the format.

    With a preset, `fit` is how the address stands in the window, and `return_line` the sender in one line above it.
    `language`, `title` and `long_date` are those of its first half, `long_dates` those of its languages.
    """

    id: str
    name: str
    language: str
    title: str
    long_date: str
    variants: tuple[str, ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    fit: Fit | None = None
    return_line: str = ""
    long_dates: Mapping[str, str] = MappingProxyType({})

    @property
    def languages(self) -> tuple[str, ...]:
        """In reading order."""
        return tuple(dict.fromkeys(part.language for part in self.parts))

    def half(self, language: str) -> tuple[Part, ...]:
        """The parts in this language."""
        return tuple(part for part in self.parts if part.language == language)
