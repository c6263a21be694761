"""The values of all letters, kept aside in little room until everything is known that they are held against."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

from lettergen.review.mixups.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN = "\0"  # two texts of a letter; as what is between two letters a sign that no text has
_BEHIND = "\1"
NOBODY = 0xFFFFFFFF  # the number of the record where there are several
_WORD = re.compile(r"[^\W_]+|[\0\1]")
_BLOCK = 256  # letters


class Spool:
    """Takes some texts of a letter with the number of its record; gives them back as words, many letters at once."""

    def __init__(self) -> None:
        self._records = array("I")
        self._open: list[str] = []
        self._closed: list[bytes] = []

    def add(self, record: int, texts: list[str]) -> None:
        self._records.append(record)
        self._open.append(_BETWEEN.join(texts))
        if len(self._open) == _BLOCK:
            from zlib import compress  # only for large batches

            self._closed.append(compress(_BEHIND.join(self._open).encode("utf-8", "surrogatepass"), 1))
            self._open.clear()

    def blocks(self) -> Iterator[Block]:
        """All that was kept."""
        if self._closed:
            from zlib import decompress
        for number, block in enumerate(self._closed):
            yield Block(decompress(block).decode("utf-8", "surrogatepass"), self._records[number * _BLOCK :][:_BLOCK])
        yield Block(_BEHIND.join(self._open), self._records[len(self._closed) * _BLOCK :])


class Block:
    """The words of some letters in a row; between their texts stands a sign that is in no phrase."""

    def __init__(self, text: str, records: array[int]) -> None:
        self.words: list[str] = _WORD.findall(folded(text))
        self._records = records
        self._ends = [number for number, word in enumerate(self.words) if word == _BEHIND]

    def record(self, position: int) -> int:
        """The number of the record whose letter has the word."""
        return self._records[bisect_right(self._ends, position)]
