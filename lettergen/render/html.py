"""The letter as HTML, written from its tree: a page for the screen, and the paper's source."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Element, Node, Note, Part, Reference, Value, words
from lettergen.model.tree import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lettergen.model import Letter, Words

_VOID = ("br", "hr", "img")
# Nothing is fetched: the page may use what it holds and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


class Paper(NamedTuple):
    """What a PDF is set from, and how many notes it must hold."""

    html: str
    notes: int


def to_page(letter: Letter, style: str, images: Mapping[str, str]) -> str:
    """One self-contained page; `images` are data addresses by source."""
    said = words(letter.language)
    writer = _Writer(images, lambda reference: _screen_reference(reference, said))
    parts = "\n".join(_part(part, writer) for part in letter.parts)
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(letter.title)}</title>",
        f"<style>\n{_closed(style)}</style>",
    ]
    heading = f'<h1 class="title">{escape(letter.title)}</h1>'
    body = [
        "<main>",
        '<article class="letter">',
        heading,
        parts,
        *_notes(letter.notes, writer, said),
        "</article>",
        "</main>",
    ]
    return _document(letter, head, body)


def to_paper(letter: Letter, images: Mapping[str, str]) -> Paper:
    """What the PDF is set from: each note stands inside the text, behind its first reference."""
    said = words(letter.language)
    notes = {note.number: note for note in letter.notes}
    writer = _Writer(images, lambda reference: _paper_reference(reference, notes, writer))
    strings = {"to": letter.name, "date": letter.long_date, "page": f"{said.page[0]} ", "of": f" {said.page[1]} "}
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in strings.items())
    parts = "\n".join(_part(part, writer) for part in letter.parts)
    head = ['<meta charset="utf-8">', f"<title>{escape(letter.title)}</title>"]
    html = _document(letter, head, [f'<article class="letter" {data}>', parts, "</article>"])
    return Paper(html, len(letter.notes))


def _document(letter: Letter, head: list[str], body: list[str]) -> str:
    language = escape(letter.language)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{language}">',
        "<head>",
        *head,
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _part(part: Part, writer: _Writer) -> str:
    signed = any(isinstance(node, Element) and node.tag == "img" for node in walk(part.nodes))
    classes = f"{part.name} signed" if signed and part.name == "signature_block" else part.name
    return f'<div class="{classes}">\n{writer.write(part.nodes)}\n</div>'


def _notes(notes: tuple[Note, ...], writer: _Writer, said: Words) -> list[str]:
    if not notes:
        return []
    items = [
        f'<li id="note-{note.number}">{writer.write(note.nodes)} '
        f'<a class="back" role="doc-backlink" href="#ref-{note.number}-1" '
        f'aria-label="{escape(said.back)} ({escape(said.note)} {note.number})">↩</a></li>'
        for note in notes
    ]
    label = f'<section class="notes" role="doc-endnotes" aria-label="{escape(said.notes)}">'
    return [label, "<ol>", *items, "</ol>", "</section>"]


def _screen_reference(reference: Reference, said: Words) -> str:
    number, ordinal = reference.number, reference.ordinal
    return (
        f'<sup><a class="reference" role="doc-noteref" id="ref-{number}-{ordinal}" href="#note-{number}" '
        f'aria-label="{escape(said.note)} {number}">{number}</a></sup>'
    )


def _paper_reference(reference: Reference, notes: Mapping[int, Note], writer: _Writer) -> str:
    number, ordinal = reference.number, reference.ordinal
    call = f'<a class="reference" id="ref-{number}-{ordinal}" href="#note-{number}">{number}</a>'
    if ordinal > 1 or number not in notes:
        return call
    back = f'<a class="number" href="#ref-{number}-1">{number}</a>'
    return f'{call}<span class="note" id="note-{number}">{back} {writer.write(notes[number].nodes)}</span>'


class _Writer:
    """Nodes as HTML; a reference as the format has it."""

    def __init__(self, images: Mapping[str, str], reference: Callable[[Reference], str]) -> None:
        self.images, self.reference = images, reference

    def write(self, nodes: tuple[Node, ...]) -> str:
        """The nodes one after the other."""
        return "".join(map(self._node, nodes))

    def _node(self, node: Node) -> str:
        match node:
            case str():
                return escape(node, quote=False)
            case Value(text):
                return escape(text, quote=False)
            case Reference():
                return self.reference(node)
            case Element(tag, children):
                opening = f"<{tag}{self._attributes(node)}>"
                return opening if tag in _VOID else self._framed(tag, f"{opening}{self.write(children)}</{tag}>")

    def _framed(self, tag: str, html: str) -> str:
        """A table in a frame that can scroll: a phone is narrower than it."""
        return f'<div class="table" tabindex="0">{html}</div>' if tag == "table" else html

    def _attributes(self, element: Element) -> str:
        attributes = dict(element.attributes)
        if element.tag == "img":
            attributes["src"] = self.images.get(attributes.get("src", ""), "")
            attributes.setdefault("alt", "")
        if element.tag == "th":
            attributes["scope"] = "col"
        if align := attributes.pop("align", ""):
            attributes["class"] = align
        return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def _closed(style: str) -> str:
    """The stylesheet without anything that would end the element it stands in."""
    return style.replace("</", "<\\/")
