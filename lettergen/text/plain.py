"""Plain fields that look as if their Markdown were meant to count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem, short
from lettergen.text.foreign import left_over

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lettergen.model import Draft

SHOWN = 40  # characters of what was found
_WAY_OUT = "write '| markdown' after the field in the template; if a built-in part prints it, write that part yourself"
_NO_HTML = "write it without HTML; with '| markdown' in the template, *…* is italic and **…** bold"
_NO_FIELD = "write the words themselves, or move the merge field to the template"
_REFERENCE = r"\[\^([^\]\n]+)\]"
_SIGNS = re.compile(r"[*_\[`<&{\\]")
# Texts, so that they are compiled only where such a sign is.
_MARKDOWN = (
    r"(?<![\w*])(\*{1,3})[^\s*](?:[^*]*[^\s*])?\1(?![\w*])"
    r"|(?<!\w)(_{1,2})[^\s_](?:[^_]*[^\s_])?\2(?!\w)"
    r"|!?\[[^\[\]]+\]\((?:https?:|mailto:|tel:|www\.)[^()\s]*\)"
    r"|`[^`\s][^`]*`"
)
_HTML = r"</?(?:b|i|em|strong|u|br|p|a|span|sub|sup|div|font)\b[^<>]*>|&(?:amp|lt|gt|quot|nbsp|#[0-9]+);"


def check_plain(draft: Draft, notes: Collection[str]) -> Iterator[Problem]:
    """A warning for each field that has such signs, however often it is printed."""
    if not _SIGNS.search("\n".join([token.text for token in draft.tokens])):
        return  # as in most letters
    printed = (token for token in draft.tokens if token.origin and _SIGNS.search(token.text))
    fields = {(token.origin, token.text, token.is_markdown) for token in printed if token.origin}
    for origin, text, is_markdown in sorted(fields, key=lambda field: field[0].order):
        foreign = [sign for _, sign, _ in left_over(text, draft.recipient.fields) if sign[0] != "["]
        found = [("plain-markdown", sign, "as it stands: a value holds no merge fields", _NO_FIELD) for sign in foreign]
        if not is_markdown and not foreign:
            found += _markup(text, notes)
        for code, sign, how, way_out in found:
            message = f"'{short(sign, SHOWN)}' is printed {how}"
            yield Problem(code, message, within(origin, sign), way_out, anywhere=True)


def _markup(text: str, notes: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
    """What may be meant as Markdown or HTML: the problem's code, the signs, how they are printed, the way out."""
    for found in re.finditer(_REFERENCE, text):
        if found[1] in notes:
            yield "plain-reference", found[0], "as it stands: the field is plain text", _WAY_OUT
    for pattern, way_out in ((_MARKDOWN, _WAY_OUT), (_HTML, _NO_HTML)):
        if sign := re.search(pattern, text):
            yield "plain-markdown", sign[0], "with its signs: the field is plain text", way_out


def within(place: Place, sought: str) -> Place:
    """Where the words stand in a text of a data file; the whole text if they cannot be found."""
    source = place.source
    for number in range(place.line, place.end_line + 1):
        line = source.lines[number - 1]
        first = place.column - 1 if number == place.line else 0
        last = place.end_column - 1 if number == place.end_line else len(line)
        column = line.find(sought, first, last) if sought else -1
        if column >= 0:
            return Place(source, number, column + 1, number, column + len(sought) + 1)
    return place
