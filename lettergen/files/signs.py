"""The signs that no file may hold, and the line ends of other systems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.problems import Source

# Control characters (those that turn the direction of text too), line ends of other systems, surrogates and
# the private-use characters of tokens.
UNPRINTABLE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff]"
)
_LOST = "\ufffd"  # what programs write for a character that they could not read


def plain_lines(text: str) -> str:
    """The text with `\\n` as its line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def unprintable(source: Source, text: str, first: int = 0) -> Iterator[Problem]:
    """A problem for each such character of the text, at its place in the source, where it is a blank; a warning for
    each that was lost.

    `first` is how many lines of the source come before the text.
    """
    for found in re.finditer(f"{UNPRINTABLE.pattern}|{_LOST}", text):
        line, column = (
            first + 1 + text.count("\n", 0, found.start()),
            found.start() - text.rfind("\n", 0, found.start()),
        )
        yield of_sign(found[0], Place(source, line, column, line, column + 1))


def of_sign(sign: str, place: Place) -> Problem:
    """What there is to say of such a character."""
    if sign == _LOST:
        message = "a program could not read the character that stood here"
        return Problem("damaged-value", message, place, "write it anew", anywhere=True)
    message = f"there is a character here that cannot be printed (U+{ord(sign):04X})"
    way_out = "delete it; it is often left over from copying out of another program"
    return Problem("control-character", message, place, way_out, anywhere=True)
