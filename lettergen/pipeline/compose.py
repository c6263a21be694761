"""Files -> finished letters and every problem: what `build`, `show`, `check` and `list` share."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lettergen.files import Folder
from lettergen.merge import plan_of, survey
from lettergen.model import Asked, Layout, Mailing
from lettergen.pipeline.checks import (
    beside,
    concerning,
    not_tried,
    of_languages,
    unused_notes,
    with_misspelt,
)
from lettergen.pipeline.languages import check_settings
from lettergen.pipeline.letters import compose_letter, compose_letters
from lettergen.pipeline.probes import Probes, probe
from lettergen.pipeline.project import Project, read_project
from lettergen.pipeline.reviewing import letters_in, reviewed
from lettergen.problems import Problem, merge_alike
from lettergen.render.style import Style, read_style
from lettergen.review.look import shared_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.merge import MainDocument
    from lettergen.merge.survey import Survey
    from lettergen.model import Letter, Reading
    from lettergen.pipeline.probes import Compose
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
    ignored: frozenset[str] = frozenset()  # the codes of warnings that the front matter leaves out

    @property
    def is_sound(self) -> bool:
        return _is_sound(self.problems)

    def heard(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems without those that the front matter leaves out."""
        return [problem for problem in problems if problem.code not in self.ignored]


def compose(request: Request) -> Composition:
    """Every letter of the folder. Nothing is written, and no PDF engine is needed."""
    folder = Folder(request.root, _as_seen_from_here(request.root) if request.shown is None else request.shown)
    project, problems = read_project(folder, request.template, request.asked)
    images: dict[str, str] = {}
    composed, more = compose_letters(folder, project, request.only_id, images)
    problems += beside(more, problems)
    letters = tuple(letter for letter, _ in composed)
    surveyed = [(document, survey(document)) for document in project.documents.values() if document]
    is_all = request.only_id is None
    problems = _with_templates(project, surveyed, problems, is_all=is_all and bool(letters))
    mailing = _mailing(project, surveyed, [reading for _, readings in composed for reading in readings])
    again = partial(compose_letter, folder, project, images=dict(images)) if is_all else None
    problems = _with_review(project, letters, mailing, problems, again)
    style, more = _style(folder, project, request.template)
    problems += more
    if request.only_id is not None and letters:  # else whatever is wrong may be the reason
        problems = list(concerning(project, request.only_id, problems))
    ignored = frozenset(code for document, _ in surveyed for code in document.settings.checks.ignore)
    return Composition(
        folder=folder,
        ids=tuple(project.records.ids),
        letters=letters,
        style=style,
        images=images,
        problems=tuple(problem for problem in merge_alike(problems) if problem.code not in ignored),
        places=dict(project.records.places),
        sources=tuple(_sources(project)),
        mailing=mailing,
        ignored=ignored,
    )


def _with_review(
    project: Project,
    letters: tuple[Letter, ...],
    mailing: Mailing,
    problems: list[Problem],
    again: Compose | None,
) -> list[Problem]:
    """The problems with those of all letters side by side; `again` makes another letter, where all were made."""
    probed, reviewing = Probes(), reviewed(mailing)
    if again and _is_sound(problems):
        probed = probe(reviewing.paths, mailing.plans, again)
        problems = [*not_tried(problems, probed.problems), *probed.problems]
    shared, letters_again = shared_by(mailing), partial(letters_in, mailing)
    problems = [*problems, *reviewing.end(shared, problems, letters_again, is_all=again is not None)]
    if again and _is_sound(problems):  # a letter with an error may lack its references
        problems += unused_notes(project, (*letters, *probed.letters))
    return problems


def _is_sound(problems: Iterable[Problem]) -> bool:
    return not any(problem.is_error for problem in problems)


def _with_templates(
    project: Project, surveyed: list[tuple[MainDocument, Survey]], problems: list[Problem], *, is_all: bool
) -> list[Problem]:
    """The problems with those of the templates."""
    if not surveyed:
        return problems
    problems = with_misspelt(project, {name for _, found in surveyed for name in found.attributes}, problems)
    found = of_languages(project, surveyed, problems, is_all=is_all)
    return [*problems, *check_settings([document for document, _ in surveyed]), *found]


def _mailing(project: Project, surveyed: list[tuple[MainDocument, Survey]], readings: list[Reading]) -> Mailing:
    plans = {document.name: plan_of(document, found) for document, found in surveyed}
    mentions = dict.fromkeys(name for document, _ in surveyed for name in document.settings.checks.mentions)
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


def _style(folder: Folder, project: Project, template: str) -> tuple[Style, list[Problem]]:
    own = f"templates/{template}.css"
    layout = project.document.settings.layout if project.document else Layout()
    return read_style(folder, own if folder.has(own) else "templates/letter.css", layout)
