"""Spans of text broken into lines of a terminal."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BLANKS = re.compile(r"([ \t\n]+)")  # not a no-break space


class Span(NamedTuple):
    """A stretch of one kind; `at` is the template's line, `is_sign` whether it is no word of the letter."""

    text: str
    kind: str = ""
    at: str = ""
    is_sign: bool = False


Line = list[Span]


def sign(text: str, kind: str = "", at: str = "") -> Span:
    """What is no word of the letter. A lone line end breaks the line."""
    return Span(text, kind, at, is_sign=True)


def wrap(spans: Iterable[Span], width: int) -> Iterator[Line]:
    """The spans in lines of at most this width where a word is not wider itself."""
    line: Line = []
    used = 0
    for word, blank in _words(spans):
        size = sum(_width(span.text) for span in word)
        if line and (blank.text == "\n" or used + 1 + size > width):
            yield line
            line, used = [], 0
        line += [blank._replace(text=" "), *word] if line and blank.text else word
        used += size + (len(line) > len(word))
    if line:
        yield line


def _words(spans: Iterable[Span]) -> Iterator[tuple[Line, Span]]:
    """Each word with the blank before it: what stands together is one word, whatever it comes from."""
    word: Line = []
    blank = Span("")
    for piece in chain.from_iterable(map(_pieces, spans)):
        if piece.text.isspace() and not piece.text.strip(" \t\n"):
            if word:
                yield word, blank
                word, blank = [], piece
            elif blank.text != "\n":
                blank = piece
        else:
            word.append(piece)
    if word:
        yield word, blank


def _pieces(span: Span) -> Iterator[Span]:
    """Words and blanks; a line end in the letter's own text is a blank."""
    if span.is_sign and span.text == "\n":
        yield span
        return
    for text in filter(None, _BLANKS.split(span.text)):
        yield span._replace(text=" " if not text.strip(" \t\n") else text)


def _width(text: str) -> int:
    """The columns that a terminal takes."""
    return sum(0 if category(sign) in ("Mn", "Me", "Cf") else 1 + (east_asian_width(sign) in "WF") for sign in text)
