"""Who renders, and the loop that keeps them busy: in order, with a few chunks under way, whatever is lost."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lettergen.pipeline.pool import Pool
    from lettergen.problems import Problem

T = TypeVar("T")
R = TypeVar("R")
Work: TypeAlias = "Callable[[Sequence[T]], list[R]]"

CHUNK = 8  # letters that a process is given at a time; for fewer, another process is not worth its start
AHEAD = 2  # chunks for each process: one that it works on, one that waits


class Means(NamedTuple):
    """What to render with: so many processes (None: as many as this machine has cores for us), or a cluster."""

    jobs: int | None = None
    cluster: str = ""


class Crew(Protocol):
    """Processes that render, here or elsewhere. `size` is the most letters of a chunk, `tries` how often a letter
    by itself is tried that may have cost a process.
    """

    size: int
    tries: int

    def submit(self, work: Work[T, R], chunk: Sequence[T]) -> Future[list[R]]:
        """The results to come; the work and what it is done with can be pickled."""

    def result(self, future: Future[list[R]]) -> list[R] | None:
        """Those that have come; None if a process was lost over them. Raises StoppedError."""

    def ahead(self) -> int:
        """How many chunks are to be under way."""


class StoppedError(Exception):
    """Nothing more can be rendered, for a reason that is not a letter's."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@contextmanager
def hired(means: Means, items: Iterable[T], size: int = CHUNK) -> Iterator[tuple[Crew, Iterator[T]]]:
    """The crew for these items, of which `size` at a time are given to a process, and the items again."""
    stream = iter(items)
    first = list(islice(stream, size + 1))
    stream = chain(first, stream)
    if means.cluster:
        from lettergen.pipeline.cluster import connected  # dask: 1 s

        with connected(means.cluster, size) as crew:
            yield crew, stream
    elif len(first) > size:
        with _processes(means.jobs, size) as crew:
            yield crew, stream
    else:
        yield _Here(), stream


def in_turn(crew: Crew, work: Work[T, R], items: Iterable[T]) -> Iterator[tuple[T, R | None]]:
    """Each item with its result, in order; with none if a process is lost over it time and again."""
    under_way: deque[tuple[list[T], Future[list[R]]]] = deque()
    stream = iter(items)
    while chunk := list(islice(stream, crew.size)):
        under_way.append((chunk, crew.submit(work, chunk)))
        while len(under_way) > crew.ahead():
            yield from _finished(crew, work, *under_way.popleft())
    while under_way:
        yield from _finished(crew, work, *under_way.popleft())


def _finished(crew: Crew, work: Work[T, R], chunk: list[T], future: Future[list[R]]) -> Iterable[tuple[T, R | None]]:
    results = crew.result(future)
    return zip(chunk, _one_by_one(crew, work, chunk) if results is None else results, strict=True)


def _one_by_one(crew: Crew, work: Work[T, R], chunk: list[T]) -> list[R | None]:
    """The results of a chunk that was lost, each item sent by itself: who costs a process again has none."""
    found: dict[int, R] = {}
    for _ in range(crew.tries):
        alone = [(index, crew.submit(work, [item])) for index, item in enumerate(chunk) if index not in found]
        for index, future in alone:
            for result in crew.result(future) or ():
                found[index] = result
    return [found.get(index) for index in range(len(chunk))]


class _Here:
    """This process, one letter at a time."""

    size = tries = 1

    def submit(self, work: Work[T, R], chunk: Sequence[T]) -> Future[list[R]]:
        future: Future[list[R]] = Future()
        future.set_result(work(chunk))
        return future

    def result(self, future: Future[list[R]]) -> list[R] | None:
        return future.result()

    def ahead(self) -> int:
        return 0


class _Processes:
    """Processes of this machine."""

    tries = 2

    def __init__(self, pool: Pool, processes: int, size: int) -> None:
        self.pool, self.processes, self.size = pool, processes, size

    def submit(self, work: Work[T, R], chunk: Sequence[T]) -> Future[list[R]]:
        return self.pool.submit(work, chunk)

    def result(self, future: Future[list[R]]) -> list[R] | None:
        from lettergen.pipeline.pool import LostError

        try:
            return future.result()
        except LostError:
            return None

    def ahead(self) -> int:
        return AHEAD * self.processes


@contextmanager
def _processes(jobs: int | None, size: int) -> Iterator[Crew]:
    """A pool of processes, all ended behind it; this process if there is to be one only."""
    from lettergen.pipeline.pool import Pool, cores  # multiprocessing: 20 ms

    processes = jobs or cores()
    if processes == 1:
        yield _Here()
        return
    with Pool(processes) as pool:
        yield _Processes(pool, processes, size)
