"""`manifest.jsonl`: which files of the output folder are ours, a line a file, sorted; those of a letter together."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Complaint
from lettergen.problems.codes import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "manifest.jsonl"
PAGE = "index"  # the review page's id, which no letter has
JOB = re.compile(r"job\.(\d+|csv|json)")  # the ids of a print job's files: no letter's id has a dot
# A letter's file, in a folder of its thousand or in none; or one of a print job.
_LINE = re.compile(
    rb'^\{"id": "([a-z0-9-]+|job\.\d+|job\.csv|job\.json)", "format": "(md|html|pdf|csv|json)", '
    rb'"path": "((?:\d{4,}/)?\1\.\2|(?=job\.[cj])\1)", '
    rb'"sha256": "([0-9a-f]{64})", "source": "([0-9a-f]+)", "pages": (null|\d{1,9})(.*\})$',
    re.MULTILINE,
)
_KINDS = (str, str, int, int, str, str)  # of what a complaint holds
_ALWAYS = frozenset({"id", "format", "path", "sha256", "source", "pages"})


class Entry(NamedTuple):
    """A written file; `source` stands for all that it was made from, `pages` are those of a PDF.

    `root` is where the project lies as seen from a file that refers to some other of it. `complaints` are those of a
    PDF, of a volume each with its letter's id before it.
    """

    id: str
    format: str
    path: str
    sha256: str
    source: str
    pages: int | None = None
    root: str = ""
    complaints: tuple[tuple[str, Complaint], ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.rpartition("/")[2]


def entries_in(text: bytes) -> tuple[Entry, ...]:
    """The entries of some lines; those that are not ours are passed over."""
    return tuple(entry for found in _LINE.finditer(text) if (entry := _entry(found)))


def to_text(entries: Iterable[Entry]) -> bytes:
    """The lines of one id, sorted."""
    rows = sorted(entries, key=lambda entry: (entry.format, entry.path))
    return "".join(f"{json.dumps(_said(entry), ensure_ascii=False)}\n" for entry in rows).encode("utf-8")


def _said(entry: Entry) -> dict[str, object]:
    """What a line says: no word of what there is none of."""
    return {name: value for name, value in entry._asdict().items() if value or name in _ALWAYS}


def _entry(found: re.Match[bytes]) -> Entry | None:
    """The line's entry; None unless it names a letter's file or a print job's, so that no other is ever touched."""
    identity, form, path, digest, source, pages, rest = found.groups(b"")
    number = int(pages) if pages != b"null" else None
    entry = Entry(identity.decode(), form.decode(), path.decode(), digest.decode(), source.decode(), number)
    try:
        more = json.loads(b'{"a": 0' + rest) if rest != b"}" else {}
        said = tuple((str(one), _complaint(words)) for one, words in more.get("complaints", ()))
    except (ValueError, TypeError, RecursionError):
        return None
    return entry._replace(root=str(more.get("root", "")), complaints=said) if more else entry


def _complaint(words: Iterable[object]) -> Complaint:
    """What was said, if it is of the kind that a build says."""
    found = Complaint(*words)  # type: ignore[arg-type]
    if found.code not in SEVERITIES or tuple(map(type, found)) != _KINDS:
        raise ValueError
    return found
