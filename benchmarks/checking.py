"""How many records a second `check` reads, beside the conversion of each letter afresh."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from measure import HERE, LETTERGEN, PYTHON, Cost, by_turns, cpu, ratio, run
from records import project
from table import Row, at_least

if TYPE_CHECKING:
    from pathlib import Path

AFRESH = 300  # letters are enough for a loop that keeps nothing


def rows(folder: Path, records: int, rounds: int) -> list[Row]:
    """`check` with all its start, and the plain loop without its own; as processor seconds a record."""
    root, small = project(folder / "check", records), project(folder / "afresh", AFRESH)
    tries = (partial(_check, root, records), partial(_afresh, small))
    ours, plain = by_turns(rounds, *tries)
    rates = [f"{1 / cpu(costs):,.0f} records/s" for costs in (ours, plain)]
    name = f"`check` of {records:,} records"
    return [Row(name, rates[0], ratio(plain, ours, cpu), f"each converted afresh: {rates[1]}", at_least(5))]


def _check(root: Path, records: int) -> Cost:
    cost = run((*LETTERGEN, "check", "-C", str(root)))
    return cost._replace(cpu=cost.cpu / records)


def _afresh(root: Path) -> Cost:
    cost = run((*PYTHON, str(HERE / "naive.py"), str(root)))
    letters, seconds = json.loads(cost.said.splitlines()[-1])
    return cost._replace(cpu=seconds / letters)
