"""The tags of a template with the offsets that Jinja does not keep, as far as it can read them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from jinja2 import TemplateSyntaxError
from jinja2.lexer import TOKEN_EOF, Token, TokenStream
from jinja2.parser import Parser

from lettergen.merge.white_space import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment, nodes

NAMES = ("recipient", "sender", "letter")  # whose fields a template prints
CLOSERS = {"{{": "}}", "{%": "%}"}
PAIRED = ("if", "for", "block", "set", "macro", "call", "filter", "with", "raw", "autoescape")
ENDS = {f"end{name}": name for name in PAIRED}
TAGS = (*PAIRED[:-1], "elif", "else", "include", "import", "from", *ENDS)
# Compiled only where something is wrong.
_SIGN = r"\{\{|\{%|\{#|[-+]?\}\}|[-+]?%\}|#\}"
_HALF = r"%[ \t]+\}|\}[ \t]+\}|\}|%(?=[ \t]*$)"
_ASSIGNMENT = r"set\b[^=]*="


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


class StoppedError(TemplateSyntaxError):
    """Where Jinja's parser stops; its message is the token that is wanted, as the lexer calls it, or one of these."""

    KNOWN_TAG, LAST_TAG = "a tag that it knows", "the end of a tag, before that of the file"


class _Stream(TokenStream):
    def expect(self, expr: str) -> Token:
        if not self.current.test(expr):
            raise StoppedError(expr if self.current.type != TOKEN_EOF else StoppedError.LAST_TAG, self.current.lineno)
        return super().expect(expr)


class _Parser(Parser):
    """Says what it wants in words that do not change with Jinja's version."""

    def fail_unknown_tag(self, name: str, lineno: int | None = None) -> NoReturn:
        raise StoppedError(StoppedError.KNOWN_TAG, lineno or self.stream.current.lineno)

    def fail_eof(self, end_tokens: object = None, lineno: int | None = None) -> NoReturn:
        raise StoppedError(StoppedError.LAST_TAG, lineno or self.stream.current.lineno)


class Line(int):
    """A line's number, with the offset of what stands there."""

    offset: int


def lexemes(environment: Environment, text: str) -> Iterator[Lexeme]:
    """Each lexeme; a TemplateSyntaxError has the offset as its line."""
    found, _, error = _lexed(environment, text)
    yield from (lexeme for lexeme in found if lexeme.start >= 0)
    if error:
        position = max((lexeme.end for lexeme in found if lexeme.start >= 0), default=0)
        raise TemplateSyntaxError("", position) from error


def tokens(environment: Environment, text: str, name: str | None, filename: str | None) -> TokenStream:
    """What Jinja parses; its lines, and so those of the tree's nodes, are each a `Line`."""
    return TokenStream(
        environment.lexer.wrap(_lines(environment, text, name, filename), name, filename), name, filename
    )


def _lines(
    environment: Environment, text: str, name: str | None, filename: str | None
) -> Iterator[tuple[int, str, str]]:
    found, lines, error = _lexed(environment, text)
    for lexeme, number in marked(text, zip(found, lines, strict=True)):
        line = Line(number)
        line.offset = lexeme.start
        yield line, lexeme.kind, lexeme.value
    if error:
        raise TemplateSyntaxError(error.message or "", error.lineno, name, filename) from error


@lru_cache(maxsize=8)
def _lexed(environment: Environment, text: str) -> tuple[list[Lexeme], list[int], TemplateSyntaxError | None]:
    """Every lexeme (where one is not found in the text, its start is -1), the line of each, and what ended it early."""
    found: list[Lexeme] = []
    lines: list[int] = []
    position = 0
    try:
        for line, kind, value in environment.lexer.tokeniter(text, None):
            start = text.find(value, position)  # white space that is trimmed lies between
            position = position if start < 0 else start + len(value)
            found.append(Lexeme(start, kind, value))
            lines.append(line)
    except TemplateSyntaxError as error:
        return found, lines, error
    return found, lines, None


def parsed(environment: Environment, text: str) -> nodes.Template:
    """The tree of a text whose nodes, and TemplateSyntaxErrors, have offsets as their lines."""
    parser = _Parser(environment, "")
    parser.stream = _Stream(environment.lexer.wrap(lexemes(environment, text)), None, None)
    return parser.parse()


def tag_at(text: str, start: int) -> Tag:
    """The tag that opens at an offset; one without end goes as far as its line."""
    opening = text[start : start + 2]
    sign = re.compile(_SIGN).search(text, start + 2)
    if sign and sign[0].lstrip("-+") == CLOSERS[opening]:
        return _tag(text, start, sign.start(), sign.end(), CLOSERS[opening])
    limit = sign.start() if sign else len(text)
    line_end = text.find("\n", start)
    limit = limit if line_end < 0 else min(limit, line_end)
    if sign and sign.start() <= limit and sign[0][-1] == "}":
        return _tag(text, start, sign.start(), sign.end(), sign[0])
    half = re.compile(_HALF, re.MULTILINE).search(text, start + 2, limit)
    if half:
        return _tag(text, start, half.start(), half.end(), half[0])
    end = start + len(text[start:limit].rstrip())
    return _tag(text, start, end, end, "")


def still_open(text: str, openings: Iterable[int]) -> list[Tag]:
    """Those of the tags that no other closes, outermost first."""
    found: list[Tag] = []
    for start in openings:
        tag = tag_at(text, start)
        if tag.name in PAIRED and not re.match(_ASSIGNMENT, tag.words):
            found.append(tag)
        elif found and ENDS.get(tag.name) == found[-1].name:
            found.pop()
    return found


def _tag(text: str, start: int, last: int, end: int, closing: str) -> Tag:
    words = text[start + 2 : last].lstrip("-+").strip()
    return Tag(start, end, text[start : start + 2], closing, words)
