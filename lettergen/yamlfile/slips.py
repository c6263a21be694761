"""What a line shows by itself: where its name begins, and a dash or a colon that is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = "\u00a0\u2000-\u200b\u202f\u3000"  # other than the ordinary one
_PREFIX = re.compile(r"[ \t]*(?:-[ \t]+)*")
_COLON = re.compile(r":(?=[ \t]|$)")
LONGEST = 60  # of a text that a way out shows
_NAME = r"[^\W\d][\w -]{0,30}?"


class Slip(NamedTuple):
    """Something typed wrongly: from where to where in its line, what it is, and the way out."""

    start: int
    end: int
    message: str
    help: str


def slip(line: str) -> Slip | None:
    """What is wrong with the dash or the colon of a line; None if nothing meets the eye."""
    return next((found for found in _slips(line) if found), None)


def _slips(line: str) -> Iterator[Slip | None]:
    yield _dash(line)
    if not is_named(line):
        yield _colon(line)


def _dash(line: str) -> Slip | None:
    start = indent(line)
    if found := re.match(r"[–—‒―−‐‑•·*](?=\s)", line[start:]):
        return Slip(
            start, start + 1, f"'{found[0]}' is not a hyphen; type '-'", "begin the line with a hyphen and a space"
        )
    if found := re.match(r"-{2,}(?=[ \w])", line[start:]):
        message = f"'{found[0]}' cannot begin a record or an item; type one '-'"
        return Slip(start, start + len(found[0]), message, "begin the line with one hyphen and a space")
    if re.match(r"-[^\W\d]", line[start:]):
        rest = line[start + 1 :].strip()
        way_out = f"write '- {rest}'" if len(rest) <= LONGEST else "type a space after it"
        return Slip(start, start + 1, "a space is missing after this '-'", way_out)
    return None


def _colon(line: str) -> Slip | None:
    start = name_column(line)
    rest = line[start:]
    if found := re.match(rf"({_NAME})[ ]?([：∶﹕;=])", rest):
        return Slip(
            start + found.start(2),
            start + found.end(),
            f"'{found[2]}' is not a colon; type ':'",
            _as_field(found[1], rest[found.end() :]),
        )
    if found := re.match(rf"({_NAME}):([{_BLANKS}]+)", rest):
        message = "this is not an ordinary space (it was copied from a web page or a Word document)"
        return Slip(start + found.start(2), start + found.end(), message, "delete it, and type a space")
    if found := re.match(rf"({_NAME}):(?=[^\s/])(?!(?<=\d:)\d)", rest):
        message = "a space is missing after this colon"
        return Slip(start + found.end() - 1, start + found.end(), message, _as_field(found[1], rest[found.end() :]))
    return None


def _as_field(name: str, value: str) -> str:
    value = value.strip().strip("\u200b")
    return f"write '{name}: {value if len(value) <= LONGEST else '…'}'"


def indent(line: str) -> int:
    """How many blanks the line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def name_column(line: str) -> int:
    """Where the name begins in a line such as `  - name: Ada`."""
    found = _PREFIX.match(line)
    return found.end() if found else 0


def is_named(line: str) -> bool:
    """Whether the line has a name with its colon."""
    return _COLON.search(line, name_column(line)) is not None


def has_value(line: str) -> bool:
    """Whether something stands behind the name's colon."""
    found = _COLON.search(line)
    return found is not None and line[found.end() :].strip() != ""


def in_quotes(text: str, way_out: str = "put the whole text in quotes") -> str:
    """The way out with the text as it is to be typed, if that can be told and is short."""
    text = text.strip()
    if not text or len(text) > LONGEST or re.search(r"[\[\]{}]|\s#", text):
        return way_out
    doubled = text.replace("'", "''")
    return f"{way_out}: '{doubled}'"
