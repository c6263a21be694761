"""`manifest.jsonl`: which files of the output folder are ours, a line a file."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "manifest.jsonl"
_WAY_OUT = "move the output folder away, and build again"
JOB = re.compile(r"job\.(\d+\.pdf|csv|json)")  # no letter has such a file: an id has no dot
_LETTER = re.compile(r"[a-z0-9-]+\.(md|html|pdf)")


@dataclass(frozen=True, order=True)
class Entry:
    """A written file; `source` is the sha256 of what it was made from, `pages` those of a PDF."""

    id: str
    format: str
    path: str
    sha256: str
    source: str
    pages: int | None = None


def read_manifest(output: Path) -> tuple[dict[str, Entry], list[Problem]]:
    """The entries by path. A line that was cut short by a crash is passed over."""
    file = output / NAME
    if not file.exists():
        return {}, []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        message = f"'{file}' cannot be read, so it is not known which files may be overwritten"
        return {}, [Problem("bad-manifest", message, Source(str(file)).whole(), _WAY_OUT)]
    entries = [entry for line in lines if (entry := _entry(line))]
    if lines and not entries:
        message = f"'{file}' was not written by a build"
        return {}, [Problem("bad-manifest", message, Source(str(file)).whole(), _WAY_OUT)]
    return {entry.path: entry for entry in entries}, []


def to_lines(entries: Iterable[Entry]) -> str:
    """The manifest's text, sorted."""
    rows = sorted(entries, key=lambda entry: (entry.id, entry.format))
    return "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in rows)


def _entry(line: str) -> Entry | None:
    """The line's entry; None unless it names a letter's file or a print job's, so that no other is ever touched."""
    try:
        found = json.loads(line)
        entry = Entry(**found)
    except (ValueError, TypeError, RecursionError):
        return None
    texts = (entry.id, entry.format, entry.path, entry.sha256, entry.source)
    is_typed = all(isinstance(text, str) for text in texts) and isinstance(entry.pages, (int, type(None)))
    is_ours = is_typed and any(names.fullmatch(entry.path) for names in (_LETTER, JOB))
    return entry if is_ours and entry.path == f"{entry.id}.{entry.format}" else None
