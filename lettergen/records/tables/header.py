"""The first row of a table: what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lettergen.model import BY_LANGUAGE, STANDARD_KEYS, is_language
from lettergen.problems import Problem, Related, nearest
from lettergen.records.building import LISTS
from lettergen.records.tables.columns import SPLIT, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lettergen.records.tables.columns import Cell, Row

_HEADING = re.compile(r"([^\W\d]\w*)(?:\.([A-Za-z][\w-]*))?(?: ([1-9][0-9]?))?")
_NUMBERED = re.compile(r"(address|variants?|enclosures?|copies|copy)[\W_]*(?:line)?[\W_]*([1-9][0-9]?)")
_PLURAL = {"variant": "variants", "enclosure": "enclosures", "copy": "copies"}


def read_header(row: Row) -> tuple[list[Column | None], list[Problem]]:
    """The columns, None for one without a heading, and what is wrong with the headings."""
    columns = [_column(index, cell) for index, cell in enumerate(row.cells)]
    unfit = [cell for cell, column in zip(row.cells, columns, strict=True) if column is None and cell.text.strip()]
    named = [column for column in columns if column]
    if len(unfit) > len(named) and not _known(row):
        return columns, [_no_header(row)]
    problems = [_unfit(cell) for cell in unfit]
    problems += [problem for column in named for problem in _wrong(column)]
    problems += _twice(named)
    if not problems and not any(column.name in ("name", "id") for column in named):
        problems.append(_no_name(row))
    return columns, problems


def _known(row: Row) -> int:
    """How many cells hold a standard name, such as `First name`; `Name` and `Address line 1` count twice."""
    texts = [" ".join(cell.text.split()) for cell in row.cells]
    words = [re.findall(r"[^\W\d_]+", text.casefold()) for text in texts]
    exact = sum(text in STANDARD_KEYS or _standard(text) is not None for text in texts)
    return exact + sum(any(word in STANDARD_KEYS for word in some) for some in words)


def under_title(title: Row, rows: Iterable[Row]) -> list[Problem]:
    """A problem if the headings are in one of the rows below what stands where they should be."""
    found = None if _known(title) > 1 else next((row for row in rows if _known(row) > 1), None)
    if found is None:
        return []
    first = next(cell.text.strip() for cell in found.cells if cell.text.strip())
    message, way_out = "the first row should hold the names of the fields", f"delete all rows above '{first}'"
    return [Problem("bad-header", message, title.place, way_out, (Related(found.place, "the headings"),))]


def _column(index: int, cell: Cell) -> Column | None:
    found = _HEADING.fullmatch(" ".join(cell.text.split()))
    if found is None or _standard(found[1]):
        return None
    return Column(index, found[1], found[2] or "", int(found[3] or 0), cell.place)


def _standard(name: str) -> str | None:
    """The standard key that a heading with capitals or a number is meant to be."""
    numbered = _NUMBERED.fullmatch(name.casefold())
    if numbered:
        return f"{_PLURAL.get(numbered[1], numbered[1])} {numbered[2]}"
    return name.casefold() if name not in STANDARD_KEYS and name.casefold() in STANDARD_KEYS else None


def _unfit(cell: Cell) -> Problem:
    """A heading that cannot be the name of a field, and one that can."""
    heading = " ".join(cell.text.split())
    head, dot, tag = heading.partition(".")
    better = _standard(heading) or re.sub(r"\W+", "_", heading.casefold()).strip("_")
    if dot and is_language(tag) and _standard(head):
        better = f"{_standard(head)}.{tag}"
    if not re.match(r"[^\W\d]", better):
        better = f"column_{better}".strip("_")
    message = f"'{heading}' cannot be the name of a field"
    if better.partition(" ")[0] in STANDARD_KEYS:
        message = f"'{heading}' is not a name that letters know"
    return Problem("bad-header", message, cell.place, f"write '{better}'")


def _wrong(column: Column) -> Iterator[Problem]:
    """A language or a number where the field cannot have one."""
    if column.tag and column.name not in BY_LANGUAGE:
        message = f"'{column.name}' cannot have a text for each language"
        way_out = f"write '{column.name}'; a dot is for {', '.join(BY_LANGUAGE)} only"
        yield Problem("bad-header", message, column.place, way_out)
    elif column.tag and not is_language(column.tag):
        message = f"'{column.tag}' is not a language code"
        yield Problem("bad-header", message, column.place, f"write a code, as in '{column.name}.cy'")
    if column.number and column.name in STANDARD_KEYS and column.name not in SPLIT:
        message = f"'{column.name}' is one text, so its columns cannot be numbered"
        yield Problem("bad-header", message, column.place, f"write '{column.name}', and remove the other columns")


def _twice(named: Sequence[Column]) -> Iterator[Problem]:
    """A problem for each heading that stands twice, if that does not make a list."""
    kinds = Counter((column.name, bool(column.tag)) for column in named)
    first: dict[tuple[str, str, int], Column] = {}
    for column in named:
        other = first.setdefault((column.name, column.tag, column.number), column)
        if column.tag and kinds[column.name, False]:
            message = f"there is a column '{column.name}' beside '{column.name}.{column.tag}'"
            yield Problem("bad-header", message, column.place, f"give the other its language, as in '{column.name}.en'")
        elif other is not column and (column.number or column.name not in LISTS):
            heading = f"{column.name} {column.number}" if column.number else column.name
            message = f"the heading '{heading}' appears twice"
            way_out = f"number them, as in '{column.name} 1' and '{column.name} 2', if they are one list; or rename one"
            related = (Related(other.place, "the first one"),)
            yield Problem("bad-header", message, column.place, way_out, related)


def _no_header(row: Row) -> Problem:
    message = "the first row should hold the names of the fields, and this does not look like it"
    way_out = "put a row of headings above it, such as: name, salutation, address 1, address 2"
    return Problem("bad-header", message, row.place, way_out)


def _no_name(row: Row) -> Problem:
    headings = {cell.text.strip().casefold(): cell for cell in row.cells if cell.text.strip()}
    meant = nearest("name", [heading for heading in headings if heading not in STANDARD_KEYS])
    place, way_out = row.place, "add one; it names the letter's files too"
    if meant:
        place, way_out = headings[meant].place, f"is '{headings[meant].text.strip()}' meant to be 'name'?"
    return Problem("bad-header", "no column has the heading 'name'", place, way_out)
