"""Typed looks into one mapping of a data file; what does not fit becomes a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import Fields, Items, Text, is_language, iso_date
from lettergen.problems import Place, Problem, near

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lettergen.model.values import Value


class Typed:
    """A mapping and what it is called in messages (`recipient 'essex'`)."""

    def __init__(self, fields: Fields, name: str, problems: list[Problem]) -> None:
        self.fields, self.name, self.problems = fields, name, problems

    def text(self, key: str) -> Text | None:
        """The text under the key; None if there is none."""
        value = self.fields.get(key)
        if value is None or isinstance(value, Text):
            return value
        self._wrong(key, value, "a text", f"write '{key}: …' in one line, in quotes if need be")
        return None

    def texts(self, key: str) -> tuple[Text, ...]:
        """The list of texts under the key, its empty items left out."""
        value = self.fields.get(key)
        if value is None:
            return ()
        if not isinstance(value, Items):
            self._wrong(key, value, "a list", f"write each under '{key}:' in a line of its own: '- ...'")
            return ()
        for item, place in zip(value, value.places, strict=True):
            if item is not None and not isinstance(item, Text):
                self.problem("wrong-type", f"each item of '{key}' is a text, and this is {kind(item)}", place)
        return tuple(item for item in value if isinstance(item, Text) and item)

    def mapping(self, key: str) -> Fields | None:
        """The mapping under the key; None if there is none."""
        value = self.fields.get(key)
        if value is None or isinstance(value, Fields):
            return value
        self._wrong(key, value, "a mapping ('name: value' lines)")
        return None

    def date(self, key: str) -> date | None:
        """The ISO date under the key."""
        text = self.text(key)
        day = iso_date(text) if text is not None else None
        if text is not None and day is None:
            message = f"'{text}' cannot be read as a day of the calendar"
            self.problem("bad-date", message, text.place, "write it as year-month-day, as in 2020-10-13")
        return day

    def language(self, key: str) -> str | None:
        """The BCP 47 tag under the key."""
        text = self.text(key)
        if text and not is_language(text):
            message = f"'{text}' is not the tag of a language"
            self.problem("bad-language", message, text.place, "write a tag such as en-GB, cy or de")
            return None
        return _usual_case(text) if text else None

    def check_keys(self, known: Iterable[str]) -> None:
        """A problem for each key that is not among the known ones."""
        known = list(known)
        for key in self.fields:
            if key not in known:
                message = f"{self.name} has no setting '{key}'"
                self.problem("unknown-key", message, self.fields.key_places[key], near(key, known))

    def problem(self, code: str, message: str, place: Place, way_out: str = "") -> None:
        # Without the record's name: the same mistake in many records is one.
        subject = message.replace(self.name, "")
        self.problems.append(Problem(code, message, place, way_out, subject=subject, anywhere=True))

    def _wrong(self, key: str, value: Value, wanted: str, way_out: str = "") -> None:
        message = f"'{key}' of {self.name} is {kind(value)}; it should be {wanted}"
        self.problem("wrong-type", message, self.fields.places[key], way_out)


def _usual_case(tag: str) -> str:
    """`EN-gb` as `en-GB`, `zh-hans` as `zh-Hans`: so that a template can compare it."""
    first, *rest = tag.split("-")
    sizes = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(sizes.get(len(part), str.lower)(part) for part in rest)])


def filled(value: Value) -> Value:
    """A list without its empty items; any other value as it is."""
    if not isinstance(value, Items):
        return value
    return Items(((item, place) for item, place in zip(value, value.places, strict=True) if item), value.place)


def kind(value: Value) -> str:
    """What a value is, in words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case Items():
            return "a list"
        case Fields():
            return "a mapping"
        case _:
            return "a text"
