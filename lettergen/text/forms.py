"""Converted text as a form: worked out as far as it is the same in every letter, with holes for the values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast
from urllib.parse import quote

from lettergen.model import TOKEN, Element, Node, Reference, Token, Value, one_line, unbroken
from lettergen.model.tree import plain_text
from lettergen.text.converting import convert
from lettergen.text.faults import Fault
from lettergen.text.links import SCHEMES, is_address, target, words_fault
from lettergen.text.simple import simple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lettergen.problems import Place

_INLINE = ("em", "strong", "a", "span")
_ONE_LINE = {"a", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"}  # what has no line breaks in it
_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_URL_SAFE = "/:?#[]@!$&'*+,;=%~"  # what has a meaning in an address, brackets aside


class Hole(NamedTuple):
    """Where a token's value goes; `is_line` where a line break in it is a blank."""

    number: int
    is_literal: bool = False
    is_line: bool = False


class Open(NamedTuple):
    """A node that differs from letter to letter, or that something may be wrong with; `alone` is the token that is
    all of a paragraph or list item.
    """

    node: Element | Reference
    children: tuple[Piece, ...] = ()
    alone: int | None = None


Piece: TypeAlias = "Node | Hole | Open"


class Form(NamedTuple):
    """Blocks that are worked out as far as they can be without values, and what is wrong with them."""

    pieces: tuple[Piece, ...]
    faults: tuple[Fault, ...]


def form_of(nodes: tuple[Node, ...], faults: tuple[Fault, ...]) -> Form:
    """The form of converted nodes, whose text may hold tokens."""
    return Form(tuple(piece for node in nodes for piece in _pieces(node)), faults)


def _pieces(node: Node, *, is_line: bool = False) -> Iterator[Piece]:
    """The node in pieces: as it will be in every letter, or still to be filled in."""
    match node:
        case str():
            yield from _text_pieces(node, is_line=is_line)
        case Element("code"):
            made = Open(
                node, tuple(piece for text in node.children for piece in _text_pieces(str(text), is_literal=True))
            )
            yield from _settled(made)
        case Element():
            is_line = is_line or node.tag in _ONE_LINE
            children = tuple(piece for child in node.children for piece in _pieces(child, is_line=is_line))
            yield from _settled(Open(node, children, _alone(node)))
        case Reference():
            yield Open(node)
        case _:
            yield node


def _text_pieces(text: str, *, is_literal: bool = False, is_line: bool = False) -> Iterator[Piece]:
    for index, piece in enumerate(TOKEN.split(text)):
        if index % 2:
            yield Hole(int(piece), is_literal, is_literal or is_line)
        elif piece:
            yield piece


def _alone(node: Element) -> int | None:
    """The token that the paragraph or list item is nothing but."""
    if node.tag not in ("p", "li") or len(node.children) != 1:
        return None
    only = node.children[0]
    found = TOKEN.fullmatch(only) if isinstance(only, str) else None
    return int(found[1]) if found else None


def _settled(piece: Open) -> Iterator[Piece]:
    """The element as every letter has it, if there is nothing in it that a value or a field's place comes to."""
    node = piece.node
    is_open = any(isinstance(child, (Hole, Open)) for child in piece.children)
    if is_open or not isinstance(node, Element) or node.tag == "img" or _has_token(node):
        yield piece
        return
    if not node.attributes and node.tag not in ("a", "code"):
        yield Element(node.tag, cast("tuple[Node, ...]", piece.children))
        return
    faults: list[Fault] = []
    nodes = Filler([], lambda fault, _: faults.append(fault)).filled((piece,))
    yield from (piece,) if faults else nodes


def _has_token(node: Element) -> bool:
    return any(TOKEN.search(value) for _, value in node.attributes)


class Filler:
    """Puts the values of one piece of text into its form."""

    def __init__(
        self,
        tokens: Sequence[Token],
        report: Callable[[Fault, Token | None], None],
        language: str = "",
        origin: Place | None = None,
    ) -> None:
        """`origin` is the field of a data file that the form comes from."""
        self.tokens, self.report, self.language, self.origin = tokens, report, language, origin

    def filled(self, pieces: Iterable[Piece]) -> list[Node]:
        """The nodes that the pieces become."""
        made: list[Node] = []
        for piece in pieces:
            if isinstance(piece, Hole):
                made += self._hole(piece)
            elif isinstance(piece, Open):
                made += self._open(piece)
            else:
                made.append(piece)
        return made

    def _hole(self, hole: Hole) -> tuple[Node, ...]:
        token = self.tokens[hole.number]
        if token.is_markdown and not hole.is_literal:
            return self._value(hole.number, self._inline(token))
        if "\n" in token.text and not hole.is_line:
            return self._value(hole.number, tuple(_broken(token.text)))
        text = one_line(unbroken(token.text) if token.is_date else token.text)
        return self._value(hole.number, (Value(text),))

    def _open(self, piece: Open) -> Sequence[Node]:
        """A paragraph or list item that is nothing but a Markdown field takes any blocks."""
        node, alone = piece.node, piece.alone
        if isinstance(node, Reference):
            return (Reference(self._texts(node.id), origin=self._origin(node.id)),)
        if alone is not None and self.tokens[alone].is_markdown:
            inner = self._value(alone, self._markdown(self.tokens[alone]))
            return inner if node.tag == "p" else (self._item(node, inner),)
        return (self._element(node, tuple(self.filled(piece.children))),)

    def _item(self, item: Element, blocks: tuple[Node, ...]) -> Element:
        only = blocks[0] if len(blocks) == 1 else None
        tight = only.children if isinstance(only, Element) and only.tag == "p" else blocks
        return Element("li", tight, item.attributes)

    def _element(self, node: Element, children: tuple[Node, ...]) -> Element:
        if node.tag == "code":
            return Element("code", children)
        attributes = tuple([(name, self._attribute(name, value)) for name, value in node.attributes])
        origin = self._origin(node.get("src")) if node.tag == "img" else None
        is_bare = node.tag == "a" and _has_token(node) and target(plain_text(node.children)) == node.get("href")
        if node.tag == "a" and (wrong := words_fault(children, is_bare=is_bare)):
            sought = f"]({TOKEN.split(node.get('href'))[0]}"
            self.report(Fault("bad-link", sought, *wrong), None)
        if any(isinstance(child, Value) and " " in (child.text[:1], child.text[-1:]) for child in children):
            children = _closed_up(children, is_block=node.tag not in _INLINE)
        return Element(node.tag, children, attributes, origin)

    def _value(self, number: int, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """What stands in the place of a token."""
        return nodes

    def _inline(self, token: Token) -> tuple[Node, ...]:
        nodes = self._markdown(token)
        if len(nodes) == 1 and isinstance(nodes[0], Element) and nodes[0].tag == "p":
            before, after = ((Value(" "),) if end.isspace() else () for end in (token.text[:1], token.text[-1:]))
            return (*before, *nodes[0].children, *after)
        message = "this field holds more than one paragraph, and is printed within a sentence"
        way_out = "give it a paragraph of its own in the template, or make it one paragraph"
        self.report(Fault("block-in-sentence", "", message, way_out), token)
        return ()

    def _markdown(self, token: Token) -> tuple[Node, ...]:
        nodes = simple(token.text) if "[" not in token.text else None
        if nodes is not None:  # neither notes, which are of this field, nor links, whose words are checked
            return nodes
        form = form_of(*convert(token.text, self.language))
        for fault in form.faults:
            self.report(fault, token)
        return tuple(Filler([], lambda fault, _: self.report(fault, token), origin=token.origin).filled(form.pieces))

    def _attribute(self, name: str, value: str) -> str:
        if name == "href":
            return self._target(value)
        return self._texts(value).strip(" ")

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
        values = [one_line(token.text).strip(" ") for token in self.tokens]
        texts = [values[int(piece)] if index % 2 else piece for index, piece in enumerate(pieces)]
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


def _broken(text: str) -> Iterator[Node]:
    """The lines of a plain value, each line break as one of the letter."""
    for index, line in enumerate(_BREAK.split(text)):
        if index:
            yield Element("br")
        if line:
            yield Value(one_line(line))


def _closed_up(nodes: tuple[Node, ...], *, is_block: bool) -> tuple[Node, ...]:
    """The nodes without a second blank beside a value's, and without blanks at the ends of a block."""
    made: list[Node] = []
    ends_blank = is_block
    for node in nodes:
        if not isinstance(node, (str, Value)):
            made.append(node)
            ends_blank = isinstance(node, Element) and node.tag == "br"
        elif text := _text(node).lstrip(" " if ends_blank else ""):
            made.append(type(node)(text))
            ends_blank = text.endswith(" ")
    if is_block and made and isinstance(last := made[-1], (str, Value)):
        text = _text(last).rstrip(" ")
        made[-1:] = [type(last)(text)] if text else []
    return tuple(made)


def _text(node: str | Value) -> str:
    return node if isinstance(node, str) else node.text
