"""Files -> finished letters and every problem: what `build`, `show`, `check` and `list` share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lettergen.files import Folder
from lettergen.merge import merge, plan_of, survey
from lettergen.model import PLAIN, Asked, Layout, Mailing, Reading
from lettergen.pipeline.checks import (
    beside,
    concerning,
    not_tried,
    of_languages,
    of_letter,
    unused_notes,
    with_misspelt,
)
from lettergen.pipeline.images import read_images
from lettergen.pipeline.languages import Half, check_settings, halves
from lettergen.pipeline.probes import Probes, probe
from lettergen.pipeline.project import Project, read_project
from lettergen.pipeline.reviewing import review
from lettergen.problems import Problem, merge_alike, once
from lettergen.render.style import Style, read_style
from lettergen.text import finish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.merge import MainDocument
    from lettergen.merge.survey import Survey
    from lettergen.model import Letter, Recipient, Settings
    from lettergen.problems import Place, Source


class Request(NamedTuple):
    """Which letters of which folder: the template's name, what is asked instead of its own, one id or all.

    `shown` stands before the names of the folder's files in messages; by default where it lies as seen from here.
    """

    root: Path
    template: str = "letter"
    asked: Asked = Asked()
    only_id: str | None = None
    shown: str | None = None


class Composition(NamedTuple):
    """All letters that could be composed, what they look like, and what is wrong."""

    folder: Folder
    ids: tuple[str, ...]
    letters: tuple[Letter, ...]
    style: Style
    images: Mapping[str, str]
    problems: tuple[Problem, ...]
    places: Mapping[str, Place]
    sources: tuple[Source, ...] = ()  # of what all letters share: templates and notes
    mailing: Mailing = Mailing((), (), {}, {})  # all of this as a reader sees it

    @property
    def is_sound(self) -> bool:
        return _is_sound(self.problems)


def compose(request: Request) -> Composition:
    """Every letter of the folder. Nothing is written, and no PDF engine is needed."""
    shown = _as_seen_from_here(request.root) if request.shown is None else request.shown
    folder = Folder(request.root, shown)
    project, problems = read_project(folder, request.template, request.asked)
    images: dict[str, str] = {}
    composed, more = _composed(folder, project, request.only_id, images)
    letters = tuple(letter for letter, _ in composed)
    problems += beside(more, problems)
    surveyed = [(document, survey(document)) for document in project.documents.values() if document]
    is_all = request.only_id is None
    if surveyed:
        problems = _with_templates(project, surveyed, problems, is_all=is_all and bool(letters))
    mailing = _mailing(project, surveyed, [reading for _, readings in composed for reading in readings])
    probed = Probes()
    if is_all and _is_sound(problems):
        probed = probe(mailing, lambda recipient: _one(folder, project, recipient, dict(images)))
        problems = [*not_tried(problems, probed.problems), *probed.problems]
    problems += review(mailing, problems, is_all=is_all)
    if is_all and _is_sound(problems):  # a letter with an error may lack its references
        problems += unused_notes(project, (*letters, *probed.letters))
    layout = project.document.settings.layout if project.document else Layout()
    style, more = read_style(folder, _stylesheet(folder, request.template), layout)
    problems += more
    if request.only_id is not None and letters:  # else whatever is wrong may be the reason
        problems = list(concerning(project, request.only_id, problems))
    return Composition(
        folder=folder,
        ids=tuple(project.records.ids),
        letters=letters,
        style=style,
        images=images,
        problems=tuple(merge_alike(problems)),
        places=dict(project.records.places),
        sources=tuple(_sources(project)),
        mailing=mailing,
    )


def _is_sound(problems: Iterable[Problem]) -> bool:
    return not any(problem.is_error for problem in problems)


def _with_templates(
    project: Project, surveyed: list[tuple[MainDocument, Survey]], problems: list[Problem], *, is_all: bool
) -> list[Problem]:
    """The problems with those of the templates."""
    problems = with_misspelt(project, {name for _, found in surveyed for name in found.attributes}, problems)
    found = of_languages(project, surveyed, problems, is_all=is_all)
    return [*problems, *check_settings([document for document, _ in surveyed]), *found]


def _mailing(project: Project, surveyed: list[tuple[MainDocument, Survey]], readings: list[Reading]) -> Mailing:
    plans = {document.name: plan_of(document, found) for document, found in surveyed}
    return Mailing(tuple(project.records.recipients), tuple(readings), plans, project.footnotes or {})


def _sources(project: Project) -> Iterator[Source]:
    for document in filter(None, project.documents.values()):
        yield from (source for source, _ in document.environment.sources.values())
    yield from (note.place.source for note in list((project.footnotes or {}).values())[:1])


def _as_seen_from_here(root: Path) -> str:
    """What stands before the names of the folder's files in a message; empty for this folder."""
    try:
        shown = Path(os.path.relpath(root)).as_posix()
    except ValueError:  # another drive
        shown = root.as_posix()
    return "" if shown == "." else f"{shown}/"


def _composed(
    folder: Folder, project: Project, only_id: str | None, images: dict[str, str]
) -> tuple[list[tuple[Letter, tuple[Reading, ...]]], list[Problem]]:
    """The letters that could be composed, with their readings; what they show comes into `images`."""
    composed, problems = [], []
    for recipient in project.records.recipients if project.documents else ():
        if only_id in (None, recipient.id):
            one, more = _one(folder, project, recipient, images)
            composed += [one] if one else []
            problems += more
    return composed, problems


def _one(
    folder: Folder, project: Project, recipient: Recipient, images: dict[str, str]
) -> tuple[tuple[Letter, tuple[Reading, ...]] | None, list[Problem]]:
    """The recipient's letter, if there is a document for it."""
    chosen, problems = halves(project, recipient)
    if not chosen:
        return None, problems
    letter, readings, more = _letter(project, chosen)
    problems += more
    for half in chosen:
        problems += read_images(folder, half.document, letter.half(half.language), half.locator, images)
    return (letter, readings), problems


def _letter(project: Project, chosen: tuple[Half, ...]) -> tuple[Letter, tuple[Reading, ...], list[Problem]]:
    merged = [merge(half.document, half.recipient, project.records.known) for half in chosen]
    drafts = [(draft, half.locator) for (draft, _), half in zip(merged, chosen, strict=True)]
    finished = finish(drafts, project.footnotes or {})
    problems = [*(problem for _, more in merged for problem in more), *finished.problems]
    if project.footnotes is None:  # unknown all of them, and that is said already
        problems = [problem for problem in problems if problem.code != "unknown-footnote"]
    if not any(problem.is_error for problem in problems):
        problems += of_letter(chosen, finished.letter)
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


def _stylesheet(folder: Folder, template: str) -> str:
    own = f"templates/{template}.css"
    return own if folder.has(own) else "templates/letter.css"
