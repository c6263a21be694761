"""What a spreadsheet's file holds, before anything is unpacked: sizes, errors, the reach of its cells."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

UNPACKED = 1_000_000_000  # bytes of all files within
CELLS = 20_000_000  # from the first to the last, empty ones as well: so much is kept while it is read
_BLOCK = 1_000_000  # bytes
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?>")
_ROW = re.compile(rb"<(?:\w+:)?row\b(?:[^>]*?\br=[\"']([0-9]{1,7}))?")
_NAME = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_BREAK = re.compile(rb"<text:(?:(line-break)|tab)\b[^>]*?(?:/>|></text:[a-z-]+>)")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\bname=[\"']([^\"']*)[\"'][^>]*?\b(?:\w+:)?id=[\"']([^\"']*)[\"']")


class TooLargeError(Exception):
    """More than any list of recipients would hold."""


class Cells(NamedTuple):
    """The cells of a sheet: how far they reach; what those are called that are errors, by row and column from 1; and
    those of LibreOffice that are merged with others, by sheet, row and column.
    """

    rows: int = 0
    columns: int = 0
    errors: Mapping[tuple[int, int], str] = {}
    merged: Sequence[tuple[str, int, int]] = ()
    has_breaks: bool = False  # within paragraphs


def check_archive(path: Path, *, is_ods: bool, unpacked: int = UNPACKED) -> dict[str, Cells]:
    """The cells of each part of the archive that has some; an error where it is too large or no archive."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > unpacked:
            raise TooLargeError
        names = [name for name in archive.namelist() if name == "content.xml" or not is_ods]  # a sheet's can be any
        found = {}
        for name in names:
            with archive.open(name) as part:
                blocks = iter(lambda: part.read(_BLOCK), b"")
                found[name] = _ods_cells(blocks) if is_ods else _xlsx_cells(blocks)
            if found[name].rows * found[name].columns > CELLS:
                raise TooLargeError
        return found


def _xlsx_cells(blocks: Iterator[bytes]) -> Cells:
    rows, columns, errors, rest = 0, 0, dict[tuple[int, int], str](), b""
    for block in chain(blocks, [b"<c "]):  # behind the last cell as if there were one more
        text = rest + block
        cut = text.rfind(b"<c ")  # a cell is read with what it says
        cut = cut if cut >= 0 else text.rfind(b"<")
        rest, text = text[cut:] if cut >= 0 else b"", text[:cut]
        for letters, number in set(_NAME.findall(text)):
            rows, columns = max(rows, int(number)), max(columns, _column(letters))
        rows = max(rows, rows, *(int(number or 0) for number in _ROW.findall(text)), 0)
        columns = max(columns, *(len(_CELL.findall(row)) for row in re.split(rb"<(?:\w+:)?row\b", text)))
        if b't="e"' in text or b"t='e'" in text:
            errors |= _errors(text)
    return Cells(rows, columns, errors)


def _errors(text: bytes) -> dict[tuple[int, int], str]:
    """The cells that Excel could not calculate, and what it calls the error."""
    found = {}
    for cell in _CELL.finditer(text):
        named = _NAME.search(cell[0])
        if named and re.search(rb"\bt=[\"']e[\"']", cell[0]):
            said = re.compile(rb"[^/]*?<(?:\w+:)?v>(#[^<]{2,20})<").match(text, cell.end())
            found[int(named[2]), _column(named[1])] = said[1].decode("ascii", "replace") if said else "#ERROR!"
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_cells(blocks: Iterator[bytes]) -> Cells:
    """The same of LibreOffice, which says how often a row or cell is repeated."""
    counting = _Counting()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counting.start
    parser.StartDoctypeDeclHandler = counting.refuse
    for block in blocks:
        parser.Parse(block)
    return Cells(counting.rows, counting.columns, merged=counting.merged, has_breaks=counting.has_breaks)


class _Counting:
    """Counts rows and columns up to the last cell that holds something."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.row = self.column = self.repeated = 0
        self.sheet, self.merged = "", list[tuple[str, int, int]]()
        self.has_breaks = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = name.rpartition(":")[2]
        if kind == "table":
            self.row, self.repeated, self.sheet = 0, 0, attributes.get("table:name", "")
        elif kind == "table-row":
            self.row += self.repeated
            self.repeated, self.column = _count(attributes, "rows"), 0
        elif kind in ("line-break", "tab"):
            self.has_breaks = True
        elif kind in ("table-cell", "covered-table-cell"):
            if any(attributes.get(f"table:number-{what}-spanned", "1") != "1" for what in ("rows", "columns")):
                self.merged.append((self.sheet, self.row + 1, self.column + 1))
            self.column += _count(attributes, "columns")
            if any("value" in key or "formula" in key for key in attributes):
                self.rows, self.columns = max(self.rows, self.row + self.repeated), max(self.columns, self.column)

    def refuse(self, *_: object) -> None:
        """No spreadsheet declares a document type: it would be for entities that grow."""
        raise TooLargeError


def _count(attributes: dict[str, str], what: str) -> int:
    said = next((value for key, value in attributes.items() if key.endswith(f"number-{what}-repeated")), "1")
    return int(said) if said.isdecimal() and len(said) < 10 else 1  # noqa: PLR2004 - what fits into a machine's number


def with_breaks(path: Path) -> BytesIO:
    """The ODS file with a line break or a blank in the place of each element that says so: calamine leaves them out."""
    stream = BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(stream, "w") as written:
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename == "content.xml":
                content = _BREAK.sub(lambda found: b"\n" if found[1] else b" ", content)
            written.writestr(entry, content)
    stream.seek(0)
    return stream


def sheet_parts(path: Path) -> dict[str, str]:
    """The name of each sheet of an XLSX file, and the part of the archive that holds it."""
    from html import unescape

    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        book, related = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    targets = {}
    for element in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", related):
        pairs = dict(re.findall(r"\b(\w+)=[\"']([^\"']*)[\"']", element))
        target = pairs.get("Target", "")
        targets[pairs.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = ((unescape(name.decode("utf-8")), identity.decode("utf-8")) for name, identity in _SHEET.findall(book))
    return {name: targets[identity] for name, identity in sheets if identity in targets}
