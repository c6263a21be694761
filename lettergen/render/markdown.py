"""The letter as a Markdown file, written from its tree."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lettergen.model import Element, Node
from lettergen.model.tree import walk
from lettergen.render.inline import NOTHING, Inline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lettergen.model import Letter

_INLINE = {"em", "strong", "code", "a", "span", "img", "br"}
_LISTS = ("ul", "ol")
RULE = "* * *"  # between the languages too
_ALIGNED = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
INDENT = 4  # columns: what all readers take for the inside of a list item


def to_markdown(letter: Letter, path_of: Callable[[str], str] = str) -> str:
    """The whole file; `path_of` says where an image lies as seen from it."""
    writer = _Writer(path_of)
    halves = (
        writer.blocks(tuple(node for part in letter.half(tag) for node in part.nodes)) for tag in letter.languages
    )
    blocks = [block for half in halves for block in (RULE, *half)][1:]
    blocks += [_hanging(f"[^{note.number}]: ", writer.inline(note.nodes), INDENT) for note in letter.notes]
    return "\n\n".join(blocks) + "\n"


def block_text(block: Node, path_of: Callable[[str], str] = str) -> str:
    """One of its blocks alone."""
    return "\n\n".join(_Writer(path_of).blocks((block,)))


class _Writer:
    """Blocks as lines of text."""

    def __init__(self, path_of: Callable[[str], str]) -> None:
        self.path_of = path_of
        self.kinds: dict[str, Callable[[Element], str]] = {
            "p": lambda block: self.inline(block.children),
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quote,
            "table": self._table,
            "hr": lambda _: RULE,
        }

    def blocks(self, nodes: tuple[Node, ...]) -> Iterator[str]:
        """Each block's text; neighbours that would grow together are kept apart."""
        before = ""
        for block in _grouped(nodes):
            text = self.kinds.get(block.tag, self._heading)(block)
            if not text:
                continue
            if block.tag == before and block.tag in (*_LISTS, "blockquote"):
                yield NOTHING
            yield text
            before = block.tag

    def inline(self, nodes: tuple[Node, ...], *, in_table: bool = False, in_line: bool = False) -> str:
        """Inline nodes as one line, or several where the letter breaks them."""
        return Inline(self.path_of, nodes, in_table=in_table, in_line=in_line or in_table).write()

    def _heading(self, block: Element) -> str:
        text = self.inline(block.children, in_line=True)
        stripped = text.rstrip("#")
        closed = stripped + "\\#" * (len(text) - len(stripped))
        return f"{'#' * int(block.tag[1])} {closed}"

    def _quote(self, block: Element) -> str:
        inner = "\n\n".join(self.blocks(block.children))
        return "\n".join(f"> {line}" if line else ">" for line in inner.split("\n"))

    def _list(self, block: Element) -> str:
        items = [item for item in block.children if isinstance(item, Element)]
        between = "\n" if _is_tight(block) else "\n\n"
        first = int(block.get("start") or 1)
        written = []
        for number, item in enumerate(items, first):
            mark = f"{number}." if block.tag == "ol" else "-"
            inner = between.join(self.blocks(item.children)) or NOTHING
            written.append(_hanging(mark.ljust(INDENT - 1) + " ", inner, max(INDENT, len(mark) + 1)))
        return between.join(written)

    def _table(self, table: Element) -> str:
        rows = [row for row in walk(table.children) if isinstance(row, Element) and row.tag == "tr"]
        lines = [self._row(row) for row in rows]
        rules = [_ALIGNED[cell.get("align")] for cell in rows[0].children if isinstance(cell, Element)]
        return "\n".join([lines[0], _cells(rules), *lines[1:]])

    def _row(self, row: Element) -> str:
        return _cells(self.inline(cell.children, in_table=True) for cell in row.children if isinstance(cell, Element))


def _grouped(nodes: tuple[Node, ...]) -> Iterator[Element]:
    """The blocks, runs of inline nodes as one paragraph each."""
    for is_inline, run in groupby(nodes, _is_inline):
        if is_inline:
            yield Element("p", tuple(run))
        else:
            yield from (node for node in run if isinstance(node, Element))


def _is_inline(node: Node) -> bool:
    return not isinstance(node, Element) or node.tag in _INLINE


def _is_tight(block: Element) -> bool:
    """Whether a list can do without blank lines: each item is one text, and at most one such list behind it."""
    return all(_is_tight_item(item) for item in block.children if isinstance(item, Element))


def _is_tight_item(item: Element) -> bool:
    blocks = [node for node in item.children if not _is_inline(node)]
    if not blocks:
        return True
    only = blocks[0] if len(blocks) == 1 and blocks[0] is item.children[-1] and len(item.children) > 1 else None
    if not isinstance(only, Element) or only.tag not in _LISTS:
        return False
    return only.get("start") in ("", "1") and _is_tight(only)  # another start would need a blank line


def _hanging(mark: str, text: str, indent: int) -> str:
    """The text behind its mark, its further lines indented."""
    first, *others = text.split("\n")
    return "\n".join([mark + first, *(" " * indent + line if line else "" for line in others)])


def _cells(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"
