"""How long the commands take to start, beside the bare imports that they cannot do without.

    .venv/bin/python benchmarks/startup.py

Each is run by turns, in a new process, with compiled bytecode; medians and ratios are printed.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("lettergen")
ROUNDS = 21
# What is measured, what it is held against, and the most it may cost of that.
PAIRS = (
    (("--help",), "import click", 1.5),
    (("show", "essex"), "import click, jinja2, yaml", 2.0),
    (("check",), "import click, jinja2, yaml", 2.0),
)


def main() -> None:
    """Print a line a command; exit 1 if one costs more than it may."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "lettergen", quiet=1)
    missed = False
    for arguments, imports, most in PAIRS:
        times = _by_turns((str(COMMAND), *arguments), ("-c", imports))
        ratio = times[0] / times[1]
        missed |= ratio > most
        name = f"lettergen {' '.join(arguments)}"
        line = (name, times[0] * 1000, imports, times[1] * 1000, ratio, most)
        print("{:22} {:4.0f} ms   {:28} {:4.0f} ms   {:.2f} (at most {})".format(*line))
    sys.exit(missed)


def _by_turns(*commands: tuple[str, ...]) -> list[float]:
    """The median seconds of each command, run by turns so that a busy moment strikes them all."""
    taken: list[list[float]] = [[] for _ in commands]
    for _ in range(ROUNDS):
        for times, command in zip(taken, commands, strict=True):
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
            times.append(time.perf_counter() - start)
    return [statistics.median(times[1:]) for times in taken]


if __name__ == "__main__":
    main()
