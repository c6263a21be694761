"""What the PDF is set from: the letter's HTML for paper."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Note, Reference, words
from lettergen.render.elements import HtmlWriter, document, part_div

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model import Fit, Letter, Part


class Paper(NamedTuple):
    """What a PDF is set from, and how many notes it must hold."""

    html: str
    notes: int


def to_paper(letter: Letter, images: Mapping[str, str]) -> Paper:
    """What the PDF is set from: each note stands inside the text, behind its first reference."""
    said = words(letter.language)
    notes = {note.number: note for note in letter.notes}
    writer = HtmlWriter(images, lambda reference: _paper_reference(reference, notes, writer))
    strings = {"to": letter.name, "date": letter.long_date, "page": f"{said.page[0]} ", "of": f" {said.page[1]} "}
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in strings.items())
    parts = "\n".join(_part(part, letter.return_line, writer) for part in letter.parts)
    head = ['<meta charset="utf-8">', f"<title>{escape(letter.title)}</title>"]
    html = document(letter, head, [f'<article class="letter" {data}{_fit(letter.fit)}>', parts, "</article>"])
    return Paper(html, len(letter.notes))


def _part(part: Part, return_line: str, writer: HtmlWriter) -> str:
    """The part, the return line before the address."""
    html = part_div(part, writer)
    above = return_line if part.name == "inside_address" else ""
    return f'<p class="return_line">{escape(above)}</p>\n{html}' if above else html


def _fit(fit: Fit | None) -> str:
    """For the preset's stylesheet: how the address stands in the window."""
    if fit is None:
        return ""
    lengths = {"top": f"{fit.top:.2f}mm", "size": f"{fit.size}pt", "pitch": f"{fit.pitch:.2f}mm"}
    return ' style="' + "; ".join(f"--address-{name}: {length}" for name, length in lengths.items()) + '"'


def _paper_reference(reference: Reference, notes: Mapping[int, Note], writer: HtmlWriter) -> str:
    number, ordinal = reference.number, reference.ordinal
    call = f'<a class="reference" id="ref-{number}-{ordinal}" href="#note-{number}">{number}</a>'
    if ordinal > 1 or number not in notes:
        return call
    back = f'<a class="number" href="#ref-{number}-1">{number}</a>'
    return f'{call}<span class="note" id="note-{number}">{back} {writer.write(notes[number].nodes)}</span>'
