"""The letter as a Markdown file, written from its tree."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING

from lettergen.model import Element, Node, Reference, Value
from lettergen.model.tree import walk
from lettergen.render.escaping import (
    can_close_mathematics,
    code,
    emphasis_sign,
    escape,
    is_address,
    path_target,
    target,
    title,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lettergen.model import Letter

_INLINE = {"em", "strong", "code", "a", "img", "br"}
_LISTS = ("ul", "ol")
_RULE = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
INDENT = 4  # columns: what all readers take for the inside of a list item
_NOTHING = "<!-- -->"  # keeps apart what would grow together


def to_markdown(letter: Letter, path_of: Callable[[str], str] = str) -> str:
    """The whole file; `path_of` says where an image lies as seen from it."""
    writer = _Writer(path_of)
    blocks = list(writer.blocks(tuple(node for part in letter.parts for node in part.nodes)))
    blocks += [_hanging(f"[^{note.number}]: ", writer.inline(note.nodes), INDENT) for note in letter.notes]
    return "\n\n".join(blocks) + "\n"


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
            "hr": lambda _: "* * *",
        }

    def blocks(self, nodes: tuple[Node, ...]) -> Iterator[str]:
        """Each block's text; neighbours that would grow together are kept apart."""
        before = ""
        for block in _grouped(nodes):
            text = self.kinds.get(block.tag, self._heading)(block)
            if not text:
                continue
            if block.tag == before and block.tag in (*_LISTS, "blockquote"):
                yield _NOTHING
            yield text
            before = block.tag

    def inline(self, nodes: tuple[Node, ...], *, in_table: bool = False, in_line: bool = False) -> str:
        """Inline nodes as one line, or several where the letter breaks them."""
        return _Inline(self.path_of, nodes, in_table=in_table, in_line=in_line or in_table).write()

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
            inner = between.join(self.blocks(item.children)) or _NOTHING
            written.append(_hanging(mark.ljust(INDENT - 1) + " ", inner, max(INDENT, len(mark) + 1)))
        return between.join(written)

    def _table(self, table: Element) -> str:
        rows = [row for row in walk(table.children) if isinstance(row, Element) and row.tag == "tr"]
        lines = [self._row(row) for row in rows]
        rules = [_RULE[cell.get("align")] for cell in rows[0].children if isinstance(cell, Element)]
        return "\n".join([lines[0], _cells(rules), *lines[1:]])

    def _row(self, row: Element) -> str:
        return _cells(self.inline(cell.children, in_table=True) for cell in row.children if isinstance(cell, Element))


class _Inline:
    """Writes inline nodes one after the other; what comes next depends on what stands before."""

    def __init__(
        self, path_of: Callable[[str], str], nodes: tuple[Node, ...], *, in_table: bool, in_line: bool
    ) -> None:
        self.path_of, self.in_table, self.in_line = path_of, in_table, in_line
        self.nodes = _tidy(nodes)
        outline = "".join(_edge(node, 0) if isinstance(node, Element) else str(node) for node in walk(self.nodes))
        self.also = "$" if in_table or can_close_mathematics(outline) else ""
        self.used = ""  # the signs of the emphasis that is open
        self.out = ""

    def write(self) -> str:
        """The nodes' Markdown."""
        self._write(self.nodes, "")
        only = self.nodes[0] if len(self.nodes) == 1 else None
        if isinstance(only, Element) and only.tag == "img" and not self.in_line:
            self.out += _NOTHING  # else pandoc makes it a figure with a caption
        return self.out.strip(" \n")

    def _write(self, nodes: tuple[Node, ...], after: str) -> None:
        """Appends the nodes; `after` is the character that follows the last."""
        for index, node in enumerate(nodes):
            following = _edge(nodes[index + 1], 0) if index + 1 < len(nodes) else after
            match node:
                case str():
                    self._text(node)
                case Reference(_, number):
                    self._bracket(f"[^{number}]")
                case Element("em" | "strong"):
                    self._emphasis(node, following)
                case Element("a"):
                    self._link(node)
                case Element():
                    self._thing(node)

    def _text(self, text: str) -> None:
        is_first = not self.out or self.out.endswith(("\n", "<br>"))
        starts_line = not self.in_line and (not self.out or self.out.endswith("\n"))
        written = escape(text.lstrip(" ") if is_first else text, starts_line=starts_line, also=self.also)
        if self.out.endswith("]") and written[:1] in ("(", ":"):  # behind a reference it would make a link or a note
            written = ("\\(" if written[0] == "(" else "&#58;") + written[1:]
        self.out += written

    def _bracket(self, text: str) -> None:
        if self.out.endswith("!"):  # it would make an image
            self.out = self.out[:-1] + "\\!"
        self.out += text

    def _emphasis(self, node: Element, after: str) -> None:
        first, last = _edge(node.children[0], 0), _edge(node.children[-1], -1)
        sign = emphasis_sign(self.out[-1:], first, last, after, self.used)
        signs = sign if node.tag == "em" else sign * 2
        opening, closing = (signs, signs) if sign else (f"<{node.tag}>", f"</{node.tag}>")
        self.used += sign
        self.out += opening
        self._write(node.children, closing[0])
        self.out += closing
        self.used = self.used.removesuffix(sign)

    def _link(self, node: Element) -> None:
        address = node.get("href")
        if len(node.children) == 1 and not node.get("title") and is_address(str(node.children[0]), address):
            self.out += f"<{node.children[0]}>"
            return
        also, self.also = self.also, self.also + "]"
        self._bracket("[")
        self._write(node.children, "]")
        self.out += f"]({target(address)}{title(node.get('title'))})"
        self.also = also

    def _thing(self, node: Element) -> None:
        match node.tag:
            case "br" if self.out:
                is_tag = self.in_line or self.out.endswith("\n")
                self.out = self.out.rstrip(" ") + ("<br>" if is_tag else "  \n")
            case "code":
                text = "".join(map(str, node.children))
                self.out += code(text, in_table=self.in_table, before=self.out[-1:], also=self.also)
            case "img":
                alt = escape(node.get("alt"), also="]$")
                self.out += f"![{alt}]({path_target(self.path_of(node.get('src')))}{title(node.get('title'))})"


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


def _tidy(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes with neighbouring texts as one, and the blanks at the ends of emphasis outside it."""
    tidy: list[Node] = []
    for node in chain.from_iterable(map(_outside, nodes)):
        if isinstance(node, str) and tidy and isinstance(tidy[-1], str):
            tidy[-1] += node
        elif node != "":
            tidy.append(node)
    return tuple(tidy)


def _outside(node: Node) -> Iterator[Node]:
    match node:
        case Value(text):
            yield text
        case Element(tag, children, attributes):
            inner = list(_tidy(children))
            before = after = ""
            if tag in ("em", "strong"):
                before, after = _take_blanks(inner, 0), _take_blanks(inner, -1)
            yield before
            if inner or not children:
                yield Element(tag, tuple(inner), attributes)
            yield after
        case _:
            yield node


def _take_blanks(nodes: list[Node], index: int) -> str:
    """The blanks at one end of the nodes, which lose them."""
    text = nodes[index] if nodes else None
    if not isinstance(text, str) or text[index] != " ":
        return ""
    nodes[index : index + 1 or None] = [text.strip(" ")] if text.strip(" ") else []
    return " "


def _edge(node: Node, index: int) -> str:
    """The first or last character of a node; of an element, a bracket for its sign."""
    return node[index] if isinstance(node, str) else "["
