"""The main document's front matter -> `Settings`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lettergen.model import Fields, Settings, Text
from lettergen.problems import Problem, Source
from lettergen.records.typed import Typed, filled
from lettergen.yamlfile import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model.values import Value
    from lettergen.problems import Place

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
)
SENDER_TEXTS = ("name", "honours", "title", "organisation", "telephone", "email", "signature", "signature_alt")
DEFAULT_LANGUAGE = "en-GB"
_FENCE = re.compile(r"---[ \t]*$")
_JINJA = re.compile(r"\{[{%#].*?[}%#]\}|\{[{%#]")


def split_front_matter(source: Source) -> tuple[str | None, str, list[Problem]]:
    """The settings' YAML and the template, each with blanks in place of the other."""
    lines = source.lines
    if not _FENCE.match(lines[0]):
        return None, source.text, []
    end = next((number for number, line in enumerate(lines) if number and _FENCE.match(line)), None)
    if end is None:
        place = source.place(0, 3)
        way_out = "close it with another line '---'"
        return None, "", [Problem("no-front-matter", "the front matter that begins here does not end", place, way_out)]
    yaml_text = "\n".join(["", *lines[1:end]])
    # Blanks, so that lines, columns and offsets stay those of the file.
    template = "\n".join([*(" " * len(line) for line in lines[: end + 1]), *lines[end + 1 :]])
    return yaml_text, template, []


def read_settings(source: Source, yaml_text: str | None, day: date | None) -> tuple[Settings, list[Problem]]:
    """The settings; `day` overrides the date of the letters. Without front matter they are not read."""
    if yaml_text is None:
        settings, _ = read_settings(source, "date: 2000-01-01", day)
        return settings._replace(is_read=False), []
    jinja = list(_find_jinja(source, yaml_text))
    value, problems = load(source, yaml_text)
    if jinja:  # the parser's own complaints about braces would only repeat it
        value, problems = None, jinja
    whole = source.place(0, 3)
    if value is not None and not isinstance(value, Fields):
        problems.append(Problem("wrong-type", "the front matter should be 'name: value' lines", whole))
    is_read = isinstance(value, Fields) or not problems
    fields = value if isinstance(value, Fields) else Fields((), whole)
    typed = Typed(fields, "the front matter", problems)
    typed.check_keys(KEYS)
    for key in ("reference", "subject", "closing"):
        typed.text(key)
    for key in ("enclosures", "copies"):
        typed.texts(key)
    settings = Settings(
        fields=Fields(_filled(fields), fields.place),
        date=_date(typed, day) if is_read else date.min,
        language=typed.language("language") or DEFAULT_LANGUAGE,
        variants=_variants(typed),
        sender=_sender(typed),
        place=whole,
        is_read=is_read,
    )
    return settings, problems


def _date(typed: Typed, day: date | None) -> date:
    found = typed.date("date")
    if day is None and not typed.fields.get("date"):
        message = "the front matter has no date"
        typed.problem("missing-key", message, typed.fields.place, "add a line such as 'date: 2020-10-13'")
    return day or found or date.min


def _variants(typed: Typed) -> Mapping[str, Text]:
    declared = typed.mapping("variants")
    if declared is None:
        return {}
    variants = {}
    for name in declared:
        place = declared.key_places[name]
        description = Typed(declared, "the variants", typed.problems).text(name)
        variants[name] = Text(description or "", place)
    return variants


def _sender(typed: Typed) -> Fields:
    """The sender's fields, those that are left out as None."""
    fields = typed.mapping("sender") or Fields((), typed.fields.place)
    sender = Typed(fields, "the sender", typed.problems)
    sender.check_keys((*SENDER_TEXTS, "address"))
    for key in SENDER_TEXTS:
        sender.text(key)
    sender.texts("address")
    if fields.get("signature") and not fields.get("signature_alt"):
        message = "the signature's image has no text for those who cannot see it"
        sender.problem("missing-key", message, fields.places["signature"], "add 'signature_alt: Signature of …'")
    missing = (key for key in (*SENDER_TEXTS, "address") if key not in fields)
    return Fields([*_filled(fields), *((Text(key, fields.place), None, fields.place) for key in missing)], fields.place)


def _filled(fields: Fields) -> Iterator[tuple[Text, Value, Place]]:
    """The fields, their lists without empty items."""
    return ((Text(key, fields.key_places[key]), filled(fields[key]), fields.places[key]) for key in fields)


def _find_jinja(source: Source, yaml_text: str) -> list[Problem]:
    problems = []
    for number, line in enumerate(yaml_text.split("\n")):
        for found in _JINJA.finditer(line):
            start = sum(len(before) + 1 for before in source.lines[:number]) + found.start()
            place = source.place(start, start + len(found[0]))
            message = "front matter is data: it can hold no merge field and no condition"
            problems.append(Problem("jinja-in-data", message, place, "put it in the part that prints it"))
    return problems
