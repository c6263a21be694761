"""Ways out that show what to type, for a value that does not fit."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from lettergen.model import Fields, Items, Text, iso_date

if TYPE_CHECKING:
    from lettergen.model.values import Value

_SPOKEN = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%A %d %B %Y", "%Y/%m/%d", "%Y.%m.%d")  # certain ones only
_TO_QUOTE = r"[^\w ,.’'()/-]|^\W|\n"
_SHORT = 60  # characters of a text that a way out shows


def spoken_day(value: Value) -> str:
    """The ISO date that a text such as `7 May 2024` means; empty where it is not certain."""
    from datetime import datetime  # only when something is wrong

    words = re.sub(r"(?<=\d)(st|nd|rd|th)\b|,", "", value) if isinstance(value, Text) else ""
    words = re.sub(r"[‐‑‒–—−]", "-", words)
    if iso_date(words):
        return words
    for form in _SPOKEN:
        with suppress(ValueError):
            return f"{datetime.strptime(words, form):%Y-%m-%d}"  # noqa: DTZ007 - a day has no time zone
    return ""


def as_date(text: Text) -> str:
    day = spoken_day(text)
    if day:
        return f"write it as year-month-day: {day}"
    return "write a day of the calendar as year-month-day, as in 2020-10-13"


def as_text(key: str, value: Value) -> str:
    """The way out for something that should be a text."""
    if isinstance(value, bool):
        return "put it in quotes if this word is to be printed"
    if isinstance(value, Items) and value and all(isinstance(item, Text) for item in value):
        joined = " ".join(str(item) for item in value)
        if len(joined) <= _SHORT and not re.search(_TO_QUOTE, joined):
            return f"write '{key}: {joined}'"
    return f"write '{key}: …' in one line, in quotes if need be"


def as_list(key: str, value: Value) -> str:
    """The way out for something that should be a list."""
    below = f"write each item under '{key}:' in a line of its own that begins with '- '"
    if isinstance(value, Fields):
        return f"leave out the names before the colons, and begin each line below '{key}:' with '- '"
    if isinstance(value, Text) and (value.startswith(("-", "–", "—", "•")) or value.place.line < value.place.end_line):
        lines = value.place.source.lines[value.place.line - 1 : value.place.line]
        pipe = (
            "remove the sign after the colon, and " if any(line.rstrip().endswith(("|", ">")) for line in lines) else ""
        )
        return f"{pipe}begin each line below '{key}:' with a hyphen and a space: '- '"
    if isinstance(value, Text) and value and len(value) <= _SHORT and not re.search(_TO_QUOTE, value):
        return f"write '{key}: [{value}]', or each item below it in a line that begins with '- '"
    return below


def as_item(item: Value) -> str:
    """The way out for an item that should be a text."""
    match item:
        case Items():
            return "remove the brackets or the dash that make it a list, and make each text an item of its own"
        case Fields():
            return "put it in quotes if its colon belongs to the text"
        case _:
            return "put it in quotes"
