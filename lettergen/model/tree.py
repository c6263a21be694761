"""A letter's text as a tree: what the three formats are written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.problems import Place


@dataclass(frozen=True, slots=True)
class Value:
    """A merge field's text, printed literally whatever it contains."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A footnote reference. `number` and `ordinal` (1 for the first to that note) come with
    the numbering; until then they are 0. `origin` is the field of a data file that it stands in.
    """

    id: str
    number: int = 0
    ordinal: int = 0
    origin: Place | None = field(default=None, compare=False, repr=False)

    def __reduce__(self) -> tuple[type[Reference], tuple[str, int, int]]:
        """For another process all but the origin, which would bring its whole file along."""
        return Reference, (self.id, self.number, self.ordinal)


@dataclass(frozen=True, slots=True)
class Element:
    """An HTML element by its tag: p, h1-h6, ul, ol, li, blockquote, table, thead, tbody, tr, th, td,
    hr, em, strong, code, a, span, img, br; mark where values are marked, line where a letter is explained.
    `attributes` are among href, title, src, alt, start, align, lang, token; of, key, at, because in an explained one.
    `origin` is the field of a data file that an image stands in.
    """

    tag: str
    children: tuple[Node, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    origin: Place | None = field(default=None, compare=False, repr=False)

    def __reduce__(self) -> tuple[type[Element], tuple[object, ...]]:
        """The same as with a reference."""
        return Element, (self.tag, self.children, self.attributes)

    def get(self, name: str) -> str:
        """The attribute's value; empty without one."""
        return dict(self.attributes).get(name, "")


Node: TypeAlias = str | Value | Reference | Element


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every node, in reading order."""
    for node in nodes:
        yield node
        if isinstance(node, Element):
            yield from walk(node.children)


def plain_text(nodes: tuple[Node, ...]) -> str:
    """The words alone: no notes, a blank for a line break."""
    pieces = []
    for node in walk(nodes):
        match node:
            case str():
                pieces.append(node)
            case Value(text):
                pieces.append(text)
            case Element("br"):
                pieces.append(" ")
    return "".join(pieces)


def heard(nodes: tuple[Node, ...]) -> str:
    """The words as a screen reader says them: an image by its description, no notes."""
    pieces = (node.get("alt") if isinstance(node, Element) else plain_text((node,)) for node in walk(nodes))
    return "".join(pieces).strip()
