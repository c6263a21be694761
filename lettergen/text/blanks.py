"""No-break spaces where a typist wants them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model.languages import months
from lettergen.text.quotes import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.text.customs import Customs

NO_BREAK = "\u00a0"
_WORD = re.compile(r"\S+")
_BEFORE = re.compile(r"(?<=[^\s({\[«:;!?])( ?)([;!?»]|:(?=\s|\Z))")
_BEHIND = re.compile(r"«( ?)(?=[^\s»])")
_BEGINNING = "([{\"'“„‘‚«‹”’»›"  # what can stand before a word, in one language or the other
_END = ".,;:!?)]}\"'“”‘’«»‹›"
_NUMBER = re.compile(r"[£$€~<>±+−-]*\d(?:[\d.,]*\d)?")
_DAY = re.compile(r"(?:[12]?\d|3[01])(?:[.º°ª]|[^\W\d_]{0,4})")
_DAY_BEHIND = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?(?!\w)")
_SHORTEST = 3  # letters of a month's name


def spaced(text: str, customs: Customs) -> Iterator[Edit]:
    """An edit for each sign that the language sets apart from its words."""
    for found in _BEFORE.finditer(text) if customs.spaced else ():
        if found[2] in customs.spaced:
            yield Edit(found.start(), found.end(), NO_BREAK + found[2])
    for found in _BEHIND.finditer(text) if "«" in customs.spaced else ():
        yield Edit(found.start(), found.end(), "«" + NO_BREAK)


def blanks(text: str, customs: Customs) -> Iterator[Edit]:
    """An edit for each blank at which a line must not end."""
    words = list(_WORD.finditer(text))
    earlier = ""
    for one, two, three in zip(words, words[1:], [*words[2:], None], strict=False):
        later = three[0] if three and _gap(text, two, three) else ""
        gap = _gap(text, one, two)
        if gap == " " and _belong((earlier, one[0], two[0], later), customs):
            yield Edit(one.end(), two.start(), NO_BREAK)
        earlier = one[0] if gap else ""


def _gap(text: str, one: re.Match[str], two: re.Match[str]) -> str:
    """The one blank between two words; nothing where a line or a paragraph ends."""
    gap = text[one.end() : two.start()]
    return gap if gap in (" ", NO_BREAK) else ""


def _belong(words: tuple[str, str, str, str], customs: Customs) -> bool:
    """Whether the second and the third of four words stay on one line."""
    earlier, before, after, later = words
    before = before.lstrip(_BEGINNING)
    if before in customs.titles:
        return after[0].isupper()
    if before != "de" and not any(sign.isdigit() for sign in (before[:1], before[-1:], after[0])):
        return False  # most pairs: all below is about numbers
    bare = after.rstrip(_END)
    if before in customs.counted:
        return after[0].isdigit()
    if before[-1:].isdigit() and {after, bare} & customs.units:
        return _NUMBER.fullmatch(before) is not None
    return _is_date((earlier.lstrip(_BEGINNING), before, bare, later.rstrip(_END)), customs.language)


def _is_date(words: tuple[str, str, str, str], language: str) -> bool:
    """Whether the second and third of four words are the day and month of a date, or lead from one to the other."""
    earlier, before, after, later = words
    if _DAY.fullmatch(before) and after[:1].isalpha():
        return _is_month(after, language) or (after == "de" and _is_month(later, language))
    if before == "de" and _DAY.fullmatch(earlier):
        return _is_month(after, language)
    is_behind = language.lower().startswith("en") and _DAY_BEHIND.fullmatch(after) is not None
    return is_behind and before[:1].isupper() and _is_month(before, language)


def _is_month(word: str, language: str) -> bool:
    """Whether it names a month, in full or by its first letters."""
    return len(word) >= _SHORTEST and any(month.startswith(word) for month in months(language))
