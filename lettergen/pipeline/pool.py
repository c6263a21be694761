"""Processes of this machine, as an executor that a lost process does not break."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Pipe, get_context, parent_process, resource_tracker
from pathlib import Path
from threading import Thread, local
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

P = ParamSpec("P")
R = TypeVar("R")

_ENGINE = "lettergen.render.pdf"  # read once, by the process that all others are forked from
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


class LostError(Exception):
    """The process that was at work was ended from outside, or by itself after too long a time."""


class Pool(ThreadPoolExecutor):
    """Each of its threads has a process of its own, and another one if that is lost: one job is lost with it.

    The standard library's pool is broken as a whole, with all that is waiting.
    """

    def __init__(self, processes: int) -> None:
        super().__init__(processes, initializer=_shield)
        self.own = local()
        self.workers: set[_Worker] = set()
        self.is_open = True

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """The result of a function that can be pickled, as its arguments can; a LostError with its process."""
        return super().submit(self._sent, fn, *args, **kwargs)

    def kill(self) -> None:
        """End all processes at once: nobody is to wait for what is under way."""
        self.is_open = False
        for worker in tuple(self.workers):
            worker.process.kill()
        self.shutdown(wait=False, cancel_futures=True)

    def _sent(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        worker = self._worker()
        try:
            worker.connection.send((fn, args, kwargs))
            result: R = worker.connection.recv()
        except (EOFError, OSError) as error:
            self._dismiss(worker)
            raise LostError from error
        return result

    def _worker(self) -> _Worker:
        """This thread's process."""
        worker: _Worker | None = getattr(self.own, "worker", None)
        if worker is None:
            if not self.is_open:
                raise LostError
            worker = self.own.worker = _Worker()
            self.workers.add(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        self.own.worker = None
        self.workers.discard(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.join()


class _Worker:
    """A process and the pipe to it."""

    def __init__(self) -> None:
        self.connection, other = Pipe()
        self.process: BaseProcess = _context().Process(  # type: ignore[attr-defined]
            target=_serve, args=(other,), daemon=True
        )
        self.process.start()
        other.close()


def _context() -> BaseContext:
    """Forked where that is safe: from a process that has read the engine and nothing else."""
    context: BaseContext = get_context("forkserver" if sys.platform == "linux" else "spawn")
    context.set_forkserver_preload([_ENGINE])
    return context


def _shield() -> None:
    """Ctrl-C is the main thread's to handle: what this one starts inherits that it is held back."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # which would let it through again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _serve(connection: Connection) -> None:
    """What a process does: one job after the other, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        while True:
            fn, args, kwargs = connection.recv()
            connection.send(fn(*args, **kwargs))
    except (EOFError, OSError):
        return


def _end_with_parent() -> None:
    """Who loses the parent ends too, in the middle of a letter."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def cores() -> int:
    """How many of the machine's cores are for us: some may be kept for others, or shared by the clock."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = _QUOTA.read_text(encoding="ascii").split()
        return min(allowed, max(1, round(int(quota) / int(period))))
    except (OSError, ValueError):  # no such system, or no quota
        return allowed
