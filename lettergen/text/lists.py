"""Lists and tables as people type them, brought into the shape that Python-Markdown reads.

It wants four blanks for a nested list, and an empty line before a list or a table; most readers of
Markdown, and most people, do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])( +)(?=\S)")
_QUOTE = re.compile(r" {0,3}> ?")
_RULE = re.compile(r" {0,3}\|?[ ]*:?-+:?[ ]*(\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_NO_SENTENCE = re.compile(r"[ \t>#]")
INDENT = " " * 4
CLOSER = 2  # blanks that an inner item stands further in, at the least


def regular(text: str) -> str:
    """The text with four blanks a level of list, and empty lines round lists and tables."""
    lines = text.split("\n")
    if all(_QUOTE.match(line) for line in lines):
        inner = regular("\n".join(_QUOTE.sub("", line, count=1) for line in lines))
        return "\n".join(f"> {line}" for line in inner.split("\n"))
    reshaper = _Reshaper()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        reshaper.take(line, following)
    return "\n".join(reshaper.lines)


@dataclass(eq=False, repr=False)
class _Reshaper:
    """Takes line after line; `open` holds the columns of the open items' marks and texts."""

    lines: list[str] = field(default_factory=list)
    open: list[tuple[int, int]] = field(default_factory=list)
    in_sentence: bool = False
    in_paragraph: bool = False  # a further one of an item

    def take(self, line: str, following: str) -> None:
        """Add the line as it is to be read."""
        after_blank = not self.lines or not self.lines[-1].strip()
        item = _ITEM.match(line)
        if not line.strip():
            self.lines.append(line)
            self.in_sentence = False
        elif item and (self.open or self._can_begin(item, after_blank=after_blank)):
            self._item(item, line)
        elif self.open:
            self._inside(line, after_blank=after_blank)
        else:
            self._outside(line, following, after_blank=after_blank)

    def _can_begin(self, item: re.Match[str], *, after_blank: bool) -> bool:
        """A list can begin behind an empty line, or right under a sentence if it begins as lists do."""
        is_indented = len(item[1]) >= len(INDENT)
        return not is_indented and (after_blank or (self.in_sentence and item[2] in ("-", "*", "+", "1.", "1)")))

    def _item(self, item: re.Match[str], line: str) -> None:
        column = len(item[1])
        if self.lines and self.lines[-1].strip() and (self.in_paragraph or not self.open):
            self.lines.append("")
        while self.open and column < self.open[-1][0] + CLOSER:
            self.open.pop()
        mark = item[2].replace(")", ".")
        self.lines.append(INDENT * len(self.open) + mark + line[item.end(2) :])
        self.open.append((column, item.end()))
        self.in_sentence = self.in_paragraph = False

    def _inside(self, line: str, *, after_blank: bool) -> None:
        """A line within an item, or the end of the list."""
        column = len(line) - len(line.lstrip(" "))
        if after_blank:
            while self.open and column < self.open[-1][0] + CLOSER:
                self.open.pop()
        if self.open:
            self.in_paragraph |= after_blank
            self.lines.append(INDENT * len(self.open) + line.lstrip(" ") if after_blank else line)
        else:
            self._outside(line, "", after_blank=after_blank)

    def _outside(self, line: str, following: str, *, after_blank: bool) -> None:
        if self.in_sentence and "|" in line and "|" in following and _RULE.match(following):
            self.lines.append("")
        self.in_sentence = not _NO_SENTENCE.match(line) and (after_blank or self.in_sentence)
        self.lines.append(line)
