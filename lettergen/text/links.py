"""What is wrong with a link: its address, or its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import Element
from lettergen.model.tree import heard, walk

if TYPE_CHECKING:
    from lettergen.model import Node

SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def is_address(text: str) -> bool:
    """Whether a link may lead there."""
    scheme = _SCHEME.match(text)
    return scheme is not None and scheme[1].lower() in SCHEMES


def words_fault(children: tuple[Node, ...]) -> tuple[str, str] | None:
    """What is wrong with a link that a screen reader cannot name, or that is two at once; and the way out."""
    if any(isinstance(node, Element) and node.tag == "a" for node in walk(children)):
        return "a link cannot hold another link", "end the first one before the second begins"
    if children and not heard(children):
        return "this link has no words", "write [words](address), or [![words](image)](address)"
    return None
