"""Lines that lack their colon, hold two, or stand too far to the right or left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.yamlfile.complaint import has_value, in_quotes, indent, is_named, name_column
from lettergen.yamlfile.slips import slip

if TYPE_CHECKING:
    from lettergen.problems import Problem
    from lettergen.yamlfile.complaint import Complaint


def lacks_colon(complaint: Complaint, number: int) -> Problem:
    """A line that should be `name: value`."""
    line = complaint.lines[number]
    above = complaint.above(number)
    found = slip(line)
    if found:
        return complaint.problem((number, found.start), found.end, found.message, found.help)
    if above is not None and re.search(r":\s*[|>][-+0-9]*\s*$", complaint.lines[above]):
        message = "this text has to be indented, since the line above ends with '|' or '>'"
        return complaint.problem((number, 0), len(line), message, _blanks(name_column(complaint.lines[above]) + 2))
    start = name_column(line)
    word = re.match(r"\S+", line[start:])
    message = "there is no colon after the name in this line"
    way_out = "write 'name: value'; or, if the line continues the text above, put more spaces before it"
    if above is not None and re.match(r"\s*-\s", complaint.lines[above]) and not is_named(complaint.lines[above]):
        way_out = "write 'name: value'; or begin the line with '- ', if it is one of the list above"
    return complaint.problem((number, start), start + len(word[0] if word else ""), message, way_out)


def misplaced_colon(complaint: Complaint) -> Problem:
    """A colon that the parser did not expect: a second one, or a line that is taken for a text."""
    number, column = complaint.at
    line = complaint.lines[number]
    above = complaint.above(number)
    if found := slip(line):
        return complaint.problem((number, found.start), found.end, found.message, found.help)
    if above is None or is_named(line[:column]):
        return _second_colon(complaint)
    upper = complaint.lines[above]
    if (found := slip(upper)) and not _goes_on(complaint, above):
        return complaint.problem((above, found.start), found.end, found.message, found.help)
    if not is_named(upper) and name_column(upper) == name_column(line) and not _goes_on(complaint, above):
        return lacks_colon(complaint, above)
    return misfit(complaint, number) or _heading(complaint, above)


def _heading(complaint: Complaint, number: int) -> Problem:
    """A line of words above a list."""
    line = complaint.lines[number]
    way_out = "remove it; or put '# ' before it, if it is a remark for those who read the file"
    return complaint.problem((number, indent(line)), len(line), "this line is not part of the list below it", way_out)


def _goes_on(complaint: Complaint, number: int) -> bool:
    """Whether the line goes on with the value of a line above it."""
    column = name_column(complaint.lines[number])
    heads = (line for line in reversed(complaint.lines[:number]) if is_named(line))
    head = next(heads, None)
    return head is not None and name_column(head) < column and has_value(head)


def _second_colon(complaint: Complaint) -> Problem:
    line, (number, column) = complaint.lines[complaint.at[0]], complaint.at
    if not is_named(line[:column]):
        is_long = column > name_column(line)
        message = "the name before this colon is too long" if is_long else "there is no name before this colon"
        return complaint.problem((number, column), column + 1, message, "put the text in quotes if this is not a name")
    value = re.split(r":\s", line, maxsplit=1)[-1]
    message = "there is a second colon in this line"
    if value.lstrip()[:1] in ("“", "”", "„", "‘", "’"):
        message += f", and '{value.lstrip()[0]}' is not a quote that holds text together"
    way_out = in_quotes(value) if value.lstrip()[:1] not in ("'", '"') else "put the whole text in one pair of quotes"
    return complaint.problem((number, column), column + 1, message, way_out)


def misfit(complaint: Complaint, number: int) -> Problem | None:
    """A line whose indentation is not that of its fellows; None if it is."""
    line, above = complaint.lines[number], _head(complaint, number)
    if above is None:
        return None
    upper = complaint.lines[above]
    is_item = line.lstrip().startswith("- ")
    wanted = indent(upper) if is_item and upper.lstrip().startswith("- ") else name_column(upper)
    if is_item and complaint.began and complaint.is_list:  # the list that was not to end here
        wanted = complaint.began[1]
    column = indent(line)
    if column == wanted:
        return None
    message = f"this line is indented {'further' if column > wanted else 'less'} than "
    message += "the others of its list" if is_item and wanted != name_column(upper) else "the one above"
    way_out = _blanks(wanted) + ", as in the lines it belongs with"
    if column > wanted and not is_item:
        way_out += "; or, if it continues the text above, put that in quotes"
    return complaint.problem((number, 0), max(column, 1), message, way_out)


def _head(complaint: Complaint, number: int) -> int | None:
    """The nearest line above that begins a name or an item, or else the nearest."""
    filled = range(number - 1, -1, -1)
    heads = (at for at in filled if is_named(complaint.lines[at]) or complaint.lines[at].lstrip().startswith("- "))
    return next(heads, complaint.above(number))


def _blanks(count: int) -> str:
    if not count:
        return "put no spaces before it"
    return f"put {count} space{'s' * (count > 1)} before it"
