"""What the parser would misread or choke on, found in the text itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.files import UNPRINTABLE
from lettergen.model import STANDARD_KEYS
from lettergen.problems import Place, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

DEPTH = 20  # a mail merge needs four levels
_WIDE = "\u00a0\u2000-\u200b\u202f\u3000"
_INDENT = rf"([ \t]*[\t{_WIDE}][ \t{_WIDE}]*)[^ \t{_WIDE}#]"
_MARK = re.compile(r"[&*!][^\s,\[\]{}]*")
JOINED = "this line is read as part of the text above it, because of the spaces before it"
NO_MERGE_FIELD = "text here cannot begin with '{{': data files hold no merge fields"
OUT_OF_DATA = "move the merge field to the template; or put the text in quotes, if the braces are to be printed"
JINJA = re.compile(r"\{[{%#].*?[}%#]\}|\{[{%#]")
_ITEM = re.compile(r"\s*-\s")
_FIELD = re.compile(rf"\s*(?:(?:{'|'.join(STANDARD_KEYS)}|sender):(?:\s|$)|[\w.-]+:\s*[|>][-+]?\s*$)")
_LONE_COMMENT = re.compile(r"[ \t]*(#[^\s#].*)")  # all there is behind a colon
_SWALLOWED = re.compile(r"[ \t]+(#[^\s#].*)")


def check_scalar(source: Source, text: str, event: yaml.ScalarEvent, place: Place) -> Iterator[Problem]:
    """Problems of one scalar: hidden characters, a comment that swallows text, a lone `~`."""
    if event.style == '"' and (found := UNPRINTABLE.search(event.value)):
        message = f"a '\\' in these double quotes makes a character that cannot be printed (U+{ord(found[0]):04X})"
        yield Problem("control-character", message, place, "put the text in single quotes (')", anywhere=True)
    yield from _joined(source, event, place)
    if event.style:
        return
    comment = swallowed(text, event)
    if comment:
        column = place.end_column + comment.start(1) - comment.start()
        yield Problem(
            "swallowed-comment",
            f"'{_short(comment[1])}' is taken for a comment: it would not be printed",
            Place(source, place.end_line, column, place.end_line, column + len(comment[1])),
            "put the whole text in quotes, or a space after '#' if it is a comment",
            anywhere=True,
        )
    if event.value == "~":
        way_out = "remove it if there is nothing to print, or put it in quotes"
        yield Problem("tilde", "'~' is printed as it stands", place, way_out, anywhere=True)


def _joined(source: Source, event: yaml.ScalarEvent, place: Place) -> Iterator[Problem]:
    """A field or an item that stands too far to the right, and so goes on with the text above it."""
    pattern = _FIELD if event.style in ("|", ">") else _ITEM if not event.style else None
    for number in range(place.line + 1, place.end_line + 1) if pattern else ():
        line = source.lines[number - 1]
        if pattern and pattern.match(line):
            start = len(line) - len(line.lstrip()) + 1
            way_out = "put as many spaces before it as before its fellows; if it is text, join it to the line above"
            where = Place(source, number, start, number, len(line.rstrip()) + 1)
            yield Problem("yaml-syntax", JOINED, where, way_out, anywhere=True)


def swallowed(text: str, event: yaml.ScalarEvent) -> re.Match[str] | None:
    """The comment behind a plain scalar, if it looks like a text that was meant to be printed."""
    pattern = _SWALLOWED if event.value else _LONE_COMMENT
    return pattern.match(text, event.end_mark.index if event.end_mark else 0)


def special_sign(source: Source, text: str, mark: yaml.Mark, code: str, sign: str) -> Problem:
    """A problem for the sign that stands at the beginning of a text."""
    from lettergen.yamlfile.slips import in_quotes  # only when something is wrong

    found = _MARK.match(text, max(text.find(sign, mark.index), mark.index))
    line, column = mark.line + 1, mark.column + 1
    place = Place(source, line, column, line, column + len(found[0] if found else sign))
    way_out = in_quotes(source.lines[mark.line][mark.column :])
    if code == "yaml-alias":
        way_out += "; what all records share goes into 'defaults'"
    return Problem(code, f"text cannot begin with '{sign}'", place, way_out, anywhere=True)


def too_deep(place: Place) -> Problem:
    """A problem for the list or mapping within more than DEPTH others."""
    message = f"there are lists within lists here, more than {DEPTH} deep"
    return Problem("too-deep", message, place, "remove the brackets or dashes that are too many", anywhere=True)


def check_indents(source: Source, text: str, first: int = 0) -> Iterator[Problem]:
    """A problem for each line that does not begin with ordinary blanks; `first` lines come before the text."""
    if not re.search(rf"[\t{_WIDE}]", text):
        return
    for number, line in enumerate(text.split("\n"), first + 1):
        found = re.match(_INDENT, line)
        if found:
            message = "this line begins with a tab or an unusual space"
            place = Place(source, number, 1, number, len(found[1]) + 1)
            yield Problem("tab-indent", message, place, "delete it, and type ordinary spaces", anywhere=True)


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
