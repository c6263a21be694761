"""Where the names and expressions of a template stand: the columns that Jinja does not keep."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lettergen.problems import Place, Related, Source

if TYPE_CHECKING:
    from types import FrameType

    from jinja2 import Environment, Template

REACH = 40  # lines that one tag may span


class Outline(NamedTuple):
    """Offsets into a template's text: of every name, and of every `{{ expression }}` in order."""

    names: dict[str, list[tuple[int, int]]]
    prints: list[tuple[int, int]]

    def name(self, source: Source, name: str, line: int) -> Place | None:
        """The first use of the name from the line on."""
        for start, end in self.names.get(name, ()):
            place = source.place(start, end)
            if line <= place.line <= line + REACH:
                return place
        return None

    def only(self, source: Source, line: int) -> Place | None:
        """The expression that the line prints, if it is but one."""
        places = [place for start, end in self.prints if (place := source.place(start, end)).line == line]
        return places[0] if len(places) == 1 else None


@lru_cache(maxsize=64)
def outline(environment: Environment, text: str) -> Outline:
    """The outline of a template's text."""
    names: dict[str, list[tuple[int, int]]] = {}
    prints, opened, position = [], 0, 0
    for _, kind, value in environment.lex(text):
        start = text.find(value, position)
        if start < 0:
            continue
        position = start + len(value)
        if kind in ("name", "string"):
            names.setdefault(value.strip("'\""), []).append((start, position))
        elif kind == "variable_begin":
            opened = position
        elif kind == "variable_end":
            prints.append(_stripped(text, opened, start))
    return Outline(names, prints)


def line_of(source: Source, line: int) -> Place:
    """The line without its indentation."""
    line = max(1, min(line, len(source.lines)))
    text = source.lines[line - 1]
    start = len(text) - len(text.lstrip()) + 1
    return Place(source, line, start, line, max(start, len(text.rstrip())) + 1)


def calling_templates() -> list[tuple[Template, int]]:
    """The templates that are being rendered right now and their lines, innermost first."""
    frames = []
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the documented way to the stack
    while frame is not None:
        frames.append((frame, frame.f_lineno))
        frame = frame.f_back
    return _templates(frames)


def failed_templates(error: BaseException) -> list[tuple[Template, int]]:
    """The templates that an exception came through and their lines, innermost first."""
    frames = []
    traceback = error.__traceback__
    while traceback is not None:
        frames.append((traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    return _templates(frames[::-1])


def chain(places: list[Place]) -> tuple[Related, ...]:
    """What led to the first place: the callers of a macro, the includers of a template."""
    return tuple(Related(place, "used from here") for place in places[1:])


def _templates(frames: list[tuple[FrameType, int]]) -> list[tuple[Template, int]]:
    found: list[tuple[Template, int]] = []
    for frame, line in frames:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            pair = (template, template.get_corresponding_lineno(line))
            if not found or found[-1] != pair:
                found.append(pair)
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip())
    return first, max(first, start + len(inner.rstrip()))
