"""What a build says: a bar meanwhile, and a summary behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.pipeline.build import Built

REVIEW = "index.html"
SHOWN = 5  # removed files that the summary names


def summary(output: Path, letters: int, built: Built) -> str:
    """What was written, what was left as it was, and what was removed."""
    words = [f"{_count(letters, 'letter')}: {_written(output, built)}"]
    if built.pages:
        words.append(_count(built.pages, "PDF page"))
    words.append(f"{REVIEW} shows what differs")
    if built.removed:
        named = ", ".join(built.removed[:SHOWN]) + " …" * (len(built.removed) > SHOWN)
        words.append(f"removed {len(built.removed)} with yesterday's wording: {named}")
    return "; ".join(words)


def _written(output: Path, built: Built) -> str:
    if not built.written:
        return f"all {_count(built.true, 'file')} in {output}/ {'was' if built.true == 1 else 'were'} up to date"
    wrote = f"wrote {_count(built.written, 'file')} to {output}/"
    return wrote + (f", {built.true} {'was' if built.true == 1 else 'were'} up to date" if built.true else "")


def job_summary(built: Built) -> str:
    """What a print room counts."""
    letters, pages, sheets = built.job
    return (
        f"job: {_count(letters, 'letter')}, {_count(pages, 'page')} on {_count(sheets, 'sheet')} "
        f"in {_count(built.volumes, 'volume')}"
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
