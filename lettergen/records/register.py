"""Which records there are and where they stand, in a few bytes each."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lettergen.problems import Place, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = 8  # of a record: those of its own place, and those of its id's


class Register(Mapping[str, Place]):
    """The place of each record by its id; of two with the same id, the first one's. Places are made when asked for."""

    def __init__(self, source: Source | None = None) -> None:
        self.source = source or Source("")
        self.handles: list[str] = []  # of all records, empty where there is none
        self._numbers = array("I")
        self._rows: dict[str, int] = {}  # by the id without regard to capitals, and by the id

    def add(self, handle: str, record: Place, own: Place) -> Place | None:
        """The next record in the file; where the id stands in an earlier record that has the same but for capitals."""
        self._numbers.extend((record.line, record.column, record.end_line, record.end_column))
        self._numbers.extend((own.line, own.column, own.end_line, own.end_column))
        self.handles.append(handle)
        row, folded = len(self.handles) - 1, handle.casefold()
        earlier = self._rows.setdefault(handle if folded == handle else folded, row) if handle else row
        if handle and handle != folded:
            self._rows.setdefault(handle, row)
        return self._place(earlier, _NUMBERS // 2) if earlier != row else None

    def first(self, handle: str) -> str:
        """The id of the first record that has this one but for capitals."""
        return self.handles[self._rows[handle.casefold()]]

    def holder(self, place: Place) -> str | None:
        """The id of the record in which the place lies; None if it lies in none."""
        row = bisect_right(range(len(self.handles)), (place.line, place.column), key=self._start) - 1
        is_inside = row >= 0 and place.file == self._place(row).file and (place.line, place.column) < self._end(row)
        return self.handles[row] if is_inside else None

    def __getitem__(self, handle: str) -> Place:
        row = self._rows[handle]
        if self.handles[row] != handle and handle in self.handles:  # after one that differs in capitals
            row = self.handles.index(handle)
        if self.handles[row] != handle:
            raise KeyError(handle)
        return self._place(row)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(filter(None, self.handles)))

    def __len__(self) -> int:
        return len(dict.fromkeys(filter(None, self.handles)))

    def _place(self, row: int, shift: int = 0) -> Place:
        start = row * _NUMBERS + shift
        return Place(self.source, *self._numbers[start : start + 4])

    def _start(self, row: int) -> tuple[int, int]:
        return self._numbers[row * _NUMBERS], self._numbers[row * _NUMBERS + 1]

    def _end(self, row: int) -> tuple[int, int]:
        return self._numbers[row * _NUMBERS + 2], self._numbers[row * _NUMBERS + 3]
