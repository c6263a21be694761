"""A letter's passages as the review page's book holds them: what letters share is written once."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import as_printed, one_line
from lettergen.pipeline.origins import marks_of
from lettergen.render.review.book import Slot, Written
from lettergen.render.review.marks import Marking
from lettergen.text import Uses, edge, marked_passage

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from lettergen.model import Mailing, Passage, Reading, Token
    from lettergen.pipeline.origins import Varying
    from lettergen.render.review.book import Book
    from lettergen.render.review.marks import Mark

_MOST = 20_000  # passages that are remembered


class Read(NamedTuple):
    """A letter by the numbers of its passages and own values, with the values' slots and lines."""

    passages: list[int]
    slots: list[Slot]
    values: list[int]
    lines: list[int]


class _Known(NamedTuple):
    """A passage that was written: its number, the tokens of its slots, and how often each note was used up to here.

    It `is_tagged` if a value of the letter's own is in a tag, and so in the HTML itself.
    """

    number: int | None
    slots: tuple[int, ...]
    uses: Uses
    is_tagged: bool


class Reader:
    """Reads letters into a book."""

    def __init__(self, book: Book, mailing: Mailing, varied: Varying) -> None:
        self.book, self.mailing, self.varied = book, mailing, varied
        self.known: dict[Hashable, _Known] = {}

    def read(self, readings: tuple[Reading, ...]) -> Read:
        """One letter."""
        read, uses = Read([], [], [], []), dict[tuple[str, str], int]()
        for reading in readings:
            marks = marks_of(reading, self.mailing.plans[reading.document], self.varied)
            for passage, own in zip(reading.passages, marks, strict=True):
                self._read(read, reading, passage, own, uses)
        return read

    def _read(self, read: Read, reading: Reading, passage: Passage, marks: list[Mark], uses: Uses) -> None:
        key = _key(reading, passage, marks, uses)
        known = self.known.get(key)
        if known:
            values = [_value(passage.tokens[number]) for number in known.slots]
            uses.update(known.uses)
        else:
            known, values = self._write(reading, passage, marks, uses)
            is_plain = values == [_value(passage.tokens[number]) for number in known.slots]
            if is_plain and not known.is_tagged and len(self.known) < _MOST:
                self.known[key] = known
        if known.number is not None:
            read.passages.append(known.number)
        for number, value in zip(known.slots, values, strict=True):
            mark, origin = marks[number], passage.tokens[number].origin
            read.slots.append(Slot(mark.name, "" if origin else mark.place))
            read.values.append(self.book.values.number(value))
            read.lines.append(origin.line if origin else 0)

    def _write(self, reading: Reading, passage: Passage, marks: list[Mark], uses: Uses) -> tuple[_Known, list[str]]:
        """The passage, and the HTML of its own values."""
        nodes = marked_passage(reading, passage, self.mailing.footnotes, uses, within_tags=True)
        writer = Marking(marks, [token.text for token in passage.tokens])
        html = writer.write(nodes)
        number = self.book.passages.number(Written(passage.part, reading.language, html)) if html else None
        slots = tuple(number for number, _ in writer.slots)
        is_tagged = any(marks[one].is_own for one in writer.tagged)
        return _Known(number, slots, dict(uses), is_tagged), [value for _, value in writer.slots]


def _key(reading: Reading, passage: Passage, marks: Sequence[Mark], uses: Uses) -> Hashable:
    """What the passage's HTML depends on: of a plain value of the letter's own, only what its neighbours see, and
    whether it has line breaks.
    """
    values = tuple(
        (edge(token.text, False), "\n" in token.text, mark.name)
        if mark.is_own and not token.is_markdown
        else (as_printed(token.text), mark)
        for token, mark in zip(passage.tokens, marks, strict=True)
    )
    has_notes = "[^" in passage.text or any(token.is_markdown for token in passage.tokens)
    return reading.language, passage.part, passage.text, values, tuple(uses.items()) if has_notes else None


def _value(token: Token) -> str:
    """A plain value where it stands in a sentence."""
    return escape(one_line(as_printed(token.text)), quote=False)
