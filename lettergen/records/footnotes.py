"""`footnotes.yaml` -> `Footnote`."""

from __future__ import annotations

import re

from lettergen.model import Fields, Footnote, Text
from lettergen.problems import Problem, Source
from lettergen.records.typed import kind
from lettergen.yamlfile import load


def read_footnotes(source: Source) -> tuple[dict[str, Footnote], list[Problem]]:
    """Every note by its id, in the file's order."""
    value, problems = load(source)
    if value is None:
        return {}, problems
    if not isinstance(value, Fields):
        message = f"the footnotes are {kind(value)}; they should be 'id: text' lines"
        return {}, [*problems, Problem("wrong-type", message, source.place(0, 1), "write, for example, 'act: …'")]
    notes = {}
    for key, text in value.items():
        place = value.key_places[key]
        message = _wrong(key, text)
        if message:
            problems.append(Problem("bad-footnote", message, value.places[key] if text else place))
        notes[key] = Footnote(key, text if isinstance(text, Text) else Text("", place), place)
    return notes, problems


def _wrong(key: str, text: object) -> str:
    if not re.fullmatch(r"[\w.-]+", key):
        return f"'{key}' cannot be a note's id: letters, digits, '-', '_' and '.' only"
    if not text:
        return f"note '{key}' has no text"
    if not isinstance(text, Text):
        return f"note '{key}' is not a text"
    if re.search(r"\n\s*\n", text):
        return f"note '{key}' has more than one paragraph"
    return ""
