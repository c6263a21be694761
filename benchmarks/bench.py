"""What lettergen costs, beside other ways to the same letters: two pages with five notes, from made records.

    make bench            # or python benchmarks/bench.py: the whole, about half an hour
    make bench QUICK=1    # two minutes: fewer letters, and figures that tell less

It prints a table of medians and ratios, marks what misses its target, and ends with 1 if anything of ours does.
`--write` keeps the table in docs/performance.md; `--part NAME` measures one part alone.
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import building
import checking
import engines
import memory
import startup
from machine import machine
from measure import ROOT
from table import to_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from table import Row

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


class Scale(NamedTuple):
    """How much is measured: rounds of starts and of the rest; letters of each part; and whether starts hardly count."""

    starts: int
    rounds: int
    pdfs: int
    records: int
    others: int
    grown: tuple[tuple[int, ...], ...]
    is_whole: bool = False


_GROWN = ((100, 1_000, 10_000, 100_000), (100, 3_000, 10_000), (100, 2_500, 5_000))  # records, letters, PDFs
FULL = Scale(starts=21, rounds=5, pdfs=200, records=10_000, others=40, grown=_GROWN, is_whole=True)
QUICK = Scale(9, 3, 24, 2_000, 10, ((100, 1_000, 4_000), (100, 1_000), (16, 48)))
SMOKE = Scale(1, 1, 3, 20, 1, ((1, 2), (1, 2), ()))
PARTS: dict[str, tuple[str, Callable[[Path, Scale], list[Row]]]] = {
    "start": ("Start", lambda _, scale: startup.rows(scale.starts)),
    "cold": (
        "Build, cold",
        lambda folder, scale: building.cold_rows(folder, scale.pdfs, scale.rounds, is_whole=scale.is_whole),
    ),
    "again": ("Build, again", lambda folder, scale: building.again_rows(folder, scale.pdfs, scale.rounds)),
    "check": ("Check", lambda folder, scale: checking.rows(folder, scale.records, scale.rounds)),
    "growth": ("Growth and memory", lambda folder, scale: memory.rows(folder, scale.grown)),
    "engines": ("Other ways to the same letter", lambda folder, scale: engines.rows(folder, scale.others)),
}


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether every target is met."""
    given = _parsed(words)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "lettergen", quiet=1)
    scale = SMOKE if given.smoke else QUICK if given.quick else FULL
    tables = [f"{machine()}{'' if scale is FULL else ' A short run, whose figures tell less.'}\n"]
    print(tables[0], flush=True)
    is_missed = False
    for name in given.part or PARTS:
        title, measured = PARTS[name]
        with tempfile.TemporaryDirectory() as folder:
            rows = measured(Path(folder), scale)
        is_missed |= any(row.is_missed for row in rows)
        tables.append(to_markdown(title, rows))
        print(tables[-1], flush=True)
    if given.write:
        _write("\n".join(tables))
    return 1 if is_missed else 0


def _parsed(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="fewer letters: two minutes")
    parser.add_argument("--smoke", action="store_true", help="a few letters, to see that each part runs")
    parser.add_argument("--part", action="append", choices=PARTS, help="this part alone; can be given again")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {PAGE.relative_to(ROOT)}")
    return parser.parse_args(words)


def _write(tables: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    head, foot = text.partition(BEGIN)[0], text.partition(END)[2]
    PAGE.write_text(f"{head}{BEGIN}\n{tables}\n{END}{foot}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
