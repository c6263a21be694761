"""What a mistake in the file has led to is not said again, and makes no letter."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lettergen.model import Text


class Spoiled:
    """The places of a file that hold an error of spelling: what stands there was not read as it was meant."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.places: dict[int, list[Place]] = {}
        for place in (problem.place for problem in problems if problem.is_error):
            self.places.setdefault(place.line, []).append(place)
        self.spots = sorted((place.line, place.column) for places in self.places.values() for place in places)

    def touches(self, place: Place) -> bool:
        """Whether an error lies within the place."""
        first = bisect_left(self.spots, (place.line, place.column))
        return first < len(self.spots) and self.spots[first] < (place.end_line, place.end_column)

    def without_echoes(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems but for those that have a character in common with an error."""
        return [one for one in problems if not self.is_echo(one.place)]

    def is_echo(self, place: Place) -> bool:
        """Whether the place has a character in common with an error."""
        return any(map(place.overlaps, self.places.get(place.line, ())))


def slipped(text: Text) -> Problem | None:
    """What is wrong with the dash or the colon of a text that should have been `name: value`."""
    from lettergen.yamlfile.slips import slip  # only when something is wrong

    place = text.place
    found = slip(place.source.lines[place.line - 1])
    if found is None:
        return None
    where = Place(place.source, place.line, found.start + 1, place.line, found.end + 1)
    return Problem("yaml-syntax", found.message, where, found.help, anywhere=True)
