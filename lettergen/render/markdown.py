"""The letter as a Markdown file, written from its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import Element, Node, Reference, Value
from lettergen.render.escaping import code, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lettergen.model import Letter

_INLINE = {"em", "strong", "code", "a", "img", "br"}
_SIGN = {"em": "*", "strong": "**"}
_RULE = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
INDENT = 4  # columns: what all readers take for the inside of a list item


def to_markdown(letter: Letter, path_of: Callable[[str], str] = str) -> str:
    """The whole file; `path_of` says where an image lies as seen from it."""
    writer = _Writer(path_of)
    blocks = [block for part in letter.parts for block in writer.blocks(part.nodes)]
    blocks += [f"[^{note.number}]: {writer.inline(note.nodes)}" for note in letter.notes]
    return "\n\n".join(blocks) + "\n"


class _Writer:
    """Blocks as lists of lines, inline nodes as text."""

    def __init__(self, path_of: Callable[[str], str]) -> None:
        self.path_of = path_of

    def blocks(self, nodes: tuple[Node, ...]) -> Iterator[str]:
        """Each block's text; neighbours that would grow together are kept apart."""
        before = ""
        for tag, block in self._grouped(nodes):
            text = self._block(tag, block)
            if tag == before and tag in ("ul", "ol", "blockquote"):
                text = f"<!-- -->\n\n{text}"
            if text:
                yield text
            before = tag

    def _grouped(self, nodes: tuple[Node, ...]) -> Iterator[tuple[str, tuple[Node, ...]]]:
        """The blocks, runs of inline nodes as one paragraph each."""
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and node.tag not in _INLINE:
                if run:
                    yield "p", tuple(run)
                    run = []
                yield node.tag, (node,)
            else:
                run.append(node)
        if run:
            yield "p", tuple(run)

    def _block(self, tag: str, nodes: tuple[Node, ...]) -> str:
        block = nodes[0]
        if not isinstance(block, Element) or block.tag in _INLINE:
            return self.inline(nodes)
        match tag:
            case "ul" | "ol":
                return self._list(block)
            case "blockquote":
                inner = "\n\n".join(self.blocks(block.children))
                return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
            case "table":
                return self._table(block)
            case "hr":
                return "* * *"
            case "p":
                return self.inline(block.children)
            case _:
                return f"{'#' * int(tag[1])} {self.inline(block.children, in_line=True)}"

    def _list(self, block: Element) -> str:
        items = [item for item in block.children if isinstance(item, Element)]
        is_loose = any(isinstance(child, Element) and child.tag == "p" for item in items for child in item.children)
        first = int(block.get("start") or 1)
        written = []
        for number, item in enumerate(items, first):
            mark = f"{number}." if block.tag == "ol" else "-"
            between = "\n\n" if is_loose else "\n"
            inner = between.join(self.blocks(item.children))
            inner = inner.replace("\n", "\n" + " " * INDENT).replace("\n" + " " * INDENT + "\n", "\n\n")
            written.append(mark.ljust(INDENT - 1) + " " + inner)
        return ("\n\n" if is_loose else "\n").join(written)

    def _table(self, table: Element) -> str:
        rows = [row for part in table.children if isinstance(part, Element) for row in part.children]
        lines = []
        for index, row in enumerate(row for row in rows if isinstance(row, Element)):
            cells = [cell for cell in row.children if isinstance(cell, Element)]
            lines.append(f"| {' | '.join(self.inline(cell.children, in_table=True) for cell in cells)} |")
            if index == 0:
                lines.append(f"| {' | '.join(_RULE[cell.get('align')] for cell in cells)} |")
        return "\n".join(lines)

    def inline(self, nodes: tuple[Node, ...], *, in_table: bool = False, in_line: bool = False) -> str:
        """Inline nodes as one line, or several where the letter breaks them."""
        return _Inline(self.path_of, in_table=in_table, in_line=in_line).write(nodes)


class _Inline:
    """Writes inline nodes one after the other; what comes next depends on what stands before."""

    def __init__(self, path_of: Callable[[str], str], *, in_table: bool, in_line: bool) -> None:
        self.path_of, self.in_table, self.in_line = path_of, in_table, in_line
        self.out = ""

    def write(self, nodes: tuple[Node, ...]) -> str:
        """The nodes' Markdown."""
        for index, node in enumerate(nodes):
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            self._node(node, following)
        return self._closed_heading() if self.in_line else self.out

    def _node(self, node: Node, following: Node | None) -> None:
        match node:
            case str():
                self._text(node, following)
            case Value(text):
                self._text(text, following)
            case Reference(_, number):
                self.out += f"[^{number}]"
            case Element("br"):
                self.out = self.out.rstrip(" ") + ("<br>" if self.in_table or self.in_line else "  \n")
            case Element("em" | "strong", children):
                self._emphasis(node.tag, children, following)
            case Element("code", children):
                self.out += code("".join(map(_words, children)), in_table=self.in_table)
            case Element("a", children):
                self._link(node, children)
            case Element("img"):
                self.out += f"![{escape(node.get('alt'))}]({_target(self.path_of(node.get('src')))}{_title(node)})"
            case Element():
                self.out += self._inner(node.children)

    def _text(self, text: str, following: Node | None) -> None:
        starts_line = not self.in_line and (not self.out or self.out.endswith("\n"))
        written = escape(text, starts_line=starts_line)
        if self.out.endswith("]") and written[:1] in "(:":  # behind a reference it would make a link or a note
            written = ("\\(" if written[0] == "(" else "&#58;") + written[1:]
        is_link = (isinstance(following, Element) and following.tag == "a") or isinstance(following, Reference)
        if written.endswith("!") and is_link:
            written = written[:-1] + "\\!"
        self.out += written

    def _emphasis(self, tag: str, children: tuple[Node, ...], following: Node | None) -> None:
        inner = self._inner(children)
        stripped = inner.strip(" ")
        if not stripped:
            return
        before, after = self.out[-1:], _first_character(following)
        sign = _SIGN[tag]
        if "*" in (before, stripped[0], stripped[-1]) or after == "*":
            sign = sign.replace("*", "_")
        if _can_open(before, stripped[0], sign) and _can_close(stripped[-1], after, sign):
            self.out += sign + stripped + sign
        else:  # no sign would be read as emphasis here
            self.out += f"<{tag}>{stripped}</{tag}>"

    def _link(self, link: Element, children: tuple[Node, ...]) -> None:
        self.out += f"[{self._inner(children)}]({_target(link.get('href'))}{_title(link)})"

    def _inner(self, children: tuple[Node, ...]) -> str:
        return _Inline(self.path_of, in_table=self.in_table, in_line=True)._open(children)  # noqa: SLF001

    def _open(self, children: tuple[Node, ...]) -> str:
        for index, node in enumerate(children):
            self._node(node, children[index + 1] if index + 1 < len(children) else None)
        return self.out

    def _closed_heading(self) -> str:
        stripped = self.out.rstrip("#")
        return stripped + "\\#" * (len(self.out) - len(stripped))


def _words(node: Node) -> str:
    return node.text if isinstance(node, Value) else str(node)


def _first_character(node: Node | None) -> str:
    """The first character that will be written for a node."""
    match node:
        case str():
            return node[:1]
        case Value(text):
            return text[:1]
        case Reference():
            return "["
        case Element("em" | "strong"):
            return "*"
        case Element("br") | None:
            return ""
        case _:
            return "["


def _can_open(before: str, first: str, sign: str) -> bool:
    """CommonMark's left-flanking rule, and not within a word for `_`."""
    at_edge = not before or before.isspace() or not before.isalnum()
    return not first.isspace() and (first.isalnum() or at_edge) and ("_" not in sign or at_edge)


def _can_close(last: str, after: str, sign: str) -> bool:
    """CommonMark's right-flanking rule, and not within a word for `_`."""
    at_edge = not after or after.isspace() or not after.isalnum()
    return not last.isspace() and (last.isalnum() or at_edge) and ("_" not in sign or at_edge)


def _target(address: str) -> str:
    """An address as a link's target: no blank and no bracket."""
    coded = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "*": "%2A", "_": "_"}
    return "".join(coded.get(character, character) for character in address).replace("&", "&amp;")


def _title(element: Element) -> str:
    title = element.get("title")
    return f' "{escape(title).replace(chr(34), "&quot;")}"' if title else ""
