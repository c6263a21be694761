"""What is wrong where a value meets the text: one shape for all checks of a letter's text."""

from __future__ import annotations

from typing import NamedTuple


class Slip(NamedTuple):
    """Something wrong at a value. `kind` tells the slips of one code apart, whatever their words; `in_value` and
    `in_template` are the ways out, by what is to blame: where one of them is empty, it is always the other. `guilty`
    is the word of the value that the caret is for: its first one, or with `is_end` its last.
    """

    code: str
    kind: str
    message: str
    in_value: str
    in_template: str
    guilty: str = ""
    is_end: bool = False


def around(before: str, after: str) -> str:
    """Two words on either side of a joint, as printed."""
    gap = " " * (before.endswith(" ") or after.startswith(" "))
    return f"{' '.join(before.split()[-2:])}{gap}{' '.join(after.split()[:2])}"
