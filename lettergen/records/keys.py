"""Fields whose names are nearly those that every letter knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import STANDARD_KEYS, Text, every, last_name, paths
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lettergen.model import Recipient
    from lettergen.problems import Place

_NO = {"no", "none", "false", "null", "nil", "off", "n/a", "n.a", "-"}
_SHORT_NO = every("no") | {"nie", "ne", "nem", "ei", "never", "–", "—", "✗", "✘", "☐"}
_OPPOSITES = {"f": "t", "o": "x", "out": "in"}  # which say no where nothing else stands in the column
_NOES = {*_NO, *_SHORT_NO, *_OPPOSITES}
_LONGEST_NO = 12
_MONEY = re.compile("(?:[A-Z]{3}|kr|Fr|zł)?")
_FEW = 4  # values of a field that are kept: more than a pair, and with three other letters an N is a grade
ALIKE = 0.82  # of difflib: 'adress' is address, and 'rate' is not date


class Misspelt(NamedTuple):
    """A field whose name is nearly a standard one, and the record that lacks it."""

    record: Place
    standard: str
    problem: Problem


class Keys:
    """Sees all records, and knows what is wrong with their fields once it is known what the templates ask for."""

    def __init__(self) -> None:
        self._meant: dict[str, str | None] = {}
        self._misspelt: list[tuple[str, Misspelt]] = []
        self._noes: list[tuple[str, Text, str]] = []
        self._values: dict[str, set[str]] = {}  # of each field, at most _FEW

    @property
    def own(self) -> Iterable[str]:
        """The names that lettergen does not know."""
        return self._meant

    def see(self, recipient: Recipient) -> None:
        """The next record."""
        for key, value in recipient.fields.items():
            for path, text in paths(key, value) if key not in STANDARD_KEYS or isinstance(value, Text) else ():
                self._see_answer(path, text)
            if key not in STANDARD_KEYS:
                self._see_own(key, recipient)

    def _see_answer(self, key: str, value: Text) -> None:
        known = self._values.setdefault(key, set())
        if value and len(known) < _FEW:
            known.add(value.casefold())
        if len(value) <= _LONGEST_NO:
            word = value.casefold().rstrip(".")
            if "0" in value and _MONEY.fullmatch(value.strip("0.,%£$€¥₹-−– ")):
                word = "0"
            if word == "0" or {word, word.partition(" ")[0].rstrip(",;:!")} & _NOES:
                self._noes.append((key, value, word))

    def _see_own(self, key: str, recipient: Recipient) -> None:
        if key not in self._meant:
            self._meant[key] = _standard(key)
        standard = self._meant[key]
        if standard and recipient.fields.get(standard) in (None, ""):
            message = f"no template asks for '{key}', and this record has no '{standard}'"
            place, way_out = recipient.fields.key_places[key], f"did you mean '{standard}'?"
            problem = Problem("misspelt-key", message, place, way_out, anywhere=True)
            self._misspelt.append((key, Misspelt(recipient.place, standard, problem)))

    def misspelt(self, asked: Collection[str]) -> list[Misspelt]:
        """Fields that no template asks for and whose names are nearly standard ones."""
        return [one for key, one in self._misspelt if key not in asked]

    def noes(
        self, conditions: Collection[str], printed: Collection[str], compared: set[tuple[str, str]]
    ) -> Iterator[Problem]:
        """A warning for each text such as `no` in a field that a template asks for: it is there, and so it counts.

        Whoever `compared` the field with a text knows of that text; N in a field that is `printed` may be an initial.
        """
        for path, value, word in self._noes:
            key, values = last_name(path), self._values[path]
            is_grade = word.isalpha() and len(values) == _FEW and {len(one) for one in (*values, word)} == {1}
            is_pair = word not in _OPPOSITES or values == {word, _OPPOSITES[word]}
            is_no = word in _NO or (is_pair and not is_grade and key not in printed)
            if path in conditions and is_no and not compared & {(key, word), (key, value.casefold())}:
                message = f"'{value}' is text, so the template takes '{key}' for given"
                way_out = f"leave '{key}:' empty, or write 'false' in small letters"
                yield Problem("text-as-no", message, value.place, way_out, anywhere=True)


def _standard(key: str) -> str | None:
    """The standard name that is meant: without regard to capitals, accents and signs between words."""
    letters = "".join(filter(str.isalnum, _plain(key)))
    likely = [standard for standard in STANDARD_KEYS if _common(letters, standard) >= ALIKE]
    if not likely:
        return None
    from difflib import get_close_matches  # 5 ms: only where it may be

    found = get_close_matches(letters, likely, n=1, cutoff=ALIKE)
    return found[0] if found else None


def _plain(key: str) -> str:
    if key.isascii():
        return key.casefold()
    import unicodedata  # only for such names

    return unicodedata.normalize("NFKD", key).casefold()


def _common(letters: str, standard: str) -> float:
    """The part of both that are the same letters in any order, which is never less than what difflib finds."""
    same = sum(min(letters.count(letter), standard.count(letter)) for letter in set(standard))
    return 2 * same / (len(letters) + len(standard))
