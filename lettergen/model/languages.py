"""Language tags, and the long dates of each language."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.model.values import Text

if TYPE_CHECKING:
    from collections.abc import Container

    from babel import Locale

# The long dates of common languages, for speed: Babel takes longer to load than a letter to merge.
# A test holds them against Babel.
_ENGLISH = ("{} {} {}", "January February March April May June July August September October November December")
_DATES = {
    "en": _ENGLISH,  # the world's, not America's
    "en-GB": _ENGLISH,
    "cy": ("{} {} {}", "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"),
    "de": ("{}. {} {}", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "fr": ("{} {} {}", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
}


def usual_case(tag: str) -> str:
    """`EN-gb` as `en-GB`, `zh-hans` as `zh-Hans`: so that a template can compare it."""
    first, *rest = tag.split("-")
    sizes = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(sizes.get(len(part), str.lower)(part) for part in rest)])


def lookup(language: str, among: Container[str]) -> str | None:
    """The tag that serves the language: `cy-GB` itself, or else `cy`; None if there is none."""
    while language and language not in among:
        language = language.rpartition("-")[0]
    return language or None


def is_same_tongue(language: str, other: str) -> bool:
    """Whether the two differ in the region or the script at most."""
    return tongue(language) == tongue(other)


def named_language(file: str) -> str | None:
    """The language in a main document's name: `cy` of `templates/letter.cy.md.j2`; None without any."""
    found = re.search(r"\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md\.j2$", file)
    return usual_case(found[1]) if found and is_language(found[1]) else None


def tongue(language: str) -> str:
    """The language without its region and script: `cy` of `cy-GB`."""
    return language.partition("-")[0].lower()


def iso_date(text: str) -> date | None:
    """The day that is written as year-month-day; None if it is none."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def long_date(day: date, language: str) -> str:
    """The date as the language writes it in a letter: `13 October 2020` (source: Unicode CLDR)."""
    if language in _DATES:
        pattern, months = _DATES[language]
        return pattern.format(day.day, months.split()[day.month - 1], day.year)
    from babel.dates import format_date  # 40 ms

    return format_date(day, "long", locale=_locale(language))


@lru_cache(maxsize=64)
def months(language: str) -> tuple[str, ...]:
    """The months' names as they stand in a date."""
    if language in _DATES:
        return tuple(_DATES[language][1].split())
    locale = _locale(language)  # whoever writes in this language has loaded Babel for the letter's own date
    return tuple(locale.months["format"]["wide"].values()) if locale else ()


_POINT, _COMMA = ("en", "en-GB", "cy", "ga"), ("de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb")


@lru_cache(maxsize=64)
def decimal_sign(language: str) -> str:
    """What stands before the decimals of a number."""
    if language in (*_POINT, *_COMMA):
        return "." if language in _POINT else ","
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(_locale(language) or "en")


# A day and a month, in either order; the day may have a point or an ending.
_DAY_AND_MONTH = re.compile(r"(?<!\d)(\d{1,2}(?:\.|[^\W\d]{0,4})) (?=[^\W\d])|(?<=[^\W\d]) (?=\d{1,2}(?!\d))")


class LongDate(Text):
    """A long date, with blanks, as templates compare it."""

    __slots__ = ()


def as_printed(text: str) -> str:
    """The text as a letter shows it: of a long date, day and month stay on one line."""
    return unbroken(text) if isinstance(text, LongDate) else str(text)


def unbroken(text: str) -> str:
    """A long date with day and month on one line."""
    return _DAY_AND_MONTH.sub(lambda found: f"{found[1] or ''}\u00a0", text)


@lru_cache(maxsize=1024)
def is_language(language: str) -> bool:
    """Whether this is a BCP 47 tag whose dates can be written."""
    is_tag = re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) is not None
    return language in _DATES or (is_tag and _locale(language) is not None)


def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    # Bare English means the world's, not America's: the day before the month.
    tag = "en-001" if language.lower() == "en" else language
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None
