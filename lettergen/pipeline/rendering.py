"""One letter in one format."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem, Source
from lettergen.text import within

if TYPE_CHECKING:
    from collections.abc import Callable

    from lettergen.model import Complaint, Letter
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.typesetting import Made
    from lettergen.render.paper import Paper

_WAYS_OUT = {
    "missing-glyph": "remove it, or bring a font that has it (see 'lettergen explain missing-glyph')",
    "footnote-lost": "look for 'position' and 'display' in templates/letter.css, and remove them",
    "too-many-pages": "shorten it, or allow more pages under 'layout'",
    "overflow": "shorten it, break it into lines, or give it more room in templates/letter.css",
    "lone-signature": "shorten or lengthen the text by a line or two",
    "typesetting": "if it names an image, save that again; if not, try without templates/letter.css",
}


def paper_of(composition: Composition, letter: Letter) -> Paper:
    """What the letter's PDF is set from, in its edition."""
    from lettergen.render.paper import to_paper  # only the format that is asked for

    return to_paper(letter, composition.images, composition.style.layout.edition)


def render(composition: Composition, letter: Letter, form: str, output: Path) -> tuple[bytes, list[Problem]]:
    """One letter in one format."""
    if form != "pdf":
        return text_of(composition, letter, form, output).encode("utf-8"), []
    from lettergen.pipeline.typesetting import set_one  # multiprocessing: 20 ms

    made = set_one(paper_of(composition, letter), composition.style)
    return made.content, composition.heard(complaints(composition, letter, made))


def with_overlay(composition: Composition) -> Composition | None:
    """The same letters with window, zones and folds drawn behind page one; None if the preset has none."""
    from lettergen.render.drawing import overlay_css
    from lettergen.render.presets import GEOMETRY

    preset = GEOMETRY[composition.style.layout.preset]
    if preset.zones is None:
        return None
    style = composition.style
    return composition._replace(style=style._replace(paper=f"{style.paper}\n{overlay_css(preset)}"))


def text_of(composition: Composition, letter: Letter, form: str, output: Path) -> str:
    """The text of a format; for a PDF, what it is set from."""
    return FORMATS[form](composition, letter, output)


def _markdown(composition: Composition, letter: Letter, output: Path) -> str:
    from lettergen.render.markdown import to_markdown

    return to_markdown(letter, lambda name: path_from(output, composition.folder.root / name))


def _html(composition: Composition, letter: Letter, _: Path) -> str:
    from lettergen.render.page import to_page

    return to_page(letter, composition.style.screen, composition.images)


def _pdf(composition: Composition, letter: Letter, _: Path) -> str:
    return paper_of(composition, letter).html


# Name -> the function that writes a letter's text; another format is one more line.
FORMATS: dict[str, Callable[[Composition, Letter, Path], str]] = {"md": _markdown, "html": _html, "pdf": _pdf}


def path_from(output: Path, file: Path) -> str:
    """The file as seen from the output folder."""
    try:
        return Path(os.path.relpath(file, os.path.realpath(output))).as_posix()
    except ValueError:  # another drive
        return file.as_posix()


def complaints(composition: Composition, letter: Letter, made: Made) -> list[Problem]:
    """What the engine said, as problems at the letter's record or in the stylesheet."""
    return [_problem(composition, letter, complaint) for complaint in made.complaints]


def _problem(composition: Composition, letter: Letter, complaint: Complaint) -> Problem:
    where = composition.style.place(complaint.line, complaint.column) if complaint.line else None
    if where:
        return Problem(complaint.code, complaint.words, where, complaint.help)
    words, sought = complaint.words, complaint.sought
    for name, address in composition.images.items():
        if address and address in words:
            words, sought = words.replace(address, f"'{name}'"), name
    place = _place_of(sought, composition.places[letter.id], composition.sources)
    message, way_out = f"the PDF of '{letter.id}': {words}", complaint.help or _WAYS_OUT.get(complaint.code, "")
    return Problem(complaint.code, message, place, way_out, (), words, anywhere=True)


def _place_of(sought: str, record: Place, sources: tuple[Source, ...]) -> Place:
    """Where the words stand in the record or else in a file that all letters share; the record without any."""
    found = within(record, sought)
    for source in sources:
        start = source.text.find(sought)
        if found is record and sought and start >= 0:
            return source.place(start, start + len(sought))
    return found
