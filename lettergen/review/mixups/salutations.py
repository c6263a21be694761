"""Salutations that are somebody else's."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lettergen.model import Text, texts
from lettergen.problems import Problem, Related, nearest, short
from lettergen.review.few import Few, told
from lettergen.review.mixups.titles import BY_FIRST_NAME, GENERIC, GROUPS, PARTICLES, SHORT_FORMS, TITLES
from lettergen.review.mixups.words import folded, words

if TYPE_CHECKING:
    from lettergen.model import Reading, Recipient
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.record import Record

_STEM = 3  # letters that a short form and its name have in common
_ENDINGS = ("ie", "ey", "y", "i", "e", "s", "o")
_APOSTROPHES = str.maketrans("", "", "'’‘`´.")  # `O’Neil` is one word, as is `J.B.`


class Salutations:
    """A warning for each salutation that has nothing of the name."""

    def __init__(self) -> None:
        self.found = Few()

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        said = record.recipient.fields.get("salutation")
        if type(said) is Text and _is_in(said, record.recipient.fields.get("name")):
            return
        is_english = not readings or readings[-1].language.startswith("en")
        for salutation in texts(said):
            if not _fits(salutation, record, is_english=is_english):
                self.found.add(_problem(salutation, record.recipient), is_kept=bool(readings))

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        return told(self.found), None


def _is_in(said: str, name: object) -> bool:
    """Whether it is one word of the name, as most salutations are: the quickest way to see that it fits."""
    return isinstance(name, str) and said.isalnum() and said in name.split()


def _fits(salutation: str, record: Record, *, is_english: bool) -> bool:
    """Whether the salutation may be that of the record."""
    name, said = _split(record.recipient.name), _split(salutation)
    small = {folded(word) for word in salutation.split() if word.islower()}  # which is no name
    telling = [word for word in said if word not in GENERIC and word not in small]
    if not telling or not name or not {*telling}.isdisjoint(name):
        return True
    persons = [word for word in name if word not in GENERIC]
    if not persons or not GROUPS.isdisjoint(name) or _is_office(name) or not _is_latin(telling[0] + persons[0]):
        return True
    if not is_english and any(word[:_STEM] == other[:_STEM] for word in telling for other in persons):
        return True  # the name's own forms: `pane Nováku`
    is_first = TITLES.isdisjoint(said) or not BY_FIRST_NAME.isdisjoint(said)
    return (is_first and _is_short(telling[0], persons)) or _stands_elsewhere(telling, record)


def _split(text: str) -> list[str]:
    """The words; `O'Neil` is one."""
    return words(text.translate(_APOSTROPHES))


def _is_office(name: list[str]) -> bool:
    """`The Bishop of London`: the name does not say who it is."""
    return any(word in GENERIC - PARTICLES and after == "of" for word, after in pairwise(name))


def _is_latin(text: str) -> bool:
    return all(sign < "\u0250" for sign in folded(text))


def _is_short(said: str, name: list[str]) -> bool:
    """Whether this is short for one of the first names: `Tony`, `Bev`, `J`, and the initials `JB`."""
    firsts = name[:-1] or name
    if said == "".join(word[0] for word in name):
        return True
    stem = _stem(said)
    return any(
        first in SHORT_FORMS.get(said, ())
        or said in SHORT_FORMS.get(first, ())
        or first.startswith(said)
        or said.startswith(first)
        or (len(stem) >= _STEM and stem in first)
        for first in firsts
    )


def _stem(short_form: str) -> str:
    """`dan` of `danny`."""
    ending = next((ending for ending in _ENDINGS if short_form.endswith(ending)), "")
    stem = short_form.removesuffix(ending)
    return stem[:-1] if len(stem) > _STEM and stem[-1] == stem[-2] else stem


def _stands_elsewhere(telling: list[str], record: Record) -> bool:
    """Whether the role, the address or a field of the author's own names who is addressed: `FAO Polly Neate`."""
    plain = [text for field, text in record.values if field not in ("name", "salutation")]
    return any(set(telling) <= set(record.words(text)) for text in plain)


def _problem(salutation: Text, recipient: Recipient) -> Problem:
    name = recipient.fields["name"]
    message = f"'{recipient.id}' is {short(recipient.name)}, and is addressed as '{short(salutation)}'"
    way_out = _meant(salutation, recipient.name) or "write in 'salutation' what this name is addressed by"
    related = (Related(name.place, "the name"),) if isinstance(name, Text) else ()
    subject = folded(salutation)
    return Problem("wrong-salutation", message, salutation.place, way_out, related, subject, anywhere=True)


def _meant(salutation: str, name: str) -> str:
    """The salutation with a misspelt name as it should be; empty if nothing is like it."""
    names = {folded(word): word for word in re.findall(r"[^\W\d_](?:[\w'’-]*\w)?", name)}
    for word in salutation.split():
        meant = nearest(folded(word), names) if folded(word) not in GENERIC else None
        if meant:
            return f"did you mean '{salutation.replace(word, names[meant])}'?"
    return ""
