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
    """Whether quotes or brackets are nested too deeply: Python-Markdown looks for the end of each open bracket."""
    if _QUOTES.search(text):
        return True
    is_likely = text.count("[") + text.count("](") > BRACKETS
    return is_likely and max(accumulate(1 if sign in "[(" else -1 for sign in _BRACKET.findall(text))) > BRACKETS


def depth(element: XmlElement) -> int:
    """Return how many levels of elements there are."""
    count, level = 0, [element]
    while level:
        count, level = count + 1, [child for parent in level for child in parent]
    return count
