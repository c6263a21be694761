"""What is wrong with the templates of a main document, whichever letters come there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.merge.mistakes.faults import GIVEN
from lettergen.problems import Problem, near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lettergen.merge.document import MainDocument
    from lettergen.merge.survey import Survey

_OF_JINJA = {"loop", "caller", "varargs", "kwargs", "self", "super"}
_UNTAKEN = "no letter uses this passage yet"


def check_variants(document: MainDocument, found: Survey) -> Iterator[Problem]:
    """Variants that are asked for and not declared, or the other way round."""
    declared = document.settings.variants
    for name, use in found.variants.items():
        if name not in declared:
            message = f"variant '{name}' is not declared in the front matter"
            way_out = near(name, declared) or f"declare it there: 'variants:' and below it '  {name}: …'"
            yield Problem("undeclared-variant", message, use.place(document.environment), way_out)
    for name, description in declared.items():
        if name not in found.variants:
            message = f"no part of the template asks for variant '{name}'"
            way_out = f"ask for it with {{% if '{name}' in variants %}}, or remove it"
            yield Problem("unused-variant", message, description.place, way_out)


def check_branches(
    document: MainDocument, found: Survey, known: Collection[str], notes: Collection[str] | None
) -> Iterator[Problem]:
    """A problem for each field, name and note that nobody has; those that a letter met are errors already."""
    environment = document.environment
    whose: Mapping[str, Collection[str]] = {"recipient": known, "sender": document.settings.sender}
    for owner, use in found.fields:
        names = whose.get(owner, ())
        if names and use.word not in {*names, *found.optional} and owner not in found.bound:
            message = f"there is no field '{owner}.{use.word}'; {_UNTAKEN}"
            yield Problem("untaken-branch", message, use.place(environment), near(use.word, names))
    usable = {*GIVEN, *environment.globals, *found.bound, *found.optional, *_OF_JINJA}
    for use in found.names:
        if use.word not in usable:
            message = f"nothing is called '{use.word}'; {_UNTAKEN}"
            yield Problem("untaken-branch", message, use.place(environment), near(use.word, usable - _OF_JINJA))
    for place in found.notes:
        name = place.text[2:-1]
        is_defined = f"{place.text}:" in place.source.text  # here, which is a problem of its own
        if notes is not None and name not in notes and not is_defined:  # None: the notes could not be read
            message = f"there is no note '{name}' in footnotes.yaml; {_UNTAKEN}"
            way_out = f"write the note into footnotes.yaml, as '{name}: …'"
            yield Problem("untaken-branch", message, place, near(name, notes, way_out))
