"""The phrases of a value that are nobody else's: of a name, an address line, a field of the author's own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.review.mixups.titles import GENERIC, PARTICLES, STREETS, TITLES
from lettergen.review.mixups.words import folded, words

if TYPE_CHECKING:
    from collections.abc import Iterator

# An own value with a digit that is a day, a time or an amount; a word that is an identity has more of them.
_MEASURE = re.compile(r"\W*\d+([.,:/\u2013-]\d+)*\W*[a-z]{0,3}\W*|.*[£$€%].*", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"\+?[\d ()/.-]*")
_DIGITS = 5
_DIGIT = re.compile(r"\d|[^\x00-\x7f]")  # some digits are none for an expression
_LONGEST = 100  # characters of a name or number
_TIMES_WORDS = """
    january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday morning afternoon evening
    spring summer autumn winter easter christmas
"""
_TIMES = frozenset(_TIMES_WORDS.split())
_ANYBODY = GENERIC | _TIMES
# An address line without a number that is that of a house or an office has one of these words, or is the first line.
_BUILDINGS_WORDS = """
    house park building buildings hall court tower towers centre center office offices headquarters hq station
    authority council university college hospital school academy trust association society foundation institute
    barracks castle manor farm cottage lodge mill mills chambers works plaza point exchange library church cathedral
    quarter wharf hill green
"""
_BUILDINGS = frozenset(_BUILDINGS_WORDS.split())
_PLACES = _BUILDINGS | STREETS
# Words of which half of all addresses are made: a line of nothing else is no identity.
_COMMON_WORDS = """
    high main station church london park victoria queen queens king kings market mill new old upper lower north
    south east west great little city town county civic police central municipal public general royal st saint s
    first second third ground top flat unit floor level suite room block box po apartment annexe wing bay desk no
    number one two three four five
"""
_VAGUE = GENERIC | _PLACES | frozenset(_COMMON_WORDS.split())


def of_name(name: list[str]) -> Iterator[str]:
    """The whole name, and that without titles: two words, one of them a name."""
    plain = list(name)
    while plain and (plain[0] in TITLES or plain[0] in PARTICLES):
        del plain[0]
    while plain and plain[-1] in TITLES:
        del plain[-1]
    for found in (name, plain):
        if len(found) > 1 and not GENERIC.issuperset(found):
            yield " ".join(found)


@lru_cache(maxsize=1024)
def of_line(line: str, *, is_first: bool) -> tuple[str, ...]:
    """The phrases of an address line: itself and its pieces, but for towns and what half of all addresses say."""
    pieces = map(words, dict.fromkeys((line, *line.split(",")))) if "," in line else (words(line),)
    return tuple(
        " ".join(found)
        for found in pieces
        if len(found) > 1 and (_is_house(found, is_first=is_first) or _is_door(found))
    )


def _is_house(found: list[str], *, is_first: bool) -> bool:
    """`Kelvedon Park` and `Flat 2 Lee House`, but neither `Police Headquarters` nor `London Road` nor `Bath`."""
    numbers = [word for word in found if word[0].isdigit()]
    if not numbers and (found[-1] in STREETS or (not is_first and _BUILDINGS.isdisjoint(found))):
        return False
    return any([word not in _VAGUE and len(word) > 1 and word not in numbers for word in found])  # noqa: C419 - faster


def _is_door(found: list[str]) -> bool:
    """`1 High Street`: common words, but with a number they are one door."""
    return found[0][0].isdigit() and len(found) > 2 and found[-1] in STREETS  # noqa: PLR2004 - number, name, street


def of_field(text: str) -> Iterator[tuple[str, bool]]:
    """The phrase of an author's own field that looks like a name, a number or an e-mail address."""
    if len(text) > _LONGEST:
        return
    has_digits = _DIGIT.search(text)
    if " " not in text:
        if "@" in text:
            yield " ".join(words(text)), True
        elif has_digits:
            yield from _of_number(text)
    elif has_digits and _NUMBER.fullmatch(text):
        yield from _of_number(text)
    elif _is_name(text):
        found = words(text)
        yield " ".join(found[found[0] == "the" :]), False


def _of_number(text: str) -> Iterator[tuple[str, bool]]:
    """`01632 960001` is the same without blanks; `AB-1234` is one however it is typed."""
    found, digits = words(text), sum(sign.isdigit() for sign in text)
    is_measure = _is_measure(text)
    if _NUMBER.fullmatch(text) and not is_measure and digits >= _DIGITS:
        yield " ".join(found), True
        yield "".join(found), True
    elif " " not in text:
        if len(text) >= _DIGITS and digits > 2 and not is_measure:  # noqa: PLR2004 - not `Covid-19`
            yield " ".join(found), True
    elif _is_name(text):
        yield " ".join(found[found[0] == "the" :]), False


def _is_measure(text: str) -> bool:
    """A day, a time, a span of years or an amount: `2020-10-13`, `12:30`, `1,200`."""
    return _MEASURE.fullmatch(text) is not None and re.search(r"\d{5}", text) is None


def _is_name(text: str) -> bool:
    """Whether each longer word begins with a capital, and two say who."""
    typed = text.split()
    if any(len(word) > 3 and word[0].islower() for word in typed):  # noqa: PLR2004 - `and`, `the`, `for`
        return False
    telling = [word for word in typed if word[0].isupper() and folded(word.strip(".,()")) not in _ANYBODY]
    return len(telling) > 1
