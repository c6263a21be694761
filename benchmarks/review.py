"""How long `check` takes with the checks that hold all letters side by side, and without them.

    .venv/bin/python benchmarks/review.py

The same 10,000 made records are composed by turns; medians of this process's own seconds are printed, and their
ratio; and what the checks keep of the letters.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from unittest.mock import patch

from records import project

from lettergen.pipeline import reviewing
from lettergen.pipeline.compose import Request, compose

RECORDS = 10_000
ROUNDS = 3
MOST = 2.0


def main() -> None:
    """Print both times and their ratio; exit 1 if the checks cost too much."""
    with tempfile.TemporaryDirectory() as folder:
        request = Request(_project(Path(folder)))
        checks = {"ALWAYS": reviewing.ALWAYS, "SOUND": reviewing.SOUND}
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(ROUNDS):
            for is_reviewed, taken in seconds.items():
                with patch.multiple(reviewing, **(checks if is_reviewed else dict.fromkeys(checks, ()))):
                    taken.append(_seconds(request))
        kept = _kept(request)
    reviewed, bare = (statistics.median(taken) for taken in seconds.values())
    ratio = reviewed / bare
    print(f"{RECORDS:,} letters: {reviewed:.1f} s, without review {bare:.1f} s: {ratio:.2f} (at most {MOST})")
    print(f"the looks keep {kept / 1_000_000:.1f} MB, {kept / RECORDS:.0f} bytes a letter")
    sys.exit(ratio > MOST)


def _kept(request: Request) -> int:
    """The bytes that the looks keep of the letters, which are made again by themselves."""
    made = compose(request)
    letters = [(one.recipient, one.readings) for one in made.batch]
    tracemalloc.start()
    looks = reviewing.Reviewing()
    for recipient, readings in letters:
        looks.see(recipient, readings)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept


def _seconds(request: Request) -> float:
    start = time.process_time()
    made = compose(request)
    taken = time.process_time() - start
    if not made.is_sound or len(made.letters) != RECORDS:
        sys.exit("the records are not sound")
    return taken


def _project(root: Path) -> Path:
    """The shipped example's letter and notes with made records."""
    return project(root / "project", RECORDS)


if __name__ == "__main__":
    main()
