"""Plain sentences, and those with words in stars, read without Python-Markdown, which takes a hundred times as long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import Element

if TYPE_CHECKING:
    from lettergen.model import Node

# Whatever else Markdown could read: at the beginning, at the end, anywhere.
_OTHER = re.compile(r"\A(?:[^\w*“‘(]|\d+[.)])|\s\Z|[\\`_\[\]<>|\x00-\x1f]|[^\S ]|  |&(?! )")
_STARS = re.compile(r"(?<![^ (])(\*\*?)(?=[^ *])([^*]*[^ *])\1(?![\w*])")


def simple(text: str) -> tuple[Node, ...] | None:
    """The paragraph that the text is; None if only Python-Markdown can tell."""
    if not text or _OTHER.search(text):
        return None
    pieces: list[Node] = []
    end = 0
    for found in _STARS.finditer(text):
        pieces += text[end : found.start()], Element("strong" if found[1] == "**" else "em", (found[2],))
        end = found.end()
    pieces.append(text[end:])
    if any(isinstance(piece, str) and "*" in piece for piece in pieces):
        return None
    return (Element("p", tuple(filter(None, pieces))),)
