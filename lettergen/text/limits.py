"""How deep a text may be nested, and whether all of it was read."""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from lettergen.model import CLOSE, OPEN, Element, Node, Reference
from lettergen.model.tree import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element as XmlElement

_LETTER = re.compile(rf"{OPEN}[0-9]+{CLOSE}|[^\W\d_]")
_QUOTES = re.compile(r"^ *(?:> ?){21}", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]()]")
BRACKETS = 200  # open at once
DEPTH = 50  # of elements; twenty lists one in the other have forty


def is_deep(text: str) -> bool:
    """Whether Python-Markdown would look for the end of brackets or quotes for ever."""
    return _open_brackets(text) > BRACKETS or _QUOTES.search(text) is not None


def is_whole(text: str, nodes: tuple[Node, ...]) -> bool:
    """Whether each letter and each token of the text is in the nodes: Python-Markdown loses some between stars."""
    found = "".join(_words(nodes))
    read = html.unescape(text).replace("{lang=", "{")
    return not Counter(_LETTER.findall(read)) - Counter(_LETTER.findall(found))


def _words(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in walk(nodes):
        match node:
            case str():
                yield node
            case Reference(identity):
                yield identity
            case Element(attributes=attributes):
                yield from (value for _, value in attributes)


def _open_brackets(text: str) -> int:
    """How many brackets are open at once; Python-Markdown looks for the end of each of them."""
    if text.count("[") + text.count("](") <= BRACKETS:
        return 0
    steps = ((1 if sign in "[(" else -1) for sign in _BRACKET.findall(text))
    return max(accumulate(steps), default=0)


def depth(element: XmlElement) -> int:
    """How many elements are one in the other."""
    return 1 + max(map(depth, element), default=0)
