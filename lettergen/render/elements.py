"""A letter's nodes as HTML: what the page for the screen and the paper's source have in common."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lettergen.model import Element, Node, Part, Reference, Value
from lettergen.model.tree import heard, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lettergen.model import Letter

_VOID = ("br", "hr", "img")
_INLINE = ("a", "em", "line", "mark", "span", "strong")


def document(letter: Letter, head: list[str], body: list[str]) -> str:
    """The whole document."""
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


def part_divs(
    letter: Letter, writer_of: Callable[[Part], HtmlWriter], before: Callable[[Part, bool], str] = lambda *_: ""
) -> Iterator[str]:
    """Every part, with what stands before it; the first in each further language is of the class `second` too."""
    language = ""
    for part in letter.parts:
        is_first = part.language != language
        second = " second" if language and is_first else ""
        other = f' lang="{escape(part.language)}"' if part.language != letter.language else ""
        yield before(part, is_first) + part_div(part, writer_of(part), second, other)
        language = part.language


def part_div(part: Part, writer: HtmlWriter, further: str = "", attributes: str = "") -> str:
    """The part as an element whose class is its name."""
    signed = any(isinstance(node, Element) and node.tag == "img" for node in walk(part.nodes))
    classes = f"{part.name} signed" if signed and part.name == "signature_block" else part.name
    return f'<div class="{classes}{further}"{attributes}>\n{writer.write(part.nodes)}\n</div>'


def unsaid(link: Element) -> str:
    """A link's address as people write it; empty if the link's words say it, or for another element."""
    address = re.sub(r"^(?:mailto:|tel:|https?://)", "", link.get("href")).rstrip("/")
    return "" if unquote(address.removeprefix("www.")) in heard(link.children) else address


class HtmlWriter:
    """Nodes as HTML, with references as the format writes them, and a comma between two: `1,2`, which is not `12`."""

    comma = "<sup>,</sup>"

    def __init__(self, images: Mapping[str, str], reference: Callable[[Reference], str]) -> None:
        self.images, self.reference = images, reference
        self.is_behind_reference = False

    def write(self, nodes: tuple[Node, ...]) -> str:
        """The nodes one after the other."""
        return "".join(map(self._node, nodes))

    def _node(self, node: Node) -> str:
        match node:
            case str() | Value():
                text = node if isinstance(node, str) else node.text
                self.is_behind_reference &= not text
                return escape(text, quote=False)
            case Reference():
                html = self.comma * self.is_behind_reference + self.reference(node)
                self.is_behind_reference = True
                return html
            case Element(tag, children):
                self.is_behind_reference &= tag in _INLINE
                opening = f"<{tag}{self._attributes(node)}>"
                return opening if tag in _VOID else self.framed(node, f"{opening}{self.write(children)}</{tag}>")

    def framed(self, _: Element, html: str) -> str:
        """The written element in whatever the format puts round it."""
        return html

    def _attributes(self, element: Element) -> str:
        attributes = dict(element.attributes)
        if element.tag == "img":
            attributes["src"] = self.images.get(attributes.get("src", ""), "")
            attributes.setdefault("alt", "")
        if element.tag == "th":
            attributes.setdefault("scope", "col")
        if align := attributes.pop("align", ""):
            attributes["class"] = align
        return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
