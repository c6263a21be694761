"""A recipient's id: the handle, and the name of the letter's files."""

from __future__ import annotations

import re
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import STANDARD_KEYS, Fields, Recipient, Text
from lettergen.problems import Place, Problem, Related, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.records.typed import Typed

LONGEST = 100  # file systems take 255 bytes, with the ending and a staging name
_PAGE = "index"  # the review page's file
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$")  # names that Windows keeps for devices


class BadId(NamedTuple):
    """An id that will not do, or that an earlier record has (`other`, at `twin`)."""

    handle: str
    message: str
    place: Place
    twin: Place | None = None
    other: str = ""
    is_echo: bool = False  # of a mistake in spelling


class Proposals:
    """Ids that no record has."""

    def __init__(self, handles: Iterable[str]) -> None:
        self.taken = Counter(handle.casefold() for handle in handles)
        self.numbers: dict[str, Iterator[int]] = {}

    def like(self, text: str) -> str:
        """An id that is made from the text, and given only once."""
        from slugify import slugify

        wanted = str(slugify(text, max_length=60)) or "letter"
        if _RESERVED.match(wanted) or wanted == _PAGE:
            wanted += "-letter"
        numbered = (f"{wanted}-{number}" for number in self.numbers.setdefault(wanted, count(2)))
        is_own = self.taken[wanted] == (text.casefold() == wanted)  # it may take what it has itself
        found = wanted if is_own else next(name for name in numbered if not self.taken[name])
        self.taken[found] += 1
        return found


def handle_of(fields: Fields) -> str:
    """The record's id, or one made from its name; empty if it has neither."""
    given, name = fields.get("id"), fields.get("name")
    if isinstance(given, Text) and given:
        return str(given)
    if not isinstance(name, Text) or not name:
        return ""
    from slugify import slugify  # 30 ms: only where a record has no id of its own

    return str(slugify(name, max_length=60, word_boundary=True))


def check_handle(typed: Typed, handle: str) -> BadId | None:
    """What is wrong with the record's id; a problem if the record has no name."""
    given, name = typed.fields.get("id"), typed.fields.get("name")
    if isinstance(given, Text) and given:
        return _check_id(handle, given.place)
    if isinstance(name, Text) and name:
        return _check_id(handle, name.place)
    if not name:
        others = {key.casefold(): key for key in typed.fields if key not in STANDARD_KEYS}
        meant = nearest("name", others)
        key = others[meant] if meant else "name"
        place = typed.fields.key_places.get(key, typed.fields.place)
        way_out = f"write {place.source.entry('name')}; it names the letter's files too"
        way_out = f"is '{others[meant]}' meant to be 'name'?" if meant else way_out
        typed.problem("missing-key", "this record has no name", place, way_out)
    return None


def _check_id(handle: str, place: Place) -> BadId | None:
    if not handle:
        message = "no id can be made from this name"
    elif not re.fullmatch(r"[a-z0-9-]+", handle) or len(handle) > LONGEST:
        message = f"'{handle}' cannot be an id; it names the letter's files"
    elif _RESERVED.match(handle):
        message = f"'{handle}' cannot be a file's name on Windows"
    elif handle == _PAGE:
        message = f"'{handle}' is the name of the review page's file"
    else:
        return None
    return BadId(handle, message, place)


def bad_ids(bad: list[BadId], handles: Iterable[str]) -> list[Problem]:
    """A problem for each id that will not do or that an earlier recipient has, capitals or not.

    Their ways out name ids that no record has, so they are known only when all records have been read.
    """
    if not bad:
        return []
    proposals = Proposals(handles)
    unfit = [(one, _unfit(one, proposals)) for one in bad if not one.twin]
    alike = [(one, _alike(one, one.twin, proposals)) for one in bad if one.twin]
    spots = {one.place.order for one, _ in alike}  # where an id that differs in capitals cannot be one either
    said = [pair for pair in unfit if pair[0].place.order not in spots]
    return [problem for one, problem in (*said, *alike) if not one.is_echo]


def _unfit(bad: BadId, proposals: Proposals) -> Problem:
    way_out = (
        f"write {bad.place.source.entry('id', proposals.like(bad.handle))}: small letters a to z, digits and '-' only"
    )
    return Problem("bad-id", bad.message, bad.place, way_out, subject=bad.message, anywhere=True)


def _alike(bad: BadId, twin: Place, proposals: Proposals) -> Problem:
    message = f"two recipients have the id '{bad.handle}'; their letters would overwrite each other"
    if bad.other != bad.handle:
        message = f"the ids '{bad.other}' and '{bad.handle}' differ in capitals only; that makes one file"
    own = bad.place.source.entry("id", proposals.like(bad.handle))
    way_out = f"give one of them an id of its own, as in {own}"
    related = (Related(twin, "the first one"),)
    return Problem("duplicate-id", message, bad.place, way_out, related, anywhere=True)


def id_place(recipient: Recipient) -> Place:
    """Where the id stands, or the name that it was made from."""
    place = recipient.fields.places["id"]
    return recipient.fields.places.get("name", place) if place == recipient.place else place
