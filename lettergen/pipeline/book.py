"""Letters -> the review page's book, and the wordings of their shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.origins import marks_of, own_fields, varying
from lettergen.render.elements import HtmlWriter
from lettergen.render.review.book import Book, Row, Slot, Text, Written
from lettergen.render.review.marks import Marking
from lettergen.review.shapes import letters_of
from lettergen.review.worded import Wording, wording
from lettergen.text import marked_passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.model import Letter, Mailing, Node, Passage, Reading
    from lettergen.pipeline.origins import Varying
    from lettergen.render.review.marks import Mark
    from lettergen.review.shapes import Shape


class Known(NamedTuple):
    """What the page says of a letter besides its text."""

    problems: int
    pages: int | None
    files: tuple[str, ...]


def book_of(mailing: Mailing, letters: Sequence[Letter], shapes: Sequence[Shape], known: Mapping[str, Known]) -> Book:
    """Every letter, in the order of the records."""
    book, varied = Book(), varying(mailing)
    shape_of = {identity: number for number, shape in enumerate(shapes) for identity in shape.ids}
    by_id = {readings[0].recipient.id: readings for readings in letters_of(mailing.readings)}
    for letter in letters:
        notes = tuple(book.notes.number(_note(note.language, note.nodes)) for note in letter.notes)
        read = _read(book, _marked(by_id[letter.id], mailing, varied, within_tags=True))
        text = book.texts.number(Text(tuple(read.passages), notes, tuple(read.slots)))
        values, lines = tuple(read.values), tuple(read.lines)
        book.rows.append(Row(letter.id, letter.name, shape_of[letter.id], text, values, lines, *known[letter.id]))
    return book


def wordings_of(mailing: Mailing, shapes: Sequence[Shape]) -> list[tuple[Wording, ...]]:
    """What each shape's first letter says, its own values aside."""
    varied = varying(mailing)
    return [tuple(_wordings(shape.readings, mailing, varied)) for shape in shapes]


def _wordings(readings: tuple[Reading, ...], mailing: Mailing, varied: Varying) -> Iterator[Wording]:
    for reading, passage, nodes, marks in _marked(readings, mailing, varied):
        said = wording(passage.part, reading.language, nodes, own_fields(reading, passage, marks, varied))
        if said.words:
            yield said


def _marked(
    readings: tuple[Reading, ...], mailing: Mailing, varied: Varying, *, within_tags: bool = False
) -> Iterator[tuple[Reading, Passage, tuple[Node, ...], list[Mark]]]:
    """Each passage of a letter with its nodes and its values' marks; those `within_tags` are for the book only."""
    marks = (one for reading in readings for one in marks_of(reading, mailing.plans[reading.document], varied))
    marked = marked_passages(readings, mailing.footnotes, within_tags=within_tags)
    for (reading, passage, nodes), own in zip(marked, marks, strict=True):
        yield reading, passage, nodes, own


class _Read(NamedTuple):
    """A letter by the numbers of its passages and own values, with the values' slots and lines."""

    passages: list[int]
    slots: list[Slot]
    values: list[int]
    lines: list[int]


def _read(book: Book, marked: Iterator[tuple[Reading, Passage, tuple[Node, ...], list[Mark]]]) -> _Read:
    read = _Read([], [], [], [])
    for reading, passage, nodes, marks in marked:
        writer = Marking(marks, [token.text for token in passage.tokens])
        html = writer.write(nodes)
        if html:
            read.passages.append(book.passages.number(Written(passage.part, reading.language, html)))
        for number, value in writer.slots:
            mark, origin = marks[number], passage.tokens[number].origin
            read.slots.append(Slot(mark.name, "" if origin else mark.place))
            read.values.append(book.values.number(value))
            read.lines.append(origin.line if origin else 0)
    return read


def _note(language: str, nodes: tuple[Node, ...]) -> str:
    html = HtmlWriter({}, lambda _: "").write(nodes)
    return f'<span lang="{language}">{html}</span>'
