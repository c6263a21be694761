"""The parser's complaints in the words of somebody who has never heard of YAML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from lettergen.yamlfile import brackets, lines, signs
from lettergen.yamlfile.complaint import Complaint, in_quotes, indent, read_complaint
from lettergen.yamlfile.slips import slip

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

    from lettergen.problems import Place, Problem, Source

    Reading: TypeAlias = Callable[[Complaint], Problem]


def explain(source: Source, text: str, error: yaml.YAMLError, last: Place | None, inside: Place | None) -> Problem:
    """One problem for what made the parser give up after the value `last`, `inside` a list or group of names."""
    complaint = read_complaint(source, text, error, last)
    if inside and "flow node" in complaint.said:  # perhaps its bracket is still open
        complaint = complaint._replace(began=(inside.line - 1, inside.column - 1))
    reading = next((reading for sign, reading in _READINGS.items() if sign in complaint.said), signs.unreadable)
    problem = _directive(complaint) or signs.merge_field(complaint) or reading(complaint)
    return replace(problem, place=_clipped(problem.place), anywhere=True)


def _clipped(place: Place) -> Place:
    """The place, not beyond the end of its line."""
    end = len(place.source.lines[place.line - 1]) + 1
    return replace(place, column=min(place.column, end), end_column=min(place.end_column, end))


def _directive(complaint: Complaint) -> Problem | None:
    """A line that begins with '%' or '...', which end or begin a document."""
    is_about = "directive" in complaint.said or "document" in complaint.said or "%" in complaint.said
    for number, line in enumerate(complaint.lines[: complaint.at[0] + 1] if is_about else ()):
        if line.startswith("%"):
            way_out = "remove the line; or put '# ' before it, if it is a remark for those who read the file"
            return complaint.problem((number, 0), 1, "a line cannot begin with '%'", way_out)
        if re.match(r"\.\.\.(\s|$)", line):
            message = "a line that begins with '...' ends the file; what follows would never be read"
            return complaint.problem((number, 0), 3, message, "remove the three dots, or put the text in quotes")
    return None


def _lacking_colon(complaint: Complaint) -> Problem:
    return lines.lacks_colon(complaint, (complaint.began or complaint.at)[0])


def _out_of_place(complaint: Complaint) -> Problem:
    """Something that does not go on with the list or the names above it."""
    number, column = complaint.at
    line = complaint.line(complaint.at)
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
    line = complaint.line(complaint.at)
    is_item = re.match(r"-\s", line[column:])
    if "collection" in complaint.said and not is_item and _is_at(complaint, column):
        message = "this line is not part of the list above"
        way_out = "begin it with '- ', or put as many spaces before it as the other lines of its record have"
        return complaint.problem((number, column), len(line), message, way_out)
    if "block mapping" in complaint.said and is_item and _is_at(complaint, column):
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


# What the message of the parser (either of PyYAML's two) contains -> who makes a problem of it.
_READINGS: dict[str, Reading] = {
    "could not find expected ':'": _lacking_colon,
    "mapping values are not allowed": lines.misplaced_colon,
    "alphabetic or numeric": _at_beginning,  # * and &
    "comment or": _at_beginning,  # | and >
    "indentation indicator": _at_beginning,
    " tag": _at_beginning,  # !
    "URI": _at_beginning,
    "the expected '>'": _at_beginning,
    "whitespace": _at_beginning,
    "mapping keys are not allowed": _at_place,  # ?
    "start any token": _at_place,
    "tab character": _at_place,
    "unexpected ':'": brackets.open_bracket,
    "sequence entries are not allowed": _list_in_line,
    "hexdecimal": signs.backslash,
    "escape": signs.backslash,
    "end of stream": signs.open_quote,
    "document indicator": signs.open_quote,
    "document separator": signs.open_quote,
    "expected ',' or": brackets.open_bracket,
    "node content": brackets.comma,
    "'-' indicator": _out_of_place,
    "expected key": _out_of_place,
    "<block end>": _out_of_place,
    "<document start>": _stray,
}
