"""Letters -> files: all rendered first, then all written, or none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from lettergen.pipeline.complaints import complaints
from lettergen.pipeline.fingerprint import fingerprint, source_of, still_true
from lettergen.pipeline.job import LETTERS, Job, JobFiles, job_files, plan, to_volumes
from lettergen.pipeline.manifest import JOB, Entry
from lettergen.pipeline.onpaper import unusual
from lettergen.pipeline.output import OutputFolder, opened, write_problem
from lettergen.pipeline.rendering import FORMATS, Rendered, ask_of, job_of, text_of
from lettergen.pipeline.reviewpage import NAME, Files, review_page
from lettergen.pipeline.streaming import Means, render_all, typeset_volumes
from lettergen.problems import Problem, merge_alike

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.pipeline.compose import Composition


@dataclass(frozen=True)
class Order:
    """What to write: the chosen ids, the formats, where, by whom, and what forbids it.

    With `job` also the print job, with at most `volume` letters in one PDF. `hidden` are the codes of problems that
    nobody wants to read.
    """

    output: Path
    ids: Collection[str]
    formats: Sequence[str] = tuple(FORMATS)
    means: Means = field(default_factory=Means)
    is_fatal: Callable[[Problem], bool] = attrgetter("is_error")
    job: bool = False
    volume: int = LETTERS
    hidden: Collection[str] = ()


@dataclass(frozen=True)
class Built:
    """The names of the files that were written and removed, and what went wrong."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    pages: int = 0
    problems: tuple[Problem, ...] = ()
    job: JobFiles = field(default_factory=JobFiles)


def build_all(composition: Composition, order: Order, done: Callable[[int, int], None]) -> Built:
    """The chosen letters' files; `done` hears after each step how many letters are rendered, and of how many.

    After an error in a letter no file was touched; `written` says which were if the disk failed.
    """
    with opened(order.output) as folder:
        if isinstance(folder, Problem):
            return Built(problems=(folder,))
        chosen = [letter for letter in composition.letters if letter.id in order.ids]
        job = plan(composition, order.ids if order.job else (), order.volume)
        names = [f"{letter.id}.{form}" for letter in chosen for form in order.formats]
        strangers = tuple(folder.strangers([*names, *job.names, NAME]))
        if strangers:
            return Built(problems=strangers)
        made = _render(composition, order, job, done)
        if isinstance(made, Problem):
            return Built(problems=(made,))
        typeset, volumes = made
        problems = tuple(_typeset_problems(composition, chosen, typeset))
        if any(order.is_fatal(problem) for problem in problems):
            return Built(problems=problems)
        files = list(_files(composition, order, chosen, typeset))
        bound = job_files(job, typeset, volumes, source_of(composition, order, job))
        built = _write(composition, order, folder, [*files, *bound.files], problems)
        return replace(built, job=bound)


def _render(
    composition: Composition, order: Order, job: Job, done: Callable[[int, int], None]
) -> tuple[dict[str, Rendered], list[bytes]] | Problem:
    """The letters' files by id, and the job's volumes. The job sets every letter, whatever the formats."""
    chosen = [letter for letter in composition.letters if letter.id in order.ids]
    formats = [form for form in order.formats if form != "pdf" or not job.volumes]
    asks = (ask_of(composition, letter, formats) for letter in chosen)
    rendered: dict[str, Rendered] = {}
    for one in render_all(job_of(composition, order.output), asks, order.means):
        if isinstance(one, Problem):
            return one
        rendered[one.id] = one
        done(0 if job.volumes else len(rendered), len(chosen))
    contents = []
    letters = chain.from_iterable(job.volumes)
    for bound in typeset_volumes(to_volumes(job, composition), job_of(composition, order.output).style, order.means):
        if isinstance(bound, Problem):
            return bound
        contents.append(bound.content)
        for (content, pages, said), letter in zip(bound.letters, letters, strict=False):
            rendered[letter.id] = Rendered(letter.id, {**rendered[letter.id].files, "pdf": content}, pages, said)
        done(min(len(contents) * order.volume, len(chosen)), len(chosen))
    return rendered, contents


def _typeset_problems(composition: Composition, chosen: list[Letter], typeset: dict[str, Rendered]) -> list[Problem]:
    """The engine's complaints; those of the stylesheet once, not for each letter."""
    problems = [
        problem for letter in chosen for problem in complaints(composition, letter, typeset[letter.id].complaints)
    ]
    of_style = {(problem.place.order, problem.message): problem for problem in problems if problem.code == "stylesheet"}
    others = (problem for problem in problems if problem.code != "stylesheet")
    pages = {letter.id: typeset[letter.id].pages for letter in chosen if "pdf" in typeset[letter.id].files}
    found = merge_alike([*of_style.values(), *others, *unusual(pages, composition.places)])
    return composition.heard(found)


def _files(
    composition: Composition, order: Order, chosen: list[Letter], typeset: dict[str, Rendered]
) -> Iterator[tuple[Entry, bytes]]:
    """What is to be written, with its line of the manifest."""
    for letter in chosen:
        for form in order.formats:
            text = text_of(composition, letter, form, order.output)
            content = typeset[letter.id].files[form]
            pages = typeset[letter.id].pages if form == "pdf" else None
            made_from = fingerprint(composition, form, text)
            yield Entry(letter.id, form, f"{letter.id}.{form}", sha256(content).hexdigest(), made_from, pages), content


def _write(
    composition: Composition,
    order: Order,
    folder: OutputFolder,
    files: list[tuple[Entry, bytes]],
    problems: tuple[Problem, ...],
) -> Built:
    entries = {entry.path: entry for entry, _ in files}
    kept = still_true(composition, order, folder, entries)
    made = {entry.path: content for entry, content in files}
    page, made[NAME] = _page(composition, order, Files({**kept, **entries}, partial(_read, order, made)), problems)
    entries[NAME] = page
    stale = [name for name in folder.entries if name not in entries and name not in kept]
    in_the_way = tuple(folder.strangers(stale))
    if in_the_way:
        return Built(problems=(*problems, *in_the_way))
    removed = tuple(name for name in stale if (order.output / name).exists())
    try:
        folder.write(made, {**kept, **entries}, stale)
    except OSError as error:
        return Built(tuple(folder.replaced), problems=(*problems, write_problem(order.output, error)))
    pages = sum(entry.pages or 0 for name, entry in entries.items() if not JOB.fullmatch(name))
    return Built(tuple(entries), removed, pages, problems)


def review_all(composition: Composition, order: Order) -> Built:
    """The review page alone: no other file is written, changed or removed."""
    with opened(order.output) as folder:
        if isinstance(folder, Problem):
            return Built(problems=(folder,))
        strangers = tuple(folder.strangers([NAME]))
        if strangers:
            return Built(problems=strangers)
        kept = still_true(composition, order, folder, [NAME])
        page, content = _page(composition, order, Files(kept, partial(_read, order, {})), ())
        try:
            folder.write({NAME: content}, {**folder.entries, NAME: page}, ())
        except OSError as error:
            return Built(tuple(folder.replaced), problems=(write_problem(order.output, error),))
        return Built((NAME,))


def _page(composition: Composition, order: Order, files: Files, problems: Iterable[Problem]) -> tuple[Entry, bytes]:
    """The review page, with what is made now and what stands there already."""
    shown = [problem for problem in (*composition.problems, *problems) if problem.code not in order.hidden]
    return review_page(composition, shown, files)


def _read(order: Order, made: Mapping[str, bytes], name: str) -> bytes:
    return made[name] if name in made else (order.output / name).read_bytes()
