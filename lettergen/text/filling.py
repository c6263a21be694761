"""Converted pieces with the values put in: plain ones literally, Markdown ones as a tree of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from lettergen.model import TOKEN, Element, Node, Reference, Token, Value, as_printed, one_line
from lettergen.text.engine import Converted, convert
from lettergen.text.faults import Fault
from lettergen.text.links import SCHEMES, is_address, words_fault
from lettergen.text.typography import edge, set_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lettergen.problems import Place

_URL_SAFE = "/:?#[]@!$&'*+,;=%~"  # what has a meaning in an address, brackets aside


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
    converted = _converted(piece, language, tokens)
    for fault in converted.faults:
        report(fault, None)
    return tuple(_Filler(tokens, report).blocks(converted.nodes))


def marked(piece: str, language: str, tokens: Sequence[Token]) -> tuple[Node, ...]:
    """The same, each value in an element `mark` whose attribute `token` is its number; nothing is reported."""
    converted = _converted(piece, language, tokens)
    return tuple(_Marker(tokens, lambda *_: None).blocks(converted.nodes))


def _converted(piece: str, language: str, tokens: Sequence[Token]) -> Converted:
    return _set(piece, language, tuple(edge(token.text, token.is_markdown) for token in tokens))


@lru_cache(maxsize=20_000)
def _set(piece: str, language: str, edges: tuple[str, ...]) -> Converted:
    """The piece in the language's signs, before its values are put in: what data is typed as stays."""
    converted = convert(piece)
    return converted._replace(nodes=set_signs(converted.nodes, language, edges))


@lru_cache(maxsize=20_000)
def _literal(piece: str, language: str) -> Converted:
    """A piece without values: the same in every letter."""
    converted = _set(piece, language, ())
    faults = list(converted.faults)
    nodes = tuple(_Filler([], lambda fault, _: faults.append(fault)).blocks(converted.nodes))
    return Converted(nodes, tuple(faults))


class _Filler:
    """Puts the values of one piece into its nodes."""

    def __init__(
        self, tokens: Sequence[Token], report: Callable[[Fault, Token | None], None], origin: Place | None = None
    ) -> None:
        """`origin` is the field of a data file that the nodes come from."""
        self.tokens, self.report, self.origin = tokens, report, origin

    def blocks(self, nodes: tuple[Node, ...]) -> Iterator[Node]:
        """The nodes; a paragraph or list item that is nothing but a Markdown field takes any blocks."""
        for node in nodes:
            alone = self._alone(node)
            if isinstance(node, Element) and alone is not None:
                inner = self._value(alone, self._markdown(self.tokens[alone]).nodes)
                yield from inner if node.tag == "p" else (self._item(node, inner),)
            else:
                yield from self._node(node)

    def _item(self, item: Element, blocks: tuple[Node, ...]) -> Element:
        only = blocks[0] if len(blocks) == 1 else None
        tight = only.children if isinstance(only, Element) and only.tag == "p" else blocks
        return Element("li", tight, item.attributes)

    def _alone(self, node: Node) -> int | None:
        if not isinstance(node, Element) or node.tag not in ("p", "li") or len(node.children) != 1:
            return None
        only = node.children[0]
        found = TOKEN.fullmatch(only) if isinstance(only, str) else None
        return int(found[1]) if found and self.tokens[int(found[1])].is_markdown else None

    def _node(self, node: Node) -> Iterator[Node]:
        match node:
            case str():
                yield from self._text(node, literal=False)
            case Element("code"):
                pieces = (piece for child in node.children for piece in self._text(str(child), literal=True))
                yield Element("code", tuple(pieces))
            case Element():
                attributes = tuple((name, self._attribute(name, value)) for name, value in node.attributes)
                origin = self._origin(node.get("src")) if node.tag == "img" else None
                children = tuple(self.blocks(node.children))
                if node.tag == "a" and (wrong := words_fault(children)):
                    sought = f"]({TOKEN.split(node.get('href'))[0]}"
                    self.report(Fault("bad-link", sought, *wrong), None)
                yield Element(node.tag, children, attributes, origin)
            case Reference(identity):
                yield Reference(self._texts(identity), origin=self._origin(identity))
            case _:
                yield node

    def _text(self, text: str, *, literal: bool) -> Iterator[Node]:
        for index, piece in enumerate(TOKEN.split(text)):
            if index % 2 == 0:
                if piece:
                    yield piece
                continue
            token = self.tokens[int(piece)]
            if token.is_markdown and not literal:
                yield from self._value(int(piece), self._inline(token))
            else:
                yield from self._value(int(piece), (Value(one_line(as_printed(token.text))),))

    def _value(self, number: int, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """What stands in the place of a token."""
        return nodes

    def _inline(self, token: Token) -> tuple[Node, ...]:
        nodes = self._markdown(token).nodes
        if len(nodes) == 1 and isinstance(nodes[0], Element) and nodes[0].tag == "p":
            return nodes[0].children
        message = "this field holds more than one paragraph, and is printed within a sentence"
        way_out = "give it a paragraph of its own in the template, or make it one paragraph"
        self.report(Fault("block-in-sentence", "", message, way_out), token)
        return ()

    def _markdown(self, token: Token) -> Converted:
        converted = convert(token.text)
        for fault in converted.faults:
            self.report(fault, token)
        checked = _Filler([], lambda fault, _: self.report(fault, token), token.origin).blocks(converted.nodes)
        return Converted(tuple(checked), converted.faults)

    def _attribute(self, name: str, value: str) -> str:
        if name == "href":
            return self._target(value)
        return self._texts(value)

    def _texts(self, words: str) -> str:
        """The words with the values' text."""
        return TOKEN.sub(lambda found: one_line(self.tokens[int(found[1])].text), words)

    def _origin(self, words: str) -> Place | None:
        """The field that the words are, or are in."""
        found = TOKEN.search(words)
        return self.tokens[int(found[1])].origin if found else self.origin

    def _target(self, value: str) -> str:
        """A link's address: a value at its start is an address itself, further on it is percent-encoded."""
        pieces = TOKEN.split(value)
        texts = [one_line(self.tokens[int(piece)].text) if index % 2 else piece for index, piece in enumerate(pieces)]
        is_whole = not pieces[0] and len(pieces) > 1
        encoded = [
            quote(text, safe="@" if index % 2 and not (is_whole and index == 1) else _URL_SAFE)
            for index, text in enumerate(texts)
        ]
        address = "".join(encoded)
        if not is_address(address):
            message = f"a link cannot lead to '{''.join(texts)}'"
            beginnings = f"{', '.join(SCHEMES[:-1])} or {SCHEMES[-1]}"
            way_out = f"write the whole address, as in 'https://example.org'; it begins with {beginnings}"
            guilty = self.tokens[int(pieces[1])] if is_whole else None
            self.report(Fault("bad-link", texts[1] if guilty else f"({pieces[0]}", message, way_out), guilty)
        return address


class _Marker(_Filler):
    """The same with each value between marks."""

    def _value(self, number: int, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return (Element("mark", nodes, (("token", str(number)),)),)
