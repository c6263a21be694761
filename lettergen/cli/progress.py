"""How far a build is: a line on a terminal, written over as it goes on."""

from __future__ import annotations

import shutil
import sys
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WINDOW = 20.0  # seconds that the rate is that of: what comes next is like what came last
_OFTEN = 0.1  # seconds between two lines
_BAR = 20


class Step(NamedTuple):
    """How many letters were ready at a time."""

    time: float
    done: int


class Progress:
    """The line, or nothing where nobody watches."""

    def __init__(self, *, is_shown: bool) -> None:
        self.is_shown, self.width, self.drawn = is_shown, 0, 0.0
        self.steps = deque([Step(monotonic(), 0)])

    def __enter__(self) -> Callable[[int, int], None]:
        return self.step

    def __exit__(self, *_: object) -> None:
        if self.width:
            sys.stderr.write("\n")

    def step(self, done: int, total: int) -> None:
        """So many letters of so many are ready."""
        now = monotonic()
        self.steps.append(Step(now, done))
        while len(self.steps) > 2 and self.steps[1].time < now - WINDOW:  # noqa: PLR2004 - a rate is between two
            self.steps.popleft()
        if self.is_shown and (done == total or now > self.drawn + _OFTEN):
            self.drawn = now
            self._draw(line(done, total, rate(self.steps), shutil.get_terminal_size().columns))

    def _draw(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self.width))
        sys.stderr.flush()
        self.width = len(text)


def rate(steps: Sequence[Step]) -> float:
    """Letters a second, from the first step to the last."""
    first, last = steps[0], steps[-1]
    return (last.done - first.done) / max(last.time - first.time, 0.001)


def line(done: int, total: int, speed: float, columns: int) -> str:
    """`letters  [##--]  1,234/5,000  18/s  3 min left`, as much of it as the terminal is wide."""
    filled = _BAR * done // max(total, 1)
    words = ["letters", f"[{'#' * filled}{'-' * (_BAR - filled)}]", f"{done:,}/{total:,}"]
    if speed > 0:
        words.append(f"{speed:.0f}/s" if speed >= 10 else f"{speed:.1f}/s")  # noqa: PLR2004 - two digits
        words += [f"{duration((total - done) / speed)} left"] * (done < total)
    text = "  ".join(words)
    return text if len(text) < columns else "  ".join(words[2:])[: columns - 1]


def duration(seconds: float) -> str:
    """`45 s`, `3 min`, `2.5 h`: as exact as anybody wants to know it."""
    if seconds < 90:  # noqa: PLR2004 - a minute and a half
        return f"{max(seconds, 1):.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"  # noqa: PLR2004 - and the same
