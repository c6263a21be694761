"""What a build says: a bar meanwhile, and a summary behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.pipeline.job import JobFiles

REVIEW = "index.html"
SHOWN = 5  # removed files that the summary names


class Progress:
    """A bar on a terminal, nothing elsewhere."""

    def __init__(self, *, is_shown: bool) -> None:
        self.is_shown = is_shown

    def __enter__(self) -> Callable[[int, int], None]:
        return self.step

    def step(self, done: int, total: int) -> None:
        """Show that so many letters of so many are ready."""

    def __exit__(self, *details: object) -> None:
        """Leave the line as it is."""


def summary(output: Path, letters: int, pages: int, written: tuple[str, ...], removed: tuple[str, ...]) -> str:
    """What was written and removed."""
    files = f"{len(written)} file{'s' * (len(written) != 1)}"
    words = [f"{letters} letter{'s' * (letters != 1)}: wrote {files} to {output}/"]
    if pages:
        words.append(f"{pages} PDF page{'s' * (pages != 1)}")
    words.append(f"{REVIEW} shows what differs")
    if removed:
        named = ", ".join(removed[:SHOWN]) + " …" * (len(removed) > SHOWN)
        words.append(f"removed {len(removed)} with yesterday's wording: {named}")
    return "; ".join(words)


def job_summary(job: JobFiles) -> str:
    """What a print room counts."""
    letters, pages, sheets = job.totals
    counted = ((letters, "letter"), (pages, "page"), (sheets, "sheet"), (job.volumes, "volume"))
    words = [f"{number} {word}{'s' * (number != 1)}" for number, word in counted]
    return f"job: {words[0]}, {words[1]} on {words[2]} in {words[3]}"
