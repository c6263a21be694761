"""One letter with the origin of each of its words; loaded only where somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.merge.tracing import trace
from lettergen.model.explaining import Explanation
from lettergen.pipeline.languages import halves
from lettergen.pipeline.project import read_project
from lettergen.review.origins.explaining import at, known_of
from lettergen.review.origins.marking import explained
from lettergen.review.origins.tracing import cut
from lettergen.text import marked_passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Footnote, Letter, Note, Reading
    from lettergen.model.explaining import Explained, Trace
    from lettergen.pipeline.compose import Composition, Request
    from lettergen.pipeline.project import Project


def explain(request: Request, composition: Composition) -> Explanation:
    """The composition's one letter, which must be sound; the request is that which it was composed for."""
    project, _ = read_project(composition.folder, request.template, request.asked, request.data)
    letter, mailing = composition.letters[0], composition.mailing
    traces = list(_traces(project, letter, tuple(mailing.readings)))
    marked = marked_passages(mailing.readings, mailing.footnotes, within_tags=True)
    place, is_dated = composition.places[letter.id], request.asked.day is not None
    passages: list[Explained] = []
    for (reading, passage, nodes), traced in zip(marked, traces, strict=True):
        known = known_of(reading, mailing.plans[reading.document], place, is_dated=is_dated)
        if nodes:
            passages.append(explained(known, passage, reading.language, nodes, traced))
    return Explanation(letter, tuple(passages), {note.number: _place(note, mailing.footnotes) for note in letter.notes})


def _traces(project: Project, letter: Letter, readings: tuple[Reading, ...]) -> Iterator[tuple[Trace, ...]]:
    """The signs of each passage; what is merged once more is what the letter was merged from."""
    recipient = next(one for one in project.records.recipients if one.id == letter.id)
    chosen, _ = halves(project, recipient)
    for half, reading in zip(chosen, readings, strict=True):
        yield from cut(reading.passages, trace(half.document, half.recipient, project.records.known))


def _place(note: Note, footnotes: Mapping[str, Footnote]) -> str:
    text = footnotes[note.id].text_in(note.language)
    return at((text or footnotes[note.id]).place)
