"""Signs as a good typist sets them: only in the text of templates and notes, never in data, code or addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import CLOSE, TOKEN, Element, Node, Value
from lettergen.text.blanks import blanks, spaced
from lettergen.text.customs import Customs, customs
from lettergen.text.dashes import dashes
from lettergen.text.quotes import PARAGRAPH, quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lettergen.text.quotes import Edit

_ADDRESS = rf"(?:\b(?:https?://|www\.)\S*[\w/{CLOSE}]|[\w.+'-]+@[\w-]+(?:\.[\w-]+)+)"
_KEPT = re.compile(rf"({TOKEN.pattern.replace('(', '(?:')}|{_ADDRESS})")
_INLINE = ("em", "strong", "a", "span")
_RULES: tuple[Callable[[str, Customs], Iterable[Edit]], ...] = (dashes, quotes, spaced, blanks)


class _Segment(NamedTuple):
    """A stretch of text; without a language it is not to be changed."""

    text: str
    language: str = ""


def set_signs(nodes: tuple[Node, ...], language: str, edges: Sequence[str] = ()) -> tuple[Node, ...]:
    """The nodes in the language's signs. `edges` is what the values look like from beside, by the tokens' numbers."""
    typed = segments = list(_segments(nodes, language, edges))
    for tag in dict.fromkeys(segment.language for segment in typed if segment.language):
        if used := customs(tag):
            for rule in _RULES:
                if edits := sorted(rule("".join(segment.text for segment in segments), used)):
                    segments = list(_edited(segments, tag, edits))
    return nodes if segments is typed else tuple(_rebuilt(nodes, iter(segments)))


def edge(text: str, is_markdown: bool) -> str:
    """A value as its neighbours see it, so that most values look alike: its first and last character, by kind."""
    shown = text.strip(" *_[]()`") if is_markdown else text
    ends = shown[:1] + shown[1:][-1:]
    if ends.isalpha():
        return "XX"[: len(ends)]
    return "".join("1" if sign.isdigit() else "X" if sign.isalpha() else sign for sign in ends)


def _segments(nodes: tuple[Node, ...], language: str, edges: Sequence[str]) -> Iterator[_Segment]:
    """The text in reading order; a note's sign is nothing, a block's end is the end of a paragraph."""
    for node in nodes:
        match node:
            case str():
                yield from _stretches(node, language, edges)
            case Value(text):
                yield _Segment(text)
            case Element("br"):
                yield _Segment("\n")
            case Element("code" | "img"):
                yield _Segment("X")
            case Element(tag, children):
                between = () if tag in _INLINE else (_Segment(PARAGRAPH),)
                yield from between
                yield from _segments(children, node.get("lang") or language, edges)
                yield from between


def _stretches(text: str, language: str, edges: Sequence[str]) -> Iterator[_Segment]:
    for index, piece in enumerate(_KEPT.split(text)):
        token = TOKEN.fullmatch(piece)
        if token:
            number = int(token[1])
            yield _Segment(edges[number] if number < len(edges) else "X")
        else:
            yield _Segment(piece, language if index % 2 == 0 else "")


def _edited(segments: list[_Segment], language: str, edits: list[Edit]) -> Iterator[_Segment]:
    """The segments with those edits that lie within one of the language."""
    start = 0
    for text, tag in segments:
        made, kept = "", 0
        end = start + len(text)
        while edits and edits[0].start < end:
            edit = edits.pop(0)
            if tag == language and start <= edit.start and edit.end <= end:
                made += text[kept : edit.start - start] + edit.text
                kept = edit.end - start
        yield _Segment(made + text[kept:], tag)
        start = end


def _rebuilt(nodes: tuple[Node, ...], segments: Iterator[_Segment]) -> Iterator[Node]:
    """The nodes with the segments' text; what was not to be changed is that of the nodes."""
    for node in nodes:
        match node:
            case str():
                pieces = _KEPT.split(node)
                changed = [next(segments).text for _ in pieces]
                yield "".join(piece if index % 2 else changed[index] for index, piece in enumerate(pieces))
            case Element(tag, children) if tag not in ("br", "code", "img"):
                _skip(segments, 0 if tag in _INLINE else 1)
                yield Element(tag, tuple(_rebuilt(children, segments)), node.attributes, node.origin)
                _skip(segments, 0 if tag in _INLINE else 1)
            case Value() | Element():
                next(segments)
                yield node
            case _:
                yield node


def _skip(segments: Iterator[_Segment], count: int) -> None:
    for _ in range(count):
        next(segments)
