"""The tags of a template with the offsets that Jinja does not keep, as far as it can read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment, nodes

NAMES = ("recipient", "sender", "letter")  # whose fields a template prints
CLOSERS = {"{{": "}}", "{%": "%}"}
PAIRED = ("if", "for", "block", "set", "macro", "call", "filter", "with", "raw", "autoescape")
ENDS = {f"end{name}": name for name in PAIRED}
TAGS = (*PAIRED[:-1], "elif", "else", "include", "import", "from", *ENDS)
_SIGN = re.compile(r"\{\{|\{%|\{#|[-+]?\}\}|[-+]?%\}|#\}")
_HALF = re.compile(r"%[ \t]+\}|\}[ \t]+\}|\}|%(?=[ \t]*$)", re.MULTILINE)
_IS_ASSIGNMENT = re.compile(r"set\b[^=]*=")


class Lexeme(NamedTuple):
    """What Jinja reads as one, with its offset."""

    start: int
    kind: str
    value: str

    @property
    def end(self) -> int:
        return self.start + len(self.value)


class Tag(NamedTuple):
    """`{{ … }}` or `{% … %}`: its offsets, its signs (what ends it, right or wrong) and what stands between."""

    start: int
    end: int
    opening: str
    closing: str
    words: str

    @property
    def is_closed(self) -> bool:
        return self.closing == CLOSERS[self.opening]

    @property
    def name(self) -> str:
        """The first word, which is the tag's name in `{% … %}`."""
        found = re.match(r"\w+", self.words)
        return found[0] if found else ""


def lexemes(environment: Environment, text: str) -> Iterator[Lexeme]:
    """Each lexeme; a TemplateSyntaxError has the offset as its line."""
    position = 0
    try:
        for _, kind, value in environment.lexer.tokeniter(text, None):
            start = text.find(value, position)  # white space that is trimmed lies between
            if start >= 0:
                position = start + len(value)
                yield Lexeme(start, kind, value)
    except TemplateSyntaxError as error:
        raise TemplateSyntaxError(error.message or "", position) from error


def parsed(environment: Environment, text: str) -> nodes.Template:
    """The tree of a text whose nodes, and TemplateSyntaxErrors, have offsets as their lines."""
    parser = Parser(environment, "")
    parser.stream = TokenStream(environment.lexer.wrap(lexemes(environment, text)), None, None)
    return parser.parse()


def tag_at(text: str, start: int) -> Tag:
    """The tag that opens at an offset; one without end goes as far as its line."""
    opening = text[start : start + 2]
    sign = _SIGN.search(text, start + 2)
    if sign and sign[0].lstrip("-+") == CLOSERS[opening]:
        return _tag(text, start, sign.start(), sign.end(), CLOSERS[opening])
    limit = sign.start() if sign else len(text)
    line_end = text.find("\n", start)
    limit = limit if line_end < 0 else min(limit, line_end)
    if sign and sign.start() <= limit and sign[0][-1] == "}":
        return _tag(text, start, sign.start(), sign.end(), sign[0])
    half = _HALF.search(text, start + 2, limit)
    if half:
        return _tag(text, start, half.start(), half.end(), half[0])
    end = start + len(text[start:limit].rstrip())
    return _tag(text, start, end, end, "")


def still_open(text: str, openings: Iterable[int]) -> list[Tag]:
    """Those of the tags that no other closes, outermost first."""
    found: list[Tag] = []
    for start in openings:
        tag = tag_at(text, start)
        if tag.name in PAIRED and not _IS_ASSIGNMENT.match(tag.words):
            found.append(tag)
        elif found and ENDS.get(tag.name) == found[-1].name:
            found.pop()
    return found


def _tag(text: str, start: int, last: int, end: int, closing: str) -> Tag:
    words = text[start + 2 : last].lstrip("-+").strip()
    return Tag(start, end, text[start : start + 2], closing, words)
