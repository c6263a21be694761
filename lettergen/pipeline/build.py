"""Letters -> files: those that are not true are made and staged; then all come into place, or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.binding import Press, bind, forget, keep_if_true, stage_lists, volumes_of
from lettergen.pipeline.due import FOLDER, Due, Dues, Wanted, place_of
from lettergen.pipeline.fingerprint import Fingerprints
from lettergen.pipeline.job import LETTERS, LIST, Job, Totals, from_csv, plan
from lettergen.pipeline.manifest import JOB, Entry
from lettergen.pipeline.output import OutputFolder, opened, write_problem
from lettergen.pipeline.pagefile import stage_page
from lettergen.pipeline.placing import Placed, place
from lettergen.pipeline.rendering import FORMATS, Rendered, ask_of, image_names, job_of
from lettergen.pipeline.reviewpage import NAME
from lettergen.pipeline.streaming import Means, render_all
from lettergen.pipeline.told import Told, named
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.pipeline.binding import Volume
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.typesetting import Made


@dataclass(frozen=True)
class Order:
    """What to write: the chosen ids, the formats, where, by whom, and what forbids it.

    With `anew` also what is true already; with `job` also the print job, with at most `volume` letters in one PDF.
    `hidden` are the codes of problems that nobody wants to read.
    """

    output: Path
    ids: Collection[str]
    formats: Sequence[str] = tuple(FORMATS)
    means: Means = field(default_factory=Means)
    is_fatal: Callable[[Problem], bool] = attrgetter("is_error")
    job: bool = False
    volume: int = LETTERS
    hidden: Collection[str] = ()
    anew: bool = False


@dataclass(frozen=True)
class Built:
    """How many files were written, and were true already; the names of those that were removed; and what went wrong.

    `job` counts the print job, in so many `volumes`.
    """

    written: int = 0
    true: int = 0
    removed: tuple[str, ...] = ()
    pages: int = 0
    problems: tuple[Problem, ...] = ()
    job: Totals = Totals()
    volumes: int = 0


def build_all(composition: Composition, order: Order, done: Callable[[int, int], None]) -> Built:
    """The chosen letters' files; `done` hears after each step how many letters are rendered, and of how many.

    After an error in a letter no file was touched; what was made is kept for the next build.
    """
    with opened(order.output) as folder:
        if isinstance(folder, Problem):
            return Built(problems=(folder,))
        building = _Building(composition, order, folder, done)
        try:
            return building.built()
        except OSError as error:
            problem = write_problem(order.output, error)
            return Built(building.placed.written, problems=(*building.told.problems(composition), problem))


class _Building:
    """One build, step by step."""

    def __init__(
        self, composition: Composition, order: Order, folder: OutputFolder, done: Callable[[int, int], None]
    ) -> None:
        self.composition, self.order, self.folder, self.done = composition, order, folder, done
        self.prints, self.told, self.placed = Fingerprints(composition.style, order.output), Told(), Placed()
        ids = frozenset(order.ids)
        self.dues = Dues(composition, folder, self.prints, Wanted(ids, tuple(order.formats), order.anew))
        self.job = plan(composition, ids if order.job else (), order.volume)
        self.volumes: list[Volume] = []
        self.bound: list[tuple[Volume, Totals]] = []
        self.true = 0

    def built(self) -> Built:
        """All of it, if nothing is fatal."""
        self.volumes = [self._anew(one) for one in volumes_of(self.job, self.composition, self.prints, self.folder)]
        due, strangers = self._survey()
        if strangers:
            return Built(problems=tuple(strangers))
        ended = self._render(due) or self._bind(due)
        problems = self.told.problems(self.composition)
        if ended or any(self.order.is_fatal(problem) for problem in problems):
            return Built(problems=(ended,) if ended else problems)
        self._lists()
        return self._placed(problems)
