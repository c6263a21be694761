"""The main document's front matter -> `Settings`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lettergen.model import Asked, Fields, Items, Settings, Text, is_same_tongue, named_language
from lettergen.problems import Place, Problem, Source
from lettergen.records.advice import spoken_day
from lettergen.records.checking import read_checks
from lettergen.records.echoes import Spoiled, slipped
from lettergen.records.frontmatter import fence
from lettergen.records.layout import read_layout
from lettergen.records.typed import GROUP, Typed, filled, has_near
from lettergen.yamlfile import load
from lettergen.yamlfile.scan import JINJA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.model.values import Value

KEYS = (
    "date",
    "language",
    "sender",
    "reference",
    "subject",
    "closing",
    "enclosures",
    "copies",
    "variants",
    "layout",
    "checks",
)
SENDER_TEXTS = ("name", "honours", "title", "organisation", "telephone", "email", "signature", "signature_alt")
DEFAULT_LANGUAGE = "en-GB"


def read_settings(
    source: Source, yaml_text: str | None, asked: Asked, known: Iterable[Problem] = ()
) -> tuple[Settings, list[Problem]]:
    """The settings; `asked` overrides the day and the edition. Without front matter they are not read.

    The `known` problems of the file, and what they have led to, are not said again.
    """
    if yaml_text is None:
        settings, _ = read_settings(source, "date: 2000-01-01", asked)
        return settings._replace(is_read=False), []
    problems = list(_find_jinja(source, yaml_text))
    value: Value = None
    if not problems:  # the parser's own complaints about braces would only repeat it
        value, problems = load(source, yaml_text, known)
    spoiled = Spoiled([*known, *problems])
    found: list[Problem] = []
    if value is not None and not isinstance(value, Fields):
        found.append(_no_settings(value, fence(source)))
    is_read = isinstance(value, Fields) or not (problems or found)
    fields = value if isinstance(value, Fields) else Fields((), fence(source))
    settings = _settings(Typed(fields, "the front matter", found), asked, fence(source), is_read=is_read)
    return settings, [*problems, *spoiled.without_echoes(found)]


def _no_settings(value: Value, place: Place) -> Problem:
    """Front matter of another shape."""
    if isinstance(value, Text):
        place = value.place
        found = slipped(value)
        if found:
            return found
    way_out = f"write lines such as 'date: {spoken_day(value) or '2020-10-13'}'"
    return Problem("wrong-type", f"the front matter should be {GROUP}", place, way_out)


def _settings(typed: Typed, asked: Asked, place: Place, *, is_read: bool) -> Settings:
    typed.check_keys(KEYS)
    for key in ("reference", "subject", "closing"):
        typed.text(key)
    for key in ("enclosures", "copies"):
        typed.texts(key)
    return Settings(
        fields=Fields(_filled(typed.fields), typed.fields.place),
        date=_date(typed, asked.day) if is_read else date.min,
        languages=_languages(typed),
        variants=_variants(typed),
        sender=_sender(typed),
        layout=read_layout(typed, asked.edition),
        checks=read_checks(typed),
        place=place,
        is_read=is_read,
    )


def _languages(typed: Typed) -> tuple[str, ...]:
    """The languages of the letters; one alone where the file's name says it."""
    said = typed.languages("language")
    named = named_language(typed.fields.place.source.name)
    if named and said and (len(said) > 1 or not is_same_tongue(said[0], named)):
        message = f"by its name this file holds the letter in '{named}' alone, and here it says '{', '.join(said)}'"
        way_out = f"write 'language: {named}'; who gets several languages is told in recipients.yaml"
        typed.problem("bad-language", message, typed.fields.places["language"], way_out)
        return (named,)
    return said or (named or DEFAULT_LANGUAGE,)


def _date(typed: Typed, day: date | None) -> date:
    found = typed.date("date")
    if day is None and not typed.fields.get("date") and not has_near(typed.fields, "date", KEYS):
        message = "the front matter has no date"
        place = typed.fields.key_places.get("date", typed.fields.place)
        way_out = "write 'date: 2020-10-13'" if "date" in typed.fields else "add a line such as 'date: 2020-10-13'"
        typed.problem("missing-key", message, place, way_out)
    return day or found or date.min


def _variants(typed: Typed) -> Mapping[str, Text]:
    declared = typed.mapping("variants", _such_as(typed.fields.get("variants")))
    if declared is None:  # the names are known nevertheless
        return {name: Text("", name.place) for name in _texts(typed.fields.get("variants"))}
    variants = {}
    for name in declared:
        place = declared.key_places[name]
        description = Typed(declared, "the variants", typed.problems).text(name)
        variants[name] = Text(description or "", place)
    return variants


def _sender(typed: Typed) -> Fields:
    """The sender's fields, those that are left out as None."""
    whole = typed.fields.get("sender")
    such_as = f"name: {whole}" if isinstance(whole, Text) else "name: Ada Lovelace"
    fields = typed.mapping("sender", such_as) or Fields((), typed.fields.place)
    sender = Typed(fields, "the sender", typed.problems)
    sender.check_keys((*SENDER_TEXTS, "address"))
    for key in SENDER_TEXTS:
        sender.text(key)
    sender.texts("address")
    if fields.get("signature") and not fields.get("signature_alt"):
        message = "the signature's image has no text for those who cannot see it"
        way_out = "add 'signature_alt: Signature of …' to the sender"
        sender.problem("missing-key", message, fields.places["signature"], way_out)
    missing = [key for key in (*SENDER_TEXTS, "address") if key not in fields]
    nothing = ((Text(key, fields.place), _stand_in(key, typed, fields), fields.place) for key in missing)
    return Fields([*_filled(fields), *nothing], fields.place)


def _stand_in(key: str, typed: Typed, sender: Fields) -> Value:
    """What a setting that is left out is worth: None, or a text where a problem says already that it is missing."""
    whole = typed.fields.get("sender")
    if key == "name" and isinstance(whole, Text):
        return whole
    return Text("Signature", sender.place) if key == "signature_alt" and sender.get("signature") else None


def _texts(value: Value) -> Iterator[Text]:
    """The texts of a list; the words of one that was to be a list."""
    if isinstance(value, Text):
        yield from (Text(word, value.place) for word in re.split(r"[,;]?\s+", value) if word)
    elif isinstance(value, Items):
        yield from (item for item in value if isinstance(item, Text) and item)


def _such_as(variants: Value) -> str:
    return f"{next(_texts(variants), 'updates-only')}: what it is for"


def _filled(fields: Fields) -> Iterator[tuple[Text, Value, Place]]:
    """The fields, their lists without empty items."""
    return ((Text(key, fields.key_places[key]), filled(fields[key]), fields.places[key]) for key in fields)


def _find_jinja(source: Source, yaml_text: str) -> Iterator[Problem]:
    for number, line in enumerate(yaml_text.split("\n"), 1):
        found = list(JINJA.finditer(line)) if not line.lstrip().startswith("#") else []
        if found:
            place = Place(source, number, found[0].start() + 1, number, found[-1].end() + 1)
            message = "the front matter cannot hold merge fields or conditions"
            yield Problem("jinja-in-data", message, place, "put it in the part that prints it")
