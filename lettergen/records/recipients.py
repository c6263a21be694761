"""`recipients.yaml` -> `Recipient`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import BY_LANGUAGE, STANDARD_KEYS, Fields, Items, Recipient, Text, usual_case
from lettergen.problems import Problem, Source, near
from lettergen.records.echoes import Spoiled
from lettergen.records.ids import Proposals, check_handle, duplicates, handle_of
from lettergen.records.shape import mappings, split
from lettergen.records.typed import Typed, filled
from lettergen.yamlfile import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.model.values import Value
    from lettergen.problems import Place

TEXTS = ("id", "name", "role", "salutation", "date", "reference", "subject", "closing")
LISTS = ("address", "variants", "enclosures", "copies")


class Records(NamedTuple):
    """All sound recipients, the ids and places of all records, and the names of all their fields."""

    recipients: tuple[Recipient, ...] = ()
    places: tuple[tuple[str, Place], ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def ids(self) -> list[str]:
        return [handle for handle, _ in self.places if handle]


def read_recipients(source: Source, known: Iterable[Problem] = ()) -> tuple[Records, list[Problem]]:
    """Every recipient of the file, in its order; a broken record is left out with its problem.

    The `known` problems of the file, and what they have led to, are not said again.
    """
    value, problems = load(source, known=known)
    spoiled = Spoiled([*known, *problems])
    found: list[Problem] = []
    defaults, records, place = split(value, source, found)
    merged = [_with_defaults(record, defaults) for record in mappings(records, found)]
    tried = _recipients(merged, found)
    is_spoiled = spoiled.touches(defaults.place)
    recipients = [one for one, is_sound in tried if is_sound and not is_spoiled and not spoiled.touches(one.place)]
    if not merged and not found and not spoiled.spots:
        found.append(Problem("empty-file", "there is no recipient in this file", place, "add a record: '- name: …'"))
    names = frozenset({*STANDARD_KEYS, *(key for fields in (defaults, *merged) for key in _names(fields))})
    places = tuple((recipient.id, recipient.place) for recipient, _ in tried)
    return Records(tuple(recipients), places, names), [*problems, *spoiled.without_echoes(found)]


def _recipients(merged: list[Fields], problems: list[Problem]) -> list[tuple[Recipient, bool]]:
    """Each record as a recipient, and whether nothing is wrong with it."""
    handles = [handle_of(fields) for fields in merged]
    proposals = Proposals(handles)
    tried = [_recipient(*record, proposals, problems) for record in zip(merged, handles, strict=True)]
    alike = list(duplicates((recipient for recipient, _ in tried), proposals))
    spots = {problem.place.order for problem in alike}  # where an id that differs in capitals cannot be one either
    problems[:] = [one for one in problems if one.code != "bad-id" or one.place.order not in spots]
    problems += alike
    return tried


def check_variants(recipients: Iterable[Recipient], declared: Mapping[str, Text]) -> Iterator[Problem]:
    """A problem for each variant of a record that the front matter does not declare."""
    for recipient in recipients:
        for name in recipient.variants:
            if name not in declared and isinstance(name, Text):
                message = f"variant '{name}' of recipient '{recipient.id}' is not declared in the front matter"
                way_out = near(name, declared) or f"declare it there: 'variants:' and below it '  {name}: …'"
                yield Problem("undeclared-variant", message, name.place, way_out, (), name, anywhere=True)


def _with_defaults(record: Fields, defaults: Fields) -> Fields:
    """The record's fields after those of `defaults` that it does not have."""
    kept = {key: value for key, value in defaults.items() if key not in record}
    both = [(kept, defaults), (record, record)]
    return Fields(
        ((Text(key, owner.key_places[key]), some[key], owner.places[key]) for some, owner in both for key in some),
        record.place,
    )


def _names(fields: Fields) -> Iterator[str]:
    """The names of the fields, and of those within them."""
    for key, value in fields.items():
        yield key
        inner = value if isinstance(value, Items) else (value,)
        yield from (name for item in inner if isinstance(item, Fields) for name in _names(item))


def _recipient(fields: Fields, handle: str, proposals: Proposals, problems: list[Problem]) -> tuple[Recipient, bool]:
    """The recipient, and whether nothing is wrong with the record."""
    before = len(problems)
    check_handle(Typed(fields, "this record", problems), handle, proposals)
    typed = Typed(fields, f"recipient '{handle}'" if handle else "this record", problems)
    for keys, look in ((TEXTS, Typed.text), (("address", "enclosures", "copies"), Typed.texts)):
        for key in keys:
            typed.each(key, look) if key in BY_LANGUAGE else look(typed, key)
    recipient = Recipient(
        id=handle,
        place=fields.place,
        fields=_for_templates(fields, handle),
        variants=typed.texts("variants"),
        languages=typed.languages("language"),
        date=typed.date("date"),
    )
    return recipient, len(problems) == before


def _for_templates(fields: Fields, handle: str) -> Fields:
    """The fields with the id, and without the empty items of its lists."""
    kept = [
        (Text(key, fields.key_places[key]), _for_template(key, value), fields.places[key])
        for key, value in fields.items()
        if key != "id" or value
    ]
    own = [] if fields.get("id") else [(Text("id", fields.place), Text(handle, fields.place), fields.place)]
    return Fields([*own, *kept], fields.place)


def _for_template(key: str, value: Value) -> Value:
    """The value, or those of each language, without empty items."""
    if key in BY_LANGUAGE and isinstance(value, Fields):
        tags = ((Text(usual_case(tag), place), tag) for tag, place in value.key_places.items())
        return Fields(((text, filled(value[tag]) or None, value.places[tag]) for text, tag in tags), value.place)
    return (filled(value) or None) if key in LISTS else value
