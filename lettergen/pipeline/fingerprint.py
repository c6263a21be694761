"""Which files of an earlier build say what their letters say today."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from lettergen import __version__
from lettergen.pipeline.job import LIST, Job, ids_in, plan
from lettergen.pipeline.manifest import JOB, Entry
from lettergen.pipeline.rendering import text_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from lettergen.pipeline.build import Order
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.output import OutputFolder


def still_true(
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
        if _holds(order.output / name, entry) and fingerprint(composition, entry.format, text) == entry.source:
            kept[name] = entry
    return kept


def _job_still_true(composition: Composition, order: Order, folder: OutputFolder) -> dict[str, Entry]:
    """The entries of the folder's job, if its letters and their order are still the same; all or none."""
    entries = {name: entry for name, entry in folder.entries.items() if JOB.fullmatch(name)}
    if LIST not in entries or not all(_holds(order.output / name, entry) for name, entry in entries.items()):
        return {}
    job = plan(composition, ids_in((order.output / LIST).read_bytes()), order.volume)
    source = source_of(composition, order, job)
    is_whole = set(job.names) == set(entries)
    return entries if is_whole and all(entry.source == source for entry in entries.values()) else {}


def _holds(file: Path, entry: Entry) -> bool:
    """Whether the file's bytes are still those of its entry."""
    try:
        return sha256(file.read_bytes()).hexdigest() == entry.sha256
    except OSError:
        return False


def fingerprint(composition: Composition, form: str, text: str) -> str:
    """The sha256 of all that a file depends on."""
    style = composition.style
    rules = repr((style.layout.edition, style.layout.max_pages))  # by which its pages were found right
    setting = [*_engine(), style.paper, style.own, rules] if form == "pdf" else []
    return sha256("\0".join([__version__, form, text, *setting]).encode("utf-8")).hexdigest()


def source_of(composition: Composition, order: Order, job: Job) -> str:
    """The sha256 of all that a job depends on: its letters, their post codes and their order."""
    lines = [
        f"{number} {job.post_codes[letter.id]} "
        + fingerprint(composition, "pdf", text_of(composition, letter, "pdf", order.output))
        for number, letters in enumerate(job.volumes)
        for letter in letters
    ]
    return sha256("\n".join(lines).encode("utf-8")).hexdigest()


@cache
def _engine() -> tuple[str, ...]:
    """The versions of what PDFs are set with, the fonts among them."""
    return tuple(version(name) for name in ("weasyprint", "pydyf", "fontpkg-ibm-plex-serif", "fontpkg-ibm-plex-mono"))
