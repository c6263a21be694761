"""Fields whose names are nearly those that every letter knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import STANDARD_KEYS, Text
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lettergen.model import Recipient
    from lettergen.problems import Place

_NO = {"no", "none", "false", "null", "nil", "off", "n/a", "-"}
ALIKE = 0.82  # of difflib: 'adress' is address, and 'rate' is not date


class Misspelt(NamedTuple):
    """A field whose name is nearly a standard one, and the record that lacks it."""

    record: Place
    standard: str
    problem: Problem


class Keys:
    """Finds fields that no template asks for and whose names are nearly standard ones."""

    def __init__(self, asked: Collection[str]) -> None:
        self.asked, self.meant = asked, dict[str, str | None]()

    def suspects(self, names: Iterable[str]) -> bool:
        """Whether any of the names could be one; else there is no need to look at the records."""
        others = (name for name in names if name not in STANDARD_KEYS and name not in self.asked)
        return any(map(_standard, others))

    def misspelt(self, recipient: Recipient) -> Iterator[Misspelt]:
        """Those of one record."""
        for key in recipient.fields:
            if key in STANDARD_KEYS or key in self.asked:
                continue
            if key not in self.meant:
                self.meant[key] = _standard(key)
            standard = self.meant[key]
            if standard and recipient.fields.get(standard) in (None, ""):
                message = f"no template asks for '{key}', and this record has no '{standard}'"
                place, way_out = recipient.fields.key_places[key], f"did you mean '{standard}'?"
                problem = Problem("misspelt-key", message, place, way_out, anywhere=True)
                yield Misspelt(recipient.place, standard, problem)


def _standard(key: str) -> str | None:
    """The standard name that is meant: without regard to capitals, accents and signs between words."""
    import unicodedata  # both only for a field that nobody asks for
    from difflib import get_close_matches

    letters = unicodedata.normalize("NFKD", key).casefold()
    found = get_close_matches("".join(filter(str.isalnum, letters)), STANDARD_KEYS, n=1, cutoff=ALIKE)
    return found[0] if found else None


def check_truth(recipient: Recipient, conditions: Collection[str]) -> Iterator[Problem]:
    """A warning for each text such as `no` in a field that a template asks for: it is there, and so it counts."""
    for key in conditions:
        value = recipient.fields.get(key)
        if isinstance(value, Text) and value.casefold() in _NO:
            message = f"'{value}' is text, so the template takes '{key}' for given"
            way_out = f"leave '{key}:' empty, or write 'false' in small letters"
            yield Problem("text-as-no", message, value.place, way_out, anywhere=True)
