"""A part's merged text cut where it can be: each piece reads the same alone as in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# In these parts the end of a line is the end of a line on paper.
LINE_PARTS = frozenset(
    {
        "letterhead",
        "date_line",
        "inside_address",
        "reference_line",
        "salutation",
        "complimentary_close",
        "signature_block",
    }
)
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
# What may go on with the paragraph before a blank line: an indented line, a list, a quote.
_GOES_ON = re.compile(r"[ \t]|[-*+>]|\d+[.)]")


def pieces(part: str, text: str) -> Iterator[str]:
    """The pieces of a part's text."""
    text = text.strip("\n")
    if part == "inside_address":  # blank address lines close up
        text = _BLANK.sub("\n", text.strip())
    current: list[str] = []
    for block in _BLANK.split(text):
        if current and not _GOES_ON.match(block):
            yield "\n\n".join(current)
            current = []
        if block.strip():
            current.append(_with_breaks(block) if part in LINE_PARTS else block)
    if current:
        yield "\n\n".join(current)


def _with_breaks(block: str) -> str:
    return "  \n".join(line.rstrip() for line in block.split("\n"))
