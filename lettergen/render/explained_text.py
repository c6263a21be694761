"""An explained letter for the terminal: lines of spans, whose kinds the command gives colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import Element, Reference, Value
from lettergen.model.explaining import CONDITIONS, KINDS
from lettergen.render.wrapping import Span, sign, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.model import Node
    from lettergen.model.explaining import Explained, Explanation, Key
    from lettergen.render.wrapping import Line

_GUTTER = 7
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLOCKS = frozenset({"p", "ul", "ol", "li", "blockquote", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6"})
Paragraph = tuple[str, str, list[Span]]  # what its first line begins with, and its others


def to_lines(explanation: Explanation, width: int) -> Iterator[Line]:
    """The whole letter in reading order, each passage with its keys below it."""
    yield from _legend(explanation, width)
    headings = [_heading(passage, explanation.letter.languages) for passage in explanation.passages]
    for before, heading, passage in zip([[], *headings], headings, explanation.passages, strict=False):
        yield [Span("")]
        yield from [heading] * (heading != before)
        yield from _passage(passage, width)
    yield from _notes(explanation, width)


def _heading(passage: Explained, languages: tuple[str, ...]) -> Line:
    tongue = f" ({passage.language})" * (len(languages) > 1)
    return [sign(passage.part + tongue, "part"), sign(f"  {passage.file or 'template line not known'}", "place")]


def _notes(explanation: Explanation, width: int) -> Iterator[Line]:
    """The notes with their ids and places."""
    notes = explanation.letter.notes
    if notes:
        yield from ([Span("")], [sign("notes", "part")])
    for note in notes:
        spans = [sign(f"[^{note.number}]: "), *_inline(note.nodes, ())]
        yield from _set([("", "  ", spans)], width)
        yield from _indented([sign(f"{note.id}, {explanation.notes[note.number]}", "note")], width)


def _legend(explanation: Explanation, width: int) -> Iterator[Line]:
    """What the brackets mean, and the kinds that this letter has."""
    used = {key.kind for passage in explanation.passages for key in (*passage.keys, *passage.because)}
    words = "⟦value⟧¹ and ⟨text⟩² are explained below each paragraph; the numbers at the left are template lines."
    yield from wrap([sign(words)], width)
    for kind in (kind for kind in KINDS if kind in used):
        example = "⟨text⟩" if kind in CONDITIONS else "⟦value⟧"
        yield [sign(f"  {example}", kind), sign(f" {KINDS[kind]}")]


def _passage(passage: Explained, width: int) -> Iterator[Line]:
    for key in passage.because:
        yield from _key("all of this:", key, passage.file, width)
    yield from _set(list(_paragraphs(passage.nodes, ("", ""), passage.keys)), width)
    for number, key in enumerate(passage.keys, 1):
        yield from _key(_raised(number), key, passage.file, width)


def _key(mark: str, key: Key, file: str, width: int) -> Iterator[Line]:
    yield from _indented([sign(f"{mark} {key.name}", key.kind), sign(f", {key.said(file)}")], width)


def _indented(spans: list[Span], width: int) -> Iterator[Line]:
    indent = sign(" " * (_GUTTER + 2))
    for number, line in enumerate(wrap(spans, width - _GUTTER - 4)):
        yield [indent, sign("  " * (number > 0)), *line]


def _set(paragraphs: Sequence[Paragraph], width: int) -> Iterator[Line]:
    """The paragraphs with the template's line before each of theirs."""
    for first, rest, spans in paragraphs:
        for number, line in enumerate(wrap(spans, width - _GUTTER - len(rest))):
            at = next((span.at for span in line if span.at), "")
            if ":" in at:  # another file than the passage's
                yield from [[sign(f"     … {at}", "place")]] * (not number)
                at = ""
            yield [sign(f"{at:>{_GUTTER - 3}} │ ", "place"), sign(rest if number else first), *line]


def _paragraphs(nodes: Sequence[Node], indent: tuple[str, str], keys: Sequence[Key]) -> Iterator[Paragraph]:
    """The blocks one by one; words that stand between them are a paragraph too."""
    first, rest = indent
    words: list[Node] = []
    for node in (*nodes, None):
        if node is not None and not _is_block(node):
            words.append(node)
            continue
        if words:
            yield first, rest, list(_inline(words, keys))
            words, first = [], rest
        if isinstance(node, Element):
            yield from _block(node, (first, rest), keys)
            first = rest


def _is_block(node: Node) -> bool:
    is_mark = isinstance(node, Element) and node.tag in ("mark", "line")
    return isinstance(node, Element) and (node.tag in _BLOCKS or (is_mark and any(map(_is_block, node.children))))


def _block(node: Element, indent: tuple[str, str], keys: Sequence[Key]) -> Iterator[Paragraph]:
    first, rest = indent
    match node.tag:
        case "ul" | "ol":
            items = (item for item in node.children if isinstance(item, Element))
            for number, item in enumerate(items, int(node.get("start") or 1)):
                mark = "- " if node.tag == "ul" else f"{number}. "
                yield from _paragraphs(item.children, (first + mark, rest + " " * len(mark)), keys)
                first = rest
        case "blockquote":
            yield from _paragraphs(node.children, (f"{first}> ", f"{rest}> "), keys)
        case "table":
            for row in _rows(node):
                yield first, f"{rest}  ", [span for cell in row for span in (*_inline(cell.children, keys), _CELL)][:-1]
        case "hr":
            yield first, rest, [sign("* * *")]
        case "mark":
            yield from _bracketed(node, list(_paragraphs(node.children, indent, keys)), keys)
        case _:
            yield first, rest, list(_inline(node.children, keys))


_CELL = sign(" | ")


def _rows(table: Element) -> Iterator[list[Element]]:
    for section in (section for section in table.children if isinstance(section, Element)):
        for row in (row for row in section.children if isinstance(row, Element)):
            yield [cell for cell in row.children if isinstance(cell, Element)]


def _bracketed(mark: Element, inner: list[Paragraph], keys: Sequence[Key]) -> list[Paragraph]:
    """The mark's brackets at its first and its last word."""
    opening, closing = _brackets(mark, keys)
    inner[0][2].insert(0, opening)
    inner[-1][2].append(closing)
    return inner


def _brackets(mark: Element, keys: Sequence[Key]) -> tuple[Span, Span]:
    number = int(mark.get("key"))
    kind = keys[number - 1].kind
    opening, closing = "⟨⟩" if kind in CONDITIONS else "⟦⟧"
    return sign(opening, kind, mark.get("at")), sign(f"{closing}{_raised(number)}", kind)


def _inline(nodes: Sequence[Node], keys: Sequence[Key], kind: str = "", at: str = "") -> Iterator[Span]:
    """The words with their kind and line; what is a sign for the eye only is said to be one."""
    for node in nodes:
        match node:
            case str() | Value():
                yield Span(node if isinstance(node, str) else node.text, kind, at)
            case Reference(_, number):
                yield sign(f"[^{number}]", "note", at)
            case Element("br"):
                yield sign("\n")
            case Element("img"):
                yield sign(f"[picture: {node.get('alt')}]", kind, at)
            case Element("line"):
                yield from _inline(node.children, keys, kind, node.get("at"))
            case Element("mark") if not node.children:
                yield sign(f"→{_raised(int(node.get('key')))}", keys[int(node.get("key")) - 1].kind)
            case Element("mark"):
                opening, closing = _brackets(node, keys)
                inner = keys[int(node.get("key")) - 1].kind
                yield from (opening, *_inline(node.children, keys, inner, node.get("at") or at), closing)
            case Element():
                yield from _inline(node.children, keys, kind, at)


def _raised(number: int) -> str:
    return str(number).translate(_RAISED)
