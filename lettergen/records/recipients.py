"""`recipients.yaml` -> `Recipient`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import STANDARD_KEYS, Fields, Items, Recipient, Text
from lettergen.problems import Problem, Source, near
from lettergen.records.ids import duplicates, handle_of
from lettergen.records.typed import Typed, filled, kind
from lettergen.yamlfile import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.model.values import Value
    from lettergen.problems import Place

TEXTS = ("id", "name", "role", "salutation", "language", "date", "reference", "subject", "closing")
LISTS = ("address", "variants", "enclosures", "copies")


class Records(NamedTuple):
    """All sound recipients, the ids and places of all records, and the names of all their fields."""

    recipients: tuple[Recipient, ...] = ()
    places: tuple[tuple[str, Place], ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def ids(self) -> list[str]:
        return [handle for handle, _ in self.places if handle]


def read_recipients(source: Source) -> tuple[Records, list[Problem]]:
    """Every recipient of the file, in its order; a broken record is left out with its problem."""
    value, problems = load(source)
    if any(problem.is_error and problem.code == "yaml-syntax" for problem in problems):
        return Records(), problems
    defaults, records, place = _split(value, source, problems)
    merged = [_with_defaults(record, defaults) for record in _mappings(records, problems)]
    tried = [_recipient(fields, problems) for fields in merged]
    recipients = [recipient for recipient, is_sound in tried if is_sound]
    if not merged and not problems:
        problems.append(Problem("empty-file", "there is no recipient in this file", place, "add a record: '- name: …'"))
    known = frozenset({*STANDARD_KEYS, *(key for fields in (defaults, *merged) for key in _names(fields))})
    problems += duplicates(recipient for recipient, _ in tried)
    places = tuple((recipient.id, recipient.place) for recipient, _ in tried)
    return Records(tuple(recipients), places, known), problems


def check_variants(recipients: Iterable[Recipient], declared: Mapping[str, Text]) -> Iterator[Problem]:
    """A problem for each variant of a record that the front matter does not declare."""
    for recipient in recipients:
        for name in recipient.variants:
            if name not in declared and isinstance(name, Text):
                message = f"variant '{name}' of recipient '{recipient.id}' is not declared in the template"
                yield Problem("undeclared-variant", message, name.place, near(name, declared), (), name, anywhere=True)


def _split(value: Value, source: Source, problems: list[Problem]) -> tuple[Fields, Value, Place]:
    """The defaults and the list of records, in either shape that the file may have."""
    nothing = Fields((), source.whole())
    if not isinstance(value, Fields):
        return nothing, value, source.whole()
    typed = Typed(value, "the file", problems)
    if "recipients" in value or "defaults" in value or problems:
        typed.check_keys(("defaults", "recipients"))
    else:
        message = "this is one record alone, and not a list of records"
        problems.append(Problem("wrong-type", message, value.place, "begin each record with '- '"))
    return typed.mapping("defaults") or nothing, value.get("recipients"), value.place


def _mappings(records: Value, problems: list[Problem]) -> list[Fields]:
    if records is None:
        return []
    if not isinstance(records, Items):
        place = records.place if isinstance(records, (Text, Fields)) else None
        if place:
            message = f"the recipients are {kind(records)}; they should be a list"
            problems.append(Problem("wrong-type", message, place, "begin each record with '- '"))
        return []
    for record, place in zip(records, records.places, strict=True):
        if not isinstance(record, Fields):
            message = f"this record is {kind(record)}; it should be 'name: value' lines"
            way_out = "write, for example, '- name: Ada Lovelace'"
            problems.append(Problem("wrong-type", message, place, way_out, anywhere=True))
    return [record for record in records if isinstance(record, Fields)]


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


def _recipient(fields: Fields, problems: list[Problem]) -> tuple[Recipient, bool]:
    """The recipient, and whether nothing is wrong with the record."""
    before = len(problems)
    handle = handle_of(Typed(fields, "this record", problems))
    typed = Typed(fields, f"recipient '{handle or '?'}'", problems)
    for key in TEXTS:
        typed.text(key)
    for key in ("address", "enclosures", "copies"):
        typed.texts(key)
    recipient = Recipient(
        id=handle,
        place=fields.place,
        fields=_for_templates(fields, handle),
        variants=typed.texts("variants"),
        language=typed.language("language"),
        date=typed.date("date"),
    )
    return recipient, len(problems) == before


def _for_templates(fields: Fields, handle: str) -> Fields:
    """The fields with the id, and without the empty items of its lists."""
    kept = [
        (Text(key, fields.key_places[key]), (filled(value) or None) if key in LISTS else value, fields.places[key])
        for key, value in fields.items()
        if key != "id" or value
    ]
    own = [] if fields.get("id") else [(Text("id", fields.place), Text(handle, fields.place), fields.place)]
    return Fields([*own, *kept], fields.place)
