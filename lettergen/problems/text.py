"""How a problem reads on a terminal: the shape that compilers have taught people."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from lettergen.problems.types import RECORD

if TYPE_CHECKING:
    from lettergen.problems.types import Place, Problem, Related

WIDTH = 100  # of an excerpt, in columns; a longer line is cut round the caret


def to_text(problem: Problem) -> str:
    """The problem as lines without a final line end: heading, place, excerpt, others, help."""
    margin = len(str(problem.place.line))
    lines = [f"{problem.severity}[{problem.code}]: {problem.message}"]
    lines.append(f"{' ' * margin}--> {problem.place}")
    lines += _excerpt(problem.place, margin)
    lines += [_related(related, problem, margin) for related in problem.related]
    if problem.others and not any(related.label == RECORD for related in problem.related):
        lines.append(f"{' ' * margin} = note: {problem.others}")
    if problem.help:
        lines.append(f"{' ' * margin} = help: {problem.help}")
    return "\n".join(lines)


def _related(related: Related, problem: Problem, margin: int) -> str:
    also = f", {problem.others}" if problem.others and related.label == RECORD else ""
    return f"{' ' * margin}--> {related.place}: {related.label}{also}"


def _excerpt(place: Place, margin: int) -> list[str]:
    if not place.line or place.line > len(place.source.lines):
        return []
    line = place.source.lines[place.line - 1]
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    shown, start, end = _window(line, place.column - 1, max(end, place.column))
    blank = f"{' ' * margin} |"
    caret = " " * columns(shown[:start]) + "^" * max(1, columns(shown[start:end]))
    return [blank, f"{place.line} | {shown}", f"{blank} {caret}"]


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of the line that is shown, and where the marked part stands in it."""
    if len(line) <= WIDTH:
        return _printable(line), start, min(end, max(len(line), start + 1))
    first = max(0, min(start - WIDTH // 3, len(line) - WIDTH))
    last = min(len(line), first + WIDTH)
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    shift = len(head) - first
    return head + _printable(line[first:last]) + tail, start + shift, min(end, last) + shift


def _printable(text: str) -> str:
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
