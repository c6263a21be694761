"""Papers -> PDFs: what one process does at a time."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.onpaper import complaints_of
from lettergen.pipeline.versions import libraries
from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.model import Complaint
    from lettergen.render.paper import Paper, Volume
    from lettergen.render.pdf import Typeset
    from lettergen.render.style import Style


class Made(NamedTuple):
    """A letter's PDF, or nothing if it could not be set, and what is wrong with it."""

    content: bytes
    pages: int
    complaints: tuple[Complaint, ...]


class Bound(NamedTuple):
    """A volume's PDF, or nothing if a letter could not be set, and each letter's own."""

    letters: tuple[Made, ...]
    content: bytes


_INSTALLING = (
    "install it (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango; Alpine: apk add pango harfbuzz-subset; macOS: brew install pango; "
    "Windows: pacman -S mingw-w64-ucrt-x86_64-pango, in MSYS2), "
    "or leave PDFs out: build --format md --format html"
)


def unable() -> Problem | None:
    """Why no PDF can be made on this machine; None if one can."""
    if all(libraries().values()):
        return None
    try:
        import lettergen.render.pdf  # noqa: F401 - it finds libraries at other places too
    except ImportError:
        message = "no PDF can be made on this machine: Pango, which sets the text, is not installed"
        return Problem("missing-library", message, Source("Pango").whole(), _INSTALLING)
    return None


def warm_up(style: Style) -> None:
    """What a process does before the first of many letters."""
    from lettergen.render.pdf import warm  # the engine: 0.9 s

    warm(style)


def set_papers(style: Style, papers: Sequence[Paper]) -> list[Made]:
    """The PDFs of some letters."""
    return [set_one(paper, style) for paper in papers]


def set_volumes(style: Style, volumes: Sequence[Volume]) -> list[Bound]:
    """The PDFs of some volumes."""
    return [set_volume(style, volume) for volume in volumes]


def set_one(paper: Paper, style: Style) -> Made:
    """The PDF of one letter, held against what is expected of its pages. Never raises."""
    from lettergen.render.pdf import typeset  # the engine: 0.9 s

    return _made(paper, typeset(paper, style), style)


def set_volume(style: Style, volume: Volume) -> Bound:
    """The PDFs of a volume and of each of its letters. Never raises."""
    from lettergen.render.pdf import typeset_volume  # the engine: 0.9 s

    letters, content = typeset_volume(volume, style)
    gc.collect()  # pages refer to each other: else they stay while the next volume is set
    return Bound(tuple(_made(*pair, style) for pair in zip(volume.papers, letters, strict=True)), content)


def _made(paper: Paper, letter: Typeset, style: Style) -> Made:
    content, facts, complaints = letter
    found = complaints_of(paper, facts, style.layout) if content else ()
    return Made(content, len(facts.sizes), (*complaints, *found))
