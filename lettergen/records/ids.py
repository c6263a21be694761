"""A recipient's id: the handle, and the name of the letter's files."""

from __future__ import annotations

import re
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from lettergen.model import STANDARD_KEYS, Fields, Recipient, Text
from lettergen.problems import Place, Problem, Related, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.records.typed import Typed

LONGEST = 100  # file systems take 255 bytes, with the ending and a staging name
_PAGE = "index"  # the review page's file
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$")  # names that Windows keeps for devices


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


def check_handle(typed: Typed, handle: str, proposals: Proposals) -> None:
    """A problem if the record has no name, or its id will not do."""
    given, name = typed.fields.get("id"), typed.fields.get("name")
    if isinstance(given, Text) and given:
        _check_id(handle, given.place, typed, proposals)
    elif isinstance(name, Text) and name:
        _check_id(handle, name.place, typed, proposals)
    elif not name:
        others = {key.casefold(): key for key in typed.fields if key not in STANDARD_KEYS}
        meant = nearest("name", others)
        key = others[meant] if meant else "name"
        place = typed.fields.key_places.get(key, typed.fields.place)
        way_out = (
            f"is '{others[meant]}' meant to be 'name'?" if meant else "write 'name: …'; it names the letter's files too"
        )
        typed.problem("missing-key", "this record has no name", place, way_out)


def _check_id(handle: str, place: Place, typed: Typed, proposals: Proposals) -> None:
    if not handle:
        message = "no id can be made from this name"
    elif not re.fullmatch(r"[a-z0-9-]+", handle) or len(handle) > LONGEST:
        message = f"'{handle}' cannot be an id; it names the letter's files"
    elif _RESERVED.match(handle):
        message = f"'{handle}' cannot be a file's name on Windows"
    elif handle == _PAGE:
        message = f"'{handle}' is the name of the review page's file"
    else:
        return
    way_out = f"write 'id: {proposals.like(handle)}': small letters a to z, digits and '-' only"
    typed.problem("bad-id", message, place, way_out)


def duplicates(recipients: Iterable[Recipient], proposals: Proposals) -> Iterator[Problem]:
    """A problem for each id that an earlier recipient has, capitals or not."""
    first: dict[str, Recipient] = {}
    for recipient in (recipient for recipient in recipients if recipient.id):
        other = first.setdefault(recipient.id.casefold(), recipient)
        if other is not recipient:
            message = f"two recipients have the id '{recipient.id}'; their letters would overwrite each other"
            if other.id != recipient.id:
                message = f"the ids '{other.id}' and '{recipient.id}' differ in capitals only; that makes one file"
            yield Problem(
                "duplicate-id",
                message,
                _id_place(recipient),
                f"give one of them an id of its own, as in 'id: {proposals.like(recipient.id)}'",
                (Related(_id_place(other), "the first one"),),
                anywhere=True,
            )


def _id_place(recipient: Recipient) -> Place:
    place = recipient.fields.places["id"]
    return recipient.fields.places.get("name", place) if place == recipient.place else place
