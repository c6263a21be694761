"""`Source`, `Place` and `Problem`: plain frozen values."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lettergen.problems.codes import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RECORD = "the record"
AGAIN = "the same here"
TABLES, LINES = ("csv", "tsv", "txt", "xlsx", "ods"), ("jsonl", "ndjson")  # endings of files that are no YAML
NAMED = 3  # further places of a mistake that are named


@dataclass(frozen=True, eq=False)
class Source:
    """A file as it was read: its name within the project, its text with `\\n` line ends, and what
    stands before the name where the project is not this folder. Of a file that is too large to be
    kept, or is no text, there are `lines` alone.
    """

    name: str
    text: str = field(default="", repr=False)
    folder: str = ""

    @cached_property
    def lines(self) -> Sequence[str]:
        return self.text.split("\n")

    @property
    def is_kept(self) -> bool:
        """Whether its text is in memory."""
        return True

    @property
    def size(self) -> int:
        """How much of it there is, in characters or, if it is not kept, in bytes."""
        return len(self.text)

    def entry(self, key: str, value: str = "…") -> str:
        """How a field of a record is written in a file of this kind."""
        ending = self.name.rpartition(".")[2].casefold()
        if ending in TABLES:
            return f"'{value}' in the column '{key}'" if value != "…" else f"a text in the column '{key}'"
        return f'\'"{key}": "{value}"\'' if ending in LINES else f"'{key}: {value}'"

    def spot(self, line: int, column: int) -> tuple[int, int]:
        """The line and column as they are said to people."""
        return line, column

    def place(self, start: int, end: int) -> Place:
        """The place of the characters `start` to `end` (exclusive) of the text."""
        return Place(self, *self._position(start), *self._position(max(start, end)))

    def offset(self, line: int) -> int:
        """Where the line begins in the text."""
        return self._starts[line - 1]

    def whole(self) -> Place:
        """The file as such, where no line is to blame."""
        return Place(self, 0, 0, 0, 0)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return starts


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns count from 1; the end is exclusive. Line 0 stands for the whole file."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def file(self) -> str:
        return self.source.folder + self.source.name

    @property
    def order(self) -> tuple[str, int, int]:
        return self.file, self.line, self.column

    @property
    def spots(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Its two ends as they are said to people."""
        return self.source.spot(self.line, self.column), self.source.spot(self.end_line, self.end_column)

    @property
    def start(self) -> int:
        """Its offset in the file."""
        return self.source.offset(self.line) + self.column - 1

    @property
    def end(self) -> int:
        return self.source.offset(self.end_line) + self.end_column - 1

    @property
    def text(self) -> str:
        """What stands there, in one line."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        """What stands there, with its line ends."""
        lines = list(self.source.lines[self.line - 1 : self.end_line])
        lines[-1:] = [line[: self.end_column - 1] for line in lines[-1:]]
        lines[:1] = [line[self.column - 1 :] for line in lines[:1]]
        return "\n".join(lines)

    def part(self, start: int, end: int) -> Place:
        """The place of the characters `start` to `end` (exclusive) of what stands there."""
        return Place(self.source, *self._position(start), *self._position(end))

    def _position(self, offset: int) -> tuple[int, int]:
        head = self.raw[:offset]
        line, lacking = self.line + head.count("\n"), head.rfind("\n") + 1
        return line, offset - lacking + 1 + (self.column - 1 if line == self.line else 0)

    def overlaps(self, other: Place) -> bool:
        """Whether the two have a character in common."""
        start, end = (self.line, self.column), (self.end_line, self.end_column)
        others, ends = (other.line, other.column), (other.end_line, other.end_column)
        return self.file == other.file and (start == others or (start < ends and others < end))

    def __str__(self) -> str:
        line, column = self.source.spot(self.line, self.column)
        return f"{self.file}:{line}:{column}" if line else self.file


class Related(NamedTuple):
    """Another place that has to do with a problem, and what it is."""

    place: Place
    label: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong. `subject` is what the message is about, whichever record showed it:
    problems of one code, place and subject are one problem with `more` records behind it. In data,
    where each record has a line of its own, the place does not tell them apart (`anywhere`).
    """

    code: str
    message: str
    place: Place
    help: str = ""
    related: tuple[Related, ...] = ()
    subject: str = ""
    more: int = 0
    anywhere: bool = False

    @property
    def severity(self) -> str:
        """`error` or `warning`; a code that nobody registered is a KeyError."""
        return SEVERITIES[self.code]

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two problems one, whichever records they were found in."""
        place = self.place.file if self.anywhere else self.place.order
        return self.code, place, self.subject or self.message

    @property
    def others(self) -> str:
        """`and 3 more records`: what has the same mistake and is not named; empty if nothing has."""
        labels = [related.label for related in self.related]
        count = self.more - labels.count(AGAIN)
        noun = "place" if AGAIN in labels else "record"
        return f"and {count:,} more {noun}{'s' * (count > 1)}" if count else ""

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


def once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, each place's but once: for what is looked at in more than one way."""
    return list({(problem.identity, problem.place.order): problem for problem in problems}.values())


def merge_alike(problems: Iterable[Problem]) -> list[Problem]:
    """The problems sorted by place, those that differ only in the record joined to one."""
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.place.order):
        alike.setdefault(problem.identity, []).append(problem)
    return [_joined(*group) for group in alike.values()]


def _joined(first: Problem, *others: Problem) -> Problem:
    elsewhere = {other.place.order: other.place for other in others if other.place.order != first.place.order}
    named = (Related(place, AGAIN) for place in islice(elsewhere.values(), NAMED))
    return replace(first, related=(*first.related, *named), more=first.more + len(others))
