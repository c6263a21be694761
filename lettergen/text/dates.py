"""Dates at the beginning of a line, which Markdown would take for the items of a list: `27. November 2026`."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from lettergen.model import long_date
from lettergen.model.languages import months, tongue
from lettergen.text.faults import Fault

# A number with a point where an item can begin, up to the first word; '27. bis 29. November' is a date too.
_NUMBERED = re.compile(
    r"(?m)^[ \t>]*(?:[-*+][ \t]+)*(?P<number>\d{1,9})(?P<point>\.)[ \t]+"
    r"(?:\S+[ \t]+\d{1,2}\.[ \t]+)?(?P<word>[^\W\d_]*\.?)"
    r"(?P<behind>[ \t]+(?:\d|kl\b|um\b)|(?i:(?<!jan))[ \t]*(?:[:,–-]|$))?"
)
_SHORTEST, _CERTAIN = 3, 6  # letters of a month that is cut short, with or without what can stand behind one
_GERMAN = ("mrz", "feber")  # as people write as well


def with_dates(text: str, language: str) -> tuple[str, list[Fault]]:
    """Return the text with a backslash in its dates, and a fault for the first that may be a list's item instead."""
    if not language or not _NUMBERED.search(text) or not _has_point(language):
        return text, []
    lines = [(int(found["number"]), _is_date(found, language), found) for found in _NUMBERED.finditer(text)]
    faults = []
    for index, (number, is_date, found) in enumerate(lines):
        steps = [one[0] - number for one in lines[index + 1 : index + 3]]
        is_mixed = steps[:1] in ([0], [1]) and lines[index + 1][1] != is_date
        if is_mixed or (is_date and steps == [1, 2]):
            words = found[0].lstrip(" \t>*+-")
            way_out = f"write '{number}\\.' in each line that begins with a date, or '{number})' before each item"
            faults.append(Fault("date-or-item", words, f"'{words}' can be a date, or an item of a list", way_out))
    for at in [found.start("point") for _, is_date, found in reversed(lines) if is_date]:
        text = f"{text[:at]}\\{text[at:]}"
    return text, faults[:1]


@lru_cache(maxsize=64)
def _has_point(language: str) -> bool:
    """Whether the language's long date begins with the day and a point."""
    return long_date(date(2020, 1, 2), language).startswith("2. ")


def _is_date(found: re.Match[str], language: str) -> bool:
    word = found["word"].casefold()
    names = [month.casefold() for tag in (language, tongue(language)) for month in months(tag)]
    names += _GERMAN if tongue(language) == "de" else ()
    bare = word.rstrip(".")
    is_certain = word != bare or found["behind"] is not None or len(bare) >= _CERTAIN
    is_short = is_certain and len(bare) >= _SHORTEST and any(name.startswith(bare) for name in names)
    return len(found["number"]) <= len("31") and (is_short or bare in names)
