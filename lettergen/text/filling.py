"""Converted pieces with the values put in: plain ones literally, Markdown ones as a tree of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.model import TOKEN, Element, Node, Reference, Token
from lettergen.text.converting import Converted, convert
from lettergen.text.forms import Filler, Form, Open, form_of
from lettergen.text.typography import edge, set_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lettergen.text.faults import Fault

KEPT = 2_000  # texts that are remembered: more than any letter has paragraphs in all its variants


def fill(
    piece: str, language: str, tokens: Sequence[Token], report: Callable[[Fault, Token | None], None]
) -> tuple[Node, ...]:
    """The blocks of a piece whose tokens are counted from 0, with its values; `report` takes what is wrong, and
    the field it stands in.
    """
    if not tokens:
        literal = _literal(piece, language)
        for fault in literal.faults:
            report(fault, None)
        return literal.nodes
    form = _form_in(piece, language, tokens)
    for fault in form.faults:
        report(fault, None)
    return tuple(Filler(tokens, report, language).filled(form.pieces))


def marked(piece: str, language: str, tokens: Sequence[Token], *, within_tags: bool = False) -> tuple[Node, ...]:
    """The same, each value in an element `mark` whose attribute `token` is its number; nothing is reported.

    A value `within_tags`, such as a link's target, has an empty `mark` behind, whose `of` says what it is part of.
    """
    form = _form_in(piece, language, tokens)
    marker = _TagMarker if within_tags else _Marker
    return tuple(marker(tokens, lambda *_: None, language).filled(form.pieces))


def _form_in(piece: str, language: str, tokens: Sequence[Token]) -> Form:
    return _set(piece, language, tuple([edge(token.text, token.is_markdown) for token in tokens]))


@lru_cache(maxsize=KEPT)
def _set(piece: str, language: str, edges: tuple[str, ...]) -> Form:
    """The piece in the language's signs, before its values are put in: what data is typed as stays."""
    converted = convert(piece, language)
    return form_of(set_signs(converted.nodes, language, edges), converted.faults)


@lru_cache(maxsize=KEPT)
def _literal(piece: str, language: str) -> Converted:
    """A piece without values: the same in every letter."""
    form = _set(piece, language, ())
    faults = list(form.faults)
    nodes = Filler([], lambda fault, _: faults.append(fault)).filled(form.pieces)
    return Converted(tuple(nodes), tuple(faults))


class _Marker(Filler):
    """The same with each value between marks."""

    def _value(self, number: int, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return (Element("mark", nodes, (("token", str(number)),)),)


class _TagMarker(_Marker):
    """The same, and behind each tag its own values."""

    def _open(self, piece: Open) -> Sequence[Node]:
        node = piece.node
        named = (("note", node.id),) if isinstance(node, Reference) else node.attributes
        found = ((name, number) for name, words in named for number in TOKEN.findall(words))
        behind = [Element("mark", (), (("token", number), ("of", name))) for name, number in found]
        return (*super()._open(piece), *behind)
