"""The fields of which all records say the same."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from lettergen.model import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Plan, Recipient
    from lettergen.problems import Place

FEW = 3  # records: fewer are alike by chance
NAMES = ("id", "name")  # which are no wording
_LINE = 32  # bits before a place's column


class SameFields:
    """Takes record after record, and keeps the fields that say the same in each, each for itself: not in `defaults`."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.first: Recipient | None = None
        self._places: dict[str, array[int]] = {}  # of those that are the same so far

    def see(self, recipient: Recipient) -> None:
        self.ids.append(recipient.id)
        fields = recipient.fields
        if self.first is None:
            self.first = recipient
            self._places = {name: array("Q") for name, value in fields.items() if value and name not in NAMES}
        for name, places in list(self._places.items()):
            if name in fields and fields[name] == self.first.fields[name]:
                place = fields.places[name]
                places.append(place.line << _LINE | place.column)
            else:
                del self._places[name]

    def taken(self, plans: Mapping[str, Plan]) -> Iterator[tuple[Taken, Place]]:
        """Those that a template makes use of, and there, with the ids of all records; beside them the first's place."""
        used: dict[str, Place] = {}
        for plan in plans.values():
            used = {**plan.uses, **used}
        for name, places in self._places.items():
            if self.first and len(self.ids) >= FEW and name in used and len(set(places)) == len(places):
                yield Taken(name, used[name], self.ids), self.first.fields.places[name]
