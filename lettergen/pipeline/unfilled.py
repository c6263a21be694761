"""What templates and notes hold that a person, or another tool, was to fill in: it would be printed as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import HIDDEN, without_code
from lettergen.problems import Problem, short
from lettergen.review.joints.flat import placeholder
from lettergen.text import left_over, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.merge.survey import Survey
    from lettergen.pipeline.project import Project
    from lettergen.problems import Place

_OF_LETTER = ("date", "reference", "subject", "closing", "language")  # which a record need not have
_NOTE = re.compile(r"(?<!\\)\[(?:\^[\w-]+(?![\w. -]*\])|[\w-]+\](?![(\[:{]))")  # `[^act`, `[act]`
_KEEP = "write what is meant; if it is to be printed so, put a backslash before it"
_REMOVE = "write what is meant, or remove it"


def unfilled(project: Project, language: str, found: Survey) -> Iterator[Problem]:
    """A problem for each of them outside code, raw text and the targets of links."""
    for source, text in found.prose:
        signs = {start: said for start, *said in reversed(list(_in_template(text, project, language)))}
        for start, (words, code, way_out) in signs.items():
            yield _problem(code, words, source.place(start, start + len(words)), way_out)
    for note in (project.footnotes or {}).values():
        for tag, text in note.texts.items():
            for _, words, field in left_over(text, project.records.known, tag or language):
                if not field or words[0] != "[":  # as in [date]
                    yield _problem("left-over", words, within(text.place, words), _KEEP)
            for _, words in _placeholders(text):
                yield _problem("placeholder", words, within(text.place, words), _REMOVE)


def _in_template(text: str, project: Project, language: str) -> Iterator[tuple[int, str, str, str]]:
    """Where each begins, its words, its problem's code, and the way out."""
    for sign in _NOTE.finditer(text):
        if (note := sign[0].strip("[]^")) in (project.footnotes or ()):
            yield sign.start(), sign[0], "template-syntax", f"did you mean '[^{note}]'?"
    for start, words, field in left_over(text, project.records.known, language):
        is_error = bool(field) and words[0] in "[{"
        owner = "letter" if field in _OF_LETTER else "recipient"
        way_out = f"did you mean '{{{{ {owner}.{field} }}}}'?" if field else _KEEP
        way_out += f" If not, write \\{words}" if is_error else ""
        yield start, words, "template-syntax" if is_error else "left-over", way_out
    for start, words in _placeholders(text):
        yield start, words, "placeholder", _REMOVE


def _placeholders(text: str) -> Iterator[tuple[int, str]]:
    rest = without_code(text)
    while words := placeholder(rest, is_value=False):
        yield rest.index(words), words
        rest = rest.replace(words, HIDDEN * len(words), 1)


def _problem(code: str, words: str, place: Place, way_out: str) -> Problem:
    is_form = code == "placeholder"
    said = "looks like something that was to be filled in" if is_form else "would be printed as it stands"
    return Problem(code, f"'{short(words)}' {said}", place, way_out)
