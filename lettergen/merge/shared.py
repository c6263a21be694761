"""What letters have in common before they are merged, and the parts that need no merging again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import CLOSE, OPEN, TOKEN, Fields, LongDate, Text, as_printed, long_date, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.merge.document import MainDocument
    from lettergen.model import Recipient, Token
    from lettergen.model.values import Value

OWN = ("reference", "subject", "closing", "enclosures", "copies")  # what a record can say in the front matter's place
_WORDS = ("dear", "closing", "reference", "enclosures", "copies")
_MOST = 500  # parts that are kept, each once for each number of tokens before it


class Rendered(NamedTuple):
    """A part's text, with the tokens that it has printed and the arms that it has taken."""

    text: str
    tokens: tuple[Token, ...]
    printed: tuple[int, ...]
    arms: frozenset[int]


@dataclass
class Parts:
    """Parts that are the same in other letters too."""

    first: dict[str, int] = field(default_factory=dict)  # the tokens before each when it was rendered
    rendered: dict[tuple[str, int], Rendered] = field(default_factory=dict)  # by name and the tokens before

    def find(self, name: str, first: int) -> Rendered | None:
        """The part behind so many tokens; None if it is not known."""
        found = self.rendered.get((name, first))
        if found or name not in self.first:
            return found
        before = self.first[name]
        made = self.rendered[name, before]
        text = TOKEN.sub(lambda found: f"{OPEN}{int(found[1]) - before + first}{CLOSE}", made.text)
        return self.keep(name, first, made._replace(text=text))

    def keep(self, name: str, first: int, made: Rendered) -> Rendered:
        """The part, which is known now."""
        if len(self.rendered) < _MOST:
            self.first.setdefault(name, first)
            self.rendered[name, first] = made
        return made


class Shared(NamedTuple):
    """The `letter` of the templates, its date as printed, and the parts that are the same wherever it is; `parts` are
    the same in all letters.
    """

    letter: Fields
    long_date: str
    own_parts: Parts
    parts: Parts

    def find(self, name: str, first: int) -> Rendered | None:
        """The part as a letter before has it that must have the same."""
        return self.parts.find(name, first) or self.own_parts.find(name, first)

    def keep(self, name: str, first: int, made: Rendered, asked: set[str]) -> None:
        """Remember a part, unless it asked for what may be another's in the next letter."""
        if asked <= {"sender", "letter"}:
            parts = self.parts if asked <= {"sender"} else self.own_parts
            parts.keep(name, first, made)


def shared_by(document: MainDocument, recipient: Recipient) -> Shared:
    """What the recipient's letter shares with others."""
    language = recipient.language or document.settings.language
    usual = document.shared.get(language) or document.shared.setdefault(language, _usual(document, language))
    own = recipient.fields
    if not recipient.date and not any(key in own for key in OWN):
        return usual
    values = {**usual.letter, **{key: own[key] for key in OWN if key in own}}
    values["closing"] = values["closing"] or usual.letter["closing"]
    printed = usual.long_date
    if recipient.date:
        values["date"] = day = LongDate(
            long_date(recipient.date, language), own.places.get("date", document.settings.place)
        )
        printed = as_printed(day)
    return Shared(_fields(values, document), printed, Parts(), document.parts)


def _usual(document: MainDocument, language: str) -> Shared:
    """What letters share whose records leave all that `letter` says to the front matter."""
    settings, said = document.settings, words(language)
    given, place = settings.fields, settings.place
    values: dict[str, Value] = {key: given.get(key) for key in OWN}
    values["closing"] = values["closing"] or Text(said.closing, place)
    values["language"] = Text(language, place)
    day = LongDate(long_date(settings.date, language), given.places.get("date", place))
    values["date"] = day
    values["words"] = _fields({name: Text(getattr(said, name), place) for name in _WORDS}, document)
    return Shared(_fields(values, document), as_printed(day), Parts(), document.parts)


def _fields(values: Mapping[str, Value], document: MainDocument) -> Fields:
    place = document.settings.place
    return Fields(((Text(key, place), value, place) for key, value in values.items()), place)
