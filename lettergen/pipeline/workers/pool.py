"""Processes of this machine, as an executor that a lost process does not break."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import Executor, Future
from contextlib import suppress
from multiprocessing import Pipe, get_context, parent_process, resource_tracker
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

P = ParamSpec("P")
R = TypeVar("R")

_ENGINE = "lettergen.render.pdf"  # read once, by the process that all others are forked from
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


class LostError(Exception):
    """The process that was at work was ended from outside, or by itself after too long a time."""


class Pool(Executor):
    """Each of its threads has a process of its own, and another one if that is lost: one job is lost with it.

    The standard library's pool is broken as a whole by one lost process, with all that is waiting.
    """

    def __init__(self, processes: int, begin: Callable[[], None]) -> None:
        """`begin` is what each process does first."""
        self.processes, self.started, self.begin, self.is_open = processes, 0, begin, True
        self.jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self.workers: set[_Worker] = set()

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """The result of a function that can be pickled, as its arguments can; a LostError with its process."""
        future: Future[R] = Future()
        self.jobs.put(_Job(future, (fn, args, kwargs)))
        if self.started < self.processes:
            self.started += 1
            Thread(target=self._serve, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes at once: nobody is to wait for what is under way."""
        self.is_open = False
        for worker in tuple(self.workers):
            worker.process.kill()
        for _ in range(self.started):
            self.jobs.put(None)

    def _serve(self) -> None:
        """What a thread does: it sends one job after the other to its process."""
        _shield()
        worker = None
        while self.is_open and (job := self.jobs.get()):
            try:
                worker = worker or self._hired()
                job.future.set_result(worker.sent(job.call))
            except LostError as lost:
                self._dismiss(worker)
                worker = None
                job.future.set_exception(lost)
            except BaseException as error:  # noqa: BLE001 - whatever it is, somebody waits for it
                job.future.set_exception(error)
        self._dismiss(worker)

    def _hired(self) -> _Worker:
        worker = _Worker(self.begin)
        self.workers.add(worker)
        return worker

    def _dismiss(self, worker: _Worker | None) -> None:
        if worker:
            self.workers.discard(worker)
            worker.end()


class _Job(NamedTuple):
    """A function with its arguments, and who waits for its result."""

    future: Future[Any]
    call: tuple[Any, ...]


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, begin: Callable[[], None]) -> None:
        self.connection, other = Pipe()
        self.process = _context().Process(target=_work, args=(other, begin), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        other.close()

    def sent(self, call: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever the function returns
        """The call's result."""
        try:
            self.connection.send(call)
            return self.connection.recv()
        except (EOFError, OSError) as error:
            raise LostError from error

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


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


def _work(connection: Connection, begin: Callable[[], None]) -> None:
    """What a process does: one job after the other, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(Exception):  # the first letter says what is wrong
        begin()
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
