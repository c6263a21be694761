"""A table's header, and its rows as the records that YAML would have."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, groupby
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
    """The columns of lists that belong together, this one among them: `item 1`, `note 1`, `item 2`, `note 2`."""
    numbers = {other: {one.number for one in some} for other, some in grouped.items() if other not in LISTS}
    own = numbers.get(name, set())
    while not own >= (more := own.union(*(one for one in numbers.values() if len(one & own) > 1))):
        own = more
    lists = [grouped[other] for other, one in numbers.items() if len(one & own) > 1]
    return tuple(chain(*lists)) if len(lists) > 1 else ()


def record(fields: Iterable[Field], row: Row) -> Fields:
    """The row as a record; a field without a text in any of its cells is left out."""
    values = ((field.key, *field.value(field.columns, row)) for field in fields)
    return Fields((triple for triple in values if triple[1] is not None), row.place)


def faults(row: Row, columns: Sequence[Column | None]) -> Iterator[Problem]:
    """What is wrong with the row's cells as such."""
    yield from row.problems
    for index, (text, place) in enumerate(row.cells):
        if _FAULTY.fullmatch(trimmed(text)):
            message = f"there is an error of the spreadsheet here: {trimmed(text)}"
            yield Problem("bad-row", message, place, "mend the formula, or empty the cell", subject=text, anywhere=True)
        elif trimmed(text) and (index >= len(columns) or columns[index] is None):
            message = "there is no heading over this cell"
            way_out = _HEADING if place.source.name.casefold().endswith(SHEETS) else _HEADING + _OR_QUOTES
            yield Problem("bad-row", message, place, way_out, anywhere=True)
            return


def _field(name: str, columns: tuple[Column, ...], beside: tuple[Column, ...] = ()) -> Field:
    key = Text(name, columns[0].place)
    if beside:
        return Field(key, columns, partial(_paired, beside))
    if columns[0].tag:
        return Field(key, columns, _by_language)
    if len(columns) > 1 or columns[0].number:
        return Field(key, tuple(sorted(columns, key=lambda column: (column.number, column.position))), _list)
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
    index = columns[0].position
    text, place = row.cells[index] if index < len(row.cells) else _cell(columns[0], row)
    text = trimmed(text)
    return (_CONSTANTS[text] if text in _CONSTANTS else Text(text, place)), place


def _list(columns: tuple[Column, ...], row: Row) -> tuple[Value, Place]:
    """The texts of several cells; the empty ones close up."""
    cells = [_cell(column, row) for column in columns]
    filled = [(Text(text, place), place) for text, place in cells if text]
    place = filled[0][1] if filled else cells[0].place
    return (Items(filled, place) if filled else None), place


def _paired(beside: Iterable[Column], columns: tuple[Column, ...], row: Row) -> tuple[Value, Place]:
    """The same of lists that belong together: an empty cell stays, so that the numbers of all of them agree."""
    own = {column.number: _cell(column, row) for column in columns}
    numbers = sorted({column.number for column in beside if _cell(column, row).text})
    cells = [own.get(number) or Cell("", _behind(row.place)) for number in numbers]
    place = next((place for text, place in cells if text), row.place)
    items = ((Text(text, place), place) for text, place in cells)
    return (Items(items, place) if any(text for text, _ in cells) else None), place


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
