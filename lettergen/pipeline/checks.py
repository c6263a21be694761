"""What can be said of a letter once it is composed, and of all of them together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.merge import check_branches, check_placeholders, check_variants
from lettergen.model import words
from lettergen.model.tree import plain_text
from lettergen.pipeline.languages import check_variants_alike
from lettergen.problems import RECORD, Problem, once, short

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lettergen.merge import MainDocument
    from lettergen.merge.survey import Survey
    from lettergen.model import Letter, Part, Recipient
    from lettergen.pipeline.languages import Half
    from lettergen.pipeline.project import Project
    from lettergen.problems import Place
    from lettergen.records.keys import Misspelt

# A template that was not read or merged to its end: nobody knows what else it asks for.
STOPPED = ("template-syntax", "template-error", "too-large")
# What is wrong with the settings at the top, and what each letter then says of them.
FRONT = {
    *("yaml-syntax", "yaml-alias", "yaml-tag", "tab-indent"),
    *("duplicate-key", "wrong-type", "unknown-key", "missing-key"),
}
OF_FRONT = ("the sender has no ", "the letter has no ")
FAILURES = ("template-error", "missing-file")  # what a template that cannot work leads to in each letter


class Echoes:
    """Knows the errors of the files, and which problems of a letter only repeat one of them."""

    def __init__(self, known: Iterable[Problem]) -> None:
        errors = [problem for problem in known if problem.is_error]
        self.spots: dict[tuple[str, int], list[Place]] = {}
        for error in errors:
            self.spots.setdefault((error.place.file, error.place.line), []).append(error.place)
        codes = {error.code for error in errors if error.place.file.endswith(".j2")}
        self.codes = {*({"empty-body"} if codes else ()), *(FAILURES if codes & {*STOPPED} else ())}
        self.is_front = any(error.place.file.endswith(".j2") and error.code in FRONT for error in errors)

    def without(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems but for such."""
        return (problem for problem in problems if not self._is_echo(problem))

    def _is_echo(self, problem: Problem) -> bool:
        place = problem.place
        if problem.code in self.codes or (self.is_front and problem.message.startswith(OF_FRONT)):
            return True
        return any(map(place.overlaps, self.spots.get((place.file, place.line), ())))


def with_misspelt(misspelt: list[Misspelt], problems: list[Problem]) -> list[Problem]:
    """The problems with those of misspelt keys, in place of what is missing for that reason."""
    explained = {(one.record, one.standard) for one in misspelt}
    others = (one for one in problems if one.code != "missing-value" or (_record_of(one), one.subject) not in explained)
    return [*others, *(one.problem for one in misspelt)]


def _record_of(problem: Problem) -> Place:
    return next((related.place for related in problem.related if related.label == RECORD), problem.place)


def of_languages(
    project: Project, surveyed: Sequence[tuple[MainDocument, Survey]], met: list[Problem], *, is_all: bool
) -> list[Problem]:
    """What the templates of all languages say, each by itself and held against the others."""
    found = (problem for each in surveyed for problem in of_templates(project, *each, met, is_all=is_all))
    if len(surveyed) == 1:
        return list(found)
    unlike = list(check_variants_alike(surveyed))
    told = {problem.place.order for problem in unlike}  # which says more than that nothing asks for a variant
    others = (one for one in found if one.code != "unused-variant" or one.place.order not in told)
    return once([*others, *unlike])


def of_templates(
    project: Project, document: MainDocument, found: Survey, met: list[Problem], *, is_all: bool
) -> Iterator[Problem]:
    """What all templates say together; `met` is what is known to be wrong, `is_all` whether every letter was merged."""
    places = {problem.place.order for problem in met if problem.is_error}
    yield from document.environment.problems
    yield from (problem for problem in found.problems if problem.place.order not in places)
    is_read = not any(problem.code in STOPPED for problem in met)
    if document.settings.is_read:
        variants = check_variants(document, found)
        yield from (problem for problem in variants if is_read or problem.is_error)
    held = check_placeholders(found, project.records.known, project.footnotes or ())
    yield from (problem for problem in held if problem.place.order not in places)
    if is_all and is_read:
        untaken = check_branches(document, found, project.records.known, project.footnotes)
        lines = {place[:2] for place in places}  # beside an error, what follows in its line may not have been reached
        yield from (problem for problem in untaken if problem.place.order[:2] not in lines)


def of_letter(chosen: tuple[Half, ...], letter: Letter) -> Iterator[Problem]:
    """What can be said of a letter in which nothing else is wrong."""
    for half in chosen:
        parts = letter.half(half.language)
        yield from _empty_body(half.recipient, parts)
        yield from _doubled_salutation(half, parts)
    if len(chosen) > 1:
        from lettergen.pipeline.translation import check_halves  # only for letters in several languages

        yield from check_halves(chosen, letter)


def _doubled_salutation(half: Half, parts: tuple[Part, ...]) -> Iterator[Problem]:
    """A salutation such as `Dear Dear Ada,,`."""
    text = next((plain_text(part.nodes) for part in parts if part.name == "salutation"), "")
    said = words(half.language).dear
    if re.search(rf"^\s*{re.escape(said)} {re.escape(said)} |,\s*,", text):
        place = half.recipient.fields.places.get("salutation", half.recipient.place)
        way_out = "write in 'salutation' only what follows 'Dear', without the comma"
        message = f"the salutation would be '{short(text)}'"
        yield Problem("doubled-salutation", message, place, way_out, subject="salutation", anywhere=True)


def _empty_body(recipient: Recipient, parts: tuple[Part, ...]) -> Iterator[Problem]:
    if not any(part.name == "body" for part in parts):
        message = f"the letter to '{recipient.id}' has no body"
        way_out = "see whether all of the body is in conditions that this recipient does not meet"
        yield Problem("empty-body", message, recipient.place, way_out, subject="body", anywhere=True)


def not_tried(problems: list[Problem], tried: tuple[Problem, ...]) -> Iterator[Problem]:
    """The problems without the warnings of what is an error now that somebody took the passage."""
    spots = {problem.place.order for problem in tried}
    return (one for one in problems if one.code != "untaken-branch" or one.place.order not in spots)


def unused_notes(project: Project, used: Collection[str]) -> Iterator[Problem]:
    """A warning for each note that is not `used` by any letter."""
    for note in (project.footnotes or {}).values():
        if note.id not in used:
            message = f"no letter refers to note '{note.id}'"
            yield Problem("unused-footnote", message, note.place, f"refer to it with '[^{note.id}]', or remove it")


def concerning(project: Project, only_id: str, problems: list[Problem]) -> Iterator[Problem]:
    """The problems without those of other records."""
    holder = project.records.places.holder
    return (problem for problem in problems if holder(problem.place) in (None, only_id))
