"""What Markdown has and a letter has not, found in the text itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import TOKEN
from lettergen.problems import short

if TYPE_CHECKING:
    from collections.abc import Iterator


class Fault(NamedTuple):
    """What is wrong with a piece of Markdown: a code, and the words to find it by."""

    code: str
    words: str
    message: str
    help: str = ""


_AT = r"(?m)^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+[ \t>]*)*"  # where a block can begin
_FIELD = TOKEN.pattern.replace("(", "(?:")
DEFINITION = _AT + r"(\[\^(?P<id>[^\]]+)\]:)(?=[ ]*(?P<text>.*))"
# A sign of what is refused -> its code, what is wrong with it, and the way out. The first group is what is marked.
_REFUSED = (
    (
        DEFINITION,
        "footnote-definition",
        "a note's text belongs in footnotes.yaml, not here",
        "write it there, as '{id}: {text}'",
    ),
    (
        _AT + r"(\[(?!\^)(?:[^\[\]\\]|\\.)+\]:\s*\S+)",
        "bad-link",
        "a link cannot be written like this",
        "write [text](address) where the link is to be",
    ),
    (
        _AT + r"((?:```|~~~).*)",
        "code-block",
        "a letter cannot hold program code",
        "remove the line; two spaces at the end of a line keep its line break",
    ),
    (
        r"((?<!\S)\*\*+ [^*\n]+ \*\*+(?![\w*\"'“‘(]))",
        "stray-stars",
        "these stars would be printed: a blank parts them from the words",
        "put the stars right beside the words, or '\\' before those that are to be printed",
    ),
    (
        rf"(?m)^({_FIELD}[.)] [^\n]*[^ \\\n])\n{_FIELD}[.)] ",
        "list-number",
        "these lines would run on as one paragraph: a merge field cannot be the number of a list's item",
        "write '1.' before each item for a list, or end the lines with a backslash",
    ),
    (
        r"((?:!\[[^\]\n]*|\[(?!\^)[^\[\]\n]*\]\([^)\n]*)\[\^[^\]\s]+\])",
        "footnote-here",
        "a footnote reference cannot be used in an image or a link's address",
        "put it after the image or link",
    ),
)


def refused(text: str) -> Iterator[Fault]:
    """A fault for each thing that is not read."""
    for sign, code, message, way_out in _REFUSED:
        for found in re.finditer(sign, text):
            groups = {name: short(words) for name, words in found.groupdict().items()}
            yield Fault(code, found[1], message, way_out.format(**groups))
