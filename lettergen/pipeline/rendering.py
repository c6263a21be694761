"""One letter in all its formats: what any process, on any machine, makes of a pickled order."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Complaint, Element
from lettergen.model.tree import walk
from lettergen.pipeline.complaints import complaints, named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lettergen.model import Letter
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.typesetting import Made
    from lettergen.problems import Problem
    from lettergen.render.paper import Paper
    from lettergen.render.style import Style


class RenderJob(NamedTuple):
    """What all letters of a build share: their style, and where the project lies as seen from their files."""

    style: Style
    project: str


class Ask(NamedTuple):
    """A letter to be made in these formats, with the data addresses of the images that it shows."""

    letter: Letter
    formats: Sequence[str]
    images: Mapping[str, str]


class Rendered(NamedTuple):
    """A letter's files by format, the pages of its PDF, and what is wrong with that.

    Without all of its files it is no letter: the complaints then say why.
    """

    id: str
    files: Mapping[str, bytes]
    pages: int = 0
    complaints: tuple[Complaint, ...] = ()


def job_of(composition: Composition, output: Path) -> RenderJob:
    """The job of a build into the folder: no more of the project than what a worker needs."""
    style = composition.style
    light = style._replace(sources=(), images={}, layout=style.layout._replace(editions={}))
    return RenderJob(light, path_from(output, composition.folder.root))


def ask_of(composition: Composition, letter: Letter, formats: Sequence[str]) -> Ask:
    """The letter with its own images, however many the others show."""
    images = {name: composition.images[name] for name in image_names(letter) if name in composition.images}
    return Ask(letter, formats, images)


def image_names(letter: Letter) -> list[str]:
    """What the letter shows, each once."""
    pieces = (*(part.nodes for part in letter.parts), *(note.nodes for note in letter.notes))
    nodes = (node for piece in pieces for node in walk(piece))
    return list(dict.fromkeys(node.get("src") for node in nodes if isinstance(node, Element) and node.tag == "img"))


def render_chunk(job: RenderJob, asks: Sequence[Ask]) -> list[Rendered]:
    """The letters in their formats, in order. Never raises: what goes wrong is among the complaints."""
    return [_rendered(job, ask) for ask in asks]


def _rendered(job: RenderJob, ask: Ask) -> Rendered:
    try:
        return _made(job, ask)
    except Exception as error:  # noqa: BLE001 - a fault of ours, but the other letters are sound
        words = f"this letter cannot be made: {str(error) or type(error).__name__}"
        return Rendered(ask.letter.id, {}, 0, (Complaint("typesetting", words),))


def _made(job: RenderJob, ask: Ask) -> Rendered:
    files, made = {}, None
    for form in ask.formats:
        if form == "pdf":
            made = _set(job, ask)
            files[form] = made.content
        else:
            files[form] = FORMATS[form](job, ask).encode("utf-8")
    return Rendered(ask.letter.id, files, *((made.pages, made.complaints) if made else ()))


def _set(job: RenderJob, ask: Ask) -> Made:
    from lettergen.pipeline.typesetting import set_one  # the checks of what is on paper

    return set_one(_paper(job, ask), job.style)


def render(composition: Composition, letter: Letter, form: str, output: Path) -> tuple[bytes, list[Problem]]:
    """One letter in one format."""
    if form == "pdf":
        from lettergen.pipeline.typesetting import unable  # the checks of what is on paper

        if problem := unable():
            return b"", [problem]
    ask = ask_of(composition, letter, [form])
    (made,) = render_chunk(job_of(composition, output), [ask])
    said = named(made.complaints, composition)
    return made.files.get(form, b""), composition.heard(complaints(composition, letter.id, said))


def with_overlay(composition: Composition) -> Composition | None:
    """The same letters with window, zones and folds drawn behind page one; None if the preset has none."""
    from lettergen.render.drawing import overlay_css
    from lettergen.render.presets import GEOMETRY

    preset = GEOMETRY[composition.style.layout.preset]
    if preset.zones is None:
        return None
    style = composition.style
    return composition._replace(style=style._replace(paper=f"{style.paper}\n{overlay_css(preset)}"))


def paper_of(composition: Composition, letter: Letter) -> Paper:
    """What the letter's PDF is set from, in its edition."""
    return _paper(RenderJob(composition.style, ""), Ask(letter, (), composition.images))


def text_of(composition: Composition, letter: Letter, form: str, output: Path) -> str:
    """The text of a format; for a PDF, what it is set from."""
    return FORMATS[form](job_of(composition, output), Ask(letter, (form,), composition.images))


def _markdown(job: RenderJob, ask: Ask) -> str:
    from lettergen.render.markdown import to_markdown  # only the format that is asked for

    return to_markdown(ask.letter, lambda name: posixpath.normpath(posixpath.join(job.project, name)))


def _html(job: RenderJob, ask: Ask) -> str:
    from lettergen.render.page import to_page

    return to_page(ask.letter, job.style.screen, ask.images)


def _paper(job: RenderJob, ask: Ask) -> Paper:
    from lettergen.render.paper import to_paper

    return to_paper(ask.letter, ask.images, job.style.layout.edition)


# Name -> the function that writes a letter's text; another format is one more line.
FORMATS: dict[str, Callable[[RenderJob, Ask], str]] = {
    "md": _markdown,
    "html": _html,
    "pdf": lambda job, ask: _paper(job, ask).html,
}


def path_from(output: Path, file: Path) -> str:
    """The file as seen from the output folder."""
    try:
        return Path(os.path.relpath(file, os.path.realpath(output))).as_posix()
    except ValueError:  # another drive
        return file.as_posix()
