"""Papers -> PDFs, by one process or several."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import active_children, parent_process
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lettergen.model import Complaint
from lettergen.pipeline.onpaper import complaints_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from lettergen.render.paper import Paper, Volume
    from lettergen.render.pdf import Typeset
    from lettergen.render.style import Style

T = TypeVar("T")
R = TypeVar("R")


class Made(NamedTuple):
    """A letter's PDF, or nothing if it could not be set, and what is wrong with it."""

    content: bytes
    pages: int
    complaints: tuple[Complaint, ...]


class Bound(NamedTuple):
    """A volume's PDF, or nothing if a letter could not be set, and each letter's own."""

    letters: tuple[Made, ...]
    content: bytes


CHUNK = 8  # letters; a process that sets fewer is not worth its start


def typeset_all(papers: Sequence[Paper], style: Style, jobs: int | None, done: Callable[[int], None]) -> list[Made]:
    """The papers' PDFs in their order; `done` hears how many letters each step has set."""
    workers = min(jobs or os.cpu_count() or 1, -(-len(papers) // CHUNK))
    size = CHUNK if workers > 1 else 1
    chunks = [papers[start : start + size] for start in range(0, len(papers), size)]
    results: list[Made] = []
    try:
        for chunk in _each(partial(set_chunk, style), chunks, workers):
            results += chunk
            done(len(chunk))
    except BrokenProcessPool:
        return [_lost()] * len(papers)
    return results


def typeset_volumes(
    volumes: Sequence[Volume], style: Style, jobs: int | None, done: Callable[[int], None]
) -> list[Bound]:
    """The volumes' PDFs, and those of their letters; `done` hears how many letters each step has set."""
    results: list[Bound] = []
    try:
        for bound in _each(partial(set_volume, style), volumes, min(jobs or os.cpu_count() or 1, len(volumes))):
            results.append(bound)
            done(len(bound.letters))
    except BrokenProcessPool:
        return [Bound((_lost(),) * len(volume.papers), b"") for volume in volumes]
    return results


def set_chunk(style: Style, papers: Sequence[Paper]) -> list[Made]:
    """What one process does at a time. Never raises."""
    return [set_one(paper, style) for paper in papers]


def set_volume(style: Style, volume: Volume) -> Bound:
    """What one process does at a time for a print job. Never raises."""
    from lettergen.render.pdf import typeset_volume  # the engine: 0.9 s

    letters, content = typeset_volume(volume, style)
    gc.collect()  # pages refer to each other: else they stay while the next volume is set
    return Bound(tuple(_made(*pair, style) for pair in zip(volume.papers, letters, strict=True)), content)


def set_one(paper: Paper, style: Style) -> Made:
    """The PDF of one letter, held against what is expected of its pages."""
    from lettergen.render.pdf import typeset  # the engine: 0.9 s

    return _made(paper, typeset(paper, style), style)


def _made(paper: Paper, letter: Typeset, style: Style) -> Made:
    content, facts, complaints = letter
    found = complaints_of(paper, facts, style.layout) if content else ()
    return Made(content, len(facts.sizes), (*complaints, *found))


def _each(work: Callable[[T], R], tasks: Sequence[T], workers: int) -> Iterator[R]:
    """The tasks' results in order; raises BrokenProcessPool where a process was ended from outside."""
    if workers < 2:  # noqa: PLR2004 - one process is this one
        yield from map(work, tasks)
        return
    pool = ProcessPoolExecutor(workers, initializer=_begin)
    try:
        yield from _in_turn(pool, work, tasks, workers + 1)
        pool.shutdown()
    except BrokenProcessPool:
        raise
    except BaseException:  # interrupted: nobody is to wait for what is under way
        for process in active_children():
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _in_turn(pool: Executor, work: Callable[[T], R], tasks: Sequence[T], ahead: int) -> Iterator[R]:
    """The results in order, with a few tasks under way: no queue that would have to be emptied."""
    under_way: deque[Future[R]] = deque()
    for task in tasks:
        under_way.append(pool.submit(work, task))
        if len(under_way) > ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _begin() -> None:
    """What a process does first: Ctrl-C is the parent's to handle, and who loses the parent ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _lost() -> Made:
    return Made(b"", 0, (Complaint("typesetting", "the process that set it was ended: is there enough memory?"),))
