"""Letters -> files: what is not true is made and staged; then all of it comes into place, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from lettergen.files import ChangedError
from lettergen.pipeline.binding import Press, bind, keep_if_true, stage_lists
from lettergen.pipeline.due import Due, Dues, Wanted
from lettergen.pipeline.fingerprint import Fingerprints
from lettergen.pipeline.job import LETTERS, LIST, TOTALS, Totals, added, plan
from lettergen.pipeline.making import Making
from lettergen.pipeline.manifest import JOB, PAGE
from lettergen.pipeline.output import OutputFolder, opened, write_problem
from lettergen.pipeline.pagefile import stage_page, stage_page_of_true
from lettergen.pipeline.placing import Placed, place
from lettergen.pipeline.rendering import FORMATS
from lettergen.pipeline.reviewpage import NAME
from lettergen.pipeline.staging import REVIEW, Staging
from lettergen.pipeline.told import Told
from lettergen.pipeline.volumes import ids_listed, volumes_of
from lettergen.pipeline.workers.crew import Means
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.typesetting import Made


@dataclass(frozen=True)
class Order:
    """What to write: the chosen ids, the formats, where, by whom, and what forbids it.

    With `anew` also what is true already; with `job` also the print job, with at most `volume` letters in one PDF.
    `hidden` are the codes of problems that nobody wants to read. With `replace`, another mailing is overwritten.
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
    replace: bool = False


@dataclass(frozen=True)
class Built:
    """How many files were written and how many were true already, the names of those that were removed, and what went
    wrong. `job` counts the print job's letters, in so many `volumes`.
    """

    written: int = 0
    true: int = 0
    removed: tuple[str, ...] = ()
    pages: int = 0
    problems: tuple[Problem, ...] = ()
    job: Totals = field(default_factory=Totals)
    volumes: int = 0


def build_all(composition: Composition, order: Order, done: Callable[[int, int], None]) -> Built:
    """The chosen letters' files; `done` hears after each step how many letters are rendered, and of how many.

    After an error in a letter no file was touched; what was made is kept for the next build.
    """
    with opened(order.output) as folder:
        if isinstance(folder, Problem):
            return Built(problems=(folder,))
        build = _Build(composition, order, folder)
        try:
            return build.built(done)
        except ChangedError:
            raise
        except OSError as error:
            problems = (*build.told.problems(composition), write_problem(order.output, error))
            return Built(build.placed.written, problems=problems)


class _Build:
    """A build, and how far it has come."""

    def __init__(self, composition: Composition, order: Order, folder: OutputFolder) -> None:
        self.composition, self.order, self.folder = composition, order, folder
        self.prints, self.told, self.placed = Fingerprints(composition.style, order.output), Told(), Placed()
        wanted = Wanted(frozenset(order.ids), tuple(order.formats), order.anew)
        self.dues = Dues(composition, folder, self.prints, wanted)
        self.job = plan(composition, wanted.ids if order.job else (), order.volume)
        self.setting: dict[str, Due] = {}  # the letters whose own PDFs come from the setting of a volume

    def built(self, done: Callable[[int, int], None]) -> Built:
        """All of it, if nothing is fatal."""
        others = tuple(self.dues.other_mailing())
        if others and not self.order.replace:
            return Built(problems=others)
        volumes = tuple(volumes_of(self.job, self.composition, self.prints, self.folder, is_anew=self.order.anew))
        due, strangers = self._survey({one for volume in volumes if not volume.entry for one in volume.ids})
        if strangers:
            return Built(problems=tuple(strangers))
        told = None if volumes else self.told
        making = Making(self.composition, self.dues, self.order.means, done, self.told.complaints, told)
        press = Press(self.composition, self.folder, self.order.means, self.told, partial(self._stage_pdf, making))
        ended = making.make(due)
        ended, bound = (ended, []) if ended else bind(press, self.job, volumes)
        problems = (ended,) if ended else self.told.problems(self.composition)
        if ended or any(self.order.is_fatal(problem) for problem in problems):
            return Built(problems=problems)
        if volumes:
            stage_lists(self.folder, bound, self.prints)
        else:
            self._keep_job()
        built = self._put(problems)
        return replace(built, job=added(one for _, one in bound), volumes=len(bound))

    def _survey(self, in_volumes: Collection[str]) -> tuple[list[Due], list[Problem]]:
        """The letters of which files have to be made, and the files in the way; what is only moved is staged."""
        due, strangers = [], list(self._strangers())
        for one in self.dues:
            if one.is_changed:
                strangers += self.dues.strangers(one)
            if one.id in self.dues.wanted.ids and "pdf" in self.order.formats and not self.job.volumes:
                self.told.hear(one.kept)
            if one.formats:
                due.append(self._without_set(one) if one.id in in_volumes else one)
            elif one.is_changed:
                self.folder.staging.add(one.id, one.kept)
        for identity in self.dues.gone():
            strangers += self.dues.strangers(Due(identity))
            self.folder.staging.add(identity, ())
        return due, strangers

    def _strangers(self) -> Iterator[Problem]:
        """What is in the way of what is no letter's own: folders, the review page, a print job."""
        yield from self.dues.strange_folders()
        for name in (*self.job.names, NAME):
            identity = name if name in (LIST, TOTALS) else name.rpartition(".")[0]
            yield from self.folder.stranger(name, {entry.path for entry in self.folder.manifest.of(identity)})

    def _without_set(self, due: Due) -> Due:
        """The letter without the PDF that a volume's setting makes."""
        if "pdf" in due.formats:
            self.setting[due.id] = due
        return due._replace(formats=tuple(form for form in due.formats if form != "pdf"))

    def _stage_pdf(self, making: Making, identity: str, made: Made) -> None:
        if identity in self.setting and made.content:
            making.stage_pdf(self.setting[identity], made)

    def _keep_job(self) -> None:
        """Leave an earlier job in its place while it is true."""
        if not any(map(JOB.fullmatch, self.folder.manifest.spans)):
            return
        job = plan(self.composition, ids_listed(self.folder), self.order.volume)
        keep_if_true(self.folder, tuple(volumes_of(job, self.composition, self.prints, self.folder)), self.prints)

    def _put(self, problems: tuple[Problem, ...]) -> Built:
        """What is staged in its place, with the review page."""
        heard = [one for one in (*self.composition.problems, *problems) if one.code not in self.order.hidden]
        stage_page(self.composition, heard, self.folder, self.prints)
        if self.folder.staging.lines.spans or not self.folder.manifest.is_sorted:
            place(self.folder, self.placed)
        self.folder.staging.remove()
        self.folder.seen.save()
        files = len(self.dues.wanted.ids) * len(self.order.formats) + len(self.job.names) + 1
        true, removed = files - self.placed.written, tuple(self.placed.removed)
        return Built(self.placed.written, true, removed, self.told.pages * ("pdf" in self.order.formats), problems)


def review_all(composition: Composition, order: Order) -> Built:
    """The review page alone: no other file is written, changed or removed."""
    with opened(order.output) as folder:
        if isinstance(folder, Problem):
            return Built(problems=(folder,))
        prints, placed = Fingerprints(composition.style, order.output), Placed()
        dues = Dues(composition, folder, prints, Wanted())
        in_the_way = folder.stranger(NAME, {entry.path for entry in folder.manifest.of(PAGE)})
        strangers = (*in_the_way, *dues.other_mailing())
        if strangers:
            return Built(problems=strangers)
        folder.staging = Staging(order.output, REVIEW)
        heard = [problem for problem in composition.problems if problem.code not in order.hidden]
        try:
            stage_page_of_true(composition, heard, dues, prints)
            if folder.staging.lines.spans:
                place(folder, placed)
        except ChangedError:
            raise
        except OSError as error:
            return Built(placed.written, problems=(write_problem(order.output, error),))
        folder.staging.remove()
        return Built(1)
