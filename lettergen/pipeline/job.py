"""The print job: the chosen letters in posting order, in volumes, with a list for the print room."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Items, Text, one_line
from lettergen.pipeline.rendering import paper_of
from lettergen.records.postal import post_code
from lettergen.render.paper import Volume

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from lettergen.model import Letter, Recipient
    from lettergen.pipeline.compose import Composition

LETTERS = 100  # a volume: the process that sets it holds all its pages, 300 MB
COMPOSED = 1_000  # letters that are held in memory while their volumes are set
LIST, TOTALS = "job.csv", "job.json"
_CODE = re.compile(r"([A-Z]+)([0-9]*)([A-Z]?) ([0-9])([A-Z]{2})")


class Job(NamedTuple):
    """The letters' ids in posting order, by volume; the post codes are by id, and empty for a letter without one."""

    volumes: tuple[tuple[str, ...], ...] = ()
    post_codes: Mapping[str, str] = MappingProxyType({})

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


def plan(composition: Composition, ids: Collection[str], size: int) -> Job:
    """The job of these letters; no volume if there are none."""
    if not ids:
        return Job()
    chosen = frozenset(ids)
    codes = {one.id: _post_code(one) for one in composition.mailing.recipients if one.id in chosen}
    letters = sorted(
        (identity for identity in composition.digests if identity in chosen), key=lambda one: posting_key(codes[one])
    )
    return Job(tuple(tuple(letters[start : start + size]) for start in range(0, len(letters), size)), codes)


def posting_key(code: str) -> tuple[bool, str, int, str, str, str]:
    """Sorts post codes as the post does: SW2 comes before SW10. Letters without one come last."""
    found = _CODE.fullmatch(code)
    if not found:
        return True, code, 0, "", "", ""
    area, district, letter, sector, unit = found.groups()
    return False, area, int(district or 0), letter, sector, unit


def to_volumes(composition: Composition, volumes: Sequence[Sequence[str]]) -> Iterator[Volume]:
    """What the engine sets; so many letters are composed at a time that the records are not read for each volume."""
    together = max(1, COMPOSED // max(map(len, volumes), default=1))
    for start in range(0, len(volumes), together):
        some = volumes[start : start + together]
        composed = composition.again(frozenset(chain.from_iterable(some)))
        letters = {one.letter.id: one.letter for one in composed}
        for ids in some:
            yield to_volume(composition, [letters[identity] for identity in ids])


def to_volume(composition: Composition, letters: Sequence[Letter]) -> Volume:
    """A volume of these letters."""
    return Volume(
        papers=tuple(paper_of(composition, letter) for letter in letters),
        bookmarks=tuple(f"{letter.id}: {letter.name}" for letter in letters),
        title=_title(letters),
        language=letters[0].language,
    )


def rows_of(number: int, ids: Iterable[str], job: Job, own: Iterable[tuple[int, str]]) -> list[Row]:
    """The lines of a volume; `own` are the pages and the sums of its letters' own PDFs."""
    rows, first = [], 1
    for identity, (pages, digest) in zip(ids, own, strict=True):
        sheets = (pages + 1) // 2
        rows.append(Row(number, identity, first, pages, sheets, job.post_codes[identity], digest))
        first += 2 * sheets
    return rows


def totals_of(rows: Iterable[Row]) -> Totals:
    """What they count together."""
    lines = list(rows)
    return Totals(len(lines), sum(row.pages for row in lines), sum(row.sheets for row in lines))


def added(totals: Iterable[Totals]) -> Totals:
    """Several volumes' totals in one."""
    return Totals(*map(sum, zip(*totals, strict=True)))


def to_csv(rows: Iterable[Row], *, has_head: bool = False) -> bytes:
    """The lines of a list; its head too, if that is asked for."""
    text = StringIO(newline="")
    writer = csv.writer(text)  # as RFC 4180 has it, with line ends of two signs
    writer.writerows([Row._fields] if has_head else [])
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def from_csv(lines: Iterable[str]) -> Iterator[Row]:
    """The rows of a list; none from where it is no such list."""
    try:
        for volume, identity, first, pages, sheets, code, digest in csv.reader(lines):
            if volume != Row._fields[0]:
                yield Row(int(volume), identity, int(first), int(pages), int(sheets), code, digest)
    except (ValueError, csv.Error):
        return


def to_totals(volumes: Sequence[tuple[str, Totals, str]]) -> bytes:
    """What the job and each volume count: the volumes' names, totals and check sums."""
    rows = [{"file": name, **totals._asdict(), "sha256": digest} for name, totals, digest in volumes]
    whole = added(totals for _, totals, _ in volumes)._asdict()
    return (json.dumps({**whole, "volumes": rows}, indent=2) + "\n").encode("utf-8")


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
