"""`manifest.jsonl`: which files of the output folder are ours, a line a file, sorted; those of a letter together."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Complaint
from lettergen.problems import SEVERITIES

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
_NONE = "0"  # the source of a file of which nothing is known
_ALWAYS = frozenset({"id", "format", "path", "sha256", "source", "pages"})


class Entry(NamedTuple):
    """A written file; `source` stands for all that it was made from, `pages` are those of a PDF.

    `root` is where the project lies as seen from a file that refers to some other of it. `complaints` are those of a
    PDF, of a volume each with its letter's id before it. The review page's `mailing` says whose letters the folder
    holds: the recipients' file, the template and the edition.
    """

    id: str
    format: str
    path: str
    sha256: str
    source: str
    pages: int | None = None
    root: str = ""
    complaints: tuple[tuple[str, Complaint], ...] = ()
    mailing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.rpartition("/")[2]


def entries_in(text: bytes) -> tuple[Entry, ...]:
    """The entries of some lines; those that are not ours are passed over."""
    return tuple(map(_entry, _LINE.finditer(text)))


def to_text(entries: Iterable[Entry]) -> bytes:
    """The lines of one id, sorted."""
    rows = sorted(entries, key=lambda entry: (entry.format, entry.path))
    return "".join(f"{json.dumps(_said(entry), ensure_ascii=False)}\n" for entry in rows).encode("utf-8")


def _said(entry: Entry) -> dict[str, object]:
    """What a line says: no word of what there is none of."""
    return {name: value for name, value in entry._asdict().items() if value or name in _ALWAYS}


def _entry(found: re.Match[bytes]) -> Entry:
    """The line's entry. What lettergen did not write behind the names makes it one of a file that is not true."""
    identity, form, path, digest, source, pages, rest = found.groups(b"")
    number = int(pages) if pages != b"null" else None
    entry = Entry(identity.decode(), form.decode(), path.decode(), digest.decode(), source.decode(), number)
    if rest == b"}":
        return entry
    try:
        more = json.loads(b'{"a": 0' + rest)
        said = tuple((one, Complaint(*words)) for one, words in more.get("complaints", ()))
        mailing = tuple(map(str, more.get("mailing", ())))
        is_sound = all(_is_sound(entry, *pair) for pair in said)
    except (ValueError, TypeError, RecursionError):
        is_sound = False
    if not is_sound:
        return entry._replace(source=_NONE)
    return entry._replace(root=str(more.get("root", "")), complaints=said, mailing=mailing)


def _is_sound(entry: Entry, identity: object, said: Complaint) -> bool:
    """Whether a build can have said this of the file: of a letter in its own name, in known words."""
    words = (identity, said.code, said.words, said.help, said.sought)
    return (
        all(isinstance(one, str) for one in words)
        and said.code in SEVERITIES
        and (JOB.fullmatch(entry.id) is not None or identity == entry.id)
        and type(said.line) is type(said.column) is int
    )
