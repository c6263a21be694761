"""The file that holds the recipients: which it is, and what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.pipeline.namesakes import misnamed, namesake, of_other_kind
from lettergen.problems import LINES, TABLES, Problem, near
from lettergen.records import Records, read_listing, read_recipients

if TYPE_CHECKING:
    from lettergen.files import Folder
    from lettergen.problems import Source
    from lettergen.records.listing import Listing
    from lettergen.records.recipients import Look

RECIPIENTS = "recipients.yaml"
_YAML, _SHEETS = ("yaml", "yml"), ("xlsx", "ods")
_TABLES = tuple(f"recipients.{ending}" for ending in ("csv", "jsonl", "xlsx", "ods"))
_SHEET = re.compile(r"(.+\.(?:xlsx|ods))#(.+)", re.IGNORECASE)


def read_data(folder: Folder, asked: str, look: Look | None = None) -> tuple[Records, list[Problem]]:
    """The records of the file that was asked for, or else of the one that is there."""
    found = [RECIPIENTS] * folder.has(RECIPIENTS) + _tables(folder)
    if not asked and len(found) > 1:
        message = f"there are {' and '.join(found)}, and only one of them can hold the recipients"
        way_out = f"rename the others, or choose one of them with '--data {found[0]}'"
        return Records(), [Problem("several-data-files", message, folder.source(found[0]).whole(), way_out)]
    name = asked or (found[0] if found else RECIPIENTS)
    sheet = _SHEET.fullmatch(name)
    ending = (sheet[1] if sheet else name).rpartition(".")[2].casefold()
    if ending in _YAML:
        return _yaml(folder, name, look)
    if ending in _SHEETS:
        listing, problems = _spreadsheet(folder, *(sheet.groups() if sheet else (name, "")))
    elif ending in (*TABLES, *LINES):
        listing, problems = _text(folder, name, is_json=ending in LINES)
    else:
        listing, problems = None, [_unknown(folder, name)]
    if listing is None:
        return Records(), problems
    records, more = read_listing(listing, problems, look)
    return records, [*problems, *more]


def is_there(folder: Folder) -> bool:
    """Whether the folder has a file that could hold the recipients."""
    return folder.has(RECIPIENTS) or bool(_tables(folder))


def _tables(folder: Folder) -> list[str]:
    return [name for name in folder.names() if name.casefold() in _TABLES]


def _yaml(folder: Folder, name: str, look: Look | None) -> tuple[Records, list[Problem]]:
    advice = _near(folder, name)
    if name == RECIPIENTS:
        advice = misnamed(folder, ".", name) or _other(folder) or "write the recipients into it, each with '- name: …'"
    source, problems = folder.read_lines(name, advice)
    if source is None:
        return Records(), problems
    records, more = read_recipients(source, problems, look)
    return records, [*problems, *more]


def _other(folder: Folder) -> str:
    """A way out if there is a table of a kind that is not read."""
    table = namesake(folder, ".", RECIPIENTS, ("xls", "xlsb", "numbers"))
    if table:
        return f"there is '{table}': save it as 'recipients.xlsx', or as 'recipients.csv' (CSV UTF-8)"
    return of_other_kind(folder, ".", RECIPIENTS)


def _text(folder: Folder, name: str, *, is_json: bool) -> tuple[Listing | None, list[Problem]]:
    """The listing of a CSV or JSON Lines file."""
    source, problems = folder.read_lines(name, _near(folder, name))
    if source is None:
        return None, problems
    if is_json:
        from lettergen.records.tables.jsonlines import json_lines  # only for such files

        return json_lines(source), problems
    from lettergen.records.tables.csvfile import csv_rows
    from lettergen.records.tables.listing import table

    rows, more = csv_rows(source)
    problems += more
    return (table(source, rows, problems) if rows else None), problems


def _spreadsheet(folder: Folder, name: str, wanted: str) -> tuple[Listing | None, list[Problem]]:
    from lettergen.records.tables.listing import table  # only for such files
    from lettergen.records.tables.sheet import Sheet
    from lettergen.records.tables.workbook import read_sheet, sheet_rows

    path = folder.find(name, folder.source(name).whole(), _near(folder, name))
    if isinstance(path, Problem):
        return None, [path]
    sheet, problems = read_sheet(path, Sheet(name, "", folder.shown), wanted)
    return (table(sheet, lambda: sheet_rows(sheet), problems) if sheet else None), problems


def _near(folder: Folder, name: str) -> str:
    """A way out for a file that is not there."""
    place, _, file = name.rpartition("/")
    endings = (*_YAML, *TABLES, *LINES)
    others = [other for other in folder.names(place or ".") if other.casefold().endswith(endings)]
    return near(file, others)


def _unknown(folder: Folder, name: str) -> Problem:
    source: Source = folder.source(name)
    message = f"'{name}' is not a kind of file that recipients are read from"
    way_out = "save it as .yaml, .csv (CSV UTF-8), .jsonl, .xlsx or .ods"
    return Problem("unreadable-file", message, source.whole(), way_out)
