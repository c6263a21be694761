"""Brackets and quotes that are closed too early, too late or never."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.problems import Place, Related
from lettergen.yamlfile.complaint import in_quotes
from lettergen.yamlfile.scan import DEPTH, too_deep
from lettergen.yamlfile.signs import special_sign

if TYPE_CHECKING:
    from lettergen.problems import Problem
    from lettergen.yamlfile.complaint import Complaint, Spot


def comma(complaint: Complaint) -> Problem:
    """A place where a value is missing."""
    sign = complaint.rest(complaint.at)[:1]
    is_inside = complaint.is_flow
    if is_inside and _is_left_open(complaint):
        return open_bracket(complaint)
    if sign == "," and is_inside:
        end = complaint.at[1] + 1
        return complaint.problem(complaint.at, end, "there is nothing before this comma", "remove the comma")
    if sign == "-" and is_inside:
        message = "in brackets, items are separated by commas, not by '- '"
        return complaint.problem(complaint.at, complaint.at[1] + 1, message, "remove the '-'")
    if sign == ":":
        message = "there is no name before this colon"
        return complaint.problem(complaint.at, complaint.at[1] + 1, message, "write 'name: value'")
    return special_sign(complaint, complaint.at)


def open_bracket(complaint: Complaint) -> Problem:
    """A bracket that is not closed, or holds what it cannot."""
    began, at = complaint.began or complaint.at, complaint.at
    sign, found = complaint.rest(complaint.at)[:1], behind(complaint)
    if found and sign not in ("'", '"'):
        return found
    hidden = re.search(r"\s#", complaint.rest(began)) if at[0] != began[0] else None
    if hidden:
        start = began[1] + hidden.start() + 1
        message = "'#' begins a comment here, so the bracket before it is never closed"
        return complaint.problem((began[0], start), start + 1, message, "put the text with the '#' in quotes")
    if sign and sign in "]}":
        message = f"the bracket '{complaint.rest(began)[:1]}' is not closed by '{sign}'"
        return complaint.problem(at, at[1] + 1, message, "use the bracket of the same kind")
    if sign == ":" and at[0] == began[0]:
        message = "there is a second colon here, within brackets"
        return complaint.problem(at, at[1] + 1, message, "put the text with the colon in quotes")
    if at[0] == began[0] or _is_closed(complaint, began):
        message = "a comma is missing before this"
        return complaint.problem(
            at, at[1] + 1, message, "put a comma between the items, or one pair of quotes round them"
        )
    way_out = "close it, or put the text in quotes if the bracket belongs to it"
    return complaint.problem(began, began[1] + 1, "a bracket is opened here and never closed", way_out)


def too_many(complaint: Complaint) -> Problem:
    """Brackets that the parser takes for too many before it has handed out the first of them."""
    number, column = complaint.at
    known = [place for place in (complaint.last, *(one.start for one in complaint.stack)) if place]
    begin = max((place.end_column - 1 for place in known if place.end_line == number + 1), default=0)
    ahead = [at for at in range(begin, column + 1) if complaint.lines[number][at] in "[{"]
    start = ahead[: DEPTH + 1 - len(complaint.stack)][-1] + 1
    return too_deep(Place(complaint.source, number + 1, start, number + 1, start + 1))


def behind(complaint: Complaint) -> Problem | None:
    """Something that follows a closed quote or bracket in the same line; None if nothing was closed there."""
    number, column = complaint.at
    before, last = complaint.lines[number][:column].rstrip(), complaint.last
    if not before or last is None or (last.end_line, last.end_column - 1) != (number + 1, len(before)):
        return None
    if before[-1] in "]}":
        return _behind_bracket(complaint)
    return _behind_quote(complaint, last) if before[-1] in "'\"" else None


def _behind_bracket(complaint: Complaint) -> Problem:
    message = "something follows the closing bracket"
    way_out = "remove it, or put the whole text in quotes"
    return complaint.problem(complaint.at, complaint.at[1] + 1, message, way_out)


def _behind_quote(complaint: Complaint, last: Place) -> Problem:
    number, column = complaint.at
    rest, sign = complaint.rest(complaint.at), complaint.lines[number][last.end_column - 2]
    if last.line <= number:
        related = Related(
            Place(complaint.source, number + 1, last.end_column - 1, number + 1, last.end_column),
            "it is closed only here",
        )
        start = (last.line - 1, last.column - 1)
        message = "a quote is opened here, and not closed in its line"
        return complaint.problem(start, last.column, message, "close it in its line", "yaml-syntax", related)
    if rest.startswith(","):
        return complaint.problem(
            complaint.at, column + 1, "there is a comma after the closing quote", "remove the comma"
        )
    whole = complaint.lines[number][last.column - 1 :].strip()
    if sign == "'" and column == last.end_column - 1:
        message, way_out = "this apostrophe ends the text, which goes on after it", "type it twice, as in 'it''s'"
        return complaint.problem((number, column - 1), column, message, way_out)
    message = "the quote before this closes the text, but the text goes on"
    way_out = in_quotes(whole, "put the whole text in single quotes" if sign == '"' else "put the whole text in quotes")
    if complaint.is_flow:
        way_out += "; or put a comma before this, if it is another item"
    return complaint.problem(complaint.at, len(complaint.lines[number].rstrip()), message, way_out)


def _is_left_open(complaint: Complaint) -> bool:
    """Whether the list goes on in a further line because its bracket is not closed."""
    began = complaint.began or complaint.at
    is_bracket = complaint.rest(began)[:1] in ("[", "{")
    return is_bracket and began[0] < complaint.at[0] and not _is_closed(complaint, began)


def _is_closed(complaint: Complaint, began: Spot) -> bool:
    """Whether a bracket closes the one that began there; quotes are not looked at."""
    depth = 0
    rest = (complaint.rest(began), *complaint.lines[began[0] + 1 :])
    for line in rest:
        for sign in re.findall(r"[\[\]{}]", re.split(r"\s#", line, maxsplit=1)[0]):
            depth += 1 if sign in "[{" else -1
            if not depth:
                return True
    return False
