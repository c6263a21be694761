"""What the PDF is set from: the letter's HTML for paper."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Note, Reference, words
from lettergen.render.elements import HtmlWriter, document, part_divs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model import Letter


class Paper(NamedTuple):
    """What a PDF is set from, and how many notes it must hold."""

    html: str
    notes: int


def to_paper(letter: Letter, images: Mapping[str, str]) -> Paper:
    """What the PDF is set from: each note stands inside the text, behind its first reference."""
    notes = {note.number: note for note in letter.notes}
    writer = HtmlWriter(images, lambda reference: _paper_reference(reference, notes, writer))
    parts = "\n".join(part_divs(letter, writer, lambda part: _strings(letter, part.language)))
    head = ['<meta charset="utf-8">', f"<title>{escape(letter.title)}</title>"]
    html = document(letter, head, ['<article class="letter">', parts, "</article>"])
    return Paper(html, len(letter.notes))


def _strings(letter: Letter, language: str) -> str:
    """What the pages say from a part on, as its attributes; each page would begin anew with the article's."""
    (page, of), day = words(language).page, letter.long_dates.get(language, letter.long_date)
    strings = {"to": letter.name, "date": day, "page": f"{page} ", "of": f" {of} "}
    return "".join(f' data-{name}="{escape(value)}"' for name, value in strings.items())


def _paper_reference(reference: Reference, notes: Mapping[int, Note], writer: HtmlWriter) -> str:
    number, ordinal = reference.number, reference.ordinal
    call = f'<a class="reference" id="ref-{number}-{ordinal}" href="#note-{number}">{number}</a>'
    if ordinal > 1 or number not in notes:
        return call
    back = f'<a class="number" href="#ref-{number}-1">{number}</a>'
    return f'{call}<span class="note" id="note-{number}">{back} {writer.write(notes[number].nodes)}</span>'
