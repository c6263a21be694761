"""From a mistake under way in a template to a problem that names both ends."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jinja2.runtime import Undefined

from lettergen.merge.mistakes.faults import GIVEN
from lettergen.merge.outline import calling_templates, chain, line_of, meant_by, outline
from lettergen.merge.tokens import LEDGER
from lettergen.model import BUILT_IN, OPEN, STANDARD_KEYS, Fields, Items, Text
from lettergen.problems import RECORD, Place, Problem, Related, nearest

if TYPE_CHECKING:
    from jinja2 import Template

    from lettergen.merge.tokens import Ledger

_NONE: tuple[Related, ...] = ()
_PAIRS = "for its names and values write '| items' instead of '.items()'"


def note(  # noqa: PLR0913 - all but three have names where they are called
    code: str, message: str, subject: str, *, name: str | int = "", number: int = -1, way_out: str = "", of: object = 0
) -> None:
    """A problem at the expression under way, found by a `name` that it uses, or its offset, or its `number`; and at
    the place of the value that it is about (`of`), or else of the record.
    """
    ledger = LEDGER.get()
    places = template_places(calling_templates(), name, number)
    record = Related(of.place if isinstance(of, Text) else ledger.recipient.place, RECORD)
    is_built_in = places[0].file == BUILT_IN
    if is_built_in:  # the user's end of it is the record
        fields = ledger.recipient.fields
        place, related = fields.key_places.get(str(name), ledger.recipient.place), _NONE
        part = _part(places[0])
        message += f", and the built-in part '{part}' prints it"
        way_out = way_out.partition(", or put")[0]
        way_out += "" if way_out.endswith("?") else f", or write the part '{part}' yourself"
    else:
        place, related = places[0], (*chain(places), record)
    ledger.note(Problem(code, message, place, way_out, related, subject, anywhere=is_built_in))


def note_value(code: str, message: str, value: object, way_out: str, name: str = "") -> None:
    """A value that a filter of this name cannot use: at its own place, if it has one."""
    if isinstance(value, Text):
        places = template_places(calling_templates(), name)
        printed = chain([value.place, *places], "printed here")
        problem = Problem(code, message, value.place, way_out, printed, anywhere=True)
        LEDGER.get().note(problem)
    else:
        note(code, message, str(value), name=name, way_out=way_out)


def note_unknown_name(name: str) -> None:
    """A name that means nothing."""
    is_field = name in LEDGER.get().recipient.fields
    way_out = f"did you mean 'recipient.{name}'?" if is_field else meant_by(name, GIVEN)
    note("undefined-name", f"nothing is called '{name}'", name, name=name, way_out=way_out)


def note_missing(label: str, field: str) -> None:
    """A field that is left out, used as if it were there."""
    fields = LEDGER.get().recipient.fields
    meant = nearest(field, (key for key in fields if key not in STANDARD_KEYS)) if label == _who() else None
    if meant and field not in fields:
        way_out = f"is '{meant}' meant to be '{field}'?"
    elif field == "items" and label != _who():
        way_out = _PAIRS
    else:
        from lettergen.merge.advice import added  # only when something is wrong

        way_out = f"{added(field, fields)}, or put {{% if %}} … {{% endif %}} round it in the template"
    note("missing-value", f"{label} has no '{field}'", field, name=field, way_out=way_out)


def note_unprintable(value: object, number: int = -1) -> None:
    """A value that has no text."""
    if isinstance(value, Undefined):
        str(value)  # it notes itself
    elif isinstance(value, Text) and not value:
        way_out = "write something, or put {% if %} … {% endif %} round it in the template"
        note_value("missing-value", "there is nothing here, and a letter prints it", value, way_out)
    elif value is None:
        message = f"a value printed for {_who()} is empty"
        note("missing-value", message, "empty", number=number, way_out="put {% if %} … {% endif %} round it")
    elif isinstance(value, str) and OPEN in value:
        message = "this text was put together from merged text"
        note("merged-text", message, "", number=number, way_out="join texts with '~'")
    else:
        words, way_out = _unprintable(value)
        note("unprintable", f"{words} cannot be printed", words, number=number, way_out=way_out)


def template_places(templates: list[tuple[Template, int]], name: str | int = "", number: int = -1) -> list[Place]:
    """The places of the templates, innermost first, the built-in ones last if there are others."""
    places = [
        _place(template, line, *((name if isinstance(name, str) else "", -1) if index else (name, number)))
        for index, (template, line) in enumerate(templates)
    ]
    if not places:
        return [LEDGER.get().recipient.place]
    own = [place for place in places if place.file != BUILT_IN]
    return places[:1] if places[0].file == BUILT_IN else own


def _place(template: Template, line: int, name: str | int, number: int) -> Place:
    source, text = template.environment.sources[template.name]  # type: ignore[attr-defined]
    found = outline(template.environment, text)
    if number >= 0:
        place: Place | None = source.place(*found.prints[template.environment.prints[number][1]])  # type: ignore[attr-defined]
    elif isinstance(name, int):
        place = source.place(*found.around(name)) if name >= 0 else None
    else:
        place = found.name(source, name, line) if name else found.only(source, line)
    return place or line_of(source, line)


def _part(place: Place) -> str:
    """The built-in part that holds a place."""
    for line in reversed(place.source.lines[: place.line]):
        if line.startswith("{% block "):
            return line.split()[2]
    return "base"


def _who() -> str:
    ledger: Ledger = LEDGER.get()
    return ledger.labels[id(ledger.recipient.fields)]


def _unprintable(value: object) -> tuple[str, str]:
    match value:
        case bool():
            return f"'{str(value).lower()}'", "use it in {% if … %}, or put it in quotes in the data file"
        case Items() | list() | tuple():
            return "a list", "print its items: {% for item in … %} … {% endfor %}, or '| join(', ')'"
        case Fields() | dict():
            return "a group of fields", "print one of them, as in {{ sender.name }}"
        case float() | Decimal():
            return "a number with so many digits", "round it: '| round(2)'"
        case _:
            return "this value", "print a field of the record"
