"""Signs that cannot begin a text, or have a meaning of their own within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.yamlfile.complaint import in_quotes

if TYPE_CHECKING:
    from lettergen.problems import Problem
    from lettergen.yamlfile.complaint import Complaint, Spot

NO_MERGE_FIELD = "text here cannot begin with '{{': data files hold no merge fields"
OUT_OF_DATA = "move the merge field to the template; or put the text in quotes, if the braces are to be printed"
JINJA = re.compile(r"\{[{%#].*?[}%#]\}|\{[{%#]")


def merge_field(complaint: Complaint) -> Problem | None:
    """A merge field where a value should begin."""
    for number, column in filter(None, (complaint.began, complaint.at)):
        line = complaint.lines[number]
        found = JINJA.search(line, max(0, column - 1)) if line[max(0, column - 1) : column + 2].count("{") else None
        if found and found.start() <= column + 1:
            message = NO_MERGE_FIELD.replace("{{", found[0][:2])
            return complaint.problem((number, found.start()), found.end(), message, OUT_OF_DATA, "jinja-in-data")
    return None


def special_sign(complaint: Complaint, spot: Spot) -> Problem:
    """A sign that cannot begin a text."""
    sign, rest = complaint.rest(spot)[:1], complaint.rest(spot)
    if sign == "\t":
        return complaint.problem(spot, spot[1] + 1, "there is a tab here", "delete it, and type a space")
    if not sign.strip():
        return unreadable(complaint)
    code = "yaml-tag" if sign == "!" else "yaml-syntax"
    return complaint.problem(spot, spot[1] + 1, f"text cannot begin with '{sign}'", in_quotes(rest), code)


def backslash(complaint: Complaint) -> Problem:
    """A `\\` in double quotes that means nothing."""
    line, (number, column) = complaint.lines[complaint.at[0]], complaint.at
    found = max(line.rfind("\\", 0, column + 1), 0)
    message = "a '\\' in double quotes has a meaning of its own"
    return complaint.problem((number, found), found + 1, message, "put the text in single quotes (')")


def open_quote(complaint: Complaint) -> Problem:
    """A quote that nothing closes."""
    spot = complaint.began or complaint.at
    line = complaint.lines[spot[0]].rstrip()
    if complaint.rest(spot).startswith('"') and line.endswith('\\"') and len(line) > spot[1] + 1:
        message = "the '\\' before the last quote keeps it from closing the text"
        return complaint.problem((spot[0], len(line) - 2), len(line), message, "put the text in single quotes (')")
    way_out = 'close it; if it is an apostrophe, put double quotes (") round the whole text'
    if complaint.rest(spot).startswith('"'):
        way_out = "close it; if it belongs to the text, put single quotes (') round the whole text"
    return complaint.problem(spot, spot[1] + 1, "a quote is opened here and never closed", way_out)


def unreadable(complaint: Complaint) -> Problem:
    """Where nothing better is known."""
    message = "this cannot be read as 'name: value'"
    way_out = "put the text in quotes, and see whether a quote or a bracket of the lines above is not closed"
    return complaint.problem(complaint.at, complaint.at[1] + 1, message, way_out)
