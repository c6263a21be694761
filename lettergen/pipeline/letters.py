"""Each recipient's letter: merged, finished, and held against what can be said of one letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.merge import merge
from lettergen.model import PLAIN, Reading
from lettergen.pipeline.checks import of_letter
from lettergen.pipeline.courtesies import check_courtesies
from lettergen.pipeline.images import read_images
from lettergen.pipeline.languages import Half, halves
from lettergen.problems import Problem, once
from lettergen.text import finish

if TYPE_CHECKING:
    from lettergen.model import Letter, Recipient, Settings
    from lettergen.pipeline.images import Images
    from lettergen.pipeline.probes import Composed
    from lettergen.pipeline.project import Project


def compose_letter(project: Project, recipient: Recipient, images: Images) -> tuple[Composed | None, list[Problem]]:
    """The recipient's letter and its readings, if there is a document for it; what it shows comes into `images`."""
    chosen, problems = halves(project, recipient)
    if not chosen:
        return None, problems
    letter, readings, more = _letter(project, chosen)
    problems += more
    for half, reading in zip(chosen, readings, strict=True):
        if any(passage.holds("![") for passage in reading.passages):
            problems += read_images(half.document, letter.half(half.language), half.locator, images)
    return (letter, readings), problems


def _letter(project: Project, chosen: tuple[Half, ...]) -> tuple[Letter, tuple[Reading, ...], list[Problem]]:
    merged = [merge(half.document, half.recipient, project.records.known) for half in chosen]
    drafts = [(draft, half.locator) for (draft, _), half in zip(merged, chosen, strict=True)]
    finished = finish(drafts, project.footnotes or {})
    problems = [*(problem for _, more in merged for problem in more), *finished.problems]
    if project.footnotes is None:  # unknown all of them, and that is said already
        problems = [problem for problem in problems if problem.code != "unknown-footnote"]
    if not any(problem.is_error for problem in problems):
        problems += [*of_letter(chosen, finished.letter), *check_courtesies(chosen, finished.passages)]
    readings = tuple(
        Reading(half.recipient, half.language, half.document.name, finished.passages[draft.language], draft.arms)
        for half, (draft, _) in zip(chosen, merged, strict=True)
    )
    return _placed(finished.letter, chosen[0].document.settings), readings, once(reversed(problems))


def _placed(letter: Letter, settings: Settings) -> Letter:
    """The letter with its address in the envelope's window, if it is for one."""
    if settings.layout.preset == PLAIN:
        return letter
    from lettergen.render.fitting import placed  # the presets: 3 ms

    return placed(letter, settings)
