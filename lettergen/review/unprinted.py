"""Fields that are a part of the address and get lost: no template prints them, and the address lacks them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.model import TOKEN, Text
from lettergen.model.labels import pattern
from lettergen.problems import Problem, short
from lettergen.review.mixups.words import words

if TYPE_CHECKING:
    from lettergen.model import Reading
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.record import Record


OF_PLACE = ("place", "maybe")  # `maybe` only beside another
_KINDS = (*OF_PLACE, "country")
_VOWELS = re.compile(r"(?<=[aou])e")  # `Muenchen` for `München`
_NOTHING = ("na", "none", "nil")
_ASIDE = ("address", "adresse", "anschrift", "direccion", "adres", "adress", "mailing", "postal", "or", "and", "und")


class Unprinted:
    """A warning for each such field; for that of a country only where the records differ."""

    def __init__(self) -> None:
        self._first: dict[str, Problem] = {}
        self._times: Counter[str] = Counter()
        self._countries: dict[str, Counter[str]] = {}
        self._records = 0

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        kinds = {name: kind for name in record.recipient.fields if (kind := kind_of(name))}
        if "place" not in kinds.values():  # without a town or post code, the others may be anything
            return
        self._records += 1
        printed = _printed(readings)
        for name, kind in kinds.items():
            value = record.recipient.fields[name]
            if not isinstance(value, Text):
                continue
            said = record.words(value)
            if kind == "country":
                said = [] if pattern("home").fullmatch("".join(said)) else said
                self._countries.setdefault(name, Counter()).update(["".join(said)])
            if "".join(said) not in ("", *_NOTHING) and printed and not _stands_in(said, printed):
                self._times[name] += 1
                self._first.setdefault(name, _problem(name, value, record))

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        named = {word for plan in shared.plans.values() for word, is_printed in plan.named.items() if is_printed}
        same = {name for name, values in self._countries.items() if [*values.values()] == [self._records]}
        lost = self._first.keys() - named - same if "" not in named else ()
        return [replace(self._first[name], more=self._times[name] - 1) for name in sorted(lost)], None


@lru_cache(maxsize=1024)
def kind_of(name: str) -> str:
    """What part of an address `Post code`, `town_city` or `Postal address: ZIP` is; empty if it is none."""
    found = words(name)
    telling = [word for word in found if word not in _ASIDE]
    for these in (["".join(found)], ["".join(telling)], telling):
        kinds = [next((kind for kind in _KINDS if pattern(kind).fullmatch(word)), "") for word in these]
        if kinds and all(kinds):
            return min(kinds, key=_KINDS.index)
    return ""


def _printed(readings: tuple[Reading, ...]) -> list[str]:
    """The words of the inside address; none if the letter has no such part."""
    passages = [one for reading in readings for one in reading.passages if one.part == "inside_address"]
    texts = [text for one in passages for text in (TOKEN.sub(" ", one.text), *(token.text for token in one.tokens))]
    return words(" ".join(texts))


def _stands_in(said: list[str], printed: list[str]) -> bool:
    """Whether the words stand there together; blanks in a number, such as a post code, do not count."""
    said, printed = ([_VOWELS.sub("", word).replace("saint", "st") for word in some] for some in (said, printed))
    if f" {' '.join(said)} " in f" {' '.join(printed)} ":
        return True
    joined = "".join(said)
    return any(map(str.isdigit, joined)) and joined in "".join(printed)


def _problem(name: str, value: Text, record: Record) -> Problem:
    message = f"no template prints '{name}', and the address of '{record.id}' lacks '{short(value)}'"
    way_out = (
        f"write it into 'address' (in a table: 'address 3'), or print '{name}' in a part 'inside_address' of your own"
    )
    return Problem("unprinted-address", message, value.place, way_out, subject=name, anywhere=True)
