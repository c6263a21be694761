"""What Markdown has and a letter has not, found in the text itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Fault(NamedTuple):
    """What is wrong with a piece of Markdown: a code, and the words to find it by."""

    code: str
    words: str
    message: str
    help: str = ""


DEFINITION = re.compile(r"^ {0,3}(\[\^[^\]]+\]:)", re.MULTILINE)
# A sign of what is refused -> its code, what is wrong with it, and the way out. The first group is what is marked.
_REFUSED = (
    (
        DEFINITION,
        "footnote-definition",
        "a note's text stands in footnotes.yaml, not here",
        "move it there",
    ),
    (
        re.compile(r"^ {0,3}(\[[^\]^][^\]]*\]:[ ]*\S+)", re.MULTILINE),
        "bad-link",
        "links of this form are not read",
        "write [text](address) where the link stands",
    ),
    (
        re.compile(r"^ {0,3}((?:```|~~~).*)", re.MULTILINE),
        "code-block",
        "a letter holds no program code",
        "remove the line; two blanks at a line's end keep its break",
    ),
    (
        re.compile(r"((?:!\[[^\]\n]*|\[(?!\^)[^\[\]\n]*\]\([^)\n]*)\[\^[^\]\s]+\])"),
        "footnote-here",
        "a footnote reference cannot stand in an image or a link's address",
        "put it behind the image or link",
    ),
)


def refused(text: str) -> Iterator[Fault]:
    """A fault for each thing that is not read."""
    for sign, code, message, way_out in _REFUSED:
        for found in sign.finditer(text):
            yield Fault(code, found[1], message, way_out)
