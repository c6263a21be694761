"""`recipients.yaml` -> `Recipient`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.model import STANDARD_KEYS, Fields, Items, Recipient, Text
from lettergen.problems import Problem, Related, Source, near, nearest
from lettergen.records.typed import Typed, filled, kind
from lettergen.yamlfile import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.model.values import Value
    from lettergen.problems import Place

TEXTS = ("id", "name", "role", "salutation", "language", "date", "reference", "subject", "closing")
LISTS = ("address", "variants", "enclosures", "copies")
LONGEST_ID = 100  # file systems take 255 bytes, with the ending and a staging name
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$")  # names that Windows keeps for devices


@dataclass(frozen=True)
class Records:
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
    problems += _duplicates(recipient for recipient, _ in tried)
    places = tuple((recipient.id, recipient.place) for recipient, _ in tried)
    return Records(tuple(recipients), places, known), problems


def check_variants(recipients: Iterable[Recipient], declared: Mapping[str, Text]) -> Iterator[Problem]:
    """A problem for each variant of a record that the front matter does not declare."""
    for recipient in recipients:
        for name in recipient.variants:
            if name not in declared and isinstance(name, Text):
                message = f"variant '{name}' of recipient '{recipient.id}' is not declared in the template"
                yield Problem("undeclared-variant", message, name.place, near(name, declared), subject=name)


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
            problems.append(Problem("wrong-type", message, place, "write, for example, '- name: Ada Lovelace'"))
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
    handle = _handle(Typed(fields, "this record", problems))
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


def _handle(typed: Typed) -> str:
    """The record's id, or one made from its name; a problem if neither will do."""
    given, name = typed.fields.get("id"), typed.fields.get("name")
    if isinstance(given, Text) and given:
        _check_id(given, given.place, typed)
        return str(given)
    if not isinstance(name, Text) or not name:
        place = typed.fields.places["name"] if "name" in typed.fields else typed.fields.place
        meant = nearest("name", (key for key in typed.fields if key not in STANDARD_KEYS))
        way_out = f"is '{meant}' meant to be 'name'?" if meant else "write 'name: …'; it names the letter's files too"
        typed.problem("missing-key", "this record has no name", place, way_out)
        return ""
    from slugify import slugify  # 30 ms: only where a record has no id of its own

    made = str(slugify(name, max_length=60, word_boundary=True))
    _check_id(made, name.place, typed)
    return made


def _check_id(handle: str, place: Place, typed: Typed) -> None:
    if not handle:
        message = "no id can be made from this name"
    elif not re.fullmatch(r"[a-z0-9-]+", handle) or len(handle) > LONGEST_ID:
        message = f"'{handle}' cannot be an id; it names the letter's files"
    elif _RESERVED.match(handle):
        message = f"'{handle}' cannot be a file's name on Windows"
    else:
        return
    from slugify import slugify

    proposal = slugify(handle, max_length=60) or "letter-1"
    if _RESERVED.match(proposal):
        proposal += "-letter"
    typed.problem("bad-id", message, place, f"use a-z, 0-9 and '-', as in 'id: {proposal}'")


def _for_templates(fields: Fields, handle: str) -> Fields:
    """The fields with the id, and without the empty items of its lists."""
    kept = [
        (Text(key, fields.key_places[key]), filled(value) if key in LISTS else value, fields.places[key])
        for key, value in fields.items()
        if key != "id" or value
    ]
    own = [] if fields.get("id") else [(Text("id", fields.place), Text(handle, fields.place), fields.place)]
    return Fields([*own, *kept], fields.place)


def _duplicates(recipients: Iterable[Recipient]) -> Iterator[Problem]:
    first: dict[str, Recipient] = {}
    for recipient in (recipient for recipient in recipients if recipient.id):
        other = first.setdefault(recipient.id, recipient)
        if other is not recipient:
            yield Problem(
                "duplicate-id",
                f"two recipients have the id '{recipient.id}'; their letters would overwrite each other",
                _id_place(recipient),
                "give one of them an id of its own ('id: …')",
                (Related(_id_place(other), "the first one"),),
            )


def _id_place(recipient: Recipient) -> Place:
    place = recipient.fields.places["id"]
    return recipient.fields.places.get("name", place) if place == recipient.place else place
