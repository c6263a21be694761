"""One record as it was read -> the recipient that templates see, and what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import BY_LANGUAGE, STANDARD_KEYS, Fields, Items, Recipient, Text, texts, usual_case
from lettergen.records.ids import BadId, check_handle
from lettergen.records.typed import Typed, filled

if TYPE_CHECKING:
    from lettergen.model.values import Value
    from lettergen.problems import Problem

TEXTS = ("id", "name", "role", "salutation", "date", "reference", "subject", "closing")
LISTS = ("address", "variants", "enclosures", "copies")


def with_defaults(record: Fields, defaults: Fields) -> Fields:
    """The record's fields after those of `defaults` that it does not have."""
    kept = {key: value for key, value in defaults.items() if key not in record}
    if not kept:
        return record
    both = [(kept, defaults), (record, record)]
    return Fields(
        ((Text(key, owner.key_places[key]), some[key], owner.places[key]) for some, owner in both for key in some),
        record.place,
    )


def is_header(fields: Fields) -> bool:
    """Whether the values are the fields' names, as in the second row of headings of two tables that were joined; most
    of them are enough, for the other table may have others.
    """
    own = [key for key, value in fields.items() for text in texts(value) if _repeats(key, text)]
    if len(own) > max(1, sum(1 for _ in texts(fields)) // 2) or (
        "name" in own and not {*own}.isdisjoint({*STANDARD_KEYS} - {"name"})
    ):
        return True
    names = {_name(key) for key in fields}
    return next(texts(fields), None) is not None and all(_name(text) in names for text in texts(fields))


def _repeats(key: str, text: str) -> bool:
    """Whether the text is the field's name; the first letter tells most others apart at once."""
    begins = text.lstrip("\ufeff \"'*").casefold().startswith(key[:1].casefold())
    return begins and len(text) < len(key) + len(".cy-GB") and _name(text) == _name(key)


def _name(text: str) -> str:
    """A heading without what may differ: capitals, signs, a language, a number."""
    return "".join(filter(str.isalpha, re.split(r"[.\d]", text)[0].casefold()))


def checked(fields: Fields, handle: str, problems: list[Problem]) -> BadId | None:
    """What is wrong with the record, added to the problems; what is wrong with its id is for later."""
    wrong = check_handle(Typed(fields, "this record", problems), handle)
    typed = Typed(fields, f"recipient '{handle}'" if handle else "this record", problems)
    for keys, look in ((TEXTS, Typed.text), (("address", "enclosures", "copies"), Typed.texts)):
        for key in keys:
            typed.each(key, look) if key in BY_LANGUAGE else look(typed, key)
    typed.texts("variants")
    typed.languages("language")
    typed.date("date")
    return wrong


def building(fields: Fields, handle: str) -> Recipient:
    """The recipient of a record of which it is known what is wrong."""
    typed = Typed(fields, "", [])
    return Recipient(
        id=handle,
        place=fields.place,
        fields=_for_templates(fields, handle),
        variants=typed.texts("variants"),
        languages=typed.languages("language"),
        date=typed.date("date"),
    )


def _for_templates(fields: Fields, handle: str) -> Fields:
    """The fields with the id, and without the empty items of its lists."""
    values = {key: _for_template(key, value) for key, value in fields.items() if key != "id" or value}
    if fields.get("id") and all(values[key] is fields[key] for key in values):
        return fields
    kept = [(Text(key, fields.key_places[key]), value, fields.places[key]) for key, value in values.items()]
    own = [] if fields.get("id") else [(Text("id", fields.place), Text(handle, fields.place), fields.place)]
    return Fields([*own, *kept], fields.place)


def _for_template(key: str, value: Value) -> Value:
    """The value, or those of each language, without empty items."""
    if key in BY_LANGUAGE and isinstance(value, Fields):
        tags = ((Text(usual_case(tag), place), tag) for tag, place in value.key_places.items())
        return Fields(((text, filled(value[tag]) or None, value.places[tag]) for text, tag in tags), value.place)
    value = filled(value) or None if key in LISTS else value
    if key == "address" and isinstance(value, Items) and any("\n" in text for text in texts(value)):
        lines = ((line.strip(), text.place) for text in texts(value) for line in text.split("\n"))
        return Items(((Text(line, place), place) for line, place in lines if line), value.place)  # as in the letter
    return value
