"""Files -> finished letters and every problem: what `build`, `show`, `check` and `list` share."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lettergen.files import Folder
from lettergen.merge import plan_of
from lettergen.model import Asked, Layout, Mailing
from lettergen.pipeline.checks import concerning, not_tried, of_languages, unused_notes, with_misspelt
from lettergen.pipeline.datafile import RECIPIENTS
from lettergen.pipeline.languages import check_settings
from lettergen.pipeline.letters import compose_letter
from lettergen.pipeline.probes import Probes, probe
from lettergen.pipeline.project import Project, read_project
from lettergen.pipeline.walk import Walk
from lettergen.render.style import Style, read_style
from lettergen.review.unprinted import OF_PLACE, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lettergen.merge import MainDocument
    from lettergen.merge.survey import Survey
    from lettergen.model import Letter
    from lettergen.pipeline.batch import Batch, Composed
    from lettergen.problems import Place, Problem, Source


class Request(NamedTuple):
    """Which letters of which folder: the template's name, what is asked instead of its own, one id or all.

    `shown` stands before the names of the folder's files in messages; by default where it lies as seen from here.
    """

    root: Path
    template: str = "letter"
    asked: Asked = Asked()
    only_id: str | None = None
    shown: str | None = None
    data: str = ""  # the recipients' file, as its name within the folder; empty for the one that is there


class Composition(NamedTuple):
    """All letters that could be composed, what they look like, and what is wrong."""

    folder: Folder
    ids: tuple[str, ...]
    batch: Batch
    style: Style
    images: Mapping[str, str]
    problems: tuple[Problem, ...]
    places: Mapping[str, Place]
    sources: tuple[Source, ...] = ()  # of what all letters share: templates and notes
    mailing: Mailing = Mailing((), (), {}, {})  # all of this as a reader sees it
    digests: Mapping[str, bytes] = MappingProxyType({})  # by id, in the order of the records
    ignored: frozenset[str] = frozenset()  # the codes of warnings that the front matter leaves out
    records: str = RECIPIENTS  # the name of the recipients' file
    unprinted: tuple[str, ...] = ()  # the fields that no letter prints
    identity: tuple[str, ...] = ()  # the recipients' file, with its sheet if one was named; the template; the edition

    @property
    def is_sound(self) -> bool:
        return _is_sound(self.problems)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """All of them at once, in the order of the records; the `batch` has them one by one."""
        return tuple(one.letter for one in self.batch)

    def again(self, ids: Collection[str]) -> Iterator[Composed]:
        """The letters of these ids, composed once more if all are many."""
        return self.batch.only(ids)

    def heard(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems without those that the front matter leaves out."""
        return [problem for problem in problems if problem.code not in self.ignored]


def compose(request: Request) -> Composition:
    """Every letter of the folder. Nothing is written, and no PDF engine is needed."""
    folder = Folder(request.root, _as_seen_from_here(request.root) if request.shown is None else request.shown)
    project, problems = read_project(folder, request.template, request.asked, request.data)
    walk = Walk(folder, project, problems, request.only_id)
    surveyed = walk.surveyed()
    _add_templates(walk, surveyed)
    walk.plans.update((document.name, plan_of(document, found)) for document, found in surveyed)
    _add_review(walk)
    style, more = _style(folder, project, request.template)
    walk.problems.add(more)
    if request.only_id is not None and walk.batch.count:  # else whatever is wrong may be the reason
        walk.problems.change(partial(concerning, project, request.only_id))
    records = project.records.places.source.name or RECIPIENTS
    ignored = frozenset(code for document, _ in surveyed for code in document.settings.checks.ignore)
    return Composition(
        folder=folder,
        ids=tuple(project.records.ids),
        batch=walk.batch,
        style=style,
        images=walk.images,
        problems=tuple(problem for problem in walk.problems.joined() if problem.code not in ignored),
        places=project.records.places,
        sources=tuple(_sources(project)),
        mailing=walk.mailing(),
        digests=walk.digests,
        ignored=ignored,
        records=records,
        unprinted=tuple(_unprinted(walk)),
        identity=(request.data or records, request.template, request.asked.edition),
    )


def _add_templates(walk: Walk, surveyed: list[tuple[MainDocument, Survey]]) -> None:
    """The problems of the templates, and those that only they explain."""
    if not surveyed:
        return
    surveys = [found for _, found in surveyed]
    asked = set[str]().union(*(found.attributes for found in surveys))
    walk.problems.change(partial(with_misspelt, walk.keys.misspelt(asked)))
    is_all = walk.only_id is None and walk.batch.count > 0
    found = of_languages(walk.project, surveyed, walk.problems.problems, is_all=is_all)
    walk.problems.add([*check_settings([document for document, _ in surveyed]), *found])
    conditions = set[str]().union(*(found.answers.asked for found in surveys))
    printed = set[str]().union(*(found.printed for found in surveys))
    compared = set[tuple[str, str]]().union(*(found.compared for found in surveys))
    noes = list(walk.keys.noes(conditions, printed, compared))
    lines = [problem for problem in walk.problems.problems if problem.code == "address-line"]
    said = {problem.place for problem in (*noes, *lines)} | {one.place for problem in lines for one in problem.related}
    walk.problems.add([*noes, *(problem for problem in walk.damage.problems(asked) if problem.place not in said)])


def _add_review(walk: Walk) -> None:
    """The problems of all letters side by side."""
    gathered, is_all = walk.problems, walk.only_id is None
    probed = Probes()
    if is_all and _is_sound(gathered.problems):
        again = partial(compose_letter, walk.project, images=walk.images)
        probed = probe(walk.reviewing.paths, walk.plans, again)
        gathered.change(lambda problems: not_tried(problems, probed.problems))
        gathered.add(probed.problems)
    gathered.add(walk.reviewing.end(walk.shared(), gathered.problems, walk.seen, is_all=is_all))
    if is_all and walk.batch.count and _is_sound(gathered.problems):  # a letter with an error may lack its references
        used = walk.notes | {note.id for letter in probed.letters for note in letter.notes}
        gathered.add(unused_notes(walk.project, used))


def _unprinted(walk: Walk) -> Iterator[str]:
    """The fields that no template names, but for those of the address; none where templates work names out."""
    named = {name for plan in walk.plans.values() for name in plan.named}
    named |= {problem.subject for problem in walk.problems.problems if problem.code == "unprinted-address"}
    kinds = {name: kind_of(name) for name in walk.keys.own}
    aside = OF_PLACE if "place" in kinds.values() else ()
    if "" not in named and walk.batch.count and _is_sound(walk.problems.problems):
        yield from (name for name, kind in kinds.items() if name not in named and kind not in aside)


def _is_sound(problems: Iterable[Problem]) -> bool:
    return not any(problem.is_error for problem in problems)


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
