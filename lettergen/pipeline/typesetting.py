"""Papers -> PDFs, by one process or several."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lettergen.render.html import Paper
    from lettergen.render.pdf import Typeset
    from lettergen.render.style import Style

CHUNK = 8  # letters; a process that sets fewer is not worth its start


def typeset_all(papers: Sequence[Paper], style: Style, jobs: int | None, done: Callable[[int], None]) -> list[Typeset]:
    """The papers' PDFs in their order; `done` hears how many letters each step has set."""
    workers = min(jobs or os.cpu_count() or 1, -(-len(papers) // CHUNK))
    results: list[Typeset] = []
    for chunk in _chunks(papers, style, workers):
        results += chunk
        done(len(chunk))
    return results[-len(papers) :] if papers else []


def set_chunk(style: Style, papers: Sequence[Paper]) -> list[Typeset]:
    """What one process does at a time. Never raises."""
    from lettergen.render.pdf import typeset  # the engine: 0.9 s

    return [typeset(paper, style) for paper in papers]


def _chunks(papers: Sequence[Paper], style: Style, workers: int) -> Iterator[list[Typeset]]:
    if workers < 2:  # noqa: PLR2004 - one process is this one
        yield from (set_chunk(style, [paper]) for paper in papers)
        return
    chunks = [papers[start : start + CHUNK] for start in range(0, len(papers), CHUNK)]
    with ProcessPoolExecutor(workers, initializer=_ignore_interrupts) as pool:
        try:
            futures = [pool.submit(set_chunk, style, chunk) for chunk in chunks]
            for future in futures:
                yield future.result()
        except BrokenProcessPool:
            yield [_lost()] * len(papers)
        except BaseException:  # interrupted: nobody is to wait for what is under way
            pool.shutdown(wait=False, cancel_futures=True)
            for process in active_children():
                process.terminate()
            raise


def _ignore_interrupts() -> None:
    """Ctrl-C is the parent's to handle, which then ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _lost() -> Typeset:
    from lettergen.render.pdf import Complaint, Typeset

    return Typeset(b"", 0, (Complaint("typesetting", "the process that set it was ended: is there enough memory?"),))
