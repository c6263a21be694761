"""A stream of letters -> a stream of rendered letters, by this process, several, or a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.rendering import Ask, Rendered, RenderJob, each_rendered
from lettergen.pipeline.typesetting import Bound, set_volume

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.problems import Problem
    from lettergen.render.paper import Volume
    from lettergen.render.style import Style


class Means(NamedTuple):
    """Who renders: so many processes of this machine (None: as many as it has cores for us), or a cluster."""

    jobs: int | None = None
    cluster: str = ""


def render_all(job: RenderJob, asks: Iterable[Ask], means: Means) -> Iterator[Rendered | Problem]:
    """The letters in the order of the asks, which are taken as they are needed, a few at a time.

    A problem says that the rest cannot be rendered at all, and is the last that comes. A letter whose process was
    ended has no files, and a complaint that says so.
    """
    for ask in asks:
        yield from each_rendered(job, [ask])


def typeset_volumes(volumes: Iterable[Volume], style: Style, means: Means) -> Iterator[Bound | Problem]:
    """The volumes' PDFs, and those of their letters, in order and in the same way."""
    for volume in volumes:
        yield set_volume(style, volume)
