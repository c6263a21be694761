"""One letter in one format."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lettergen.problems import Problem
from lettergen.render import to_markdown, to_page, to_paper

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.pipeline.compose import Composition
    from lettergen.render.pdf import Typeset


def render(composition: Composition, letter: Letter, form: str, output: Path) -> tuple[bytes, list[Problem]]:
    """One letter in one format."""
    source = source_of(composition, letter, form, output)
    if form != "pdf":
        return source.encode("utf-8"), []
    from lettergen.render.pdf import typeset  # the engine: 0.9 s

    made = typeset(source, composition.style.paper)
    return made.content, complaints(composition, letter, made)


def source_of(composition: Composition, letter: Letter, form: str, output: Path) -> str:
    """The text of a format; for a PDF, what it is set from."""
    match form:
        case "md":
            root = composition.folder.root
            return to_markdown(letter, lambda name: os.path.relpath(root / name, output).replace(os.sep, "/"))
        case "html":
            return to_page(letter, composition.style.screen, composition.images)
        case _:
            return to_paper(letter, composition.images)


def complaints(composition: Composition, letter: Letter, typeset: Typeset) -> list[Problem]:
    """What the engine said about the letter, as problems at its record."""
    place = composition.places[letter.id]
    return [
        Problem(code, f"the PDF of '{letter.id}': {words}", place, "", subject=words)
        for code, words in typeset.complaints
    ]
