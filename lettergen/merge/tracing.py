"""Where every sign of a merged part comes from: found by merging once more, with marks that know their offset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from jinja2.ext import Extension
from jinja2.lexer import Token as Lexeme

from lettergen.merge.document import read_main_document
from lettergen.merge.merging import merge
from lettergen.model.explaining import SIGN, Spot, Trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2.lexer import TokenStream

    from lettergen.merge.document import MainDocument
    from lettergen.merge.mistakes.tags import Line
    from lettergen.model import Recipient
    from lettergen.problems import Source

# Private-use characters, as tokens have: `>1:20` goes into what is printed there, `<` out of it, `=1:40` is text.
_MARK = re.compile("\ue002([<>=])(?:([0-9]+):([0-9]+))?\ue003")


class Trails(Extension):
    """Puts marks round what is printed, included or called, and before the template's own words."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Lexeme]:
        """The lexemes with the marks as further text."""
        sources = self.environment.sources  # type: ignore[attr-defined]
        if stream.name not in sources:  # a template that is only looked at
            return iter(stream)
        return _marked(list(stream), list(sources).index(stream.name))


def _marked(lexemes: Sequence[Lexeme], number: int) -> Iterator[Lexeme]:
    """The lexemes with their marks; a `call` is open until its own end, so that its macro's words are within."""
    names = [lexeme.value if lexeme.type == "name" else "" for lexeme in lexemes[1:]] + [""]
    ends = ""  # the tag or print that closes with the end that comes next
    for lexeme, name in zip(lexemes, names, strict=True):
        line, kind = lexeme.lineno, lexeme.type
        offset = cast("Line", line).offset
        if kind == "data":
            yield Lexeme(line, "data", f"\ue002={number}:{offset}\ue003{lexeme.value}")
            continue
        if kind == "variable_begin" or (kind == "block_begin" and name in ("include", "call")):
            yield Lexeme(line, "data", f"\ue002>{number}:{offset}\ue003")
        if kind in ("variable_begin", "block_begin"):
            ends = kind.replace("begin", "end") if kind == "variable_begin" or name in ("include", "endcall") else ""
        yield lexeme
        if kind == ends:
            yield Lexeme(line, "data", "\ue002<\ue003")
            ends = ""


def trace(document: MainDocument, recipient: Recipient, known: frozenset[str]) -> Mapping[str, tuple[Trace, ...]]:
    """For each part the signs and tokens of its merged text, white space left out."""
    source, text = document.environment.sources[document.name]
    traced = read_main_document(document.environment.folder, source, text, document.settings, (Trails,))[0]
    if traced is None:
        return {}
    parts = merge(traced, recipient, known)[0].parts
    sources = [source for source, _ in traced.environment.sources.values()]
    return {name: tuple(_read(part, sources)) for name, part in parts.items()}


def _read(text: str, sources: Sequence[Source]) -> Iterator[Trace]:
    """The signs of a part; each print, include or call that is open is a level of its own."""
    callers: list[Spot] = []
    position = 0
    own: list[Spot | None] = [None]
    for found in (*_MARK.finditer(text), None):
        end = found.start() if found else len(text)
        yield from _signs(text[position:end], tuple(callers), own[-1])
        if found is None:
            return
        position = found.end()
        sign, number, offset = found.groups()
        if sign == "<":  # of which a filter may have left more than of the others
            callers, own = callers[:-1], own[:-1] or [None]
        elif sign == ">":
            callers.append(Spot(sources[int(number)], int(offset)))
            own.append(None)
        else:
            own[-1] = Spot(sources[int(number)], int(offset))


def _signs(text: str, callers: tuple[Spot, ...], own: Spot | None) -> Iterator[Trace]:
    """The signs of one stretch. Only white space can have gone from a template's words, or a filter changed them."""
    theirs = re.finditer(r"\S", own.source.text[own.offset :]) if own else iter(())
    for found in SIGN.finditer(text):
        here: tuple[Spot, ...] = ()
        if found[1] is None and own:
            sign = next(theirs, None)
            here = (Spot(own.source, own.offset + sign.start()) if sign and sign[0] == found[0] else own,)
        yield Trace(found[0], (*callers, *here))
