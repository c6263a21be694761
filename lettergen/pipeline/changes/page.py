"""A letter's page -> its blocks, where a build wrote no Markdown."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from lettergen.files import UNPRINTABLE
from lettergen.model import PARTS
from lettergen.pipeline.changes.blocks import NOTES, Block, Blocks, label, lines
from lettergen.pipeline.changes.words import CODE, EMPHASIS, REFERENCE, REFERENCE_END

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCKS = {"p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_SIGNS = {"em": EMPHASIS, "strong": EMPHASIS * 2, "code": CODE}
_CELLS = ("td", "th")


def of_page(html: str) -> Blocks:
    """The blocks of a page that a build wrote."""
    start = max(html.find("<article"), 0)
    reader = _Reader()
    reader.feed(UNPRINTABLE.sub(" ", html[start:]))
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


class _Reader(HTMLParser):
    """Collects blocks; what stands in no part is passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.part = ""
        self.text: list[str] = []
        self.closing: list[str] = []  # what ends each open link
        self.is_hidden = False  # within a link back from a note

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag in _BLOCKS:
            self.end_block()
        if tag in ("div", "section") and classes and classes[0] in (*PARTS, NOTES):
            self.end_block()
            self.part = label(classes[0], given.get("lang", ""))
        elif tag == "br":
            self.text.append("\n")
        elif tag == "img":
            self.text.append(f"![{given.get('alt', '')}]")
        elif tag == "a":
            self._open_link(classes, given.get("href", ""))
        self.text.append(_SIGNS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.text.append(_SIGNS.get(tag, ""))
        if tag == "a" and self.closing:
            self.text.append(self.closing.pop())
            self.is_hidden = False
        elif tag in _CELLS:
            self.text.append(" | ")
        elif tag in _BLOCKS:
            self.end_block()
        elif tag == "section":
            self.part = ""

    def handle_data(self, data: str) -> None:
        if not self.is_hidden:
            self.text.append(data.replace("\n", " "))

    def end_block(self) -> None:
        """What was read since the last block is one, if it has words."""
        text = lines("".join(self.text))
        if text and self.part:
            self.blocks.append(Block(self.part, text))
        self.text = []

    def _open_link(self, classes: Sequence[str], address: str) -> None:
        self.is_hidden = "back" in classes
        if self.is_hidden:
            self.closing.append("")
        elif "reference" in classes:
            self.text.append(REFERENCE)
            self.closing.append(REFERENCE_END)
        else:
            self.text.append("[")
            self.closing.append(f"]({address})")
