"""Where the parser gave up, and the lines round that place.

What kind of mistake it is follows from the place and the text alone: the parser's words change with its version.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.problems import Place, Problem, Related, Source

if TYPE_CHECKING:
    import yaml

    from lettergen.yamlfile.building import Open

Spot = tuple[int, int]  # line and column, from 0
_PREFIX = re.compile(r"[ \t]*(?:-[ \t]+)*")
_COLON = re.compile(r":(?=[ \t]|$)")
LONGEST = 60  # of a text that a way out shows


class Complaint(NamedTuple):
    """Where the parser is, where the thing began that it was reading, what is still open, and the last value read."""

    source: Source
    lines: list[str]
    error: yaml.YAMLError
    at: Spot
    began: Spot | None
    stack: list[Open]
    last: Place | None

    def problem(
        self, spot: Spot, end: int, message: str, way_out: str, code: str = "yaml-syntax", *related: Related
    ) -> Problem:
        """A problem from the spot to the column `end` of its line."""
        line, column = spot
        place = Place(self.source, line + 1, column + 1, line + 1, max(end, column) + 1)
        return Problem(code, message, place, way_out, related)

    def rest(self, spot: Spot | None) -> str:
        """The line from the spot on."""
        return self.lines[spot[0]][spot[1] :] if spot else ""

    @property
    def is_flow(self) -> bool:
        """Whether a bracket is open."""
        return bool(self.stack) and self.stack[-1].is_flow

    @property
    def is_list(self) -> bool:
        """Whether the thing that began is a list whose items begin with dashes."""
        return re.match(r"-(\s|$)", self.rest(self.began)) is not None

    @property
    def read(self) -> str:
        """The text from where the thing began to where the parser is."""
        (first, start), (last, end) = self.began or self.at, self.at
        return "\n".join([*self.lines[first:last], self.lines[last][:end]])[start:]

    def above(self, number: int) -> int | None:
        """The line above that holds something."""
        filled = (index for index in range(number - 1, -1, -1) if self.lines[index].strip())
        return next((index for index in filled if not self.lines[index].lstrip().startswith("#")), None)


def read_complaint(
    source: Source, text: str, error: yaml.YAMLError, last: Place | None, stack: list[Open]
) -> Complaint:
    """Where the parser stopped; its marks may lie behind the last character."""
    lines = [*text.removesuffix("\n").split("\n"), ""]  # an end without a line break is no other end
    marks = (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    at, began = (_spot(lines, mark.line, mark.column) if mark else None for mark in marks)
    return Complaint(source, lines, error, at or began or (0, 0), began, stack, last)


def _spot(lines: list[str], line: int, column: int) -> Spot:
    line = min(line, len(lines) - 1)
    return line, min(column, len(lines[line]))


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
