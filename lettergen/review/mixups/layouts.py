"""Letters by their passages: how many have each, and the columns that their values belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.review.mixups.columns import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Reading

    Turn = tuple[int, int]  # of an expression within a loop: its number, and the how manieth text it prints

_LAYOUTS = 1024  # that are remembered


class Layout:
    """Letters with the same passages: the columns that their values belong to, in their order."""

    __slots__ = ("columns", "times")

    def __init__(self, columns: list[Column]) -> None:
        self.columns = columns
        self.times = 0


class Letters:
    """The letters of one kind: the columns of their values, and their passages with the first letter that has each."""

    def __init__(self, distinct: int) -> None:
        self.columns: dict[Turn, Column] = {}
        self._distinct = distinct
        self._layouts: dict[tuple[tuple[str, str, tuple[int, ...]], ...], Layout] = {}
        self._passages: dict[tuple[str, str], tuple[int, Reading]] = {}
        self.total = 0

    def see(self, reading: Reading) -> None:
        self.total += 1
        key = tuple([(passage.part, passage.text, passage.printed) for passage in reading.passages])
        layout = self._layouts.get(key)
        if layout is None:
            layout = self._layouts[key] = self._layout(reading)
        layout.times += 1
        texts = [token.text for passage in reading.passages for token in passage.tokens]
        for column, text in zip(layout.columns, texts, strict=True):
            if text == column.usual:
                column.same += 1
            else:
                column.see(text, reading)

    def _layout(self, reading: Reading) -> Layout:
        if len(self._layouts) > _LAYOUTS:
            self.passages()
        columns = []
        texts = (token.text for passage in reading.passages for token in passage.tokens)
        for turn, text in zip(turns(reading), texts, strict=True):
            columns.append(self.columns.setdefault(turn, Column(text, reading, self._distinct)))
        for passage in reading.passages:
            self._passages.setdefault((passage.part, passage.text), (0, reading))
        return Layout(columns)

    def passages(self) -> Mapping[tuple[str, str], tuple[int, Reading]]:
        """Each passage of each part: how many letters have it, and the first of them."""
        for layout, one in self._layouts.items():
            for part, text, _ in layout:
                times, first = self._passages[part, text]
                self._passages[part, text] = times + one.times, first
        self._layouts.clear()
        return self._passages


def turns(reading: Reading) -> Iterator[Turn]:
    """Which expression prints each value, and the how manieth it is of that."""
    nth: dict[int, int] = {}
    for passage in reading.passages:
        for number in passage.printed:
            nth[number] = nth.get(number, 0) + 1
            yield number, nth[number]
