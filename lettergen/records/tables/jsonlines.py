"""JSON Lines, an object a line -> records. Numbers are text as typed."""

from __future__ import annotations

import json
import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

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
_PIECE = re.compile(r'"(?:[^"\\]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+"|[][{}]|[^][{},:\s"]+|"')
_BARE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")
_EXAMPLE = 'write each record in a line of its own, as in {"name": "Ada Lovelace", "copies": ["Charles Babbage"]}'


class _Object(list["tuple[str, Any]"]):
    """The names and values of an object; a name may stand there twice."""


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
    place = Place(source, number, 1, number, len(line.rstrip()) + 1)
    pieces = list(_PIECE.finditer(line))
    builder = Builder(source, problems)
    try:
        _check(pieces)
        value = _parsed(line)
    except _WrongError as wrong:
        start, end = wrong.span or (0, place.end_column - 1)
        where = Place(source, number, start + 1, number, end + 1)
        problems.append(Problem("json-syntax", wrong.message, where, wrong.way_out, anywhere=True))
        yield Fields((), place), place  # a record, though nobody knows whose
        return
    _build(value, (Place(source, number, one.start() + 1, number, one.end() + 1) for one in pieces), builder)
    if isinstance(builder.result, Fields):
        yield builder.result, builder.result.place
        return
    problems.append(Problem("json-syntax", "this line is not one record in braces", place, _EXAMPLE, anywhere=True))


class _WrongError(Exception):
    """What is wrong with the line, the way out, and from where to where; nothing for the whole line."""

    def __init__(self, message: str, way_out: str, span: tuple[int, int] | None = None) -> None:
        self.message, self.way_out, self.span = message, way_out, span


def _check(pieces: list[re.Match[str]]) -> None:
    """Find what can be named better than as a line that cannot be read, and brackets too deep for the parser."""
    depth, before = 0, ""
    for piece in pieces:
        text, span = piece[0], piece.span()
        if not depth and before in ("]", "}"):
            rest = span[0], len(piece.string.rstrip())
            raise _WrongError("something follows the closing bracket", "remove it; a line is one record", rest)
        depth, before = depth + (text in ("[", "{")) - (text in ("]", "}")), text
        if depth > DEPTH:
            message = f"there are lists within lists here, more than {DEPTH} deep"
            raise _WrongError(message, "remove the brackets that are too many", span)
        if text == '"':
            way_out = r"close it; write \" for a quote within the text, and \\ for a \ ".strip()
            raise _WrongError("a quote is opened here and never closed", way_out, span)
        if text[0] in "-+.0123456789" and not _BARE.fullmatch(text):
            way_out = f'put it in quotes, as it is to be printed: "{text}"'
            raise _WrongError(f"'{text}' is not a number of JSON", way_out, span)
        if text[0] not in '"[]{}' and not _BARE.fullmatch(text):
            raise _WrongError(f"'{text}' needs quotes", 'put each text and each name in double quotes (")', span)


def _parsed(line: str) -> Any:  # noqa: ANN401 - JSON may be anything
    """The line's value. What the parser says is left unread: its words and places change with its version."""
    try:
        return json.loads(line, strict=False, parse_float=str, parse_int=str, object_pairs_hook=_Object)
    except ValueError:
        message = "this line cannot be read: a comma, a colon or a bracket is missing, or is one too many"
        raise _WrongError(message, _EXAMPLE) from None


def _build(value: Any, places: Iterator[Place], builder: Builder) -> None:  # noqa: ANN401
    """Hand the value and what it holds to the builder, each with the next of the places."""
    place = next(places)
    if isinstance(value, list):
        is_mapping = isinstance(value, _Object)
        builder.start(place, is_mapping=is_mapping)
        for inner in chain.from_iterable(value) if is_mapping else value:
            _build(inner, places, builder)
        builder.end(next(places))
    else:
        builder.add(_text(value, place, builder.problems) if isinstance(value, str) else value, place)


def _text(value: str, place: Place, problems: list[Problem]) -> Text:
    """A text or a number, without signs that cannot be printed."""
    value = value.replace("\r\n", "\n")
    if found := UNPRINTABLE.search(value):
        message = f"a '\\' in these quotes makes a character that cannot be printed (U+{ord(found[0]):04X})"
        problems.append(Problem("control-character", message, place, "remove it", anywhere=True))
    return Text(trimmed(UNPRINTABLE.sub(" ", value)), place)
