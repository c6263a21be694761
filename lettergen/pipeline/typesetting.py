"""Papers -> PDFs, by one process or several."""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, parent_process
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Complaint
from lettergen.pipeline.onpaper import complaints_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from lettergen.render.paper import Paper
    from lettergen.render.style import Style


class Made(NamedTuple):
    """A letter's PDF, or nothing if it could not be set, and what is wrong with it."""

    content: bytes
    pages: int
    complaints: tuple[Complaint, ...]


CHUNK = 8  # letters; a process that sets fewer is not worth its start


def typeset_all(papers: Sequence[Paper], style: Style, jobs: int | None, done: Callable[[int], None]) -> list[Made]:
    """The papers' PDFs in their order; `done` hears how many letters each step has set."""
    workers = min(jobs or os.cpu_count() or 1, -(-len(papers) // CHUNK))
    results: list[Made] = []
    for chunk in _chunks(papers, style, workers):
        results += chunk
        done(len(chunk))
    return results[-len(papers) :] if papers else []


def set_chunk(style: Style, papers: Sequence[Paper]) -> list[Made]:
    """What one process does at a time. Never raises."""
    return [set_one(paper, style) for paper in papers]


def set_one(paper: Paper, style: Style) -> Made:
    """The PDF of one letter, held against what is expected of its pages."""
    from lettergen.render.pdf import typeset  # the engine: 0.9 s

    content, facts, complaints = typeset(paper, style)
    found = complaints_of(paper, facts, style.layout) if content else ()
    return Made(content, len(facts.sizes), (*complaints, *found))


def _chunks(papers: Sequence[Paper], style: Style, workers: int) -> Iterator[list[Made]]:
    if workers < 2:  # noqa: PLR2004 - one process is this one
        yield from (set_chunk(style, [paper]) for paper in papers)
        return
    pool = ProcessPoolExecutor(workers, initializer=_begin)
    try:
        yield from _in_turn(pool, papers, style, workers + 1)
        pool.shutdown()
    except BrokenProcessPool:
        yield [_lost()] * len(papers)
    except BaseException:  # interrupted: nobody is to wait for what is under way
        for process in active_children():
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _in_turn(pool: Executor, papers: Sequence[Paper], style: Style, ahead: int) -> Iterator[list[Made]]:
    """The chunks' results in order, with a few chunks under way: no queue that would have to be emptied."""
    under_way: deque[Future[list[Made]]] = deque()
    for start in range(0, len(papers), CHUNK):
        under_way.append(pool.submit(set_chunk, style, papers[start : start + CHUNK]))
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
