"""Where a main document's front matter ends and its template begins."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.problems import Source

_FENCE = re.compile(r"---[ \t]*$")
_NEARLY = re.compile(r"[ \t]*(?:-{2,}|[–—―]+-*)[ \t]*$")  # a word processor makes one dash of hyphens


def split_front_matter(source: Source) -> tuple[str | None, str, list[Problem]]:
    """The settings' YAML and the template, each with blanks in place of the other."""
    lines = source.lines
    first = _first(lines)
    end = None if first is None else _next(lines, first, _FENCE) or _next(lines, first, _NEARLY)
    if first is None or (end is None and not _FENCE.match(lines[first])):
        return None, source.text, []
    if end is None:
        way_out = "close it with another line '---'"
        return None, "", [_problem(source, first, "the front matter that begins here does not end", way_out)]
    yaml_text = "\n" * (first + 1) + "\n".join(lines[first + 1 : end])
    # Blanks, so that lines, columns and offsets stay those of the file.
    template = "\n".join([*(" " * len(line) for line in lines[: end + 1]), *lines[end + 1 :]])
    return yaml_text, template, _wrong_fences(source, first, end)


def fence(source: Source) -> Place:
    """The line that begins the front matter; the file's first where there is none."""
    number = _first(source.lines) or 0
    return Place(source, number + 1, 1, number + 1, len(source.lines[number]) + 1)


def _first(lines: Sequence[str]) -> int | None:
    """The line that begins the front matter: the first one that is not blank, if it looks like that."""
    number = next((number for number, line in enumerate(lines) if line.strip()), None)
    return number if number is not None and _NEARLY.match(lines[number]) else None


def _next(lines: Sequence[str], first: int, pattern: re.Pattern[str]) -> int | None:
    return next((number for number in range(first + 1, len(lines)) if pattern.match(lines[number])), None)


def _wrong_fences(source: Source, first: int, end: int) -> list[Problem]:
    """What keeps these lines from being those that stand round a front matter."""
    problems = []
    if first:
        message = "there is an empty line before '---', which has to be the first line of the file"
        problems.append(_problem(source, 0, message, "remove the empty line"))
    for number in (first, end):
        if not _FENCE.match(source.lines[number]):
            message = "this line should be three hyphens, and nothing else"
            problems.append(replace(_problem(source, number, message, "write '---'"), anywhere=True))
    return problems


def _problem(source: Source, number: int, message: str, way_out: str) -> Problem:
    place = Place(source, number + 1, 1, number + 1, len(source.lines[number]) + 1)
    return Problem("no-front-matter", message, place, way_out)
