"""JSON Lines, an object a line -> records. Numbers are text as typed."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING

from lettergen.files import UNPRINTABLE
from lettergen.model import Fields, Items, Text, trimmed
from lettergen.problems import Place, Problem
from lettergen.records.listing import Batch, Listing
from lettergen.yamlfile.building import Builder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model.values import Value
    from lettergen.problems import Source

LINES = 200  # of a batch
DEPTH = 20
_TOKEN = re.compile(
    r'[ \t]*(?:(?P<string>"(?:[^"\\]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-])"
    r"|(?P<word>true|false|null)(?!\w)|(?P<sign>[][{},:])|(?P<end>$))"
)
_WORDS = {"true": True, "false": False, "null": None}
_ENDS = {"{": "}", "[": "]"}
_EXAMPLE = 'write each record in a line of its own, as in {"name": "Ada Lovelace", "copies": ["Charles Babbage"]}'


def json_lines(source: Source) -> Listing:
    """The records of the file; a line that is wrong is left out with its problem."""

    def batches() -> Iterator[Batch]:
        filled = ((number, line) for number, line in enumerate(source.lines, 1) if trimmed(line))
        while some := list(islice(filled, LINES)):
            problems: list[Problem] = []
            records = [pair for number, line in some for pair in _record(source, number, line, problems)]
            yield Batch(Items(records, source.whole()), problems)

    return Listing(source, source.whole(), Fields((), source.whole()), batches, [], example='{"name": "…"}')


def _record(source: Source, number: int, line: str, problems: list[Problem]) -> Iterator[tuple[Value, Place]]:
    """The line's object, if it is one."""
    reading = _Reading(source, number, line, problems)
    try:
        reading.read()
    except _WrongError as wrong:
        place = Place(source, number, wrong.start + 1, number, max(wrong.end, wrong.start + 1) + 1)
        problems.append(Problem("json-syntax", wrong.message, place, wrong.way_out, anywhere=True))
        place = Place(source, number, 1, number, len(line) + 1)
        yield Fields((), place), place  # a record, though nobody knows whose
        return
    record = reading.builder.result
    if isinstance(record, Fields):
        yield record, record.place
        return
    place = Place(source, number, 1, number, len(line.rstrip()) + 1)
    problems.append(Problem("json-syntax", "this line is not one record in braces", place, _EXAMPLE, anywhere=True))


class _WrongError(Exception):
    """Where the line is wrong, what it is, and the way out."""

    def __init__(self, start: int, end: int, message: str, way_out: str) -> None:
        self.start, self.end, self.message, self.way_out = start, end, message, way_out


class _Reading:
    """Takes one sign or value of the line after the other, and hands the values to its builder."""

    def __init__(self, source: Source, number: int, line: str, problems: list[Problem]) -> None:
        self.source, self.number, self.line, self.problems = source, number, line, problems
        self.builder = Builder(source, problems)
        self.open: list[str] = []

    def read(self) -> None:
        """The whole line."""
        expected, position = "value", 0
        while expected != "end":
            found = _TOKEN.match(self.line, position)
            if found is None:
                raise self._unreadable(position)
            expected = self._take(found, expected)
            position = found.end()
        found = _TOKEN.match(self.line, position)
        if found is None or found.lastgroup != "end":
            raise _WrongError(
                position, len(self.line), "something follows the closing bracket", "remove it; a line is one record"
            )

    def _take(self, found: re.Match[str], expected: str) -> str:
        """What is to follow: a `value` or a `name` (or the list's end), a `colon`, a `comma`, or the line's `end`."""
        kind, text = found.lastgroup, found[found.lastgroup or 0]
        place = self._place(found.start(kind or 0), found.end())
        is_closing = bool(self.open) and text == _ENDS[self.open[-1]] and kind == "sign"
        if is_closing and expected in ("comma", "first value", "first name"):
            self.open.pop()
            self.builder.end(place)
        elif kind == "sign" and text in "{[" and "value" in expected:
            return self._start(text, place)
        elif kind == "sign" and text == "," and expected == "comma":
            return "name" if self.open[-1] == "{" else "value"
        elif kind == "sign" and text == ":" and expected == "colon":
            return "value"
        elif kind == "string" and "name" in expected:
            self.builder.add(Text(self._text(text, place), place), place)
            return "colon"
        elif kind in ("string", "number", "word") and "value" in expected:
            self.builder.add(self._value(kind or "", text, place), place)
        else:
            raise self._unexpected(found, expected)
        return "comma" if self.open else "end"

    def _start(self, bracket: str, place: Place) -> str:
        self.open.append(bracket)
        if len(self.open) > DEPTH:
            message, way_out = (
                f"there are lists within lists here, more than {DEPTH} deep",
                "remove the brackets that are too many",
            )
            raise _WrongError(place.column - 1, place.column, message, way_out)
        self.builder.start(place, is_mapping=bracket == "{")
        return "first name" if bracket == "{" else "first value"

    def _value(self, kind: str, text: str, place: Place) -> Value:
        if kind == "word":
            return _WORDS[text]
        return Text(self._text(text, place) if kind == "string" else text, place)

    def _text(self, quoted: str, place: Place) -> str:
        """What stands between the quotes, without signs that cannot be printed."""
        if "\\" not in quoted:
            return trimmed(quoted[1:-1])
        text = str(json.loads(quoted, strict=False)).replace("\r\n", "\n")
        if found := UNPRINTABLE.search(text):
            message = f"a '\\' in these quotes makes a character that cannot be printed (U+{ord(found[0]):04X})"
            self.problems.append(Problem("control-character", message, place, "remove it", anywhere=True))
        return trimmed(UNPRINTABLE.sub(" ", text))

    def _place(self, start: int, end: int) -> Place:
        return Place(self.source, self.number, start + 1, self.number, end + 1)

    def _unreadable(self, position: int) -> _WrongError:
        """A sign that begins nothing."""
        rest = self.line[position:]
        start = position + len(rest) - len(rest.lstrip())
        word = re.match(r"[^\s,:\]}]*", self.line[start:])
        end = start + max(1, len(word[0]) if word else 1)
        if self.line[start] == '"':
            message, way_out = (
                "a quote is opened here and never closed",
                r"close it; write \" for a quote within the text, and \\ for a \ ",
            )
            return _WrongError(start, start + 1, message, way_out.strip())
        if self.line[start] in "-+.0123456789":
            message = f"'{self.line[start:end]}' is not a number of JSON"
            return _WrongError(
                start, end, message, f'put it in quotes, as it is to be printed: "{self.line[start:end]}"'
            )
        message, way_out = f"'{self.line[start:end]}' needs quotes", 'put each text and each name in double quotes (")'
        return _WrongError(start, end, message, way_out)

    def _unexpected(self, found: re.Match[str], expected: str) -> _WrongError:
        """Something that cannot stand here."""
        start, text = found.start(found.lastgroup or 0), found[found.lastgroup or 0]
        wanted = {"comma": "a comma or the closing bracket", "colon": "a colon", "end": "nothing more"}
        wants = wanted.get(expected, "a name in double quotes" if "name" in expected else "a value")
        if not text:
            message = f"the line ends here, and {wants} should follow"
            return _WrongError(max(0, len(self.line.rstrip()) - 1), start, message, _EXAMPLE)
        return _WrongError(start, start + len(text), f"here should be {wants}, and this is '{text}'", _EXAMPLE)
