"""Fields whose names are nearly those that every letter knows."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import STANDARD_KEYS
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lettergen.model import Recipient
    from lettergen.problems import Place

ALIKE = 0.82  # of difflib: 'adress' is address, and 'rate' is not date


class Misspelt(NamedTuple):
    """A field whose name is nearly a standard one, and the record that lacks it."""

    record: Place
    standard: str
    problem: Problem


def check_keys(recipients: Iterable[Recipient], asked: Collection[str]) -> Iterator[Misspelt]:
    """The fields that no template asks for and whose names are nearly standard ones."""
    meant: dict[str, str | None] = {}
    for recipient in recipients:
        for key in recipient.fields:
            if key in STANDARD_KEYS or key in asked:
                continue
            if key not in meant:
                meant[key] = _standard(key)
            standard = meant[key]
            if standard and recipient.fields.get(standard) in (None, ""):
                message = f"no template asks for '{key}', and this record has no '{standard}'"
                place, way_out = recipient.fields.key_places[key], f"did you mean '{standard}'?"
                problem = Problem("misspelt-key", message, place, way_out, anywhere=True)
                yield Misspelt(recipient.place, standard, problem)


def _standard(key: str) -> str | None:
    """The standard name that is meant: without regard to capitals, accents and signs between words."""
    from difflib import get_close_matches  # only for a field that nobody asks for

    letters = unicodedata.normalize("NFKD", key).casefold()
    found = get_close_matches("".join(filter(str.isalnum, letters)), STANDARD_KEYS, n=1, cutoff=ALIKE)
    return found[0] if found else None
