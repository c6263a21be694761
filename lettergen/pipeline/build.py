"""Letters -> files: all rendered first, then all written, or none."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from lettergen import __version__
from lettergen.pipeline.manifest import Entry
from lettergen.pipeline.output import OutputFolder, opened, write_problem
from lettergen.pipeline.rendering import complaints, source_of
from lettergen.pipeline.typesetting import typeset_all
from lettergen.problems import Problem, merge_alike

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.pipeline.compose import Composition
    from lettergen.render.pdf import Typeset

FORMATS = ("md", "html", "pdf")


@dataclass(frozen=True)
class Order:
    """What to write: the chosen ids, the formats, where, and with how many processes."""

    output: Path
    ids: Collection[str]
    formats: Sequence[str] = FORMATS
    jobs: int | None = None


@dataclass(frozen=True)
class Built:
    """The names of the files that were written and removed, and what went wrong."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    pages: int = 0
    problems: tuple[Problem, ...] = ()


def build_all(composition: Composition, order: Order, done: Callable[[int], None]) -> Built:
    """The chosen letters' files. After an error none of them was touched."""
    with opened(order.output) as folder:
        if isinstance(folder, Problem):
            return Built(problems=(folder,))
        chosen = [letter for letter in composition.letters if letter.id in order.ids]
        names = [f"{letter.id}.{form}" for letter in chosen for form in order.formats]
        strangers = tuple(folder.strangers(names))
        if strangers:
            return Built(problems=strangers)
        return _render_and_write(composition, order, chosen, folder, done)


def _render_and_write(
    composition: Composition, order: Order, chosen: list[Letter], folder: OutputFolder, done: Callable[[int], None]
) -> Built:
    sources = {
        (letter.id, form): source_of(composition, letter, form, order.output)
        for letter in chosen
        for form in order.formats
    }
    typeset = _typeset(composition, order, chosen, sources, done)
    problems = merge_alike(
        problem
        for letter in chosen
        if letter.id in typeset
        for problem in complaints(composition, letter, typeset[letter.id])
    )
    if any(problem.is_error for problem in problems):
        return Built(problems=tuple(problems))
    contents, entries = {}, {}
    for (identity, form), source in sources.items():
        name = f"{identity}.{form}"
        contents[name] = typeset[identity].content if form == "pdf" else source.encode("utf-8")
        pages = typeset[identity].pages if form == "pdf" else None
        made_from = _fingerprint(composition, form, source)
        entries[name] = Entry(identity, form, name, sha256(contents[name]).hexdigest(), made_from, pages)
    kept = _still_true(composition, order, folder, set(entries))
    stale = [name for name in folder.entries if name not in entries and name not in kept]
    removed = tuple(name for name in stale if (order.output / name).exists())
    try:
        folder.write(contents, {**kept, **entries}, stale)
    except OSError as error:
        return Built(problems=(*problems, write_problem(order.output, error)))
    return Built(tuple(contents), removed, sum(entry.pages or 0 for entry in entries.values()), tuple(problems))


def _typeset(
    composition: Composition,
    order: Order,
    chosen: list[Letter],
    sources: dict[tuple[str, str], str],
    done: Callable[[int], None],
) -> dict[str, Typeset]:
    if "pdf" not in order.formats:
        return {}
    papers = [sources[letter.id, "pdf"] for letter in chosen]
    results = typeset_all(papers, composition.style.paper, order.jobs, done)
    return {letter.id: result for letter, result in zip(chosen, results, strict=True)}


def _still_true(composition: Composition, order: Order, folder: OutputFolder, written: set[str]) -> dict[str, Entry]:
    """The entries of other files that say what their letters say today; the rest is yesterday's wording."""
    letters = {letter.id: letter for letter in composition.letters}
    kept = {}
    for name, entry in folder.entries.items():
        letter = letters.get(entry.id)
        if name in written or letter is None or not (order.output / name).is_file():
            continue
        source = source_of(composition, letter, entry.format, order.output)
        if _fingerprint(composition, entry.format, source) == entry.source:
            kept[name] = entry
    return kept


def _fingerprint(composition: Composition, form: str, source: str) -> str:
    """The sha256 of all that a file depends on."""
    engine = [version("weasyprint"), composition.style.paper] if form == "pdf" else []
    return sha256("\0".join([__version__, form, source, *engine]).encode("utf-8")).hexdigest()
