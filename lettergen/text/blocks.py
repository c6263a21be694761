"""The blocks of a text by the rules of CommonMark, with GitHub's tables; their inline text is read later."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement  # built here, never parsed

from markdown.util import AtomicString

from lettergen.text.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r"(#{1,6})(?: +#+|(?: +(.*?))?(?: +#+)?) *$")
_RULE = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_ITEM = re.compile(r"(?P<mark>[-+*]|(?P<number>\d{1,9})[.)])(?P<gap> +|$)", re.ASCII)
_DELIMITERS = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
_ALIGNED = {(True, False): "left", (False, True): "right", (True, True): "center"}
_BLOCK = re.compile(r"(?:[-+*]|\d{1,9}[.)]|#{1,6}) |\|", re.ASCII)
_INDENT = 3  # blanks that may stand before a sign
_DEEP = (
    "this is indented so far that it is no list, heading or table, and goes on with the line above",
    "remove the blanks before it; or write '\\-', '1\\.', '\\#' or '\\|' if it is text",
)
_NEVER = sys.maxsize


def blocks(text: str) -> tuple[Element, list[Fault]]:
    """The tree of blocks, the lists whose numbers would change, and the signs of blocks that would be text."""
    root = Element("div")
    reader = _Reader(root)
    for line in re.sub("[\x02\x03]", "", text).split("\n"):
        reader.take(line.expandtabs(4))
    reader.close(1)
    for found in root.iter():
        for paragraph in found.findall("li/p") if not found.get("loose") else ():
            paragraph.set("tight", "tight")
    deep = [Fault("code-block", words, *_DEEP) for found in root.iter() if (words := found.get("deep"))]
    return root, [*deep, *(fault for found in root.iter("ol") for fault in _changed(found))]


def _changed(numbered: Element) -> Iterator[Fault]:
    """A fault if a number of the list would not be printed as it was typed."""
    typed = [item.get("number", "") for item in numbered]
    for index, item in enumerate(numbered):
        number, printed = typed[index], str(int(typed[0]) + index)
        if number != printed and (not index or len(set(typed)) > 1 or int(number) > 1):
            message = f"number {number} of this list would be printed as {printed}"
            way_out = (
                f"write '{printed}.', or '{number}\\.' for a number that is part of the text, or '1.' before each item "
                "of a list with items that some letters leave out"
            )
            yield Fault("list-number", item.get("typed", ""), message, way_out)
            return


class _Container(NamedTuple):
    """The root, or an open quote or item, which is in a list: `width` is how far its lines are indented."""

    element: Element
    width: int
    around: Element


class _Reader:
    """Adds line after line to the tree. `words` are the lines of the open paragraph, which is the last block of the
    innermost container that is `open`. After an empty line, `blank` is the index of the innermost quote or the root:
    a list inside it that goes on is loose.
    """

    def __init__(self, root: Element) -> None:
        self.open = [_Container(root, 0, root)]
        self.words: list[str] = []
        self.blank = _NEVER

    def take(self, line: str) -> None:
        """Add the line to the blocks that are open, or open others."""
        depth = 1
        for element, width, _ in self.open[1:]:
            words, indent = _split(line)
            if not width and indent <= _INDENT and words[:1] == ">":
                line = words[1:].removeprefix(" ")
            elif width and (indent >= width or (not words and len(element))):
                line = line[width:]
            else:
                break
            depth += 1
        if not line.strip(" "):
            self.close(depth)
            self.blank = max(at for at, one in enumerate(self.open) if not one.width)
            return
        while (inner := self._opened(line, depth)) is not None:
            line, depth = inner, len(self.open)
        if line.strip(" "):
            self._leaf(line, depth)
        self.blank = _NEVER

    def close(self, depth: int) -> None:
        """End the paragraph, and the containers from this one on."""
        if self.words:
            self.open[-1].element[-1].text = "\n".join(self.words).rstrip(" ")
            self.words = []
        del self.open[depth:]

    def _opened(self, line: str, depth: int) -> str | None:
        """Open the quote or item that begins here and return the rest of the line; None if there is none."""
        words, indent = _split(line)
        item = _ITEM.match(words)
        if indent <= _INDENT and words[:1] == ">":
            self.close(depth)
            self.open.append(_Container(quote := self._add("blockquote"), 0, quote))
            return words[1:].removeprefix(" ")
        if indent > _INDENT or not item or _RULE.match(words):
            return None
        is_empty = not words[item.end() :].strip(" ")
        if self.words and depth == len(self.open) and (is_empty or int(item["number"] or 1) != 1):
            return None  # such an item cannot end a paragraph
        self.close(depth)
        found = self._list(item)
        named = {"number": item["number"], "typed": words.rstrip(" ")} if item["number"] else {}
        width = indent + (len(item["mark"]) + 1 if is_empty or len(item["gap"]) > _INDENT + 1 else item.end())
        self.open.append(_Container(SubElement(found, "li", named), width, found))
        return line[width:]

    def _list(self, item: re.Match[str]) -> Element:
        """The list that the item belongs to: the last block, or a new one."""
        parent, kind, first = self.open[-1].element, item["mark"][-1], int(item["number"] or 1)
        if not len(parent) or parent[-1].get("kind") != kind:
            return self._add("ol" if item["number"] else "ul", kind=kind, start="" if first == 1 else str(first))
        if self.blank < len(self.open):
            parent[-1].set("loose", "loose")
        return parent[-1]

    def _add(self, tag: str, text: str = "", **attributes: str) -> Element:
        """A new block in the innermost container: behind an empty line in an item, the list is loose."""
        parent, _, around = self.open[-1]
        if len(parent) and self.blank < len(self.open) - 1:
            around.set("loose", "loose")
        made = SubElement(parent, tag, attributes)
        made.text = text
        return made

    def _leaf(self, line: str, depth: int) -> None:
        """A line of text, a heading, a rule, a table's row, or code."""
        words, indent = _split(line)
        last = self.open[-1].element[-1:]
        is_within = depth == len(self.open)
        if indent > _INDENT and not self.words:
            self.close(depth)
            self._add("pre", AtomicString(words))
        elif indent <= _INDENT and self.words and is_within and self._is_changed(last[0], words):
            pass
        elif indent <= _INDENT and (heading := _HEADING.match(words)):
            self.close(depth)
            self._add(f"h{len(heading[1])}", heading[2] or "")
        elif indent <= _INDENT and _RULE.match(words):
            self.close(depth)
            self._add("hr")
        elif is_within and self.blank == _NEVER and last and last[0].tag == "table":
            rows = last[0][1] if len(last[0]) > 1 else SubElement(last[0], "tbody")
            _row(rows, words, "td", [cell.get("align", "") for cell in last[0][0][0]])
        else:
            if not self.words:
                self.close(depth)
                self._add("p")
            elif indent > _INDENT and _BLOCK.match(words):
                self.open[-1].element[-1].attrib.setdefault("deep", words.rstrip(" \\"))
            self.words.append(words)

    def _is_changed(self, paragraph: Element, words: str) -> bool:
        """Whether the line makes a heading or a table of the paragraph above it."""
        if _UNDERLINE.match(words):
            paragraph.tag = "h1" if words[0] == "=" else "h2"
            self.close(len(self.open))
            return True
        if not _DELIMITERS.match(words) or paragraph.get("table"):
            return False
        cells = _cells(words)
        if len(cells) != len(_cells(self.words[-1])):
            paragraph.set("table", "broken" if "|" in words else "none")
            return False
        head = self.words.pop()
        if self.words:
            self.close(len(self.open))
            paragraph = self._add("table")
        paragraph.tag = "table"
        _row(SubElement(paragraph, "thead"), head, "th", [_ALIGNED.get((c[0] == ":", c[-1] == ":"), "") for c in cells])
        return True


def _split(line: str) -> tuple[str, int]:
    """The line without the blanks before it, and how many they are."""
    words = line.lstrip(" ")
    return words, len(line) - len(words)


def _cells(line: str) -> list[str]:
    inner = re.sub(r"(?<!\\)\|$", "", line.strip(" ").removeprefix("|"))
    return [cell.strip(" ").replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _row(parent: Element, line: str, tag: str, aligns: list[str]) -> None:
    """A row of as many cells as the table has columns."""
    cells = _cells(line)
    row = SubElement(parent, "tr", {"lost": line} if any(cells[len(aligns) :]) else {})
    for text, align in zip([*cells, *[""] * len(aligns)], aligns, strict=False):
        SubElement(row, tag, {"align": align}).text = text
