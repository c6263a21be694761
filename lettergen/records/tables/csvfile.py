"""CSV -> rows whose cells know their line and column."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem
from lettergen.records.tables.columns import Cell, Row
from lettergen.records.tables.header import read_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lettergen.problems import Source

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')


def csv_rows(source: Source) -> tuple[Callable[[], Iterable[Row]] | None, list[Problem]]:
    """The file's rows, as often as they are asked for; a problem where nobody can tell what separates the cells."""
    number, line = next(((number, line) for number, line in enumerate(source.lines, 1) if line.strip()), (1, ""))
    bare = _QUOTED.sub("", line)
    found = [sign for sign in SEPARATORS if sign in bare]
    if len(found) > 1:
        found = [sign for sign in found if not read_header(next(iter(_rows(source, sign))))[1]]
    if len(found) == 1 or not any(sign in bare for sign in SEPARATORS):
        sign = found[0] if found else ","
        return lambda: _rows(source, sign), []
    names = " and ".join(f"{SEPARATORS[sign]}s" for sign in SEPARATORS if sign in bare)
    message = f"there are {names} in the header, so it is not clear which of them separate the columns"
    way_out = "let the headings hold nothing but letters, digits and '_'"
    return None, [Problem("bad-header", message, Place(source, number, 1, number, len(line) + 1), way_out)]


class _Feed:
    """Hands out the lines, and keeps those of the row that is being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines, self.taken, self.number = iter(lines), list[str](), 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.taken.append(line)
        self.number += 1
        return f"{line}\n"


def _rows(source: Source, sign: str) -> Iterator[Row]:
    feed = _Feed(source.lines)
    reader = csv.reader(feed, delimiter=sign, strict=True)
    while True:
        feed.taken.clear()
        try:
            texts = next(reader, None)
        except csv.Error:
            yield _broken(source, feed, sign)
            return
        if texts is None:
            return
        first = feed.number - len(feed.taken) + 1
        place = Place(source, first, 1, feed.number, len(feed.taken[-1]) + 1)
        yield Row(place, _cells(texts, feed.taken, place, sign))


def _cells(texts: list[str], lines: list[str], place: Place, sign: str) -> list[Cell]:
    """The cells with their places."""
    if len(lines) > 1 or '"' in lines[0]:
        places = [Place(place.source, *spot) for spot in _spots("\n".join(lines), place.line, sign)]
        return [Cell(text, where) for text, where in zip(texts, places, strict=True)]
    cells, number, column, source = [], place.line, 1, place.source
    for text in texts:
        end = column + len(text)
        cells.append(Cell(text, Place(source, number, column, number, end)))
        column = end + 1
    return cells


def _spots(text: str, line: int, sign: str) -> Iterator[tuple[int, int, int, int]]:
    """Where the cells of a row with quotes begin and end."""
    start, begin = 0, 0  # of the cell, and of its line
    while True:
        quoted = _QUOTED.match(text, start)
        end = quoted.end() if quoted else min(_next(text, sign, start), _next(text, "\n", start))
        begin_line, begin_column = line, start - begin + 1
        if "\n" in text[start:end]:
            line += text.count("\n", start, end)
            begin = text.rfind("\n", start, end) + 1
        yield begin_line, begin_column, line, end - begin + 1
        if text[end : end + 1] != sign:
            return
        start = end + 1


def _next(text: str, sign: str, start: int) -> int:
    found = text.find(sign, start)
    return found if found >= 0 else len(text)


def _broken(source: Source, feed: _Feed, sign: str) -> Row:
    """Where the row cannot be read on: an open quote, or something behind a closing one."""
    first, text = feed.number - len(feed.taken) + 1, "\n".join(feed.taken)
    *_, last = _spots(text, first, sign)
    message = "a quote is opened here and never closed"
    way_out = 'close it before the next separator; write a quote within a quoted text twice ("")'
    spot = (last[0], last[1])
    if (last[0], last[1]) != (last[2], last[3] - 1) and source.lines[last[2] - 1][last[3] - 2 : last[3] - 1] == '"':
        message, spot = "the quote before this closes the text", (last[2], last[3])
        way_out = 'write each quote within a quoted text twice ("")'
    place = Place(source, *spot, spot[0], spot[1] + 1)
    problem = Problem("bad-row", message, place, f"{way_out}; what follows in the file was not read")
    return Row(Place(source, first, 1, feed.number, len(feed.taken[-1]) + 1), (), (problem,))
