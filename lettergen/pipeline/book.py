"""Letters -> the review page's book, and the wordings of their shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.origins import marks_of, own_fields
from lettergen.pipeline.passages import Reader
from lettergen.render.elements import HtmlWriter
from lettergen.render.review.book import Book, Row, Text
from lettergen.review.worded import Wording, wording
from lettergen.text import marked_passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lettergen.model import Mailing, Node, Passage, Reading
    from lettergen.pipeline.batch import Composed
    from lettergen.pipeline.origins import Varying
    from lettergen.render.review.marks import Mark
    from lettergen.review.shapes import Shape


class Known(NamedTuple):
    """What the page says of a letter besides its text."""

    problems: int
    pages: int | None
    files: tuple[str, ...]
    place: str


def book_of(
    mailing: Mailing,
    letters: Iterable[Composed],
    shapes: Sequence[Shape],
    known: Mapping[str, Known],
    varied: Varying,
) -> Book:
    """These letters, in the order of the records."""
    book = Book()
    reader, numbers = Reader(book, mailing, varied), dict[tuple[str, str], int]()
    shape_of = {identity: number for number, shape in enumerate(shapes) for identity in shape.ids if identity in known}
    for _, letter, readings in letters:
        for note in letter.notes:
            if (note.id, note.language) not in numbers:  # it says the same in every letter
                numbers[note.id, note.language] = book.notes.number(_note(note.language, note.nodes))
        notes = tuple(numbers[note.id, note.language] for note in letter.notes)
        read = reader.read(readings)
        text = book.texts.number(Text(tuple(read.passages), notes, tuple(read.slots)))
        values, lines = tuple(read.values), tuple(read.lines)
        book.rows.append(Row(letter.id, letter.name, shape_of[letter.id], text, values, lines, *known[letter.id]))
    return book


def wordings_of(mailing: Mailing, shapes: Sequence[Shape], varied: Varying) -> list[tuple[Wording, ...]]:
    """What each shape's first letter says, its own values aside."""
    return [tuple(_wordings(shape.readings, mailing, varied)) for shape in shapes]


def _wordings(readings: tuple[Reading, ...], mailing: Mailing, varied: Varying) -> Iterator[Wording]:
    for reading, passage, nodes, marks in _marked(readings, mailing, varied):
        said = wording(passage.part, reading.language, nodes, own_fields(reading, passage, marks, varied))
        if said.words:
            yield said


def _marked(
    readings: tuple[Reading, ...], mailing: Mailing, varied: Varying
) -> Iterator[tuple[Reading, Passage, tuple[Node, ...], list[Mark]]]:
    """Each passage of a letter with its nodes and its values' marks."""
    marks = (one for reading in readings for one in marks_of(reading, mailing.plans[reading.document], varied))
    marked = marked_passages(readings, mailing.footnotes)
    for (reading, passage, nodes), own in zip(marked, marks, strict=True):
        yield reading, passage, nodes, own


def _note(language: str, nodes: tuple[Node, ...]) -> str:
    html = HtmlWriter({}, lambda _: "").write(nodes)
    return f'<span lang="{language}">{html}</span>'
