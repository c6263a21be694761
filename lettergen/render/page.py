"""The letter as a page for the screen."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Element, Note, Part, Reference, words
from lettergen.model.tree import heard, walk
from lettergen.render.elements import HtmlWriter, document, part_divs, unsaid
from lettergen.render.headings import HEADINGS, structured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model import Letter, Node

# Nothing is fetched: the page may use what it holds and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


class Shared(NamedTuple):
    """What all parts of one page share: its images and language, how often each note is referred to, table names."""

    images: Mapping[str, str]
    language: str
    uses: Counter[int]
    tables: Counter[str]


def to_page(letter: Letter, style: str, images: Mapping[str, str]) -> str:
    """One self-contained page; `images` are data addresses by source."""
    page = shared(letter, images)
    body = [
        "<main>",
        '<article class="letter">',
        *_parts(letter, page),
        *notes_section(letter.notes, page),
        "</article>",
        "</main>",
    ]
    return document(letter, head(letter.title, style), body)


def shared(letter: Letter, images: Mapping[str, str]) -> Shared:
    """What the page of one letter knows of it."""
    nodes = (node for part in letter.parts for node in walk(part.nodes))
    uses = Counter(node.number for node in nodes if isinstance(node, Reference))
    return Shared(images, letter.language, uses, Counter())


def head(title: str, style: str) -> list[str]:
    """The head of a page that holds all it needs."""
    return [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_closed(style)}</style>",
    ]


def _parts(letter: Letter, page: Shared) -> list[str]:
    """The parts under one first heading: the subject line, or else the title, which is heard and not seen."""
    parts = structured(letter.parts, top=2)
    titled = tuple(_titled(part) if part.language == letter.language else part for part in parts)
    before = next((parts[:index] for index, part in enumerate(parts) if part != titled[index]), None)
    if before is None or any(_has_heading(part) for part in before):
        heading = [f'<h1 class="title">{escape(letter.title)}</h1>']
    else:
        heading, parts = [], titled
    return [*heading, *part_divs(letter._replace(parts=parts), lambda part: PageWriter(page, part.language))]


def _titled(part: Part) -> Part:
    """A subject line of one paragraph as a heading; any other part as it is."""
    match part:
        case Part("subject_line", (Element(tag, children),)) if tag == "p" or tag in HEADINGS:
            inner = children if tag == "p" else (Element("strong", children),)
            return part._replace(nodes=(Element("h1", inner),)) if heard(children) else part
        case _:
            return part


def _has_heading(part: Part) -> bool:
    return any(isinstance(node, Element) and node.tag in HEADINGS for node in walk(part.nodes))


def notes_section(notes: tuple[Note, ...], page: Shared) -> list[str]:
    if not notes:
        return []
    said = words(page.language)
    label = f'<section class="notes" role="doc-endnotes" aria-label="{escape(said.notes)}">'
    return [label, "<ol>", *(_note(note, page) for note in notes), "</ol>", "</section>"]


def _note(note: Note, page: Shared) -> str:
    """The note, with a way back to each place that refers to it."""
    writer = PageWriter(page, note.language)
    backs = " ".join(writer.back(note.number, ordinal) for ordinal in range(1, page.uses[note.number] + 1))
    other = f' lang="{escape(note.language)}"' if note.language != page.language else ""
    return f'<li id="note-{note.number}"{other}>{writer.write(note.nodes)} {backs}</li>'


class PageWriter(HtmlWriter):
    """Nodes as the page has them: each reference by a name of its own, a table in a frame that can scroll."""

    def __init__(self, page: Shared, language: str) -> None:
        super().__init__(page.images, self._reference)
        self.page, self.said = page, words(language)

    def framed(self, element: Element, html: str) -> str:
        """A phone is narrower than a table; who has no mouse scrolls it by the arrow keys."""
        if element.tag != "table":
            return html
        name = escape(self._name_of(element))
        region = f' role="region" aria-label="{name}"' if name else ""
        return f'<div class="table"{region} tabindex="0">{html}</div>'

    def _attributes(self, element: Element) -> str:
        """A link whose words are its address is marked: a print need not spell it out."""
        is_spelt = element.tag == "a" and not unsaid(element)
        return super()._attributes(element) + ' class="spelt"' * is_spelt

    def back(self, number: int, ordinal: int) -> str:
        """The link from a note to one of its references."""
        mark = self._mark(number, ordinal)
        name = f"{self.said.back} ({self.said.note} {number}{mark})"
        return (
            f'<a class="back" role="doc-backlink" href="#ref-{number}-{ordinal}" '
            f'aria-label="{escape(name)}">↩{mark}</a>'
        )

    def _reference(self, reference: Reference) -> str:
        number, ordinal = reference.number, reference.ordinal
        name = f"{self.said.note} {number}{self._mark(number, ordinal)}"
        return (
            f'<sup><a class="reference" role="doc-noteref" id="ref-{number}-{ordinal}" href="#note-{number}" '
            f'aria-label="{escape(name)}">{number}</a></sup>'
        )

    def _mark(self, number: int, ordinal: int) -> str:
        """A letter (behind the alphabet, a number) that tells apart the references to one note."""
        if self.page.uses[number] == 1:
            return ""
        return f" {chr(ord('a') + ordinal - 1)}" if ordinal <= 26 else f" {ordinal}"  # noqa: PLR2004

    def _name_of(self, table: Element) -> str:
        """What its first row with words says; the second table of that name is numbered."""
        rows = [node for node in walk(table.children) if isinstance(node, Element) and node.tag == "tr"]
        names = (", ".join(filter(None, map(heard, _cells(row)))) for row in rows)
        name = next(filter(None, names), "")
        self.page.tables[name] += 1
        return f"{name} ({self.page.tables[name]})" if self.page.tables[name] > 1 else name


def _cells(row: Element) -> list[tuple[Node, ...]]:
    return [cell.children for cell in row.children if isinstance(cell, Element)]


def _closed(style: str) -> str:
    """The stylesheet without anything that would end the element it stands in."""
    return style.replace("</", "<\\/")
