"""What the PDF is set from: the letter's HTML for paper."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import EDITIONS, Element, Note, Reference, words
from lettergen.render.elements import HtmlWriter, document, part_divs, unsaid
from lettergen.render.headings import structured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.model import Edition, Fit, Letter, Part

# The hyphens that the fonts do not have; a word joiner keeps what stands round the second kind together.
_HYPHENS = {0x2010: "-", 0x2011: "\u2060-\u2060"}


class Paper(NamedTuple):
    """What a PDF is set from: the anchors of each note and of its first reference, and what is said of a link
    by its target.
    """

    html: str
    notes: tuple[tuple[str, str], ...]
    descriptions: Mapping[str, str]


class Volume(NamedTuple):
    """The papers of one PDF, a bookmark for each, and what the PDF says of itself."""

    papers: Sequence[Paper]
    bookmarks: Sequence[str]
    title: str
    language: str


def to_paper(letter: Letter, images: Mapping[str, str], edition: Edition = EDITIONS["standard"]) -> Paper:
    """The paper: each note stands inside the text, behind its first reference."""
    writer = _Writer(letter, images, edition)
    sound = letter._replace(parts=structured(letter.parts, top=1))
    parts = "\n".join(part_divs(sound, lambda _: writer.html, lambda part, first: _before(letter, part, first)))
    head = ['<meta charset="utf-8">', f"<title>{escape(letter.title)}</title>"]
    opening = f'<article class="letter" lang="{escape(letter.language)}"{_fit(letter.fit)}>'  # a print job has many
    html = document(letter, head, [opening, parts, "</article>"])
    notes = tuple((writer.note(note.number), writer.reference(note.number, 1)) for note in letter.notes)
    return Paper(html.translate(_HYPHENS), notes, dict(writer.descriptions(letter)))


def _before(letter: Letter, part: Part, is_first: bool) -> str:
    """The strings of the pages from here on, and the return line above the address."""
    pieces = []
    if is_first:
        second = " second" if part.language != letter.language else ""
        pieces.append(f'<div class="half{second}"{_strings(letter, part.language)}></div>\n')
    if part.name == "inside_address" and letter.return_line:
        pieces.append(f'<p class="return_line">{escape(letter.return_line)}</p>\n')
    return "".join(pieces)


def _strings(letter: Letter, language: str) -> str:
    """What the pages say in one language, as attributes; each page would begin anew with the article's."""
    (page, of), day = words(language).page.split(), letter.long_dates.get(language, letter.long_date)
    strings = {"to": letter.name, "date": day, "page": f"{page} ", "of": f" {of} "}
    return "".join(f' data-{name}="{escape(value)}"' for name, value in strings.items())


def _fit(fit: Fit | None) -> str:
    """For the preset's stylesheet: how the address stands in the window."""
    if fit is None:
        return ""
    lengths = {"top": f"{fit.top:.2f}mm", "size": f"{fit.size}pt", "pitch": f"{fit.pitch:.2f}mm"}
    return ' style="' + "; ".join(f"--address-{name}: {length}" for name, length in lengths.items()) + '"'


class _PaperWriter(HtmlWriter):
    """What the engine does not do by itself: it begins each list at 1, and tags a `span` but no `sup`."""

    comma = '<span class="comma">,</span>'

    def _attributes(self, element: Element) -> str:
        first = element.get("start")
        counter = f' style="counter-reset: list-item {int(first) - 1}"' if first else ""
        return super()._attributes(element) + counter


class _Spelling(_PaperWriter):
    """Spells out the address of each link that is not its own words: who reads on paper cannot click."""

    def framed(self, element: Element, html: str) -> str:
        """The element; behind a link, its address."""
        address = unsaid(element)
        return f'{html} <span class="address">&lt;{escape(address)}&gt;</span>' if address else html


class _Writer:
    """References with their notes; the anchors of each letter are its own, so that many can share a file."""

    def __init__(self, letter: Letter, images: Mapping[str, str], edition: Edition) -> None:
        self.id, self.notes = letter.id, {note.number: note for note in letter.notes}
        self.html = _PaperWriter(images, self._call)
        self.in_notes = _Spelling(images, self._call) if edition.link_addresses else self.html

    def note(self, number: int) -> str:
        """The anchor of a note."""
        return f"{self.id}.note-{number}"

    def reference(self, number: int, ordinal: int) -> str:
        """The anchor of a reference."""
        return f"{self.id}.ref-{number}-{ordinal}"

    def descriptions(self, letter: Letter) -> Iterator[tuple[str, str]]:
        """What is said of each link between the text and a note, in the language of the note."""
        for note in letter.notes:
            said = words(note.language)
            yield self.note(note.number), f"{said.note} {note.number}"
            yield self.reference(note.number, 1), f"{said.back} ({said.note} {note.number})"

    def _call(self, reference: Reference) -> str:
        number, anchor = reference.number, self.reference(reference.number, reference.ordinal)
        call = f'<a class="reference" id="{anchor}" href="#{self.note(number)}">{number}</a>'
        if reference.ordinal > 1 or number not in self.notes:
            return call
        return call + self._note(self.notes[number], anchor)

    def _note(self, note: Note, anchor: str) -> str:
        back = f'<a class="number" href="#{anchor}">{note.number}</a>'
        return f'<span class="note" id="{self.note(note.number)}">{back} {self.in_notes.write(note.nodes)}</span>'
