"""A stream of letters -> a stream of rendered letters, by this process, several, or a cluster."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from lettergen.model import Complaint
from lettergen.pipeline.rendering import Rendered, render_chunk
from lettergen.pipeline.typesetting import Bound, Made, set_papers, set_volumes, unable, warm_up
from lettergen.pipeline.workers.crew import StoppedError, hired, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    from lettergen.pipeline.rendering import Ask, RenderJob
    from lettergen.pipeline.workers.crew import Crew, Means
    from lettergen.problems import Problem
    from lettergen.render.paper import Volume
    from lettergen.render.style import Style

    R = TypeVar("R")

_LOST = Complaint("typesetting", "the process that set it was ended: it may need more memory than there is")


def render_all(job: RenderJob, asks: Iterable[Ask], means: Means) -> Iterator[Rendered | Problem]:
    """The letters in the order of the asks, which are taken as they are needed, a few at a time.

    A problem says that the rest cannot be rendered at all, and is the last that comes. A letter whose process was
    ended has no files, and a complaint that says so.
    """
    asks = iter(asks)
    for ask in asks:
        if "pdf" in ask.formats:
            yield from _or_problem(_rendered(job, chain([ask], asks), means), means)
            return
        yield from render_chunk(job, [ask])  # text alone takes less time than the way to another process


def typeset_volumes(volumes: Iterable[Volume], style: Style, means: Means) -> Iterator[Bound | Problem]:
    """The volumes' PDFs, and those of their letters, in order and in the same way."""
    return _or_problem(_bound(volumes, style, means), means)


def _rendered(job: RenderJob, asks: Iterator[Ask], means: Means) -> Iterator[Rendered]:
    with hired(means, asks, partial(warm_up, job.style)) as (crew, stream):
        for ask, rendered in in_turn(crew, partial(render_chunk, job), stream):
            yield rendered or Rendered(ask.letter.id, {}, 0, (_LOST,))


def _bound(volumes: Iterable[Volume], style: Style, means: Means) -> Iterator[Bound]:
    with hired(means, volumes, partial(warm_up, style), size=1) as (crew, stream):
        for volume, bound in in_turn(crew, partial(set_volumes, style), stream):
            yield bound or _blamed(volume, style, crew)


def _blamed(volume: Volume, style: Style, crew: Crew) -> Bound:
    """A volume whose process was ended, with its letters set alone: the one that ended it is named."""
    alone = (made for _, made in in_turn(crew, partial(set_papers, style), volume.papers))
    letters = [made or Made(b"", 0, (_LOST,)) for made in alone]
    if all(letter.content for letter in letters):  # together they are too many for the memory
        letters[0] = letters[0]._replace(complaints=(*letters[0].complaints, _LOST))
    return Bound(tuple(letters), b"")


def _or_problem(results: Iterator[R], means: Means) -> Iterator[R | Problem]:
    if not means.cluster and (problem := unable()):
        yield problem
        return
    try:
        yield from results
    except StoppedError as stopped:
        yield stopped.problem
