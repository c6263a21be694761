"""What a command costs: its seconds by the clock and of the processors, and the most memory that each process held."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent
# What the installed script does; -P, since that has not the folder of the moment among its places either.
LETTERGEN = (sys.executable, "-P", "-c", "from lettergen.__main__ import main; main()")
PYTHON = (sys.executable,)
_EVERY = 0.02  # seconds between two looks at the processes


class Cost(NamedTuple):
    """Seconds by the clock, processor seconds of the whole tree, megabytes of the first process and of the largest
    other, and what the command printed.
    """

    wall: float
    cpu: float
    parent: float
    worker: float
    said: str


class FailedError(Exception):
    """A command that failed: what is measured would be something else."""


def run(command: Sequence[str], folder: Path = ROOT, *, is_watched: bool = False) -> Cost:
    """The cost of a command, with all processes that it starts; the memory of each only if it is watched."""
    start = perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        with _watched(process.pid if is_watched else 0) as peaks:
            said = process.stdout.read().decode(errors="replace") if process.stdout else ""
            _, status, usage = os.wait4(process.pid, 0)
        taken = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedError(f"{' '.join(command)}: {said[-2000:]}")
    own = peaks.pop(process.pid, usage.ru_maxrss)
    return Cost(taken, usage.ru_utime + usage.ru_stime, own / 1024, max(peaks.values(), default=0) / 1024, said)


def by_turns(rounds: int, *tries: Callable[[], Cost]) -> list[list[Cost]]:
    """The costs of each, tried by turns, so that a busy moment strikes them all."""
    costs: list[list[Cost]] = [[] for _ in tries]
    for _ in range(rounds):
        for own, attempt in zip(costs, tries, strict=True):
            own.append(attempt())
    return costs


def wall(costs: Sequence[Cost]) -> float:
    """The median seconds by the clock."""
    return median(cost.wall for cost in costs)


def cpu(costs: Sequence[Cost]) -> float:
    """The median processor seconds."""
    return median(cost.cpu for cost in costs)


def ratio(costs: Sequence[Cost], others: Sequence[Cost], of: Callable[[Sequence[Cost]], float] = wall) -> float:
    """The median of the ratios within each turn."""
    return median(of([cost]) / of([other]) for cost, other in zip(costs, others, strict=True))


def _environment() -> dict[str, str]:
    """Ours, with compiled bytecode and this folder's own lettergen."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT)}


@contextmanager
def _watched(pid: int) -> Iterator[dict[int, int]]:
    """The most kilobytes of each process of the tree, as far as the system says."""
    peaks: dict[int, int] = {}
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(pid, peaks, done))
    if pid:
        watcher.start()
    try:
        yield peaks
    finally:
        done.set()
        if pid:
            watcher.join()


def _watch(pid: int, peaks: dict[int, int], done: threading.Event) -> None:
    while not done.wait(_EVERY):
        for one in _tree(pid):
            peaks[one] = max(peaks.get(one, 0), _peak(one))


def _tree(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        found.append(one := waiting.pop())
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += map(int, _text(task).split())
    return found


def _peak(pid: int) -> int:
    lines = _text(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:  # it has ended
        return ""
