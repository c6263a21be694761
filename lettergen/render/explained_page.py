"""An explained letter as a page: it looks like the letter, and beside each passage stands where it comes from."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.model import Element, Part
from lettergen.model.explaining import CONDITIONS, KINDS
from lettergen.render.elements import document, part_div
from lettergen.render.headings import structured
from lettergen.render.page import PageWriter, head, notes_section, shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lettergen.model import Node
    from lettergen.model.explaining import Explained, Explanation, Key
    from lettergen.render.page import Shared

_INLINE = frozenset({"a", "br", "code", "em", "img", "line", "mark", "span", "strong"})


def to_explained_page(explanation: Explanation, style: str, images: Mapping[str, str]) -> str:
    """One self-contained page in English, its letter in the letter's languages."""
    letter = explanation.letter._replace(language="en")
    page = shared(explanation.letter, images)._replace(language="en")
    title = f"Where the words come from: {letter.title}"
    body = [
        "<main>",
        '<article class="letter explained">',
        f'<h1 class="what">{escape(title)}</h1>',
        *_legend(explanation.passages),
        *_passages(explanation.passages, page),
        *_notes(explanation, page),
        "</article>",
        "</main>",
    ]
    own = Path(__file__).with_name("theme").joinpath("explained.css").read_text(encoding="utf-8")
    return document(letter, head(title, f"{style}\n{own}"), body)


def _legend(passages: Iterable[Explained]) -> Iterator[str]:
    """The kinds that the letter has."""
    used = {key.kind for passage in passages for key in (*passage.keys, *passage.because)}
    yield '<div class="legend">'
    where = "beside its paragraph (on a narrow screen, below it)"
    yield f"<p>Each numbered mark is explained {where}; “all” is said of the whole paragraph.</p>"
    kinds = (kind for kind in KINDS if kind in used)
    items = (f'<li><mark class="{kind}">{_example(kind)}</mark> {KINDS[kind]}</li>' for kind in kinds)
    yield f"<ul>{''.join(items)}</ul>"
    yield "</div>"


def _example(kind: str) -> str:
    return "text" if kind in CONDITIONS else "value"


def _passages(passages: Sequence[Explained], page: Shared) -> Iterator[str]:
    parts = structured(tuple(Part(each.part, each.nodes, each.language) for each in passages), top=2)
    before = None
    for passage, part in zip(passages, parts, strict=True):
        first = " first" if (passage.part, passage.language) != before else ""
        before = passage.part, passage.language
        writer = _Writer(page, passage.language, passage.keys)
        yield f'<div class="passage{first}">'
        yield part_div(part, writer, "", f' lang="{escape(passage.language)}"')
        yield from _origin(passage)
        yield "</div>"


def _origin(passage: Explained) -> Iterator[str]:
    lines = f", line{'s' * ('-' in passage.lines)} {passage.lines.replace('-', '–')}" if passage.lines else ""
    file = escape(passage.file or "template line not known")
    yield f'<div class="origin">\n<p>{escape(passage.part)}: {file}{lines}</p>'
    items = [_item("all", key, passage.file) for key in passage.because]
    items += [_item(str(number), key, passage.file) for number, key in enumerate(passage.keys, 1)]
    if items:
        yield "<ol>" + "\n".join(items) + "</ol>"
    yield "</div>"


def _item(mark: str, key: Key, file: str) -> str:
    return f"<li>{_number(mark, key)} <strong>{escape(key.name)}</strong>, {escape(key.said(file))}</li>"


def _number(mark: str, key: Key) -> str:
    return f'<span class="n {key.kind}">{mark}</span>'


def _notes(explanation: Explanation, page: Shared) -> Iterator[str]:
    """The notes, and beside them their ids and places."""
    notes = explanation.letter.notes
    if notes:
        items = (
            f"<li><strong>{escape(note.id)}</strong>, {escape(explanation.notes[note.number])}</li>" for note in notes
        )
        yield '<div class="passage first">'
        yield "\n".join(notes_section(notes, page))
        yield f'<div class="origin">\n<p>notes</p>\n<ol class="places">{"".join(items)}</ol></div>'
        yield "</div>"


class _Writer(PageWriter):
    """Nodes as the letter's page has them, with marks."""

    def __init__(self, page: Shared, language: str, keys: Sequence[Key]) -> None:
        super().__init__(page, language)
        self.keys = keys

    def _node(self, node: Node) -> str:
        match node:
            case Element("line"):
                return self.write(node.children)
            case Element("mark"):
                return self._mark_of(node)
        return super()._node(node)

    def _mark_of(self, mark: Element) -> str:
        """The marked words and their number; for what is within a tag, the number alone."""
        key = self.keys[int(mark.get("key")) - 1]
        number = _number(mark.get("key"), key)
        if not mark.children:
            return number
        if all(not isinstance(child, Element) or child.tag in _INLINE for child in mark.children):
            return f'<mark class="{key.kind}">{self.write(mark.children)}{number}</mark>'
        return f'<div class="mark {key.kind}">{number}{self.write(mark.children)}</div>'
