"""Our build beside the bare loop, and what it costs when little or nothing has changed."""

from __future__ import annotations

import json
import shutil
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from measure import HERE, LETTERGEN, PYTHON, Cost, by_turns, cpu, ratio, run, wall
from records import change, identity, project
from table import Row, at_least, at_most, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEW = 2  # letters of a build that is nearly all start


class Batch(NamedTuple):
    """A project of so many letters in its folder, and how often each way is tried."""

    root: Path
    letters: int
    rounds: int


def made(folder: Path, letters: int, rounds: int) -> Batch:
    """The project, and beside it what the bare loop sets."""
    root = project(folder / f"of-{letters}", letters)
    run((*PYTHON, str(HERE / "papers.py"), str(root), str(root / "papers.json")))
    return Batch(root, letters, rounds)


def bare(batch: Batch) -> Cost:
    """The bare loop over the batch; its start is not counted."""
    output = batch.root / "bare"
    output.mkdir(exist_ok=True)
    return loop((*PYTHON, str(HERE / "bare.py"), str(batch.root / "papers.json"), str(output)))


def loop(command: tuple[str, ...]) -> Cost:
    """What a loop says of itself."""
    cost = run(command)
    clock, processor = json.loads(cost.said.splitlines()[-1])
    return cost._replace(wall=clock, cpu=processor)


def cold_rows(folder: Path, letters: int, rounds: int, *, is_whole: bool) -> list[Row]:
    """Cold builds; the whole command is judged where there are so many letters that its start hardly counts."""
    batch = made(folder, letters, rounds)
    few = Batch(project(folder / "few", FEW), FEW, rounds)
    tries = (partial(bare, batch), partial(_cold, batch, 1), partial(_cold, batch, 2), partial(_cold, few, 1))
    plain, one, two, start = by_turns(rounds, *tries)
    further = [
        cost._replace(cpu=(cost.cpu - first.cpu) / (letters - FEW)) for cost, first in zip(one, start, strict=True)
    ]
    each = [cost._replace(cpu=cost.cpu / letters) for cost in plain]
    loop_says = f"the bare loop: {seconds(cpu(each))}"
    most = at_most(0.95)
    whole = Row(
        f"cold build of {letters} PDFs, one process, start and all",
        f"{seconds(cpu(one) / letters)} a letter",
        ratio(one, plain, cpu),
        loop_says,
        most if is_whole else None,
    )
    return [
        Row(f"bare WeasyPrint loop over {letters} letters", f"{seconds(cpu(each))} a letter"),
        whole,
        Row("the same, a further letter", seconds(cpu(further)), ratio(further, each, cpu), loop_says, most),
        Row(
            "two processes",
            f"{letters / wall(two):.1f} letters/s",
            ratio(one, two),
            f"one: {letters / wall(one):.1f} letters/s",
            at_least(1.8),
        ),
    ]


def again_rows(folder: Path, letters: int, rounds: int) -> list[Row]:
    """Builds of what was built before: with nothing changed, and with a word of one record."""
    batch = Batch(project(folder / f"again-{letters}", letters), letters, rounds)
    _cold(batch, 2)
    show = (*LETTERGEN, "show", identity(0), "-C", str(batch.root))
    tries = (
        partial(run, (*LETTERGEN, "check", "-C", str(batch.root))),
        partial(run, _build(batch, 1)),
        partial(_changed, batch, iter(range(letters))),
        partial(run, show),
        partial(run, (*show, "--format", "pdf")),
    )
    check, same, changed, words, pages = by_turns(rounds, *tries)
    engine = [cost._replace(wall=cost.wall - other.wall) for cost, other in zip(pages, words, strict=True)]
    allowed = [cost._replace(wall=1.2 * cost.wall + other.wall) for cost, other in zip(check, engine, strict=True)]
    checked = f"check: {seconds(wall(check))}"
    limit = f"1.2 check + engine and one letter: {seconds(wall(allowed))}"
    return [
        Row(f"`build` of {letters}, nothing changed", seconds(wall(same)), ratio(same, check), checked, at_most(1.2)),
        Row("`build`, one record changed", seconds(wall(changed)), ratio(changed, allowed), limit, at_most(1)),
        Row("`show`, one letter of them", seconds(wall(words))),
        Row("`show --format pdf`", seconds(wall(pages))),
    ]


def _cold(batch: Batch, jobs: int) -> Cost:
    shutil.rmtree(batch.root / "output", ignore_errors=True)
    return run(_build(batch, jobs))


def _changed(batch: Batch, numbers: Iterator[int]) -> Cost:
    change(batch.root, next(numbers))
    return run(_build(batch, 1))


def _build(batch: Batch, jobs: int) -> tuple[str, ...]:
    return (*LETTERGEN, "build", "-q", "--format", "pdf", "--jobs", str(jobs), "-C", str(batch.root))
