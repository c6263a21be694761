"""Typed looks into one mapping of a data file; what does not fit becomes a problem."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import Fields, Items, Text, is_language, iso_date, usual_case
from lettergen.problems import Place, Problem, near, nearest
from lettergen.records.advice import as_date, as_item, as_list, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from lettergen.model.values import Value


GROUP = "'name: value' lines"


class Typed:
    """A mapping and what it is called in messages (`recipient 'essex'`)."""

    def __init__(self, fields: Fields, name: str, problems: list[Problem]) -> None:
        self.fields, self.name, self.problems = fields, name, problems

    def text(self, key: str) -> Text | None:
        """The text under the key; None if there is none."""
        value = self.fields.get(key)
        if value is None or isinstance(value, Text):
            return value
        self._wrong(key, value, "text", as_text(key, value))
        return None

    def texts(self, key: str) -> tuple[Text, ...]:
        """The list of texts under the key, its empty items left out."""
        value = self.fields.get(key)
        if value is None:
            return ()
        if not isinstance(value, Items):
            self._wrong(key, value, "a list", as_list(key, value))
            return ()
        for item, place in zip(value, value.places, strict=True):
            if item is not None and not isinstance(item, Text):
                message = f"each item of '{key}' should be text, and this is {kind(item)}"
                self.problem("wrong-type", message, place, as_item(item))
        return tuple(item for item in value if isinstance(item, Text) and item)

    def each(self, key: str, look: Callable[[Typed, str], object]) -> None:
        """`look` at the value under the key, or at each where it has one for each language."""
        value = self.fields.get(key)
        if isinstance(value, Fields) and any(map(is_language, value)):
            inner = Typed(value, f"'{key}' of {self.name}", self.problems)
            for tag, place in value.key_places.items():
                if self._language(Text(tag, place)):
                    look(inner, tag)
        else:
            look(self, key)

    def mapping(self, key: str, such_as: str = "name: value") -> Fields | None:
        """The mapping under the key; None if there is none. Its ways out show one of its lines."""
        value = self.fields.get(key)
        if value is None or isinstance(value, Fields):
            return value
        way_out = f"write '{key}:' and below it lines that begin with two spaces, such as '  {such_as}'"
        self._wrong(key, value, GROUP, way_out)
        return None

    def date(self, key: str) -> date | None:
        """The ISO date under the key."""
        text = self.text(key)
        day = iso_date(text) if text is not None else None
        if text is not None and day is None:
            message = f"'{text}' cannot be read as a date"
            self.problem("bad-date", message, text.place, as_date(text))
        return day

    def languages(self, key: str) -> tuple[str, ...]:
        """The BCP 47 tags under the key: a list, or one alone."""
        is_list = isinstance(self.fields.get(key), Items)
        texts = self.texts(key) if is_list else filter(None, [self.text(key)])
        found: list[str] = []
        for text in texts:
            tag = self._language(text)
            if tag in found:
                self.problem("bad-language", f"'{text}' is named twice", text.place, "name each language once")
            elif tag:
                found.append(tag)
        return tuple(found)

    def _language(self, text: Text) -> str | None:
        if is_language(text):
            return usual_case(text)
        way_out = "write a code such as en-GB (British English), cy (Welsh) or de (German)"
        words = re.split(r"[\s,;/+&]+", text)
        if len(words) > 1 and all(map(is_language, words)):
            way_out = f"write several languages as a list: [{', '.join(words)}]"
        self.problem("bad-language", f"'{text}' is not a language code", text.place, way_out)
        return None

    def choice(self, key: str, among: Iterable[str]) -> str | None:
        """The one of these names under the key."""
        text = self.text(key)
        if not text or text in among:
            return text
        message = f"'{text}' is not a value of '{key}' of {self.name}"
        self.problem("bad-choice", message, text.place, near(text.casefold(), among))
        return None

    def count(self, key: str) -> int | None:
        """The whole number under the key, 1 or more."""
        text = self.text(key)
        if not text or re.fullmatch(r"[1-9][0-9]{0,8}", text, re.ASCII):
            return int(text) if text else None
        self.problem("bad-number", f"'{text}' is not a whole number above 0", text.place, f"write '{key}: 2'")
        return None

    def flag(self, key: str, *, otherwise: bool) -> bool:
        """The `true` or `false` under the key."""
        value = self.fields.get(key)
        if isinstance(value, bool) or value is None:
            return otherwise if value is None else value
        self._wrong(key, value, "'true' or 'false'", f"write '{key}: true' or '{key}: false'")
        return otherwise

    def check_keys(self, known: Iterable[str]) -> None:
        """A problem for each key that is not among the known ones."""
        known = list(known)
        for key in self.fields:
            if key not in known:
                message = f"'{key}' is not a setting of {self.name}"
                self.problem("unknown-key", message, self.fields.key_places[key], near(key.casefold(), known))

    def problem(self, code: str, message: str, place: Place, way_out: str = "") -> None:
        # Without the record's name: the same mistake in many records is one.
        subject = message.replace(self.name, "")
        self.problems.append(Problem(code, message, place, way_out, subject=subject, anywhere=True))

    def _wrong(self, key: str, value: Value, wanted: str, way_out: str = "") -> None:
        message = f"'{key}' of {self.name} is {kind(value)}; it should be {wanted}"
        self.problem("wrong-type", message, self.fields.places[key], way_out)


def has_near(fields: Fields, key: str, known: Iterable[str]) -> bool:
    """Whether a name that is not known was meant to be the key."""
    return any(nearest(name.casefold(), known) == key for name in fields if name not in known)


def filled(value: Value) -> Value:
    """A list without its empty items; any other value as it is."""
    if not isinstance(value, Items) or all(value):
        return value
    return Items(((item, place) for item, place in zip(value, value.places, strict=True) if item), value.place)


def kind(value: Value) -> str:
    """What a value is, in words."""
    match value:
        case None:
            return "empty"
        case bool():
            return "'true', which stands for yes" if value else "'false', which stands for no"
        case Items():
            return "a list"
        case Fields():
            return f"a group of {GROUP}"
        case _:
            return "text"
