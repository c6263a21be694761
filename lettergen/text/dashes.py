"""Hyphens that were typed for dashes: between words, and between years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.text.quotes import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.text.customs import Customs

_HYPHENS = re.compile(r"(?<=([^\s–—-]))(?P<before> ?)(?P<hyphens>-{1,3})(?P<after> ?)(?=([^\s–—-]))")
# No telephone number, no reference such as GT-2019-2021, no day such as 2019-10-13.
_YEARS = re.compile(r"(?<![\w/.,–-])(?<!\d[ \u00a0])((?:1\d|20)\d\d)-(\d{4}|\d\d)(?![\w/–-]|[.,]\d|[ \u00a0]\d)")
_MONTHS = 12


def dashes(text: str, customs: Customs) -> Iterator[Edit]:
    """An edit for each hyphen, or run of them, that stands for a dash."""
    if "-" not in text:
        return
    for found in _HYPHENS.finditer(text):
        made = _dash(found, customs.dash)
        if made:
            yield Edit(found.start("before"), found.end("after"), made)
    for found in _YEARS.finditer(text):
        if _is_later(found[1], found[2]):
            yield Edit(found.end(1), found.start(2), "–")


def _dash(found: re.Match[str], double: str) -> str:
    """What is to stand there, blanks and all; nothing to leave it as typed."""
    count, is_spaced = len(found["hyphens"]), bool(found["before"])
    is_apart = is_spaced == bool(found["after"])
    is_number = found[1].isdigit() and found[5].isdigit()
    if not is_apart or is_number or (count == 1 and not is_spaced):
        return ""
    if count > 1 and not is_spaced and not (found[1].isalpha() and found[5].isalpha()):
        return ""
    sign = {1: "–", 2: double, 3: "—"}[count]
    return "—" if sign == "—" else "\u00a0– "


def _is_later(first: str, last: str) -> bool:
    """Whether the second year follows the first; what could be the month of a year is none."""
    if len(last) == len(first):
        return int(last) > int(first)
    return int(last) > max(_MONTHS, int(first[-2:]))
