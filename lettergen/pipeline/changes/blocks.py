"""Letters as blocks of text, as a reader sees them: what two states of a letter are compared by."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lettergen.files import UNPRINTABLE
from lettergen.model import Element
from lettergen.pipeline.changes.words import CODE, EMPHASIS, KEPT, LINE, REFERENCE, REFERENCE_END
from lettergen.render.inline import NOTHING
from lettergen.render.markdown import RULE, block_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lettergen.model import Letter, Node, Part

NOTES = "notes"
_SEEN = re.compile(r"\\([!-/:-@\[-`{-~])|(&#?\w+;)|\[\^(\d+)\]|(\*)|(`)|(<br>)")
# The end of a line that the letter does not break: somebody's editor wrapped it.
_WRAP = re.compile(r"(?<! {2})\n(?! *(?:[-+]|\d+[.)]) | *[|>])")
_NOTE = re.compile(r"\[\^\d+\]: ")


class Block(NamedTuple):
    """A paragraph, or what stands in the place of one, and the part that it is of; none where nobody knows."""

    part: str
    text: str


Blocks: TypeAlias = tuple[Block, ...]


def of_letter(letter: Letter, path_of: Callable[[str], str] = str) -> Blocks:
    """A composed letter's blocks; `path_of` says where an image lies."""
    parts = ((_label(letter, part), node) for part in letter.parts for node in part.nodes)
    notes = ((NOTES, Element("p", note.nodes)) for note in letter.notes)
    return tuple(Block(part, text) for part, node in (*parts, *notes) for text in _written(node, path_of))


def of_markdown(text: str) -> Blocks:
    """The blocks of a Markdown file that a build wrote; only the notes are known as such."""
    return tuple(_blocks(text))


def label(part: str, language: str = "") -> str:
    """A part's name for people."""
    return part.replace("_", " ") + (f" ({language})" if language else "")


def lines(text: str) -> str:
    """The text with one blank for each run of white space, and one on both sides of a line's end."""
    return f" {LINE} ".join(" ".join(line.split()) for line in text.strip().split("\n"))


def _label(letter: Letter, part: Part) -> str:
    return label(part.name, part.language if part.language != letter.language else "")


def _blocks(text: str) -> Iterator[Block]:
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        note = _NOTE.match(block)
        seen = _seen(block[note.end() :] if note else block)
        if seen and block not in (NOTHING, RULE):
            yield Block(NOTES if note else "", seen)


@lru_cache(KEPT)
def _written(node: Node, path_of: Callable[[str], str]) -> tuple[str, ...]:
    """Letters share most of their blocks."""
    return tuple(block.text for block in _blocks(block_text(node, path_of)))


@lru_cache(KEPT)
def _seen(block: str) -> str:
    """Markdown as its reader sees it; emphasis, code and references are signs that no text can hold."""
    seen = _SEEN.sub(_sign, _WRAP.sub(" ", UNPRINTABLE.sub(" ", block)))
    return lines(seen)


def _sign(found: re.Match[str]) -> str:
    escaped, entity, number, star, _, line = found.groups()
    if number:
        return f"{REFERENCE}{number}{REFERENCE_END}"
    if star:
        return EMPHASIS
    if line:
        return LINE
    return escaped or (unescape(entity) if entity else CODE)
