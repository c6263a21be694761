"""What the parser would misread or choke on, found in the text itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.files import UNPRINTABLE
from lettergen.problems import Place, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

_INDENT = re.compile(r"^[ \t]*[\t\u00a0\u2000-\u200b\u202f\u3000][ \t\u00a0\u2000-\u200b\u202f\u3000]*", re.MULTILINE)
_LONE_COMMENT = re.compile(r"[ \t]*(#[^\s#].*)")  # all there is behind a colon
_SWALLOWED = re.compile(r"[ \t]+(#[^\s#].*)")


def check_scalar(source: Source, text: str, event: yaml.ScalarEvent, place: Place) -> Iterator[Problem]:
    """Problems of one scalar: hidden characters, a comment that swallows text, a lone `~`."""
    if event.style == '"' and (found := UNPRINTABLE.search(event.value)):
        message = f"the character U+{ord(found[0]):04X} cannot be printed"
        yield Problem("control-character", message, place, "remove it", anywhere=True)
    if event.style:
        return
    end = event.end_mark.index if event.end_mark else 0
    swallowed = (_SWALLOWED if event.value else _LONE_COMMENT).match(text, end)
    if swallowed:
        column = place.end_column + swallowed.start(1) - end
        yield Problem(
            "swallowed-comment",
            f"YAML takes '{_short(swallowed[1])}' for a comment: it would not be printed",
            Place(source, place.end_line, column, place.end_line, column + len(swallowed[1])),
            "put the whole text in quotes, or a space after '#' if it is a comment",
            anywhere=True,
        )
    if event.value == "~":
        way_out = "leave the value away if there is none"
        yield Problem("tilde", "'~' is printed as it stands", place, way_out, anywhere=True)


def check_indents(source: Source, text: str) -> Iterator[Problem]:
    for found in _INDENT.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        rest = text[found.end() : found.end() + 1]
        if rest in ("", "\n", "#"):
            continue
        yield Problem(
            "tab-indent",
            "this line is indented with a tab or an unusual space",
            Place(source, line, 1, line, len(found[0]) + 1),
            "indent with ordinary spaces",
            anywhere=True,
        )


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
