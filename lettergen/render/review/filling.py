"""A letter of the book as one piece of HTML, its values in their slots."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lettergen.render.review.marks import label, labelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.render.review.book import Book, Row, Slot

_SLOT = re.compile(r'<(mark|div) class="own" data-slot="([0-9]+)"></(?:mark|div)>')


class OwnValue(NamedTuple):
    """A letter's own value: its field, its HTML, and where it stands."""

    name: str
    html: str
    place: str


def own_values(book: Book, row: Row, records: str) -> tuple[OwnValue, ...]:
    """The values in reading order; `records` is the name of their file."""
    values, slots = book.values.values, book.texts.values[row.text].slots
    return tuple(
        OwnValue(slot.name, values[value], _place(slot, line, records))
        for slot, value, line in zip(slots, row.values, row.lines, strict=True)
    )


def filled(book: Book, row: Row, records: str) -> str:
    """The letter's parts."""
    own = iter(own_values(book, row, records))
    written = book.passages.values
    passages = [written[number] for number in book.texts.values[row.text].passages]
    parts = groupby(passages, lambda one: (one.part, one.language))
    return "\n".join(
        f'<div class="part {part}" lang="{escape(language)}">\n{"".join(_fill(one.html, own) for one in group)}\n</div>'
        for (part, language), group in parts
    )


def _fill(html: str, own: Iterator[OwnValue]) -> str:
    """The passage with its values: each passage counts its slots from 0, and they are filled in that order."""
    values = list[OwnValue]()
    for _ in _SLOT.finditer(html):
        values.append(next(own))

    def put(found: re.Match[str]) -> str:
        tag, value = found[1], values[int(found[2])]
        return labelled(tag, "own", value.html, label(value.name, value.place))

    return _SLOT.sub(put, html)


def _place(slot: Slot, line: int, records: str) -> str:
    return slot.printed or f"{records}:{line}"
