"""A table's header, and its rows as the records that YAML would have."""

from __future__ import annotations

import re
import sys
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Fields, Items, Text, trimmed, usual_case
from lettergen.problems import Place, Problem
from lettergen.records.building import LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lettergen.model.values import Value

SHEETS = (".xlsx", ".ods")
SPLIT = (*LISTS, "language")  # whose items can stand in one cell
_CONSTANTS = {"true": True, "false": False, "null": None, "": None}
_HEADING = "give the column a heading, or empty the cell"
_OR_QUOTES = '; or, if a text holds a separator itself, put double quotes (") round the text'
_NOWHERE = sys.maxsize  # behind the end of every row
_END = re.compile(r"(?<!\\);|\n")
_FAULTY = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|[A-Z_]{3,20}!)|Err:[0-9]{3}")


class Cell(NamedTuple):
    """What stands in a cell, and where."""

    text: str
    place: Place


class Row(NamedTuple):
    """A row with its place, and what is wrong with the way it is written."""

    place: Place
    cells: Sequence[Cell]
    problems: tuple[Problem, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not any(trimmed(text) for text, _ in self.cells) and not self.problems


class Column(NamedTuple):
    """A column by its heading: `address 2`, `salutation.cy`."""

    position: int
    name: str
    tag: str
    number: int
    place: Place


class Field(NamedTuple):
    """A field of every record, and how it is read from a row's cells."""

    key: Text
    columns: tuple[Column, ...]
    value: Callable[[tuple[Column, ...], Row], tuple[Value, Place]]


def fields_of(columns: Iterable[Column]) -> list[Field]:
    """The fields that the columns hold, each where its first column is."""
    grouped: dict[str, list[Column]] = {}
    for column in columns:
        grouped.setdefault(column.name, []).append(column)
    return [_field(name, tuple(some), _beside(name, grouped)) for name, some in grouped.items()]


def _beside(name: str, grouped: Mapping[str, list[Column]]) -> tuple[Column, ...]:
    """The columns of other lists that share two numbers with this one: of `item 1`, `note 1`, `item 2`, `note 2`."""
    numbers = {other: {one.number for one in some} for other, some in grouped.items() if other not in LISTS}
    own, lists = numbers.get(name, set()), list[str]()
    while more := [other for other in numbers if other not in lists and len(numbers[other] & own) > 1]:
        lists += more
        own = own.union(*(numbers[other] for other in more))
    return tuple(column for other in lists if other != name for column in grouped[other])


def record(fields: Iterable[Field], row: Row) -> Fields:
    """The row as a record; a field without a text in any of its cells is left out."""
    values = ((field.key, *field.value(field.columns, row)) for field in fields)
    return Fields((triple for triple in values if triple[1] is not None), row.place)


def faults(row: Row, columns: Sequence[Column | None]) -> Iterator[Problem]:
    """What is wrong with the row's cells as such."""
    yield from row.problems
    for index, (raw, place) in enumerate(row.cells):
        text = trimmed(raw)
        if _FAULTY.fullmatch(text):
            message = f"there is an error of the spreadsheet here: {text}"
            yield Problem("bad-row", message, place, "mend the formula, or empty the cell", subject=text, anywhere=True)
        elif text and (index >= len(columns) or columns[index] is None):
            message = "there is no heading over this cell"
            way_out = _HEADING if place.source.name.casefold().endswith(SHEETS) else _HEADING + _OR_QUOTES
            yield Problem("bad-row", message, place, way_out, anywhere=True)
            return


def _field(name: str, columns: tuple[Column, ...], beside: tuple[Column, ...] = ()) -> Field:
    key = Text(name, columns[0].place)
    if columns[0].tag:
        return Field(key, columns, _by_language)
    if len(columns) > 1 or columns[0].number:
        lacking = {column.number for column in beside} - {column.number for column in columns}
        columns += tuple(Column(_NOWHERE, name, "", number, columns[0].place) for number in lacking)
        columns = tuple(sorted(columns, key=lambda column: (column.number, column.position)))
        return Field(key, columns, partial(_list, beside))
    return Field(key, columns, _split if name in SPLIT else _single)


def _cell(column: Column, row: Row) -> Cell:
    """The column's cell; an empty one behind the row's end."""
    if column.position >= len(row.cells):
        return Cell("", _behind(row.place))
    text, place = row.cells[column.position]
    return Cell(trimmed(text), place)


def _behind(place: Place) -> Place:
    return Place(place.source, place.end_line, max(1, place.end_column - 1), place.end_line, place.end_column)


def _single(columns: tuple[Column, ...], row: Row) -> tuple[Value, Place]:
    text, place = _cell(columns[0], row)
    return (_CONSTANTS[text] if text in _CONSTANTS else Text(text, place)), place


def _list(beside: Iterable[Column], columns: tuple[Column, ...], row: Row) -> tuple[Value, Place]:
    """The texts of several cells. Empty ones close up, but for those whose number has a text in a list beside it."""
    numbers = {column.number for column in beside if _cell(column, row).text}
    cells = [cell for column in columns if (cell := _cell(column, row)).text or column.number in numbers]
    place = next((place for text, place in cells if text), None)
    items = ((Text(text, where), where) for text, where in cells)
    return (Items(items, place) if place else None), place or row.place


def _split(columns: tuple[Column, ...], row: Row) -> tuple[Value, Place]:
    """The texts of one cell, between semicolons or in lines of their own."""
    text, place = _cell(columns[0], row)
    pieces = list(_pieces(text, place))
    if columns[0].name == "language" and len(pieces) == 1:
        return pieces[0]
    return (Items(pieces, place) if pieces else None), place


def _pieces(text: str, place: Place) -> Iterator[tuple[Text, Place]]:
    texts = [piece for piece in map(trimmed, _END.split(text)) if piece]
    raw, start = (place.raw, 0) if len(texts) > 1 else ("", 0)
    for piece in texts:
        found = raw.find(piece, start)
        where = place.part(found, found + len(piece)) if found >= 0 else place
        start = max(start, found + len(piece))
        yield Text(piece.replace("\\;", ";"), where), where


def _by_language(columns: tuple[Column, ...], row: Row) -> tuple[Value, Place]:
    """The values of a field in several languages; of those that are there."""
    found = []
    for tag, some in groupby(sorted(columns, key=lambda column: column.tag), key=lambda column: column.tag):
        inner = _field(columns[0].name, tuple(column._replace(tag="") for column in some))
        value, place = inner.value(inner.columns, row)
        if value is not None:
            found.append((Text(usual_case(tag), inner.key.place), value, place))
    place = found[0][2] if found else _cell(columns[0], row).place
    return (Fields(found, place) if found else None), place
