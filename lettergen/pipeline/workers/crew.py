"""Who renders, and the loop that keeps them busy: in order, with a few chunks under way, whatever is lost."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lettergen.pipeline.workers.pool import Pool
    from lettergen.problems import Problem

T = TypeVar("T")
R = TypeVar("R")
Work: TypeAlias = "Callable[[Sequence[T]], Sequence[R]]"

CHUNK = 8  # letters that a process is given at a time; for fewer, another process is not worth its start
AHEAD = 2  # chunks for each process: one that it works on, one that waits


class Means(NamedTuple):
    """What to render with: so many processes (None: as many as this machine has cores for us), or a cluster."""

    jobs: int | None = None
    cluster: str = ""


class Crew(Protocol):
    """Processes that render, here or elsewhere."""

    @property
    def size(self) -> int:
        """The most letters of the next chunk."""

    def submit(self, work: Work[T, R], chunk: Sequence[T]) -> Future[Any]:
        """What `result` makes the results of; the work and what it is done with can be pickled."""

    def result(self, future: Future[Any]) -> list[Any] | None:
        """The results; None if a process was lost over them. Raises StoppedError."""

    def ahead(self) -> int:
        """How many chunks are to be under way."""


class StoppedError(Exception):
    """Nothing more can be rendered, for a reason that is not a letter's."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@contextmanager
def hired(
    means: Means, items: Iterable[T], begin: Callable[[], None], size: int = CHUNK
) -> Iterator[tuple[Crew, Iterator[T]]]:
    """The crew for these items, and the items again. `begin` is what a process of many does first; it is given at
    most `size` at a time.
    """
    stream = iter(items)
    first = list(islice(stream, size + 1))
    stream = chain(first, stream)
    if means.cluster:
        from lettergen.pipeline.workers.cluster import connected  # dask: 1 s

        with connected(means.cluster, begin, size) as crew:
            yield crew, stream
    elif len(first) > size:
        with _processes(means.jobs, begin, size) as crew:
            yield crew, stream
    else:
        yield _Here(), stream


def in_turn(crew: Crew, work: Work[T, R], items: Iterable[T]) -> Iterator[tuple[T, R | None]]:
    """Each item with its result, in order; with none if a process is lost over it time and again."""
    under_way: deque[tuple[list[T], Future[Any]]] = deque()
    stream = iter(items)
    while chunk := list(islice(stream, crew.size)):
        under_way.append((chunk, crew.submit(work, chunk)))
        while len(under_way) > crew.ahead():
            yield from _finished(crew, work, *under_way.popleft())
    while under_way:
        yield from _finished(crew, work, *under_way.popleft())


def _finished(crew: Crew, work: Work[T, R], chunk: list[T], future: Future[Any]) -> Iterable[tuple[T, R | None]]:
    results: Iterable[R | None] | None = crew.result(future)
    if results is None:
        results = _one_by_one(crew, work, chunk)
    return zip(chunk, results, strict=True)


def _one_by_one(crew: Crew, work: Work[T, R], chunk: list[T]) -> Iterator[R | None]:
    """The results of a chunk that was lost: each item by itself, and who then loses its process, with nothing else
    of the chunk under way. Who loses that too has none.
    """
    futures = [crew.submit(work, [item]) for item in chunk]
    found = [crew.result(future) for future in futures]
    for item, results in zip(chunk, found, strict=True):
        yield from results or crew.result(crew.submit(work, [item])) or (None,)


class _Here:
    """This process, one letter at a time."""

    size = 1

    def submit(self, work: Work[T, R], chunk: Sequence[T]) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(chunk))
        return future

    def result(self, future: Future[Any]) -> list[Any] | None:
        results: list[Any] = future.result()
        return results

    def ahead(self) -> int:
        return 0


class _Processes:
    """Processes of this machine."""

    def __init__(self, pool: Pool, processes: int, size: int) -> None:
        self.pool, self.processes, self.size = pool, processes, size

    def submit(self, work: Work[T, R], chunk: Sequence[T]) -> Future[Any]:
        return self.pool.submit(work, chunk)

    def result(self, future: Future[Any]) -> list[R] | None:
        from lettergen.pipeline.workers.pool import LostError

        try:
            results: list[Any] = future.result()
        except LostError:
            return None
        return results

    def ahead(self) -> int:
        return AHEAD * self.processes


@contextmanager
def _processes(jobs: int | None, begin: Callable[[], None], size: int) -> Iterator[Crew]:
    """A pool of processes, all ended behind it; this process if there is to be one only."""
    from lettergen.pipeline.workers.pool import Pool, cores  # multiprocessing: 20 ms

    processes = jobs or cores()
    if processes == 1:
        begin()
        yield _Here()
        return
    with Pool(processes, begin) as pool:
        yield _Processes(pool, processes, size)
