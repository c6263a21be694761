"""Texts as words, however they are spelt: what every check of this room compares."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from lettergen.model import STANDARD_KEYS, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.model import Recipient, Text
    from lettergen.problems import Place

_WORD = re.compile(r"[^\W_]+")
_HYPHENS = ("-", "\u2010", "\u2011")
_JOINED = re.compile(r"[-\u2010\u2011][^\W_]")
_POST_CODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})\b", re.ASCII)  # of the United Kingdom
# What a letter is made by, not what it says of its addressee.
ASIDE = {"id", "language", "variants", "date", "closing", "subject", "enclosures", "copies"}


class _Accents(dict[int, int | None]):
    """A table for `translate` that takes accents out, filled as signs are met."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return self[sign]


_ACCENTS = _Accents()


def folded(text: str) -> str:
    """The text in small letters without accents."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_ACCENTS)


def words(text: str) -> list[str]:
    """The words and numbers of the text, folded."""
    return _WORD.findall(folded(text))


def raw_words(text: str, start: int, end: int) -> str:
    """What the text has for its words `start` to `end` (exclusive), as it was typed; empty if a hyphen makes them
    part of a longer word, such as a double name.
    """
    found = list(_WORD.finditer(text))
    if end > len(found):  # accents that were typed as signs of their own
        return text
    first, last = found[start].start(), found[end - 1].end()
    is_joined = (first and text[first - 1] in _HYPHENS) or _JOINED.match(text, last)
    return "" if is_joined else text[first:last]


def stands_in(phrase: str, text: str) -> bool:
    """Whether the folded phrase stands in the text, by words."""
    return f" {phrase} " in f" {' '.join(words(text))} "


def values(recipient: Recipient) -> Iterator[tuple[str, Text]]:
    """Every text of the record that may be printed, with the name of its field."""
    for key, value in recipient.fields.items():
        if key not in ASIDE:
            yield from ((key, text) for text in texts(value))


def is_own(field: str) -> bool:
    """Whether the author made up the field."""
    return field not in STANDARD_KEYS


def post_code_in(lines: Sequence[Text]) -> tuple[str, Text | None]:
    """The British post code of an address as it is printed, and the line that has it; empty if there is none."""
    for line in reversed(lines):
        found = _POST_CODE.search(line.upper())
        if found:
            return f"{found[1]} {found[2]}", line
    return "", None


def spot(place: Place, sought: str) -> Place:
    """Where the text stands in a value of a file, however its lines are broken; all of the value if nowhere."""
    if not sought:
        return place
    words = r"\s+".join(map(re.escape, sought.split()))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    found = pattern.search(place.raw)
    return place.part(*found.span()) if found else place
