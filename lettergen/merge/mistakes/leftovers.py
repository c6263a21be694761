"""Half tags that Jinja takes for text, and would print: `{recipient.name}`, `% if … %}`, `«Name»`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import nodes

from lettergen.merge.mistakes.tags import lexemes
from lettergen.model import HIDDEN, without_code
from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

# What few sound texts have between their tags, in their comments and in their quotes.
_SIGNS = re.compile(r"[{}«]|<<|<\s*(?:recipient|sender|letter)|%\s*end|\b(?:recipient|sender|letter)\.\w")
_CONFLICT = re.compile(r"^(?:(?:<{7}|>{7}|\|{7}) .*|={7})$", re.MULTILINE)
_NESTED = re.compile(r"\{#(?:(?!#\}).)*\{#", re.DOTALL)
_SWALLOWS = re.compile(r"\}\}.*\{\{|%\}.*\{[{%]|\}\}.*\{%", re.DOTALL)


def check_text(environment: Environment, source: Source, text: str, tree: nodes.Template) -> Iterator[Problem]:
    """What would be printed as it stands, and was meant to be filled in."""
    for found in _CONFLICT.finditer(text):
        message = "git left this line where two versions of the file differ"
        place = source.place(*found.span())
        yield Problem("template-syntax", message, place, "keep one of the versions, and remove the lines of git")
    data = any(_SIGNS.search(node.data) for node in tree.find_all(nodes.TemplateData))
    if data or _NESTED.search(text) or any(_swallows(node.value) for node in tree.find_all(nodes.Const)):
        yield from _leftovers(environment, source, text)


def _leftovers(environment: Environment, source: Source, text: str) -> Iterator[Problem]:
    from lettergen.merge.mistakes.slips import SLIP, read_slip  # a pattern that takes time to make

    is_nested, shown = False, prose(environment, text)
    for lexeme in lexemes(environment, text):
        if lexeme.kind == "comment" and "{#" in lexeme.value:
            is_nested, start = True, lexeme.start + lexeme.value.index("{#")
            message = "a comment begins here within another, which is not closed"
            place = source.place(start, start + 2)
            yield Problem("template-syntax", message, place, "write '#}' before it: a comment cannot hold another")
        elif lexeme.kind == "string" and _swallows(lexeme.value):
            message = "the quote that opens here is not closed"
            place = source.place(lexeme.start, lexeme.start + len(re.split(r"\s*[%}]\}", lexeme.value)[0]))
            yield Problem("template-syntax", message, place, f"close it with {lexeme.value[0]}")
        elif lexeme.kind == "data":
            found = (slip for slip in SLIP.finditer(text, lexeme.start, lexeme.end) if shown[slip.start()] != HIDDEN)
            yield from (read_slip(source, slip) for slip in found if not (is_nested and slip[0] == "#}"))


@lru_cache(maxsize=8)
def prose(environment: Environment, text: str) -> str:
    """The words of a template at their offsets: tags, raw text, code and the targets of links are hidden."""
    shown, is_raw = "", False
    for lexeme in lexemes(environment, text):
        if lexeme.kind in ("raw_begin", "raw_end"):
            is_raw = lexeme.kind == "raw_begin"
        elif lexeme.kind == "data" and not is_raw:
            shown += HIDDEN * (lexeme.start - len(shown)) + lexeme.value
    return without_code(shown + HIDDEN * (len(text) - len(shown)))


def _swallows(value: object) -> bool:
    return isinstance(value, str) and _SWALLOWS.search(value) is not None
