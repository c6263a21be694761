"""The letter as a page for the screen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from lettergen.model import Note, Reference, words
from lettergen.render.elements import HtmlWriter, document, part_divs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model import Letter, Words

# Nothing is fetched: the page may use what it holds and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def to_page(letter: Letter, style: str, images: Mapping[str, str]) -> str:
    """One self-contained page; `images` are data addresses by source."""
    said = words(letter.language)
    spoken = {note.number: words(note.language) for note in letter.notes}
    writer = HtmlWriter(images, lambda reference: _screen_reference(reference, spoken.get(reference.number, said)))
    parts = "\n".join(part_divs(letter, writer))
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
        *_notes(letter, writer),
        "</article>",
        "</main>",
    ]
    return document(letter, head, body)


def _notes(letter: Letter, writer: HtmlWriter) -> list[str]:
    if not letter.notes:
        return []
    items = [_note(note, letter.language, writer) for note in letter.notes]
    label = f'<section class="notes" role="doc-endnotes" aria-label="{escape(words(letter.language).notes)}">'
    return [label, "<ol>", *items, "</ol>", "</section>"]


def _note(note: Note, language: str, writer: HtmlWriter) -> str:
    said = words(note.language)
    other = f' lang="{escape(note.language)}"' if note.language != language else ""
    return (
        f'<li id="note-{note.number}"{other}>{writer.write(note.nodes)} '
        f'<a class="back" role="doc-backlink" href="#ref-{note.number}-1" '
        f'aria-label="{escape(said.back)} ({escape(said.note)} {note.number})">↩</a></li>'
    )


def _screen_reference(reference: Reference, said: Words) -> str:
    number, ordinal = reference.number, reference.ordinal
    return (
        f'<sup><a class="reference" role="doc-noteref" id="ref-{number}-{ordinal}" href="#note-{number}" '
        f'aria-label="{escape(said.note)} {number}">{number}</a></sup>'
    )


def _closed(style: str) -> str:
    """The stylesheet without anything that would end the element it stands in."""
    return style.replace("</", "<\\/")
