"""`footnotes.yaml` -> `Footnote`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import Fields, Footnote, Text, is_language, usual_case
from lettergen.problems import Place, Problem, Source
from lettergen.records.echoes import Spoiled, slipped
from lettergen.records.typed import kind
from lettergen.yamlfile import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Items
    from lettergen.model.values import Value


def read_footnotes(source: Source, known: Iterable[Problem] = ()) -> tuple[dict[str, Footnote], list[Problem]]:
    """Every note by its id, in the file's order; the `known` problems of the file are not said again."""
    value, problems = load(source, known=known)
    if value is None:
        return {}, problems
    spoiled = Spoiled([*known, *problems])
    if not isinstance(value, Fields):
        return {}, [*problems, *spoiled.without_echoes([_no_notes(source, value)])]
    problems += spoiled.without_echoes(_wrong(value))
    notes = ((key, text, value.key_places[key]) for key, text in value.items())
    return {key: Footnote(key, _texts(text, place), place) for key, text, place in notes}, problems


def _texts(value: Value, place: Place) -> dict[str, Text]:
    """The note's text by language; one for all under ``, and an empty one in place of what is wrong."""
    nothing = Text("", place)
    if not isinstance(value, Fields) or not all(map(is_language, value)):
        return {"": value if isinstance(value, Text) else nothing}
    return {usual_case(tag): text if isinstance(text, Text) else nothing for tag, text in value.items()}


def _no_notes(source: Source, value: Text | Items | bool) -> Problem:
    """A file of another shape."""
    found = slipped(value) if isinstance(value, Text) else None
    if found:
        return found
    message = f"the footnotes are {kind(value)}; they should be lines such as 'act: Transport Act 1985'"
    place = source.place(0, 1) if isinstance(value, bool) else value.place
    return Problem("wrong-type", message, place, "begin each line with the note's id and ': ', without '- '")


def _wrong(notes: Fields) -> Iterator[Problem]:
    for key, text in notes.items():
        place = notes.key_places[key]
        if not re.fullmatch(r"[\w.-]+", key):
            proposal = re.sub(r"[^\w.-]+", "-", key).strip("-") or "note-1"
            message = f"'{key}' cannot be a note's id: letters, digits, '-', '_' and '.' only"
            yield Problem("bad-footnote", message, place, f"write '{proposal}', and refer to it with '[^{proposal}]'")
        elif not text:
            way_out = "write its text after the colon, or remove the line"
            yield Problem("bad-footnote", f"note '{key}' has no text", place, way_out)
        elif isinstance(text, Fields):
            yield from _wrong_languages(key, text)
        elif not isinstance(text, Text):
            message = f"note '{key}' should be text, and this is {kind(text)}"
            yield Problem(
                "bad-footnote", message, notes.places[key], f"write '{key}: …' with its text, in quotes if need be"
            )


def _wrong_languages(note: str, texts: Fields) -> Iterator[Problem]:
    """What is wrong with a note that has a text for each language."""
    for tag, text in texts.items():
        if not is_language(tag):
            message = f"'{tag}' is not a language code, and note '{note}' should be one text, or one for each language"
            way_out = f"write '{note}: …', or below it lines such as '  cy: …' and '  en: …'"
            yield Problem("bad-footnote", message, texts.key_places[tag], way_out)
        elif not isinstance(text, Text) or not text:
            message = f"note '{note}' has no text in '{tag}'"
            yield Problem("bad-footnote", message, texts.key_places[tag], "write its text after the colon")
