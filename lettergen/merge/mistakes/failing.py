"""Where reading a template failed, and what is found to be wrong there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lettergen.merge.mistakes.tags import StoppedError

if TYPE_CHECKING:
    from lettergen.merge.mistakes.tags import Lexeme, Tag

ENDINGS = ("variable_end", "block_end")
_RUN = re.compile(r"[^\w\s'\"()\[\]{}.]+")
USAGE = {
    "if": "{% if recipient.role %}",
    "elif": "{% elif recipient.role %}",
    "else": "{% else %}",
    "for": "{% for line in recipient.address %}",
    "set": "{% set word = 'text' %}",
    "block": "{% block body %}",
    "include": "{% include 'other.md.j2' %}",
    "from": "{% from 'other.md.j2' import thanks %}",
}


class Finding(NamedTuple):
    """A mistake in words for the template's author; offsets of its place, and of what it should close."""

    message: str
    help: str
    start: int
    end: int
    opened: tuple[int, int] | None = None
    is_local: bool = True  # the rest can be read without this tag


@dataclass(frozen=True)
class Failure:
    """Where Jinja stops, what it wanted there if that is certain, and what it had read: the tag under way, and those
    that wait for their end.
    """

    text: str
    wanted: str
    offset: int
    tag: Tag
    read: list[Lexeme]
    opened: list[Tag]

    @cached_property
    def inside(self) -> list[Lexeme]:
        """What was read of the tag before the place, without its opening and blanks."""
        first = self.tag.start + 2
        return [one for one in self.read if first <= one.start < self.offset and one.kind != "whitespace"]

    @cached_property
    def got(self) -> Lexeme | None:
        """What stands at the place, if Jinja could read it."""
        return next((one for one in self.read if one.start == self.offset), None)

    @property
    def last(self) -> str:
        """What was read last before the place."""
        return self.inside[-1].value if self.inside else ""

    @cached_property
    def shown(self) -> str:
        """What stands at the place."""
        return self.got.value if self.got and self.got.value.strip() else self.text[self.offset : self.offset + 1]

    @property
    def is_at_end(self) -> bool:
        """Whether the file ends before the tag does."""
        return self.wanted == StoppedError.LAST_TAG

    @property
    def run(self) -> tuple[int, int]:
        """The signs in a row around the place."""
        runs = (found.span() for found in _RUN.finditer(self.text, self.tag.start + 2, self.tag.end))
        return next((run for run in runs if run[0] <= self.offset < run[1]), (self.offset, self.offset))

    @property
    def usage(self) -> str:
        """A way out for a tag that is not written as it should be."""
        if self.tag.opening == "{{":
            return "write one field between '{{' and '}}': {{ recipient.name }}"
        return (
            f"it is written like this: {USAGE[self.tag.name]}"
            if self.tag.name in USAGE
            else "complete the tag, or remove it"
        )

    def here(self, message: str, way_out: str) -> Finding:
        """A finding at the place itself."""
        return Finding(message, way_out, self.offset, self.offset + max(1, len(self.shown)))

    def at_tag(self, message: str, way_out: str) -> Finding:
        """A finding about the whole tag."""
        return Finding(message, way_out, self.tag.start, self.tag.end)

    def at_last(self, message: str, way_out: str) -> Finding:
        """A finding at what was read last."""
        last = self.inside[-1]
        return Finding(message, way_out, last.start, last.end)
