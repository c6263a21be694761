"""What can be said once all letters are composed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.merge import check_branches, check_variants
from lettergen.problems import RECORD, Problem
from lettergen.records.keys import check_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lettergen.merge import MainDocument
    from lettergen.merge.survey import Survey
    from lettergen.model import Letter
    from lettergen.pipeline.project import Project
    from lettergen.problems import Place

STOPPED = ("template-error", "too-large")  # a part that failed half way: nobody knows its later branches


def with_misspelt(project: Project, asked: Collection[str], problems: list[Problem]) -> list[Problem]:
    """The problems with those of misspelt keys, in place of what is missing for that reason."""
    misspelt = list(check_keys(project.records.recipients, asked))
    explained = {(one.record, one.standard) for one in misspelt}
    others = (one for one in problems if one.code != "missing-value" or (_record_of(one), one.subject) not in explained)
    return [*others, *(one.problem for one in misspelt)]


def _record_of(problem: Problem) -> Place:
    return next((related.place for related in problem.related if related.label == RECORD), problem.place)


def of_templates(
    project: Project, document: MainDocument, found: Survey, met: list[Problem] | None
) -> Iterator[Problem]:
    """What all templates say together; `met` are the problems of all letters, if all were merged."""
    yield from document.environment.problems
    if document.settings.is_read:
        yield from check_variants(document, found)
    if met is not None and not any(problem.code in STOPPED for problem in met):
        places = {problem.place.order for problem in met}
        untaken = check_branches(document, found, project.records.known, project.footnotes or ())
        yield from (problem for problem in untaken if problem.place.order not in places)


def unused_notes(project: Project, letters: tuple[Letter, ...]) -> Iterator[Problem]:
    used = {note.id for letter in letters for note in letter.notes}
    for note in (project.footnotes or {}).values():
        if note.id not in used and letters:
            message = f"no letter refers to note '{note.id}'"
            yield Problem("unused-footnote", message, note.place, f"refer to it with '[^{note.id}]', or remove it")


def concerning(project: Project, only_id: str, problems: list[Problem]) -> Iterator[Problem]:
    """The problems without those of other records."""
    others = [place for handle, place in project.records.places if handle != only_id]
    for problem in problems:
        if not any(_holds(place, problem.place) for place in others):
            yield problem


def _holds(record: Place, place: Place) -> bool:
    start, end = (record.line, record.column), (record.end_line, record.end_column)
    return record.file == place.file and start <= (place.line, place.column) < end
