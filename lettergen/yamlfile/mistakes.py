"""What the parser cannot read, in the words of somebody who has never heard of YAML.

What kind of mistake it is follows from the place and the text alone: the parser's words change with its version.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from yaml.parser import ParserError
from yaml.scanner import ScannerError

from lettergen.problems import Place, Problem, Related, Source
from lettergen.yamlfile.scan import DEPTH, JINJA, NO_MERGE_FIELD, OUT_OF_DATA, too_deep
from lettergen.yamlfile.slips import has_value, in_quotes, indent, is_named, name_column, slip

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

    from lettergen.yamlfile.building import Open

    Reading: TypeAlias = "Callable[[Complaint], Problem]"

Spot = tuple[int, int]  # line and column, from 0
_QUOTED = re.compile(r"'(?:[^']|'')*'(?!')|\"(?:\\.|[^\"\\])*\"", re.DOTALL)


class Complaint(NamedTuple):
    """Where the parser is, where the thing began that it was reading, what is still open, and the last value read."""

    source: Source
    lines: list[str]
    error: yaml.YAMLError
    at: Spot
    began: Spot | None
    stack: list[Open]
    last: Place | None

    def problem(
        self, spot: Spot, end: int, message: str, way_out: str, code: str = "yaml-syntax", *related: Related
    ) -> Problem:
        """A problem from the spot to the column `end` of its line."""
        line, column = spot
        place = Place(self.source, line + 1, column + 1, line + 1, max(end, column) + 1)
        return Problem(code, message, place, way_out, related)

    def here(self, message: str, way_out: str) -> Problem:
        """A problem of the sign where the parser is."""
        return self.problem(self.at, self.at[1] + 1, message, way_out)

    def slip(self, number: int) -> Problem | None:
        """What the line shows by itself."""
        found = slip(self.lines[number])
        return self.problem((number, found.start), found.end, found.message, found.help) if found else None

    def rest(self, spot: Spot | None) -> str:
        """The line from the spot on."""
        return self.lines[spot[0]][spot[1] :] if spot else ""

    @property
    def is_flow(self) -> bool:
        """Whether a bracket is open."""
        return bool(self.stack) and self.stack[-1].is_flow

    @property
    def is_list(self) -> bool:
        """Whether the thing that began is a list whose items begin with dashes."""
        return re.match(r"-(\s|$)", self.rest(self.began)) is not None

    @property
    def read(self) -> str:
        """The text from where the thing began to where the parser is."""
        (first, start), (last, end) = self.began or self.at, self.at
        return "\n".join([*self.lines[first:last], self.lines[last][:end]])[start:]

    def above(self, number: int) -> int | None:
        """The line above that holds something."""
        filled = (index for index in range(number - 1, -1, -1) if self.lines[index].strip())
        return next((index for index in filled if not self.lines[index].lstrip().startswith("#")), None)


def explain(source: Source, text: str, error: yaml.YAMLError, last: Place | None, stack: list[Open]) -> Problem:
    """One problem for what made the parser give up after the value `last`, inside what the `stack` holds open."""
    lines = [*text.removesuffix("\n").split("\n"), ""]  # an end without a line break is no other end
    marks = (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    at, began = (_spot(lines, mark.line, mark.column) if mark else None for mark in marks)
    complaint = Complaint(source, lines, error, at or began or (0, 0), began, stack, last)
    reading = _reading(complaint)
    if reading is _too_many:
        return reading(complaint)
    if reading is _lacks_value and complaint.is_flow:  # perhaps its bracket is still open
        complaint = complaint._replace(began=(stack[-1].start.line - 1, stack[-1].start.column - 1))
    problem = _merge_field(complaint) or reading(complaint)
    return replace(problem, place=_clipped(problem.place), anywhere=True)


def _spot(lines: list[str], line: int, column: int) -> Spot:
    """The parser's mark, which may lie behind the last character."""
    line = min(line, len(lines) - 1)
    return line, min(column, len(lines[line]))


def _clipped(place: Place) -> Place:
    """The place, not beyond the end of its line or of the file."""
    lines = place.source.lines
    end = len(lines[min(place.line, len(lines)) - 1]) + 1
    if place.line > len(lines):
        return Place(place.source, len(lines), end, len(lines), end)
    return replace(place, column=min(place.column, end), end_column=min(place.end_column, end))


def _reading(complaint: Complaint) -> Reading:
    """Who makes a problem of it."""
    if isinstance(complaint.error, ScannerError):
        return _of_signs(complaint, complaint.rest(complaint.at)[:1], complaint.rest(complaint.began)[:1])
    if not isinstance(complaint.error, ParserError):
        return _unreadable
    if complaint.began is None:
        return _special_sign if complaint.rest(complaint.at).startswith("%") else _stray
    if complaint.began == complaint.at:
        return _special_sign if complaint.rest(complaint.at).startswith("!") else _lacks_value
    return _open_bracket if complaint.is_flow else _out_of_place


def _of_signs(complaint: Complaint, sign: str, first: str) -> Reading:
    """What the `sign` at the place means in something that began with the sign `first`."""
    if first and first in "*&!%":
        return _at_beginning
    if complaint.began in (None, complaint.at) or sign == "\t":
        return {":": _misplaced_colon, "[": _too_many, "{": _too_many}.get(sign, _special_sign)
    if first and first in "|>":
        return _at_beginning
    if first and first in "'\"" and not _QUOTED.match(complaint.read):
        is_cut = not sign or re.match(r"(---|\.\.\.)(\s|$)", complaint.lines[complaint.at[0]])
        return _open_quote if is_cut else _backslash
    return _open_bracket if sign == ":" and "\n" not in complaint.read else _lacking_colon


# Signs that cannot begin a text, or have a meaning of their own within it.


def _merge_field(complaint: Complaint) -> Problem | None:
    """A merge field where a value should begin."""
    for number, column in filter(None, (complaint.began, complaint.at)):
        line = complaint.lines[number]
        found = JINJA.search(line, max(0, column - 1)) if line[max(0, column - 1) : column + 2].count("{") else None
        if found and found.start() <= column + 1:
            message = NO_MERGE_FIELD.replace("{{", found[0][:2])
            return complaint.problem((number, found.start()), found.end(), message, OUT_OF_DATA, "jinja-in-data")
    return None


def _special_sign(complaint: Complaint) -> Problem:
    """A sign that cannot begin a text."""
    rest = complaint.rest(complaint.at)
    if rest[:1] == "\t":
        return complaint.here("there is a tab here", "delete it, and type a space")
    if not rest[:1].strip():
        return _unreadable(complaint)
    may_be_list = rest.startswith("- ") and not complaint.is_flow
    way_out = "begin the list in the next line; or, if it is text, put it" if may_be_list else "put the whole text"
    problem = complaint.here(f"text cannot begin with '{rest[0]}'", in_quotes(rest, f"{way_out} in quotes"))
    return replace(problem, code="yaml-tag") if rest[0] == "!" else problem


def _at_beginning(complaint: Complaint) -> Problem:
    return _special_sign(complaint._replace(at=complaint.began or complaint.at))


def _unreadable(complaint: Complaint) -> Problem:
    """Where nothing better is known."""
    way_out = "put the text in quotes, and see whether a quote or a bracket of the lines above is not closed"
    return complaint.here("this cannot be read as 'name: value'", way_out)


def _stray(complaint: Complaint) -> Problem:
    above = complaint.above(complaint.at[0])
    if above is not None and complaint.lines[above].startswith("..."):  # which ends the file
        complaint = complaint._replace(at=(above, 0))
    return complaint.here(
        "this does not belong to what comes before it", "put the whole text in quotes, or remove this"
    )


# Brackets and quotes that are closed too early, too late or never.


def _lacks_value(complaint: Complaint) -> Problem:
    """A place where a value is missing."""
    began = complaint.began or complaint.at
    is_further = began[0] < complaint.at[0] and complaint.rest(began)[:1] in ("[", "{")
    if complaint.is_flow and is_further and not _is_closed(complaint, began):
        return _open_bracket(complaint)
    if complaint.is_flow and complaint.rest(complaint.at).startswith(","):
        return complaint.here("there is nothing before this comma", "remove the comma")
    return _special_sign(complaint)


def _open_bracket(complaint: Complaint) -> Problem:
    """A bracket that is not closed, or holds what it cannot."""
    began, at = complaint.began or complaint.at, complaint.at
    sign, found = complaint.rest(at)[:1], _behind(complaint)
    if found and sign not in ("'", '"'):
        return found
    hidden = re.search(r"\s#", complaint.rest(began)) if at[0] != began[0] else None
    if hidden:
        start = began[1] + hidden.start() + 1
        message = "'#' begins a comment here, so the bracket before it is never closed"
        return complaint.problem((began[0], start), start + 1, message, "put the text with the '#' in quotes")
    if sign == ":" and at[0] == began[0]:
        message = "there is a second colon here, within brackets"
        return complaint.here(message, "put the text with the colon in quotes")
    if sign not in ("", "]", "}") and (at[0] == began[0] or _is_closed(complaint, began)):
        way_out = "put a comma between the items, or one pair of quotes round them"
        return complaint.here("a comma is missing before this", way_out)
    way_out = "close it, or put the text in quotes if the bracket belongs to it"
    return complaint.problem(began, began[1] + 1, "a bracket is opened here and never closed", way_out)


def _is_closed(complaint: Complaint, began: Spot) -> bool:
    """Whether a bracket closes the one that began there; quotes are not looked at."""
    depth = 0
    for line in (complaint.rest(began), *complaint.lines[began[0] + 1 :]):
        for sign in re.findall(r"[\[\]{}]", re.split(r"\s#", line, maxsplit=1)[0]):
            depth += 1 if sign in "[{" else -1
            if not depth:
                return True
    return False


def _too_many(complaint: Complaint) -> Problem:
    """Brackets that the parser takes for too many before it has handed out the first of them."""
    number, column = complaint.at
    known = [place for place in (complaint.last, *(one.start for one in complaint.stack)) if place]
    begin = max((place.end_column - 1 for place in known if place.end_line == number + 1), default=0)
    ahead = [at for at in range(begin, column + 1) if complaint.lines[number][at] in "[{"]
    start = ahead[: DEPTH + 1 - len(complaint.stack)][-1] + 1
    return too_deep(Place(complaint.source, number + 1, start, number + 1, start + 1))


def _behind(complaint: Complaint) -> Problem | None:
    """Something that follows a closed quote or bracket in the same line; None if nothing was closed there."""
    number, column = complaint.at
    before, last = complaint.lines[number][:column].rstrip(), complaint.last
    if not before or last is None or (last.end_line, last.end_column - 1) != (number + 1, len(before)):
        return None
    if before[-1] in "]}":
        return complaint.here("something follows the closing bracket", "remove it, or put the whole text in quotes")
    return _behind_quote(complaint, last) if before[-1] in "'\"" else None


def _behind_quote(complaint: Complaint, last: Place) -> Problem:
    (number, column), end = complaint.at, last.end_column - 1
    sign = complaint.lines[number][end - 1]
    if last.line <= number:
        closed = Related(Place(complaint.source, number + 1, end, number + 1, end + 1), "it is closed only here")
        start, message = (last.line - 1, last.column - 1), "a quote is opened here, and not closed in its line"
        return complaint.problem(start, last.column, message, "close it in its line", "yaml-syntax", closed)
    if sign == "'" and column == end:
        message, way_out = "this apostrophe ends the text, which goes on after it", "type it twice, as in 'it''s'"
        return complaint.problem((number, column - 1), column, message, way_out)
    message = "the quote before this closes the text, but the text goes on"
    way_out = "put the whole text in single quotes" if sign == '"' else "put the whole text in quotes"
    way_out = in_quotes(complaint.lines[number][last.column - 1 :], way_out)
    if complaint.is_flow:
        way_out += "; or put a comma before this, if it is another item"
    return complaint.problem(complaint.at, len(complaint.lines[number].rstrip()), message, way_out)


def _backslash(complaint: Complaint) -> Problem:
    """A `\\` in double quotes that means nothing."""
    number, column = complaint.at
    found = max(complaint.lines[number].rfind("\\", 0, column + 1), 0)
    message = "a '\\' in double quotes has a meaning of its own"
    return complaint.problem((number, found), found + 1, message, "put the text in single quotes (')")


def _open_quote(complaint: Complaint) -> Problem:
    """A quote that nothing closes."""
    spot = complaint.began or complaint.at
    way_out = 'close it; if it is an apostrophe, put double quotes (") round the whole text'
    if complaint.rest(spot).startswith('"'):
        own = "a '\\'" if "\\" in complaint.rest(spot) else "it"
        way_out = f"close it; if {own} belongs to the text, put single quotes (') round the whole text"
    return complaint.problem(spot, spot[1] + 1, "a quote is opened here and never closed", way_out)


# Lines that lack their colon, hold two, or stand too far to the right or left.


def _lacking_colon(complaint: Complaint) -> Problem:
    return _lacks_colon(complaint, (complaint.began or complaint.at)[0])


def _lacks_colon(complaint: Complaint, number: int) -> Problem:
    """A line that should be `name: value`."""
    if found := complaint.slip(number):
        return found
    line, above = complaint.lines[number], complaint.above(number)
    if above is not None and re.search(r":\s*[|>][-+0-9]*\s*$", complaint.lines[above]):
        message = "this text has to be indented, since the line above ends with '|' or '>'"
        return complaint.problem((number, 0), len(line), message, _blanks(name_column(complaint.lines[above]) + 2))
    start = name_column(line)
    word = re.match(r"\S*", line[start:])
    way_out = "write 'name: value'; or, if the line continues the text above, put more spaces before it"
    if above is None:
        way_out = "write 'name: value'; or remove the line, if it is a remark for those who read the file"
    message = "there is no colon after the name in this line"
    return complaint.problem((number, start), start + len(word[0] if word else ""), message, way_out)


def _misplaced_colon(complaint: Complaint) -> Problem:
    """A colon that the parser did not expect: a second one, or a line that is taken for a text."""
    number, column = complaint.at
    line, above = complaint.lines[number], complaint.above(number)
    if found := complaint.slip(number):
        return found
    if above is None or is_named(line[:column]):
        return _second_colon(complaint)
    upper, goes_on = complaint.lines[above], _goes_on(complaint, above)
    if (found := complaint.slip(above)) and not goes_on:
        return found
    if not is_named(upper) and name_column(upper) == name_column(line) and not goes_on:
        return _lacks_colon(complaint, above)
    return _misfit(complaint, number) or _lacks_colon(complaint, above)


def _goes_on(complaint: Complaint, number: int) -> bool:
    """Whether the line goes on with the value of a line above it."""
    column = name_column(complaint.lines[number])
    head = next((line for line in reversed(complaint.lines[:number]) if is_named(line)), None)
    return head is not None and name_column(head) < column and has_value(head)


def _second_colon(complaint: Complaint) -> Problem:
    line, column = complaint.lines[complaint.at[0]], complaint.at[1]
    if not is_named(line[:column]):
        message = "there is no name before this colon, or one that is too long"
        return complaint.here(message, "put the text in quotes if this is not a name")
    value = re.split(r":\s", line, maxsplit=1)[-1]
    way_out = in_quotes(value) if value.lstrip()[:1] not in ("'", '"') else "put the whole text in one pair of quotes"
    return complaint.here("there is a second colon in this line", way_out)


def _out_of_place(complaint: Complaint) -> Problem:
    """Something that does not go on with the list or the names above it."""
    number, column = complaint.at
    if column > indent(complaint.lines[number]):
        return _behind(complaint) or _stray(complaint)
    return complaint.slip(number) or _stray_item(complaint) or _misfit(complaint, number) or _stray(complaint)


def _stray_item(complaint: Complaint) -> Problem | None:
    """A list among names, or a name among the items of a list, in the column of its fellows."""
    number, column = complaint.at
    line = complaint.lines[number]
    is_item = re.match(r"-\s", line[column:])
    if complaint.began is None or complaint.began[1] != column or bool(is_item) == complaint.is_list:
        return None
    if is_item:
        way_out = "write the list's name and a colon in a line above it, such as 'recipients:'; or remove the '- '"
        return complaint.here("an item of a list begins here, among lines that are 'name: value'", way_out)
    way_out = "begin it with '- ', or put as many spaces before it as the other lines of its record have"
    return complaint.problem(complaint.at, len(line), "this line is not part of the list above", way_out)


def _misfit(complaint: Complaint, number: int) -> Problem | None:
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
    return f"put {count or 'no'} space{'s' * (count != 1)} before it"
