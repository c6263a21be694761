"""Letters -> files: all rendered first, then all written, or none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from lettergen import __version__
from lettergen.pipeline.job import LETTERS, LIST, Job, JobFiles, ids_in, job_files, plan, to_volumes
from lettergen.pipeline.manifest import JOB, Entry
from lettergen.pipeline.onpaper import unusual
from lettergen.pipeline.output import OutputFolder, opened, write_problem
from lettergen.pipeline.rendering import FORMATS, complaints, paper_of, text_of
from lettergen.pipeline.typesetting import typeset_all, typeset_volumes
from lettergen.problems import Problem, merge_alike

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.typesetting import Made


@dataclass(frozen=True)
class Order:
    """What to write: the chosen ids, the formats, where, with how many processes, and what forbids it.

    With `job` also the print job, with at most `volume` letters in one PDF.
    """

    output: Path
    ids: Collection[str]
    formats: Sequence[str] = tuple(FORMATS)
    jobs: int | None = None
    is_fatal: Callable[[Problem], bool] = attrgetter("is_error")
    job: bool = False
    volume: int = LETTERS


@dataclass(frozen=True)
class Built:
    """The names of the files that were written and removed, and what went wrong."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    pages: int = 0
    problems: tuple[Problem, ...] = ()
    job: JobFiles = field(default_factory=JobFiles)


def build_all(composition: Composition, order: Order, done: Callable[[int], None]) -> Built:
    """The chosen letters' files; `done` hears how many PDFs each step has set.

    After an error in a letter no file was touched; `written` says which were if the disk failed.
    """
    with opened(order.output) as folder:
        if isinstance(folder, Problem):
            return Built(problems=(folder,))
        chosen = [letter for letter in composition.letters if letter.id in order.ids]
        job = plan(composition, order.ids if order.job else (), order.volume)
        names = [f"{letter.id}.{form}" for letter in chosen for form in order.formats]
        strangers = tuple(folder.strangers([*names, *job.names]))
        if strangers:
            return Built(problems=strangers)
        typeset, volumes = _typeset(composition, order, job, done)
        problems = tuple(_typeset_problems(composition, chosen, typeset))
        if any(order.is_fatal(problem) for problem in problems):
            return Built(problems=problems)
        files = list(_files(composition, order, chosen, typeset))
        bound = job_files(job, typeset, volumes, _source_of(composition, order, job))
        built = _write(composition, order, folder, [*files, *bound.files], problems)
        return replace(built, job=bound)


def _typeset(
    composition: Composition, order: Order, job: Job, done: Callable[[int], None]
) -> tuple[dict[str, Made], list[bytes]]:
    """The letters' PDFs by id, and those of the job's volumes. The job sets every letter, whatever the formats."""
    if job.volumes:
        bound = typeset_volumes(to_volumes(job, composition), composition.style, order.jobs, done)
        pairs = zip(chain.from_iterable(job.volumes), chain.from_iterable(one.letters for one in bound), strict=True)
        return {letter.id: made for letter, made in pairs}, [one.content for one in bound]
    if "pdf" not in order.formats:
        return {}, []
    chosen = [letter for letter in composition.letters if letter.id in order.ids]
    papers = [paper_of(composition, letter) for letter in chosen]
    results = typeset_all(papers, composition.style, order.jobs, done)
    return {letter.id: result for letter, result in zip(chosen, results, strict=True)}, []


def _typeset_problems(composition: Composition, chosen: list[Letter], typeset: dict[str, Made]) -> list[Problem]:
    """The engine's complaints; those of the stylesheet once, not for each letter."""
    problems = [
        problem
        for letter in chosen
        if letter.id in typeset
        for problem in complaints(composition, letter, typeset[letter.id])
    ]
    of_style = {(problem.place.order, problem.message): problem for problem in problems if problem.code == "stylesheet"}
    others = (problem for problem in problems if problem.code != "stylesheet")
    pages = {letter.id: typeset[letter.id].pages for letter in chosen if letter.id in typeset}
    found = merge_alike([*of_style.values(), *others, *unusual(pages, composition.places)])
    return composition.heard(found)


def _files(
    composition: Composition, order: Order, chosen: list[Letter], typeset: dict[str, Made]
) -> Iterator[tuple[Entry, bytes]]:
    """What is to be written, with its line of the manifest."""
    for letter in chosen:
        for form in order.formats:
            text = text_of(composition, letter, form, order.output)
            content = typeset[letter.id].content if form == "pdf" else text.encode("utf-8")
            pages = typeset[letter.id].pages if form == "pdf" else None
            made_from = _fingerprint(composition, form, text)
            yield Entry(letter.id, form, f"{letter.id}.{form}", sha256(content).hexdigest(), made_from, pages), content


def _write(
    composition: Composition,
    order: Order,
    folder: OutputFolder,
    files: list[tuple[Entry, bytes]],
    problems: tuple[Problem, ...],
) -> Built:
    entries = {entry.path: entry for entry, _ in files}
    kept = _still_true(composition, order, folder, entries)
    stale = [name for name in folder.entries if name not in entries and name not in kept]
    in_the_way = tuple(folder.strangers(stale))
    if in_the_way:
        return Built(problems=(*problems, *in_the_way))
    removed = tuple(name for name in stale if (order.output / name).exists())
    try:
        folder.write({entry.path: content for entry, content in files}, {**kept, **entries}, stale)
    except OSError as error:
        return Built(tuple(folder.replaced), problems=(*problems, write_problem(order.output, error)))
    pages = sum(entry.pages or 0 for name, entry in entries.items() if not JOB.fullmatch(name))
    return Built(tuple(entries), removed, pages, problems)


def _still_true(
    composition: Composition, order: Order, folder: OutputFolder, written: Collection[str]
) -> dict[str, Entry]:
    """The entries of other files that say what their letters say today; the rest is yesterday's wording."""
    letters = {letter.id: letter for letter in composition.letters}
    kept = {} if order.job else _job_still_true(composition, order, folder)
    for name, entry in folder.entries.items():
        letter = None if JOB.fullmatch(name) else letters.get(entry.id)
        if name in written or letter is None or not (order.output / name).is_file():
            continue
        text = text_of(composition, letter, entry.format, order.output)
        if _holds(order.output / name, entry) and _fingerprint(composition, entry.format, text) == entry.source:
            kept[name] = entry
    return kept


def _job_still_true(composition: Composition, order: Order, folder: OutputFolder) -> dict[str, Entry]:
    """The entries of the folder's job, if its letters and their order are still the same; all or none."""
    entries = {name: entry for name, entry in folder.entries.items() if JOB.fullmatch(name)}
    if LIST not in entries or not all(_holds(order.output / name, entry) for name, entry in entries.items()):
        return {}
    job = plan(composition, ids_in((order.output / LIST).read_bytes()), order.volume)
    source = _source_of(composition, order, job)
    is_whole = set(job.names) == set(entries)
    return entries if is_whole and all(entry.source == source for entry in entries.values()) else {}


def _holds(file: Path, entry: Entry) -> bool:
    """Whether the file's bytes are still those of its entry."""
    try:
        return sha256(file.read_bytes()).hexdigest() == entry.sha256
    except OSError:
        return False


def _fingerprint(composition: Composition, form: str, text: str) -> str:
    """The sha256 of all that a file depends on."""
    style = composition.style
    rules = repr((style.layout.edition, style.layout.max_pages))  # by which its pages were found right
    setting = [*_engine(), style.paper, style.own, rules] if form == "pdf" else []
    return sha256("\0".join([__version__, form, text, *setting]).encode("utf-8")).hexdigest()


def _source_of(composition: Composition, order: Order, job: Job) -> str:
    """The sha256 of all that a job depends on: its letters, their post codes and their order."""
    lines = [
        f"{number} {job.post_codes[letter.id]} "
        + _fingerprint(composition, "pdf", text_of(composition, letter, "pdf", order.output))
        for number, letters in enumerate(job.volumes)
        for letter in letters
    ]
    return sha256("\n".join(lines).encode("utf-8")).hexdigest()


@cache
def _engine() -> tuple[str, ...]:
    """The versions of what PDFs are set with, the fonts among them."""
    return tuple(version(name) for name in ("weasyprint", "pydyf", "fontpkg-ibm-plex-serif", "fontpkg-ibm-plex-mono"))
