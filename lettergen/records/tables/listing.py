"""The rows of a table -> its listing."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from lettergen.model import Fields, Items
from lettergen.problems import Problem
from lettergen.records.listing import Batch, Listing
from lettergen.records.tables.columns import faults, fields_of, record
from lettergen.records.tables.header import read_header, under_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lettergen.problems import Source
    from lettergen.records.tables.columns import Column, Field, Row

ROWS = 200  # of a batch
_TITLES = 5  # rows that may stand above the headings


def table(source: Source, rows: Callable[[], Iterable[Row]], known: Sequence[Problem] = ()) -> Listing:
    """The records below the header; none where the header is not understood, for then every record would be wrong."""
    header = next((row for row in rows() if not row.is_blank), None)
    nothing = Listing(source, source.whole(), Fields((), source.whole()), tuple, [], example="a row below the headings")
    if header is None:
        if any(problem.is_error for problem in known):
            return nothing
        message, way_out = "this file is empty", "write a row of headings, such as: name, salutation, address 1"
        return replace(nothing, problems=[Problem("empty-file", message, source.whole(), way_out)])
    columns, problems = ([], list(header.problems)) if header.problems else read_header(header)
    if any(problem.is_error for problem in problems):
        below = islice((row for row in rows() if not row.is_blank), 1, _TITLES + 1)
        return replace(nothing, problems=under_title(header, below) or problems)
    fields = fields_of(filter(None, columns))

    def batches() -> Iterator[Batch]:
        filled = (row for row in rows() if not row.is_blank)
        next(filled)
        while some := list(islice(filled, ROWS)):
            yield _batch(some, fields, columns)

    names = tuple(str(field.key) for field in fields)
    return replace(nothing, place=header.place, batches=batches, names=names)


def _batch(rows: list[Row], fields: list[Field], columns: Sequence[Column | None]) -> Batch:
    problems = [problem for row in rows for problem in faults(row, columns)]
    records = ((record(fields, row), row.place) for row in rows if row.cells)
    return Batch(Items(records, rows[0].place), problems)
