"""What the review page shows, before it is HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.render.review.book import Book


class Word(NamedTuple):
    """A word, or what stands there instead: a value, a note or a link's address (`kind`), by its name."""

    text: str
    kind: str
    name: str


class Words(NamedTuple):
    """Words in a row: `same`, `del`, `ins` or `gap`, and the blank behind them."""

    kind: str
    words: tuple[Word, ...]
    blank: str


class Condition(NamedTuple):
    """A tag of the template that is behind a wording, taken or not."""

    words: str
    place: str
    is_taken: bool


class Passage(NamedTuple):
    """A passage that reads otherwise: in which letters, and why."""

    language: str
    runs: tuple[Words, ...]
    conditions: tuple[Condition, ...]
    ids: tuple[str, ...]


class Shape(NamedTuple):
    """Letters that differ in values only, and the passages in which they differ from the shape `base`: the first of
    the same text. `text` names that text.
    """

    name: str
    base: str
    text: str
    variants: tuple[str, ...]
    ids: tuple[str, ...]
    passages: tuple[Passage, ...]


class Taken(NamedTuple):
    """A variant or a tag of the templates: how many letters take it, and which shapes."""

    words: str
    place: str
    description: str
    letters: int
    shapes: tuple[str, ...]


class Finding(NamedTuple):
    """A problem as the page shows it."""

    severity: str
    code: str
    message: str
    place: str
    others: str
    help: str


class Counts(NamedTuple):
    """How many letters there are, how many of them have a PDF, and the pages of those."""

    letters: int = 0
    with_pdf: int = 0
    pages: int = 0


class Review(NamedTuple):
    """All that the page says; `compared` letters are of shapes that were; `pictures` are first pages by id.

    Of very many letters the book has but some.
    """

    about: tuple[str, ...]
    records: str
    counts: Counts
    book: Book
    shapes: tuple[Shape, ...]
    rare: tuple[Passage, ...]
    compared: int
    variants: tuple[Taken, ...]
    arms: tuple[Taken, ...]
    same: tuple[str, ...]
    findings: tuple[Finding, ...]
    pictures: Mapping[str, str]
