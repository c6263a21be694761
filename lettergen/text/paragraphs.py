"""A part's merged text cut where it can be: each piece reads the same alone as in its place."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import CLOSE, OPEN, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


class Cut(NamedTuple):
    """A piece with its tokens counted from 0, so that the same paragraph is the same text in every letter; `order`
    is their numbers in the letter.
    """

    text: str
    order: tuple[int, ...]


@lru_cache(maxsize=500)
def cut(part: str, text: str) -> tuple[Cut, ...]:
    """The pieces of a part's text, which most letters have in common but for the values."""
    made = []
    for piece in pieces(part, text):
        order = tuple(map(int, TOKEN.findall(piece)))
        made.append(Cut(intern(renumbered(piece, range(len(order)))), order))
    return tuple(made)


def renumbered(text: str, numbers: Iterable[int]) -> str:
    """The text with other numbers in its tokens."""
    following = iter(numbers)
    return TOKEN.sub(lambda _: f"{OPEN}{next(following)}{CLOSE}", text)


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
    """The lines, each with its end; a backslash there said the same."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\\?[ \t]*\n", r"\1  \n", block.rstrip())
