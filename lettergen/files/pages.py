"""The lines of a large file, which is read a few pages at a time."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from array import array
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from lettergen.files.folder import ChangedError
from lettergen.files.signs import UNPRINTABLE, plain_lines
from lettergen.problems import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = 200_000  # bytes
LONGEST = 1_000_000  # bytes of a line; a longer one is not cut into pages
_RECENT = 4  # pages that are kept, for excerpts


class Lines(Sequence[str], ABC):
    """Lines that are made one by one, when somebody asks for them."""

    @abstractmethod
    def line(self, number: int) -> str:
        """One of them, counted from 0."""

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self.line(one) for one in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        return self.line(number % len(self))


class Pages(Lines):
    """The lines of a text file, without their ends, as `Source.lines` has them. Nothing but numbers is kept."""

    def __init__(self, path: Path, size: int = PAGE) -> None:
        self.path, self.size = path, size
        self.starts, self.firsts = array("Q"), array("Q")  # of each page: its offset, and the lines before it
        self.stamp: tuple[int, ...] = ()
        self.lines = 1
        self.is_whole = True  # whether every page ends with a line's end

    def scan(self) -> Iterator[tuple[int, bytes]]:
        """Each page with the number of lines before it; afterwards the lines can be asked for."""
        with self.path.open("rb") as file:
            self.stamp = _stamp(file.fileno())
            file.seek(len(BOM_UTF8) if file.read(len(BOM_UTF8)) == BOM_UTF8 else 0)
            while page := file.read(self.size) + file.readline(LONGEST):
                self.starts.append(file.tell() - len(page))
                self.firsts.append(self.lines - 1)
                yield self.lines - 1, page
                plain = page.replace(b"\r\n", b"\n")
                self.lines += plain.count(b"\n") + plain.count(b"\r")
                self.is_whole = page.endswith(b"\n") or file.tell() == self.stamp[0]
                if not self.is_whole:
                    return

    def __len__(self) -> int:
        return self.lines

    def line(self, number: int) -> str:
        """One of them, counted from 0."""
        page = bisect_right(self.firsts, number) - 1
        lines = _recent(self, page)
        index = number - self.firsts[page]
        return lines[index] if index < len(lines) else ""  # of a file that has become shorter since

    def __iter__(self) -> Iterator[str]:
        """All lines, one after the other; an error if they are others by now."""
        for page in range(len(self.starts)):
            lines = self.read(page, is_same=True)
            yield from lines if page + 1 == len(self.starts) else lines[:-1]

    def read(self, page: int, *, is_same: bool = False) -> list[str]:
        """The lines of a page, the first of the next one as an empty one behind them."""
        content, stamp = self._content(page)
        if is_same and stamp != self.stamp:
            raise ChangedError(self.path.name)
        text = plain_lines(content.decode("utf-8", errors="replace"))
        return UNPRINTABLE.sub(" ", text).split("\n")

    def _content(self, page: int) -> tuple[bytes, tuple[int, ...]]:
        """The page's bytes, and what the file was like behind them; nothing where it is gone."""
        size = self.starts[page + 1] - self.starts[page] if page + 1 < len(self.starts) else -1
        try:
            with self.path.open("rb") as file:
                file.seek(self.starts[page])
                return file.read(size), _stamp(file.fileno())
        except OSError:
            return b"", ()


@lru_cache(maxsize=_RECENT)
def _recent(pages: Pages, page: int) -> list[str]:
    return pages.read(page)


def _stamp(number: int) -> tuple[int, ...]:
    found = os.fstat(number)
    return found.st_size, found.st_mtime_ns, found.st_ino


@dataclass(frozen=True, eq=False)
class Paged(Source):
    """A file of which there are only lines: they are read when somebody asks for them."""

    pages: Pages = field(kw_only=True, repr=False)

    @property
    def size(self) -> int:
        return self.pages.stamp[0]

    @property
    def is_kept(self) -> bool:
        return False

    @property
    def lines(self) -> Sequence[str]:
        return self.pages
