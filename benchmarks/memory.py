"""What larger batches cost: seconds a letter, and the most memory that the command and its workers hold."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from measure import LETTERGEN, Cost, run
from records import project
from table import Row, at_most, seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LIMIT = 200  # megabytes for a check of any number of records
FLAT = 1.2  # what the largest batch may hold of what a smaller one holds
KEPT = 2_000  # letters that a batch may have to be held whole; what a larger one holds is not to grow
KINDS = {
    "check": ("check",),
    "build --format md --format html": ("build", "--format", "md", "--format", "html"),
    "build --format pdf --jobs 2": ("build", "--format", "pdf", "--jobs", "2"),
}


def rows(folder: Path, sizes: Sequence[Sequence[int]]) -> list[Row]:
    """A row a kind and size, smallest first; the last of each kind is judged."""
    found: list[Row] = []
    for (name, command), counts in zip(KINDS.items(), sizes, strict=True):
        costs = [_cost(folder, command, count) for count in counts]
        found += [_row(name, count, cost) for count, cost in zip(counts, costs, strict=True)]
        if counts:
            found[-1] = _judged(found[-1], name, counts, costs)
    return found


def _cost(folder: Path, command: Sequence[str], count: int) -> Cost:
    root = project(folder / f"grown-{command[-1]}-{count}", count)
    cost = run((*LETTERGEN, *command, "-q", "-C", str(root)), is_watched=True)
    shutil.rmtree(root)
    return cost


def _row(name: str, count: int, cost: Cost) -> Row:
    held = f"{cost.parent:.0f} MB" + f", workers {cost.worker:.0f} MB" * bool(cost.worker)
    return Row(f"`{name}`, {count:,}", f"{held}; {seconds(cost.wall)} ({cost.wall / count * 1000:.2f} ms each)")


def _judged(row: Row, name: str, counts: Sequence[int], costs: Sequence[Cost]) -> Row:
    if name == "check":
        return row._replace(ratio=costs[-1].parent / LIMIT, against=f"{LIMIT} MB", target=at_most(1))
    if counts[-2] < KEPT:
        return row
    last, before = costs[-1], costs[-2]
    grown = max(last.parent / before.parent, last.worker / before.worker if before.worker else 0)
    return row._replace(ratio=grown, against=f"its memory for {counts[-2]:,}", target=at_most(FLAT))
