"""Files -> finished letters and every problem: what `build`, `show`, `check` and `list` share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lettergen.files import Folder
from lettergen.merge import merge, plan_of, survey
from lettergen.model import PLAIN, Asked, Layout, Mailing, Reading
from lettergen.pipeline.checks import beside, concerning, of_languages, of_letter, unused_notes, with_misspelt
from lettergen.pipeline.images import read_images
from lettergen.pipeline.languages import Half, check_settings, halves
from lettergen.pipeline.project import Project, read_project
from lettergen.pipeline.reviewing import review
from lettergen.problems import Problem, merge_alike, once
from lettergen.render.style import Style, read_style
from lettergen.text import finish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.merge import MainDocument
    from lettergen.model import Letter, Settings
    from lettergen.problems import Place, Source


class Request(NamedTuple):
    """Which letters of which folder: the template's name, what is asked instead of its own, one id or all."""

    root: Path
    template: str = "letter"
    asked: Asked = Asked()
    only_id: str | None = None


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
    ignored: frozenset[str] = frozenset()  # the codes of warnings that the front matter leaves out

    @property
    def is_sound(self) -> bool:
        return not any(problem.is_error for problem in self.problems)

    def heard(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems without those that the front matter leaves out."""
        return [problem for problem in problems if problem.code not in self.ignored]


def compose(request: Request) -> Composition:
    """Every letter of the folder. Nothing is written, and no PDF engine is needed."""
    folder = Folder(request.root, _as_seen_from_here(request.root))
    project, problems = read_project(folder, request.template, request.asked)
    images: dict[str, str] = {}
    composed, more = _composed(folder, project, request.only_id, images)
    letters = tuple(letter for letter, _ in composed)
    problems += beside(more, problems)
    documents = [document for document in project.documents.values() if document]
    if documents:
        surveyed = [(document, survey(document)) for document in documents]
        problems = with_misspelt(project, {name for _, found in surveyed for name in found.attributes}, problems)
        is_all = bool(letters) and request.only_id is None
        problems += [*check_settings(documents), *of_languages(project, surveyed, problems, is_all=is_all)]
    mailing = _mailing(project, documents, [reading for _, readings in composed for reading in readings])
    problems += review(mailing, is_sound=not any(problem.is_error for problem in problems))
    if request.only_id is None and not any(problem.is_error for problem in problems):
        problems += unused_notes(project, letters)  # a letter with an error may lack its references
    layout = project.document.settings.layout if project.document else Layout()
    style, more = read_style(folder, _stylesheet(folder, request.template), layout)
    problems += more
    if request.only_id is not None and letters:  # else whatever is wrong may be the reason
        problems = list(concerning(project, request.only_id, problems))
    composition = Composition(
        folder=folder,
        ids=tuple(project.records.ids),
        letters=letters,
        style=style,
        images=images,
        problems=(),
        places=dict(project.records.places),
        sources=tuple(_sources(project)),
        mailing=mailing,
        ignored=frozenset().union(*(document.settings.checks.ignore for document in documents)),
    )
    return composition._replace(problems=tuple(composition.heard(merge_alike(problems))))


def _mailing(project: Project, documents: list[MainDocument], readings: list[Reading]) -> Mailing:
    plans = {document.name: plan_of(document) for document in documents}
    mentions = dict.fromkeys(name for document in documents for name in document.settings.checks.mentions)
    recipients = tuple(project.records.recipients)
    return Mailing(recipients, tuple(readings), plans, project.footnotes or {}, tuple(mentions))


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
            chosen, more = halves(project, recipient)
            problems += more
            if chosen:
                letter, readings, more = _letter(project, chosen)
                composed.append((letter, readings))
                problems += more
                for half in chosen:
                    problems += read_images(folder, half.document, letter.half(half.language), half.locator, images)
    return composed, problems


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
