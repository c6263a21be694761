"""XLSX and ODS -> rows. No formula is calculated: what counts is the value that was saved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING

from lettergen.files.signs import UNPRINTABLE, of_sign, plain_lines
from lettergen.problems import Place, Problem, near
from lettergen.records.tables.archive import Cells, TooLargeError, check_archive, sheet_parts, with_breaks
from lettergen.records.tables.columns import Cell, Row
from lettergen.records.tables.sheet import Packed, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

INSTALL = "install the part that does: pip install 'lettergen[sheets]'; or save the table as 'CSV UTF-8'"
_MOST = 1_000  # problems of cells that are named
_SAVE = "open it in Excel or LibreOffice, and save it anew as .xlsx or .ods, without a password"
_WORKSHEET, _VISIBLE = "SheetTypeEnum.WorkSheet", "SheetVisibleEnum.Visible"
_DIGITS = 15  # that a spreadsheet keeps of a number; one that has more is shown so that it is known as damaged
_SPAN = re.compile(r"PT(\d+)H(\d\d)M(\d\d)(?:[.,]\d+)?S")  # of LibreOffice


def read_sheet(path: Path, sheet: Sheet, wanted: str = "") -> tuple[Sheet | None, list[Problem]]:
    """The sheet with its rows, the one `wanted` or the first that holds something, and what is wrong with its cells."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        message = f"'{sheet.name}' is a spreadsheet, and lettergen was installed without what reads them"
        return None, [Problem("unreadable-file", message, sheet.whole(), INSTALL)]
    from xml.parsers.expat import ExpatError
    from zipfile import BadZipFile
    from zlib import error as ZlibError  # noqa: N812 - it is one

    try:
        cells = check_archive(path, is_ods=path.suffix.lower() == ".ods")
        file = with_breaks(path) if any(one.has_breaks for one in cells.values()) else path
        with CalamineWorkbook.from_object(file) as book:
            return _read(book, path, sheet, cells, wanted)
    except TooLargeError:
        message = f"'{sheet.name}' holds far more cells than a list of recipients"
        way_out = "delete the empty rows and columns behind the table, or save it as 'CSV UTF-8'"
    except (CalamineError, BadZipFile, ExpatError, ZlibError, OSError, ValueError, EOFError, RuntimeError):
        message, way_out = f"'{sheet.name}' cannot be read as a spreadsheet", _SAVE
    return None, [Problem("unreadable-file", message, sheet.whole(), way_out)]


def sheet_rows(sheet: Sheet) -> Iterator[Row]:
    """The sheet's rows, as often as they are asked for."""
    for number, texts in enumerate(sheet.packed, 1):
        cells = list(map(Cell, texts, sheet.cells(number, texts)))
        end = cells[-1].place.end_column if cells else 1
        yield Row(Place(sheet, number, 1, number, end), cells)


def _read(
    book: CalamineWorkbook, path: Path, sheet: Sheet, cells: Mapping[str, Cells], wanted: str
) -> tuple[Sheet | None, list[Problem]]:
    names = [one.name for one in book.sheets_metadata if str(one.typ) == _WORKSHEET]
    visible = [one.name for one in book.sheets_metadata if one.name in names and str(one.visible) == _VISIBLE]
    if wanted and wanted not in names:
        way_out = near(wanted, names)
        return None, [Problem("unreadable-file", f"'{sheet.name}' has no sheet '{wanted}'", sheet.whole(), way_out)]
    tried = [wanted] if wanted else [*visible, *names]
    found = (one for one in map(book.get_sheet_by_name, tried) if wanted or one.end)
    chosen = next(found, None)
    if chosen is None:
        return sheet, []
    part = sheet_parts(path).get(chosen.name, "content.xml")
    known = cells.get(part, Cells())
    packed = Packed(_texts(chosen, known.errors))
    ranges = chosen.merged_cell_ranges or ()
    spots = [(row + 1, column + 1) for (row, column), end in ranges if (row, column) != end]
    spots += [(row, column) for name, row, column in known.merged if name == chosen.name]
    read = replace(sheet, packed=Packed(_printable(row) for row in packed))
    problems = [*islice(_strange(read, packed), _MOST), *_merged(read, spots)]
    return read, problems


def _texts(sheet: CalamineSheet, errors: Mapping[tuple[int, int], str]) -> Iterator[list[str]]:
    """The cells of each row as they are printed, without the empty ones behind the last."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    wrong: dict[int, list[tuple[int, str]]] = {}
    for (number, column), said in errors.items():
        wrong.setdefault(number, []).append((column, said))
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = [*before, *map(cell_text, row)]
        for column, said in wrong.get(number, ()):
            texts += [""] * (column - len(texts))
            texts[column - 1] = said
        while texts and not texts[-1].strip():
            texts.pop()
        yield texts


def cell_text(value: object) -> str:
    """A cell as it is printed: a number without an exponent if it is whole, a day as year-month-day."""
    if isinstance(value, str):
        return _span(*map(int, found.groups())) if (found := _SPAN.fullmatch(value)) else plain_lines(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00").removesuffix(" 00:00")
    if isinstance(value, timedelta):
        return _span(0, 0, round(value.total_seconds()))
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value).removesuffix(":00")  # else an hour


def _span(hours: int, minutes: int, seconds: int) -> str:
    """Hours and minutes, `36:00`; seconds if there are some."""
    rest = abs(seconds) + 60 * (minutes + 60 * hours)
    return f"{'-' * (seconds < 0)}{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}".removesuffix(":00")


def _number(value: float) -> str:
    """`7` and not `7.0`; `100000000000000000000` and not `1E+20`."""
    if not value or not isfinite(value):
        return "0"
    if abs(value) >= 10**_DIGITS:
        return f"{value:.{_DIGITS - 1}E}"
    number = f"{Decimal(f'{value:.{_DIGITS}g}'):f}"
    return number.rstrip("0").rstrip(".") if "." in number else number


def _printable(row: list[str]) -> list[str]:
    return [UNPRINTABLE.sub(" ", text) for text in row]


def _strange(sheet: Sheet, packed: Packed) -> Iterator[Problem]:
    """A problem for each character that cannot be printed."""
    for number, row in enumerate(packed, 1):
        for column, text in enumerate(row, 1):
            if found := UNPRINTABLE.search(text):
                yield of_sign(found[0], sheet.cell(number, column))


def _merged(sheet: Sheet, spots: Iterable[tuple[int, int]]) -> Iterator[Problem]:
    """A problem for cells that are one: only the first of them has the text."""
    for row, column in islice(spots, _MOST):
        if row <= sheet.packed.count:
            message = "this cell is merged with those beside or below it, which are empty for that reason"
            way_out = "choose 'Unmerge cells', and fill in the others"
            yield Problem("bad-row", message, sheet.cell(row, column), way_out, anywhere=True)
