"""The rows of a spreadsheet, packed, as the lines of a source: its excerpts show the cells of a row."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lettergen.files.pages import Lines
from lettergen.problems import Place, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROWS = 200  # of a page
BETWEEN = " | "


class Packed:
    """Rows of texts, a page at a time compressed: a tenth of what they would take."""

    def __init__(self, rows: Iterable[list[str]]) -> None:
        self.pages, self.count = list[bytes](), 0
        rows = iter(rows)
        while page := list(islice(rows, ROWS)):
            self.count += len(page)
            self.pages.append(zlib.compress(json.dumps(page, ensure_ascii=False).encode("utf-8"), 1))

    def row(self, number: int) -> list[str]:
        """The row's cells; rows count from 1."""
        page = _page(self, (number - 1) // ROWS) if 0 < number <= self.count else ()
        return page[(number - 1) % ROWS] if page else []

    def __iter__(self) -> Iterator[list[str]]:
        for page in self.pages:
            yield from json.loads(zlib.decompress(page))


@lru_cache(maxsize=4)
def _page(packed: Packed, number: int) -> list[list[str]]:
    rows: list[list[str]] = json.loads(zlib.decompress(packed.pages[number]))
    return rows


class _Lines(Lines):
    """A row's cells as one line."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed

    def __len__(self) -> int:
        return self.packed.count

    def line(self, number: int) -> str:
        """The cells of a row, counted from 0."""
        return BETWEEN.join(map(shown, self.packed.row(number + 1)))


@dataclass(frozen=True, eq=False)
class Sheet(Source):
    """A sheet of a spreadsheet. Its places count signs of the shown row; people are told row and column."""

    packed: Packed = field(default_factory=lambda: Packed(()), repr=False)

    def __reduce__(self) -> tuple[type[Sheet], tuple[str, str, str]]:
        """Another process is sent no rows: it prints no excerpts."""
        return Sheet, (self.name, "", self.folder)

    @property
    def lines(self) -> Sequence[str]:
        return _Lines(self.packed)

    @property
    def is_kept(self) -> bool:
        return False

    def spot(self, line: int, column: int) -> tuple[int, int]:
        end, number = 0, 1
        for number, text in enumerate(self.packed.row(line), 1):
            end += max(1, len(text)) + len(BETWEEN)
            if column <= end - len(BETWEEN):
                return line, number
        return line, number + 1 if line else 0

    def cell(self, row: int, number: int) -> Place:
        """The place of a cell; both count from 1."""
        texts = self.packed.row(row)
        return self.cells(row, [*texts, *[""] * (number - len(texts))])[number - 1]

    def cells(self, row: int, texts: Sequence[str]) -> list[Place]:
        """The places of a row's cells."""
        places, column = [], 1
        for text in texts:
            end = column + max(1, len(text))
            places.append(Place(self, row, column, row, end))
            column = end + len(BETWEEN)
        return places


def shown(text: str) -> str:
    """The cell's text in one line, as long as it is; a blank where it is empty."""
    return text.replace("\n", " ") or " "
