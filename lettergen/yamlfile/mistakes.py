"""What the parser cannot read, in the words of somebody who has never heard of YAML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from yaml.parser import ParserError
from yaml.scanner import ScannerError

from lettergen.problems import Place
from lettergen.yamlfile import brackets, lines, signs
from lettergen.yamlfile.complaint import Complaint, in_quotes, indent, read_complaint
from lettergen.yamlfile.slips import slip

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

    from lettergen.problems import Problem, Source
    from lettergen.yamlfile.building import Open

    Reading: TypeAlias = Callable[[Complaint], Problem]

_QUOTED = re.compile(r"'(?:[^']|'')*'(?!')|\"(?:\\.|[^\"\\])*\"", re.DOTALL)


def explain(source: Source, text: str, error: yaml.YAMLError, last: Place | None, stack: list[Open]) -> Problem:
    """One problem for what made the parser give up after the value `last`, inside what the `stack` holds open."""
    complaint = read_complaint(source, text, error, last, stack)
    reading = _reading(complaint)
    if reading is brackets.too_many:
        return reading(complaint)
    if reading is brackets.comma and complaint.is_flow:  # perhaps its bracket is still open
        complaint = complaint._replace(began=(stack[-1].start.line - 1, stack[-1].start.column - 1))
    problem = _ending(complaint) or signs.merge_field(complaint) or reading(complaint)
    return replace(problem, place=_clipped(problem.place), anywhere=True)


def _clipped(place: Place) -> Place:
    """The place, not beyond the end of its line or of the file."""
    lines = place.source.lines
    end = len(lines[min(place.line, len(lines)) - 1]) + 1
    if place.line > len(lines):
        return Place(place.source, len(lines), end, len(lines), end)
    return replace(place, column=min(place.column, end), end_column=min(place.end_column, end))


def _ending(complaint: Complaint) -> Problem | None:
    """A line that begins with '...', which ends a document."""
    is_about = isinstance(complaint.error, ParserError) and complaint.began is None
    if not is_about and not complaint.rest(complaint.at).startswith("..."):
        return None
    number = next((at for at, line in enumerate(complaint.lines) if re.match(r"\.\.\.(\s|$)", line)), None)
    message = "a line that begins with '...' ends the file; what follows would never be read"
    way_out = "remove the three dots, or put the text in quotes"
    return None if number is None else complaint.problem((number, 0), 3, message, way_out)


def _lacking_colon(complaint: Complaint) -> Problem:
    return lines.lacks_colon(complaint, (complaint.began or complaint.at)[0])


def _out_of_place(complaint: Complaint) -> Problem:
    """Something that does not go on with the list or the names above it."""
    number, column = complaint.at
    line = complaint.lines[complaint.at[0]]
    found = slip(line)
    if complaint.rest(complaint.at).startswith(":"):
        return brackets.comma(complaint)
    if column > indent(line):
        return brackets.behind(complaint) or _stray(complaint)
    if found:
        return complaint.problem((number, found.start), found.end, found.message, found.help)
    return _stray_item(complaint) or lines.misfit(complaint, number) or _stray(complaint)


def _stray_item(complaint: Complaint) -> Problem | None:
    """A list among names, or a name among the items of a list, in the column of its fellows."""
    number, column = complaint.at
    line = complaint.lines[complaint.at[0]]
    is_item = re.match(r"-\s", line[column:])
    if complaint.is_list and not is_item and _is_at(complaint, column):
        message = "this line is not part of the list above"
        way_out = "begin it with '- ', or put as many spaces before it as the other lines of its record have"
        return complaint.problem((number, column), len(line), message, way_out)
    if not complaint.is_list and is_item and _is_at(complaint, column):
        message = "an item of a list begins here, among lines that are 'name: value'"
        way_out = "write the list's name and a colon in a line above it, such as 'recipients:'; or remove the '- '"
        return complaint.problem((number, column), column + 1, message, way_out)
    return None


def _is_at(complaint: Complaint, column: int) -> bool:
    """Whether the list or the names that go on began in this column."""
    return complaint.began is not None and complaint.began[1] == column


def _stray(complaint: Complaint) -> Problem:
    message = "this does not belong to what comes before it"
    return complaint.problem(complaint.at, complaint.at[1] + 1, message, "put the whole text in quotes, or remove this")


def _list_in_line(complaint: Complaint) -> Problem:
    message = "a list cannot begin in this line"
    quoted = in_quotes(complaint.rest(complaint.at), "put it in quotes")
    way_out = f"begin it in the next line; or, if it is text, {quoted}"
    return complaint.problem(complaint.at, complaint.at[1] + 1, message, way_out)


def _at_beginning(complaint: Complaint) -> Problem:
    return signs.special_sign(complaint, complaint.began or complaint.at)


def _at_place(complaint: Complaint) -> Problem:
    return signs.special_sign(complaint, complaint.at)


def _reading(complaint: Complaint) -> Reading:
    """Who makes a problem of it."""
    if isinstance(complaint.error, ScannerError):
        return _of_signs(complaint, complaint.rest(complaint.at)[:1], complaint.rest(complaint.began)[:1])
    if not isinstance(complaint.error, ParserError):
        return signs.unreadable
    if complaint.began is None:
        return _at_place if complaint.rest(complaint.at).startswith("%") else _stray
    if complaint.began == complaint.at:
        return _at_place if complaint.rest(complaint.at).startswith("!") else brackets.comma
    return brackets.open_bracket if complaint.is_flow else _out_of_place


def _of_signs(complaint: Complaint, sign: str, first: str) -> Reading:
    """What the `sign` at the place means in something that began with the sign `first`."""
    if first and first in "*&!%":
        return _at_beginning
    if complaint.began in (None, complaint.at) or sign == "\t":
        return _SIGNS.get(sign, _at_place)
    if first and first in "|>":
        return _at_beginning
    if first and first in "'\"" and not _QUOTED.match(complaint.read):
        is_cut = not sign or re.match(r"(---|\.\.\.)(\s|$)", complaint.lines[complaint.at[0]])
        return signs.open_quote if is_cut else signs.backslash
    return brackets.open_bracket if sign == ":" and "\n" not in complaint.read else _lacking_colon


# A sign that nothing can begin with at its place -> who makes a problem of it.
_SIGNS = {":": lines.misplaced_colon, "-": _list_in_line, "[": brackets.too_many, "{": brackets.too_many}
