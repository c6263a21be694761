"""The parser's complaints in the words of somebody who has never heard of YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem, Source

if TYPE_CHECKING:
    import yaml

_COLON = (
    "there is a second ': ' in this line, or the line is not indented like the one above",
    "put the text in quotes if it contains ': '",
)
_SPECIAL = ("a value is missing or begins with a special sign", "put the text in quotes")
# What the parser's message contains -> what we say, and the way out.
_WORDS = {
    "mapping values are not allowed": _COLON,
    "expected alphabetic or numeric": (
        "a text cannot begin with '*' or '&' here",
        "put the text in quotes",
    ),
    "expected the node content": _SPECIAL,
    "expected node content": _SPECIAL,
    "comment or line break": ("a text cannot begin with '|' or '>' here", "put the text in quotes"),
    "<document start>": (
        "this does not belong to what stands above",
        "indent it like the lines of its level, or put the text above in quotes",
    ),
    "unexpected end of stream": ("a quote is opened here and never closed", "close it, or put the other kind round it"),
    "unknown escape": ("a '\\' in double quotes has a meaning of its own", "use single quotes"),
    "expected <block end>": ("this line does not fit those above", "indent it like the lines of the same level"),
    "expected '-' indicator": (
        "this line is not part of the list above",
        "begin it with '- ', or indent it like the lines of the same record",
    ),
    "did not find expected key": (
        "this does not belong to the text before it",
        "double an apostrophe in single quotes ('it''s'), or indent the line like those of its level",
    ),
    "expected ',' or": ("a bracket is opened here and never closed", "close it, or put the text in quotes"),
    "block sequence entries are not allowed": (
        "a list cannot begin in this line",
        "begin it in the next line, or put the text in quotes",
    ),
    "could not find expected ':'": (
        "there is no colon behind this name",
        "write 'name: value', or indent the line if it goes on with the text above",
    ),
}


def explain(source: Source, text: str, error: yaml.YAMLError) -> Problem:
    """One problem for the place where the parser gave up."""
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    place = _place(source, text, error, said)
    message, way_out = next((words for sign, words in _WORDS.items() if sign in said), ("", ""))
    if _is_colon(text, error):
        message, way_out = _COLON
    if not message:
        line = text.split("\n")[place.line - 1] if place.line else ""
        sign = line[place.column - 1 : place.column]
        message, way_out = f"a text cannot begin with '{sign}' here", "put the text in quotes"
        if "start any token" not in said:
            message, way_out = f"this cannot be read: {getattr(error, 'problem', error)}", "put the text in quotes"
        elif sign == "\t":
            message, way_out = "there is a tab here", "use ordinary spaces"
    return Problem("yaml-syntax", message, place, way_out)


def _is_colon(text: str, error: yaml.YAMLError) -> bool:
    """Whether the parser gave up at a colon, whatever it says."""
    mark = getattr(error, "problem_mark", None)
    return mark is not None and text[mark.index : mark.index + 2] == ": "


def _place(source: Source, text: str, error: yaml.YAMLError, said: str) -> Place:
    """Where the parser stopped, or where the thing began whose end is missing."""
    opened = not _is_colon(text, error) and any(
        sign in said for sign in ("end of stream", "expected ','", "alias", "anchor")
    )
    mark = getattr(error, "context_mark", None) if opened else None
    mark = mark or getattr(error, "problem_mark", None)
    if mark is None:
        return source.whole()
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1)
    column = min(mark.column, len(lines[line])) + 1
    return Place(source, line + 1, column, line + 1, column + 1)
