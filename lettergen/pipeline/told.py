"""What the engine says of all letters of a build, whether they were set now or in an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.pipeline.complaints import complaints
from lettergen.pipeline.onpaper import unusual
from lettergen.problems import merge_alike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lettergen.model import Complaint
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.manifest import Entry
    from lettergen.problems import Problem


class Told:
    """Complaints with the letter's id, and the ids of the letters that have so many pages."""

    def __init__(self) -> None:
        self.complaints: list[tuple[str, Complaint]] = []
        self.by_pages: dict[int, list[str]] = {}
        self._met: set[Complaint] = set()

    @property
    def pages(self) -> int:
        return sum(number * len(ids) for number, ids in self.by_pages.items())

    def hear(self, entries: Iterable[Entry]) -> None:
        """Take in what the entries of PDFs say."""
        for entry in entries:
            if entry.format == "pdf":
                self.add(entry.id, entry.pages or 0, entry.complaints)

    def add(self, identity: str, pages: int, said: Iterable[tuple[str, Complaint]]) -> None:
        """A letter's pages, and what is said; of the stylesheet's lines but once, not for each letter."""
        self.by_pages.setdefault(pages, []).append(identity)
        for one, complaint in said:
            if complaint not in self._met:
                self.complaints.append((one, complaint))
            if complaint.line:
                self._met.add(complaint)

    def problems(self, composition: Composition) -> tuple[Problem, ...]:
        """All of it as problems."""
        ours = [pair for pair in self.complaints if pair[0] in composition.places]  # whatever a manifest says
        said = sorted(ours, key=lambda pair: composition.places[pair[0]].order)  # whoever was set first
        found = [problem for identity, one in said for problem in complaints(composition, identity, [one])]
        return tuple(composition.heard(merge_alike([*found, *unusual(self.by_pages, composition.places)])))
