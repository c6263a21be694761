"""The print job: the chosen letters in posting order, in volumes, with a list for the print room."""

from __future__ import annotations

import csv
import json
import re
from hashlib import sha256
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Items, Text, one_line
from lettergen.pipeline.manifest import Entry
from lettergen.pipeline.rendering import paper_of
from lettergen.records.postal import post_code
from lettergen.render.paper import Volume

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from lettergen.model import Letter, Recipient
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.rendering import Rendered

LETTERS = 100  # a volume: the process that sets it holds all its pages, 300 MB
LIST, TOTALS = "job.csv", "job.json"
_CODE = re.compile(r"([A-Z]+)([0-9]*)([A-Z]?) ([0-9])([A-Z]{2})")


class Job(NamedTuple):
    """The letters in posting order, by volume; the post codes are by id, and empty for a letter without one."""

    volumes: tuple[tuple[Letter, ...], ...]
    post_codes: Mapping[str, str]

    @property
    def files(self) -> tuple[str, ...]:
        """The volumes' names, which sort as the volumes do."""
        width = len(str(len(self.volumes)))
        return tuple(f"job.{number:0{width}}.pdf" for number in range(1, len(self.volumes) + 1))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its files."""
        return (*self.files, LIST, TOTALS) if self.volumes else ()


class Row(NamedTuple):
    """A line of the list: `pages` are without the blank one behind them, `sha256` is that of the letter's own PDF."""

    volume: int
    id: str
    first_page: int
    pages: int
    sheets: int
    post_code: str
    sha256: str


class Totals(NamedTuple):
    """What a print room counts."""

    letters: int = 0
    pages: int = 0
    sheets: int = 0


class JobFiles(NamedTuple):
    """A job that was set: the files with their entries, and the totals with the number of volumes."""

    files: tuple[tuple[Entry, bytes], ...] = ()
    totals: Totals = Totals()
    volumes: int = 0


def plan(composition: Composition, ids: Collection[str], size: int) -> Job:
    """The job of these letters; no volume if there are none."""
    chosen = frozenset(ids)
    codes = {one.id: _post_code(one) for one in composition.mailing.recipients if one.id in chosen}
    letters = [letter for letter in composition.letters if letter.id in chosen]
    letters.sort(key=lambda letter: posting_key(codes[letter.id]))
    return Job(tuple(tuple(letters[start : start + size]) for start in range(0, len(letters), size)), codes)


def posting_key(code: str) -> tuple[bool, str, int, str, str, str]:
    """Sorts post codes as the post does: SW2 comes before SW10. Letters without one come last."""
    found = _CODE.fullmatch(code)
    if not found:
        return True, code, 0, "", "", ""
    area, district, letter, sector, unit = found.groups()
    return False, area, int(district or 0), letter, sector, unit


def to_volumes(job: Job, composition: Composition) -> Iterator[Volume]:
    """What the engine sets."""
    for letters in job.volumes:
        yield Volume(
            papers=tuple(paper_of(composition, letter) for letter in letters),
            bookmarks=tuple(f"{letter.id}: {letter.name}" for letter in letters),
            title=_title(letters),
            language=letters[0].language,
        )


def job_files(job: Job, pdfs: Mapping[str, Rendered], contents: Sequence[bytes], source: str) -> JobFiles:
    """The job's files; `pdfs` are the letters' own by id, `contents` the volumes."""
    if not job.volumes:
        return JobFiles()
    rows = [list(_rows(number, job, pdfs)) for number, _ in enumerate(job.volumes, 1)]
    totals = _totals(chain.from_iterable(rows))
    volumes = [
        {"file": name, **_totals(lines)._asdict(), "sha256": sha256(content).hexdigest()}
        for name, lines, content in zip(job.files, rows, contents, strict=True)
    ]
    text = json.dumps({**totals._asdict(), "volumes": volumes}, indent=2) + "\n"
    all_files = {**dict(zip(job.files, contents, strict=True)), LIST: _csv(rows), TOTALS: text.encode("utf-8")}
    sides = {name: 2 * _totals(lines).sheets for name, lines in zip(job.files, rows, strict=True)}
    files = ((_entry(name, content, source, sides.get(name)), content) for name, content in all_files.items())
    return JobFiles(tuple(files), totals, len(job.volumes))


def ids_in(content: bytes) -> list[str]:
    """The ids that a list names; nothing if it is no such list."""
    try:
        return [row["id"] for row in csv.DictReader(StringIO(content.decode("utf-8"), newline=""))]
    except (ValueError, KeyError, csv.Error):
        return []


def _post_code(recipient: Recipient) -> str:
    address = recipient.fields.get("address")
    lines = address if isinstance(address, Items) else ()
    return post_code([one_line(line) for line in lines if isinstance(line, Text)])


def _title(letters: Sequence[Letter]) -> str:
    """From whom to whom: in no language's words, for they are many."""
    first, last = letters[0], letters[-1]
    if len(letters) == 1:
        return f"{first.long_date}: {first.name}"
    return f"{first.long_date}: {first.name} – {last.name} ({len(letters)})"


def _rows(number: int, job: Job, pdfs: Mapping[str, Rendered]) -> Iterator[Row]:
    first = 1
    for letter in job.volumes[number - 1]:
        pages = pdfs[letter.id].pages
        sheets = (pages + 1) // 2
        digest = sha256(pdfs[letter.id].files["pdf"]).hexdigest()
        yield Row(number, letter.id, first, pages, sheets, job.post_codes[letter.id], digest)
        first += 2 * sheets


def _totals(rows: Iterable[Row]) -> Totals:
    lines = list(rows)
    return Totals(len(lines), sum(row.pages for row in lines), sum(row.sheets for row in lines))


def _csv(rows: Iterable[Iterable[Row]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)  # as RFC 4180 has it, with line ends of two signs
    writer.writerow(Row._fields)
    writer.writerows(chain.from_iterable(rows))
    return text.getvalue().encode("utf-8")


def _entry(name: str, content: bytes, source: str, pages: int | None) -> Entry:
    identity, _, form = name.rpartition(".")
    return Entry(identity, form, name, sha256(content).hexdigest(), source, pages)
