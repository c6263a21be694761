"""A joint between a value and the text beside it, and what is wrong there."""

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


class Seam(NamedTuple):
    """A joint as printed: two words `before` and `after` it, as most joints are alike. `is_end`: the value is
    what stands before. `is_name`: the value is one word, or begins in emphasis or quotes.
    """

    before: str
    after: str
    is_end: bool
    is_name: bool = False

    @property
    def left(self) -> str:
        return self.before.rstrip(" ")

    @property
    def right(self) -> str:
        return self.after.lstrip(" ")

    @property
    def has_gap(self) -> bool:
        return self.before.endswith(" ") or self.after.startswith(" ")

    @property
    def side(self) -> str:
        """Where the text of the template is, as seen from the field."""
        return "behind" if self.is_end else "before"

    @property
    def end(self) -> str:
        return "end" if self.is_end else "beginning"

    def slip(self, code: str, kind: str, message: str, ways: tuple[str, str]) -> Slip:
        """The slip with its ways out, in the value and in the template."""
        words = self.before.split()[-1:] if self.is_end else self.after.split()[:1]
        shown = f"the letter would say '{around(self.before, self.after)}', {message}"
        return Slip(code, f"{code} {kind} {self.end}", shown, *ways, "".join(words), self.is_end)


def seam(text: str, at: int, is_end: bool, is_name: bool) -> Seam:
    """The joint at this place of a text."""
    start = text.rfind(" ", 0, at - 1) if at else -1
    start = text.rfind(" ", 0, start) if start > 0 else -1
    end = text.find(" ", at + 1)
    end = text.find(" ", end + 1) if end > 0 else end
    return Seam(text[start + 1 : at], text[at:end] if end > 0 else text[at:], is_end, is_name)
