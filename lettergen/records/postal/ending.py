"""How an address ends: a post code, a number of the forces or another country, wherever it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.records.postal.codes import as_post_code, bfpo, find_post_code
from lettergen.records.postal.countries import is_country, is_home
from lettergen.records.postal.lines import clean

if TYPE_CHECKING:
    from collections.abc import Sequence


class Line(NamedTuple):
    """A line of an address as it should be, and the number of the item that it was typed in."""

    number: int
    text: str


class Flaw(NamedTuple):
    """What is wrong with a line."""

    number: int
    message: str


class Ending(NamedTuple):
    """An address taken apart: the lines before the last one; the last one, empty if it has none that is right."""

    body: tuple[Line, ...]
    last: str
    flaws: tuple[Flaw, ...]


def post_code(lines: Sequence[str]) -> str:
    """The post code of an address, wherever it stands; empty abroad, and where there is none."""
    return as_post_code(take_apart(lines).last)


def take_apart(lines: Sequence[str]) -> Ending:
    """The address, its last line where it belongs; what had to be moved for that is a flaw."""
    flaws: list[Flaw] = []
    cleaned = [Line(number, text) for number, line in enumerate(lines) if (text := clean(line))]
    body = _without_country(cleaned, flaws)
    last = _last(body, flaws) if body else ""
    return Ending(tuple(body), last, tuple(flaws))


def _last(body: list[Line], flaws: list[Flaw]) -> str:
    """The post code or country, taken out of the lines; empty if there is none."""
    number, text = body[-1]
    last = as_post_code(text)
    if last and last != text.replace("\u00a0", " "):
        flaws.append(Flaw(number, f"the post code should be in capitals with one blank: '{last}'"))
    if last or is_country(text):
        del body[-1]
        return last or text
    return _post_code_within(body, flaws) or _forces(body, flaws) or _country_behind(body, flaws)


def _without_country(lines: list[Line], flaws: list[Flaw]) -> list[Line]:
    """The lines without a country that no letter within the United Kingdom and to its forces has."""
    body = list(lines)
    is_forces = any(bfpo(line.text) for line in lines)
    while body:
        number, text = body[-1]
        before, _, behind = text.rpartition(",")
        if not (is_home(behind) or (is_forces and is_country(behind.strip()))):
            break
        which = "to the forces" if is_forces else "within the United Kingdom"
        message = f"a letter {which} has no country in its address, and this one ends with '{behind.strip()}'"
        flaws.append(Flaw(number, message))
        body[-1:] = [Line(number, before)] if (before := clean(before)) else []
    return body


def _post_code_within(body: list[Line], flaws: list[Flaw]) -> str:
    """The last post code that stands anywhere, taken out of the lines."""
    for index in reversed(range(len(body))):
        number, text = body[index]
        found = find_post_code(text)
        if found:
            rest = clean(found.rest)
            message = f"the post code {found.code} is not the last line"
            if rest:
                message = f"the post code {found.code} shares its line with '{rest}'"
            flaws.append(Flaw(number, message))
            body[index : index + 1] = [Line(number, rest)] if rest else []
            return found.code
    return ""


def _forces(body: list[Line], flaws: list[Flaw]) -> str:
    """The number of a forces post office, taken out of the lines: it needs no post code."""
    for index in reversed(range(len(body))):
        number, text = body[index]
        last = bfpo(text)
        if last:
            if index < len(body) - 1:
                flaws.append(Flaw(number, f"{last} is not the last line"))
            elif last != text:
                flaws.append(Flaw(number, f"the number of the forces post office should be written '{last}'"))
            del body[index]
            return last
    return ""


def _country_behind(body: list[Line], flaws: list[Flaw]) -> str:
    """The country behind a comma of the last line, taken out of it."""
    number, text = body[-1]
    before, comma, behind = text.rpartition(",")
    last = clean(behind)
    before = clean(before)
    if not (comma and before and is_country(last)):
        return ""
    flaws.append(Flaw(number, f"the country '{last}' shares its line with '{before}'"))
    body[-1] = Line(number, before)
    return last
