"""All letters of a mailing as the page holds them: whatever several of them share stands there but once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Table(Generic[T]):
    """Values by the order in which they were first met."""

    def __init__(self) -> None:
        self.numbers: dict[T, int] = {}

    def number(self, value: T) -> int:
        """The value's number."""
        return self.numbers.setdefault(value, len(self.numbers))

    @property
    def values(self) -> tuple[T, ...]:
        return tuple(self.numbers)


class Written(NamedTuple):
    """A passage as HTML with empty slots for the values that are a letter's own."""

    part: str
    language: str
    html: str


class Slot(NamedTuple):
    """The name of a value's field; of a computed one its expression, with where it is printed."""

    name: str
    printed: str = ""


class Text(NamedTuple):
    """What letters of one text have in common: the numbers of their passages and notes, and their slots."""

    passages: tuple[int, ...]
    notes: tuple[int, ...]
    slots: tuple[Slot, ...]


class Row(NamedTuple):
    """A letter: its shape and text by their numbers, its values by theirs, each with its line in the records.

    `place` is the folder that its files are in, with a slash; nothing if they are beside the page.
    """

    id: str
    name: str
    shape: int
    text: int
    values: tuple[int, ...]
    lines: tuple[int, ...]
    problems: int
    pages: int | None
    files: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Book:
    """All letters, in the order of the records."""

    passages: Table[Written] = field(default_factory=Table)
    notes: Table[str] = field(default_factory=Table)
    texts: Table[Text] = field(default_factory=Table)
    values: Table[str] = field(default_factory=Table)
    rows: list[Row] = field(default_factory=list)
