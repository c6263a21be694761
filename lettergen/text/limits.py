"""How deep a text may be nested."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as XmlElement

_QUOTES = re.compile(r"^ *(?:> ?){21}", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]()]")
BRACKETS = 200  # open at once
DEPTH = 50  # of elements; twenty lists one in the other have forty


def is_deep(text: str) -> bool:
    """Whether Python-Markdown would look for the end of brackets or quotes for ever."""
    return _open_brackets(text) > BRACKETS or _QUOTES.search(text) is not None


def _open_brackets(text: str) -> int:
    """How many brackets are open at once; Python-Markdown looks for the end of each of them."""
    if text.count("[") + text.count("](") <= BRACKETS:
        return 0
    steps = ((1 if sign in "[(" else -1) for sign in _BRACKET.findall(text))
    return max(accumulate(steps), default=0)


def depth(element: XmlElement) -> int:
    """How many elements are one in the other."""
    count, level = 0, [element]
    while level:
        count, level = count + 1, [child for parent in level for child in parent]
    return count
