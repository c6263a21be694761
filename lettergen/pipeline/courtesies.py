"""A letter's salutation, close and signature: what the body says once more, and letters that nobody signs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.model import Element
from lettergen.model.labels import pattern
from lettergen.model.tree import plain_text
from lettergen.problems import RECORD, Problem, Related, short
from lettergen.review.mixups.words import words as words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Letter, Node
    from lettergen.pipeline.languages import Half

_LAST = 4  # lines at the end of a body, where a close has a name and a title below it
_LONGEST, _LONGEST_BEGIN = 8, 5  # words of a salutation, alone and with the text behind it
_NO_SIGNATURE = re.compile(r"block\s+signature_block\s*[-+]?%\}(?:\s|\{#.*?#\})*\{%[-+]?\s*endblock", re.DOTALL)


def check_courtesies(chosen: tuple[Half, ...], letter: Letter) -> Iterator[Problem]:
    """A warning for each formula that a body repeats; else for a close that no name follows."""
    repeated = [problem for half in chosen for problem in _repeated(half, letter)]
    yield from repeated
    closes = [_lines(part.nodes) for part in letter.parts if part.name == "complimentary_close"]
    is_signed = any(part.name == "signature_block" for part in letter.parts) or any(len(lines) != 1 for lines in closes)
    settings, template = chosen[0].document.settings, chosen[0].document.source.text
    if settings.is_read and closes and not (is_signed or repeated or _NO_SIGNATURE.search(template)):
        place = settings.fields.key_places.get("sender", settings.place)
        way_out = (
            "write 'sender: {name: …}' into the front matter; or, if it is signed by hand alone, into the template: "
        )
        way_out += "{% block signature_block %}{% endblock %}"
        yield Problem(
            "unsigned", "nobody signs the letter: no name follows the close", place, way_out, subject="sender"
        )


def _repeated(half: Half, letter: Letter) -> Iterator[Problem]:
    parts = {part.name: part.nodes for part in letter.half(half.language)}
    body, salutation = parts.get("body", ()), plain_text(parts.get("salutation", ())).rstrip(" ,:!.")
    close = plain_text(parts.get("complimentary_close", ())).strip()
    first, last = _lines(body[:1])[:1], _lines(body[-_LAST:])[-_LAST:]
    for line in first if salutation else ():
        if (" " in salutation and line.startswith(salutation)) or greets(line):
            yield _problem(half, ("salutation", salutation), line, line.split(maxsplit=1)[0])
    for line in last if close else ():
        if closes(line, close):
            yield _problem(half, ("complimentary_close", close), line, line)


def _lines(blocks: tuple[Node, ...]) -> list[str]:
    """The lines of the paragraphs; one of an empty line for another block."""
    nodes: list[Node] = []
    for block in blocks:
        nodes += [*block.children, "\n"] if isinstance(block, Element) and block.tag == "p" else ["\0\n"]
    texts = ["\n" if isinstance(node, Element) and node.tag == "br" else plain_text((node,)) for node in nodes]
    return [line.strip() for line in "".join(texts).split("\n") if line.strip()]


@lru_cache(maxsize=256)
def greets(line: str) -> bool:
    """Whether the line is a salutation, or begins with one and a comma."""
    begin = re.match("[^,:!]+(?=[,:!].)", line)
    said = words_of(begin[0] if begin else line)
    is_short = len(said) <= (_LONGEST_BEGIN if begin else _LONGEST) and (begin or not line.endswith((".", "?")))
    return bool(is_short) and pattern("greeting").match(" ".join(said)) is not None


@lru_cache(maxsize=256)
def closes(line: str, printed: str) -> bool:
    said = words_of(line)
    return said == words_of(printed) or pattern("close").fullmatch(" ".join(said)) is not None


def _problem(half: Half, printed: tuple[str, str], said: str, sought: str) -> Problem:
    part, words = printed
    code = "doubled-salutation" if part == "salutation" else "doubled-close"
    message = f"the body says '{short(said)}', and the part '{part}' says '{short(words)}'"
    way_out = f"remove it from the body; or leave out the part: {{% block {part} %}}{{% endblock %}}"
    record = Related(half.recipient.place, RECORD)
    return Problem(code, message, half.locator.words("body", sought), way_out, (record,), part)
