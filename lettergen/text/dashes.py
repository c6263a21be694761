"""Hyphens that were typed for dashes: between words, numbers and years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import every
from lettergen.text.quotes import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.text.customs import Customs

_HYPHENS = re.compile(r"(?<=([^\s–—-]))(?P<before> ?)(?P<hyphens>-{1,3})(?P<after> ?)(?=([^\s–—-]))")
# The name of a file or an address, such as report--final.docx.
_NAME = re.compile(r"[\d_/\\@=]|\w\.\w\w")
_NUMBERS = re.compile(
    r"(?<![^\s(\[{\"'“”„‘‚«»‹›—])[£$€]?\d[\d.,:]*(?P<hyphens>(?<=\d)--)[£$€]?\d[\d.,:]*(?![\w/–-]|[.,:]\w)"
)
# No telephone number, no reference such as GT-2019-2021, no day such as 2019-10-13.
_YEARS = re.compile(
    r"(?<![^\s(\[{\"'“”„‘‚«»‹›—])(?<!\d[ \u00a0])(1\d\d\d|20\d\d)-(\d{4}|\d\d)(?![\w/(–-]|[.,:]\w|[ \u00a0]\d)"
)
_BEFORE = re.compile(r"(\S+)[^\w\u2029]*\Z")
_LAST_YEAR, _LONGEST = 2100, 40
_MONTHS = 12
_POLISH = {"zamówienie", "sprawa", "umowa"}  # before a number; other languages have theirs in labels.txt


def dashes(text: str, customs: Customs) -> Iterator[Edit]:
    """An edit for each hyphen, or run of them, that stands for a dash."""
    if "-" not in text:
        return
    for found in _HYPHENS.finditer(text):
        made = _dash(found, customs.dash)
        if made and (found["before"] or not _is_name(text, found)):
            yield Edit(found.start("before"), found.end("after"), made)
    for found in _NUMBERS.finditer(text):
        yield Edit(*found.span("hyphens"), "–")
    for found in _YEARS.finditer(text):
        if _is_later(found[1], found[2]) and not _is_numbered(text[: found.start()], customs):
            yield Edit(found.end(1), found.start(2), "–")


def _dash(found: re.Match[str], double: str) -> str:
    """What is to stand there, blanks and all; nothing to leave it as typed."""
    count, is_spaced = len(found["hyphens"]), bool(found["before"])
    is_apart = is_spaced == bool(found["after"])
    is_number = found[1].isdigit() and found[5].isdigit()
    if not is_apart or is_number or (count == 1 and not is_spaced):
        return ""
    if not is_spaced and not (found[1].isalpha() and found[5].isalpha()):
        return ""
    sign = {1: "–", 2: double, 3: "—"}[count]
    return "\u00a0– " if is_spaced and sign == "–" else sign


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether the hyphens stand within the name of a file or an address."""
    before, after = text[: found.start()].rsplit(maxsplit=1)[-1], text[found.end() :].split(maxsplit=1)[0]
    return _NAME.search(f"{before}-{after}") is not None


def _is_later(first: str, last: str) -> bool:
    """Whether the second year follows the first; what could be the month of a year is none."""
    if len(last) == len(first):
        return int(first) < int(last) <= _LAST_YEAR
    return int(last) > max(_MONTHS, int(first[-2:]))


def _is_numbered(before: str, customs: Customs) -> bool:
    """Whether the word before says that a number follows: a name in capitals, an abbreviation, 'order' or 'Nr'."""
    found = _BEFORE.search(before, max(0, len(before) - _LONGEST))
    word = found[1].rstrip(":,;)") if found else ""
    bare = word.strip("([{\"'“”„‘‚«»‹›*#")
    last = bare.casefold().replace("/", "-").rpartition("-")[2]
    is_word = last in every("numbered") | _POLISH or last.endswith(("nr", "nummer")) or bare in customs.counted
    return is_word or bare.isupper() or word.endswith(".")
