"""Plain paragraphs read without Python-Markdown, which takes a hundred times as long, and 20 ms to be loaded: sentences
with notes, links, words in stars and line breaks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import CLOSE, OPEN, Element, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Node

# Whatever else Markdown could read: where a line begins or ends, and anywhere.
_OTHER = re.compile(
    rf"^(?:[^\w*“‘(\[{OPEN}]|(?:\d+|{OPEN}\d+{CLOSE})[.)])|\s\Z|(?<! )[ ]$|   |  (?!\n)"
    r"|[\\`_<>|\x00-\x09\x0b-\x1f]|[^\S \n]|&#?\w+;|!\[|\]:",
    re.MULTILINE,
)
_INNER = r"(?:(?!  \n)[^\[\]*])*"  # of words in brackets, which is not to end a line
_MARKED = r"(?:(?!  \n|://|[Ww]{3}\.)[^\[\]*@])*"  # of words in stars, without an address
_PIECE = re.compile(
    r"\[\^(?P<note>[^\W_]+(?:-[^\W_]+)*)\]"
    rf"|\[(?P<words>(?=[^ \n\]^]){_INNER}(?<=[^ \n]))\]"
    rf"\((?P<address>(?:https?|mailto|tel):(?:[A-Za-z0-9./@:%~,;=?#+-]|{OPEN}[0-9]+{CLOSE})+)\)"
    rf"|(?<![^ (\n])(?P<stars>\*\*?)(?P<marked>(?=[^ *\n]){_MARKED}(?<=[^ \n]))(?P=stars)(?=[\s.,;:!?)]|\Z)"
    r"|(?P<end>  \n)"
)
_REST = re.compile(r"[*\[\]@]|://|www\.", re.IGNORECASE)  # signs that are left, and addresses in the text


def simple(text: str) -> tuple[Node, ...] | None:
    """The paragraph that the text is; None if only Python-Markdown can tell."""
    if not text or _OTHER.search(text):
        return None
    nodes = list(_nodes(text))
    if any(isinstance(node, str) and _REST.search(node) for node in nodes):
        return None
    return (Element("p", tuple(nodes)),)


def _nodes(text: str) -> Iterator[Node]:
    end = 0
    for found in _PIECE.finditer(text):
        if found.start() > end:
            yield _line(text[end : found.start()])
        yield _element(found)
        end = found.end()
    if end < len(text):
        yield _line(text[end:])


def _element(found: re.Match[str]) -> Node:
    match found.lastgroup:
        case "note":
            return Reference(found["note"])
        case "address":
            return Element("a", (_line(found["words"]),), (("href", found["address"]),))
        case "end":
            return Element("br")
        case _:
            return Element("strong" if found["stars"] == "**" else "em", (_line(found["marked"]),))


def _line(text: str) -> str:
    return text.replace("\n", " ")
