"""The shape of `recipients.yaml`: its defaults, and its list of records."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lettergen.model import Fields, Items, Text
from lettergen.problems import Problem, Source
from lettergen.records.echoes import slipped
from lettergen.records.typed import GROUP, Typed, has_near, kind

if TYPE_CHECKING:
    from lettergen.model.values import Value
    from lettergen.problems import Place

FILE = ("defaults", "recipients")
_TABLE = re.compile(r"[^:]*([,;\t])[^:]*\1[^:]*")  # a line of values with a sign between them


def split(value: Value, source: Source, problems: list[Problem]) -> tuple[Fields, Value, Place]:
    """The defaults, the list of records in either shape that the file may have, and the place of the list."""
    nothing = Fields((), source.whole())
    if not isinstance(value, Fields):
        return nothing, value, source.whole()
    typed = Typed(value, "this file", problems)
    is_list_below = any(
        isinstance(one, Items) and any(isinstance(item, Fields) for item in one) for one in value.values()
    )
    if is_list_below or has_near(value, "recipients", FILE) or any(key in value for key in FILE):
        typed.check_keys(FILE)
    else:
        message = "this is one record alone, not a list of records"
        problems.append(Problem("wrong-type", message, value.place, "begin each record with '- '"))
    place = value.key_places.get("recipients", value.place)
    return typed.mapping("defaults", "role: Councillor") or nothing, value.get("recipients"), place


def mappings(records: Value, problems: list[Problem]) -> list[Fields]:
    """The records; a problem for what is none."""
    if isinstance(records, (Text, Fields)):
        problems.append(_no_list(records))
    if not isinstance(records, Items):
        return []
    pairs = zip(records, records.places, strict=True)
    problems += [_no_record(record, place) for record, place in pairs if not isinstance(record, Fields)]
    return [record for record in records if isinstance(record, Fields)]


def _no_list(records: Text | Fields) -> Problem:
    """What stands where the list should be."""
    message = f"the recipients are {kind(records)}; they should be a list"
    way_out = "begin each record with '- ', as in '- name: Ada Lovelace'"
    if isinstance(records, Fields):
        heading, first = next(iter(records.items()), ("", None))
        if isinstance(first, Fields):
            way_out = f"write '-' in the place of a heading such as '{heading}:'"
    elif _TABLE.fullmatch(records.place.source.lines[records.place.line - 1]):
        message = "this is a table (CSV); in a YAML file the recipients should be a list of records"
        way_out = "give the file the ending '.csv', if its first line holds the names of the fields"
    else:
        found = slipped(records)
        if found:
            return found
    return Problem("wrong-type", message, records.place, way_out)


def _no_record(record: Value, place: Place) -> Problem:
    """What stands where a record should be."""
    found = slipped(record) if isinstance(record, Text) else None
    if found:
        return found
    message = f"this record is {kind(record)}; it should be {GROUP}"
    way_out = "write, for example, '- name: Ada Lovelace'"
    if record is None:
        dash = place.source.lines[place.line - 1].rfind("-", 0, place.column) + 1
        place = replace(place, column=dash or place.column)
        way_out = "remove the '-', or write the record after it: '- name: …'"
    elif isinstance(record, Items) and any(isinstance(item, Fields) for item in record):
        way_out = "begin the record with one hyphen and a space: '- name: …'"
    return Problem("wrong-type", message, place, way_out, anywhere=True)
