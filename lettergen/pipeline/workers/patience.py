"""A limit to the time that one letter may take."""

from __future__ import annotations

import faulthandler
import os
import signal
from contextlib import contextmanager
from functools import cache
from multiprocessing import parent_process
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 60.0  # seconds a letter: a usual one takes 0.1
GRACE = 10.0  # seconds until who does not even hear of it is ended


class TooSlowError(BaseException):
    """The time is over. No Exception: the engine goes on after some of them."""


@contextmanager
def patience(seconds: float, grace: float = GRACE) -> Iterator[None]:
    """Raises TooSlowError where it can be heard; a process that somebody else will replace ends some time later."""
    is_worker, is_main = parent_process() is not None, current_thread() is main_thread()
    if is_worker:
        faulthandler.dump_traceback_later(seconds + grace, exit=True, file=_nowhere())
    if is_main and hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        if is_main and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        if is_worker:
            faulthandler.cancel_dump_traceback_later()


def _ring(*_: object) -> None:
    raise TooSlowError


@cache
def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - for the life of the process
