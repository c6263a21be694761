"""Slips of the pen that a line shows by itself: a dash or a colon that is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.yamlfile.complaint import LONGEST, indent, is_named, name_column

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = "\u00a0\u2000-\u200b\u202f\u3000"  # other than the ordinary one
_ALL_BLANKS = "\u00a0\u2002\u2003\u2009\u200b\u202f\u3000"
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
    value = value.strip(f" \t{_ALL_BLANKS}")
    return f"write '{name}: {value if len(value) <= LONGEST else '…'}'"
