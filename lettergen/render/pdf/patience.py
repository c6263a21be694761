"""Limits to the time and the memory that one letter may take."""

from __future__ import annotations

import faulthandler
import os
import signal
from contextlib import contextmanager
from functools import cache
from math import inf
from multiprocessing import parent_process
from pathlib import Path
from threading import current_thread, main_thread
from time import process_time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 60.0  # seconds to lay out a letter: a usual one takes 0.1
DRAWING = 10.0  # seconds to draw it: a usual one takes 0.02
MEMORY = 1e9  # bytes more than before, to draw it
GRACE = 10.0  # seconds after LIMIT until a worker that does not react is ended
_TICK = 0.1


class TooSlowError(BaseException):
    """The time or the memory is used up. No Exception: the engine goes on after some of them."""


@contextmanager
def patience(seconds: float, memory: float = inf, last: float = LIMIT + GRACE) -> Iterator[None]:
    """Raises TooSlowError after so many seconds of CPU time, or when memory has grown by so many bytes.

    The engine takes that for a defect of the image that it draws, and goes on: the next image has as long again, and
    the error is raised once more in the end. A worker that does not react is ended after `last` seconds; another one
    takes its place.
    """
    is_worker = parent_process() is not None
    has_timer = current_thread() is main_thread() and hasattr(signal, "setitimer")
    words = f"it takes more than {seconds:.0f} seconds" + f" or {memory / 1e9:.0f} GB of memory" * (memory < inf)
    end, most, is_over = process_time() + seconds, _memory() + memory, False

    def look(*_: object) -> None:
        nonlocal end, most, is_over
        most = most or _memory() + memory
        if process_time() > end or _memory() > most:
            end, most, is_over = process_time() + seconds, 0, True
            raise TooSlowError(words)

    if is_worker:
        faulthandler.dump_traceback_later(last, exit=True, file=_nowhere())
    if has_timer:
        before = signal.signal(signal.SIGPROF, look)
        signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
    try:
        yield
        if is_over:
            raise TooSlowError(words)
    finally:
        if has_timer:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
        if is_worker:
            faulthandler.cancel_dump_traceback_later()


def _memory() -> int:
    """The bytes of memory that this process uses; 0 where the system does not say."""
    file = Path("/proc/self/statm")
    return int(file.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") if file.exists() else 0


@cache
def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - for the life of the process
