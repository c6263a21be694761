"""Typed quotation marks and apostrophes -> those of a language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.text.customs import Customs

PARAGRAPH = "\u2029"  # stands where a block begins or ends
APOSTROPHE = "’"
_SIGN = re.compile(f"[\"'“”„‘’‚«»‹›{PARAGRAPH}]")
_OPENERS = "([{–—-/=¿¡"
_NOT_OPENED = ",;:!?)]}"  # a mark that stands before them opens nothing
_DECADE = re.compile(r"\d\d(?:s|er)?(?!\w)")
_WORD = re.compile(r"\w+")
_INCHES = re.compile(r"\d['′] ?\d+\Z")  # before a mark
_FEET = re.compile(r"' ?\d+\"")  # from a mark on


class Edit(NamedTuple):
    """Other text for a stretch of a text."""

    start: int
    end: int
    text: str


def quotes(text: str, customs: Customs) -> Iterator[Edit]:
    """An edit for each straight mark whose meaning is clear."""
    reader = _Reader(text, customs)
    for found in _SIGN.finditer(text):
        made = reader.read(found[0], found.start())
        if found[0] in "\"'" and made:
            yield Edit(found.start(), found.end(), made)


@dataclass(eq=False, repr=False)
class _Reader:
    """Reads mark after mark; those that were typed properly count as the straight ones do."""

    text: str
    customs: Customs
    open: dict[str, int] = field(default_factory=lambda: {'"': 0, "'": 0})
    last: tuple[int, str] = (-1, "")  # where the last mark ended, and what was made of it
    closers: list[int] | None = None

    def read(self, sign: str, start: int) -> str:
        """What the mark is to be; nothing if it stays as typed."""
        if sign == PARAGRAPH:
            self.open = {'"': 0, "'": 0}
            return ""
        kind = self._kind(sign)
        if not kind:
            return ""
        pair = self.customs.double if kind == '"' else self.customs.single
        role = self._shape(sign, pair) or (self._double(start) if kind == '"' else self._single(start))
        if role == "open":
            self.open[kind] += 1
        elif role == "close":
            self.open[kind] = max(0, self.open[kind] - 1)
        self.last = start + 1, role
        return {"open": pair[0], "close": pair[1], "apostrophe": APOSTROPHE}.get(role, "")

    def _kind(self, sign: str) -> str:
        if sign in "\"'":
            return sign
        if sign in self.customs.double:
            return '"'
        return "'" if sign in self.customs.single or sign == APOSTROPHE else ""

    def _shape(self, sign: str, pair: str) -> str:
        """What a mark is by its shape alone."""
        if sign not in pair or sign == APOSTROPHE or pair[0] == pair[1]:
            return ""
        return "open" if sign == pair[0] else "close"

    def _double(self, start: int) -> str:
        before, after = self._around(start)
        if self._is_beginning(start):
            return "open" if _can_be_opened(after) else ""
        if _INCHES.search(self.text, max(0, start - 9), start) or (before.isdigit() and not self.open['"']):
            return ""
        return "close"

    def _single(self, start: int) -> str:
        before, after = self._around(start)
        if self._is_beginning(start):
            return self._before_word(start) if _can_be_opened(after) else ""
        if after.isalnum():
            return "" if before.isdigit() and after.isdigit() else "apostrophe"
        if before.isdigit() and (not self.open["'"] or _FEET.match(self.text, start)):
            return ""
        return "close" if self.open["'"] else "apostrophe"

    def _before_word(self, start: int) -> str:
        """An apostrophe where letters are left out, or where nothing behind it could close a quotation."""
        word = _WORD.match(self.text, start + 1)
        is_shortened = word and word[0].lower() in self.customs.shortened
        decade = _DECADE.match(self.text, start + 1)
        if is_shortened or (decade and not decade[0].isdigit()) or not self._is_closed(start):
            return "apostrophe"
        return "open"

    def _is_closed(self, start: int) -> bool:
        """Whether a mark behind this one, in the same paragraph, could close what it opens."""
        if self.closers is None:
            signs = re.escape(f"'{APOSTROPHE}{self.customs.single[1]}")
            self.closers = [found.start() for found in re.finditer(rf"(?<=[^\s(\[{{])[{signs}](?!\w)", self.text)]
        following = next((place for place in self.closers if place > start + 1), None)
        return following is not None and PARAGRAPH not in self.text[start:following]

    def _is_beginning(self, start: int) -> bool:
        """Whether what stands before lets a quotation begin."""
        before, after = self._around(start)
        end, role = self.last
        if end == start:
            return role == "open" or (role == "apostrophe" and self.text[start] == '"' and after.isalnum())
        return not before or before.isspace() or before in _OPENERS

    def _around(self, start: int) -> tuple[str, str]:
        return self.text[start - 1 : start] if start else "", self.text[start + 1 : start + 2]


def _can_be_opened(after: str) -> bool:
    return bool(after) and not after.isspace() and after not in _NOT_OPENED
