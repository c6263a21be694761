"""A paragraph's inline nodes as Markdown: one line, or several where the letter breaks them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from lettergen.model import Element, Node, Reference, Value
from lettergen.model.tree import walk
from lettergen.render.escaping import (
    can_close_mathematics,
    code,
    emphasis_sign,
    escape,
    is_address,
    path_target,
    target,
    title,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOTHING = "<!-- -->"  # keeps apart what would grow together


class Inline:
    """Writes inline nodes one after the other; what comes next depends on what stands before."""

    def __init__(
        self, path_of: Callable[[str], str], nodes: tuple[Node, ...], *, in_table: bool, in_line: bool
    ) -> None:
        self.path_of, self.in_table, self.in_line = path_of, in_table, in_line
        self.nodes = _tidy(nodes)
        outline = "".join(_edge(node, 0) if isinstance(node, Element) else str(node) for node in walk(self.nodes))
        self.also = "$" if in_table or can_close_mathematics(outline) else ""
        self.used = ""  # the signs of the emphasis that is open
        self.out = ""

    def write(self) -> str:
        """The nodes' Markdown."""
        self._write(self.nodes, "")
        only = self.nodes[0] if len(self.nodes) == 1 else None
        if isinstance(only, Element) and only.tag == "img" and not self.in_line:
            self.out += NOTHING  # else pandoc makes it a figure with a caption
        return self.out.strip(" \n")

    def _write(self, nodes: tuple[Node, ...], after: str) -> None:
        """Appends the nodes; `after` is the character that follows the last."""
        for index, node in enumerate(nodes):
            following = _edge(nodes[index + 1], 0) if index + 1 < len(nodes) else after
            match node:
                case str():
                    self._text(node)
                case Reference(_, number):
                    self._bracket(f"[^{number}]")
                case Element("em" | "strong"):
                    self._emphasis(node, following)
                case Element("a"):
                    self._link(node)
                case Element("span"):
                    self._phrase(node)
                case Element():
                    self._thing(node)

    def _text(self, text: str) -> None:
        is_first = not self.out or self.out.endswith(("\n", "<br>"))
        starts_line = not self.in_line and (not self.out or self.out.endswith("\n"))
        written = escape(text.lstrip(" ") if is_first else text, starts_line=starts_line, also=self.also)
        if self.out.endswith("]") and written[:1] in ("(", ":"):  # behind a reference it would make a link or a note
            written = ("\\(" if written[0] == "(" else "&#58;") + written[1:]
        self.out += written

    def _bracket(self, text: str) -> None:
        if self.out.endswith("!"):  # it would make an image
            self.out = self.out[:-1] + "\\!"
        self.out += text

    def _emphasis(self, node: Element, after: str) -> None:
        first, last = _edge(node.children[0], 0), _edge(node.children[-1], -1)
        sign = emphasis_sign(self.out[-1:], first, last, after, self.used)
        signs = sign if node.tag == "em" else sign * 2
        opening, closing = (signs, signs) if sign else (f"<{node.tag}>", f"</{node.tag}>")
        self.used += sign
        self.out += opening
        self._write(node.children, closing[0])
        self.out += closing
        self.used = self.used.removesuffix(sign)

    def _link(self, node: Element) -> None:
        address = node.get("href")
        if len(node.children) == 1 and not node.get("title") and is_address(str(node.children[0]), address):
            self.out += f"<{node.children[0]}>"
            return
        also, self.also = self.also, self.also + "]"
        self._bracket("[")
        self._write(node.children, "]")
        self.out += f"]({target(address)}{title(node.get('title'))})"
        self.also = also

    def _phrase(self, node: Element) -> None:
        self.out += f'<span lang="{node.get("lang")}">'
        self._write(node.children, "<")
        self.out += "</span>"

    def _thing(self, node: Element) -> None:
        match node.tag:
            case "br" if self.out:
                is_tag = self.in_line or self.out.endswith(("\n", '">'))  # a line of one tag would be a block of HTML
                self.out = self.out.rstrip(" ") + ("<br>" if is_tag else "  \n")
            case "code":
                text = "".join(map(str, node.children))
                self.out += code(text, in_table=self.in_table, before=self.out[-1:], also=self.also)
            case "img":
                alt = escape(node.get("alt"), also="]$")
                self.out += f"![{alt}]({path_target(self.path_of(node.get('src')))}{title(node.get('title'))})"


def _tidy(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes with neighbouring texts as one, and the blanks at the ends of emphasis outside it."""
    tidy: list[Node] = []
    for node in chain.from_iterable(map(_outside, nodes)):
        if isinstance(node, str) and tidy and isinstance(tidy[-1], str):
            tidy[-1] += node
        elif node != "":
            tidy.append(node)
    return tuple(tidy)


def _outside(node: Node) -> Iterator[Node]:
    match node:
        case Value(text):
            yield text
        case Element(tag, children, attributes):
            inner = list(_tidy(children))
            before = after = ""
            if tag in ("em", "strong"):
                before, after = _take_blanks(inner, 0), _take_blanks(inner, -1)
            yield before
            if inner or not children:
                yield Element(tag, tuple(inner), attributes)
            yield after
        case _:
            yield node


def _take_blanks(nodes: list[Node], index: int) -> str:
    """The blanks at one end of the nodes, which lose them."""
    text = nodes[index] if nodes else None
    if not isinstance(text, str) or text[index] != " ":
        return ""
    nodes[index : index + 1 or None] = [text.strip(" ")] if text.strip(" ") else []
    return " "


def _edge(node: Node, index: int) -> str:
    """The first or last character of a node; of an element, a bracket for its sign."""
    return node[index] if isinstance(node, str) else "["
