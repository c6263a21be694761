"""A recipient's id: the handle, and the name of the letter's files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import STANDARD_KEYS, Recipient, Text
from lettergen.problems import Place, Problem, Related, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.records.typed import Typed

LONGEST = 100  # file systems take 255 bytes, with the ending and a staging name
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$")  # names that Windows keeps for devices


def handle_of(typed: Typed) -> str:
    """The record's id, or one made from its name; a problem if neither will do."""
    given, name = typed.fields.get("id"), typed.fields.get("name")
    if isinstance(given, Text) and given:
        _check_id(given, given.place, typed)
        return str(given)
    if not isinstance(name, Text) or not name:
        place = typed.fields.places["name"] if "name" in typed.fields else typed.fields.place
        meant = nearest("name", (key for key in typed.fields if key not in STANDARD_KEYS))
        way_out = f"is '{meant}' meant to be 'name'?" if meant else "write 'name: …'; it names the letter's files too"
        typed.problem("missing-key", "this record has no name", place, way_out)
        return ""
    from slugify import slugify  # 30 ms: only where a record has no id of its own

    made = str(slugify(name, max_length=60, word_boundary=True))
    _check_id(made, name.place, typed)
    return made


def _check_id(handle: str, place: Place, typed: Typed) -> None:
    if not handle:
        message = "no id can be made from this name"
    elif not re.fullmatch(r"[a-z0-9-]+", handle) or len(handle) > LONGEST:
        message = f"'{handle}' cannot be an id; it names the letter's files"
    elif _RESERVED.match(handle):
        message = f"'{handle}' cannot be a file's name on Windows"
    else:
        return
    from slugify import slugify

    proposal = slugify(handle, max_length=60) or "letter-1"
    if _RESERVED.match(proposal):
        proposal += "-letter"
    typed.problem("bad-id", message, place, f"use a-z, 0-9 and '-', as in 'id: {proposal}'")


def duplicates(recipients: Iterable[Recipient]) -> Iterator[Problem]:
    first: dict[str, Recipient] = {}
    for recipient in (recipient for recipient in recipients if recipient.id):
        other = first.setdefault(recipient.id, recipient)
        if other is not recipient:
            yield Problem(
                "duplicate-id",
                f"two recipients have the id '{recipient.id}'; their letters would overwrite each other",
                _id_place(recipient),
                "give one of them an id of its own ('id: …')",
                (Related(_id_place(other), "the first one"),),
                anywhere=True,
            )


def _id_place(recipient: Recipient) -> Place:
    place = recipient.fields.places["id"]
    return recipient.fields.places.get("name", place) if place == recipient.place else place
