"""A letter whose every word says where it comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model.draft import TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model.letter import Letter
    from lettergen.model.tree import Node
    from lettergen.problems import Place, Source


class Spot(NamedTuple):
    """A character of a template."""

    source: Source
    offset: int

    @property
    def place(self) -> Place:
        return self.source.place(self.offset, self.offset)


class Trace(NamedTuple):
    """A sign or token of merged text, and where it stands: last in its own template, before that where this was
    included or its macro called, outermost first.
    """

    text: str
    spots: tuple[Spot, ...]


class Key(NamedTuple):
    """What is said of a value or of marked text: `name` is the field, the expression or the tag, `place` where that
    stands, `printed` the template's line that prints a value. `kind` is one of `KINDS`; `note` says more.
    """

    kind: str
    name: str
    place: str = ""
    printed: str = ""
    note: str = ""

    def said(self, file: str) -> str:
        """What follows the name, where the passage is from `file`: `recipients.yaml:15; printed by line 64`."""
        how = {
            "computed": "computed",
            "date": "given by --date",
            "word": "built in for the letter's language",
            "from": f"text of {self.place}",
            "defaults": f"{self.place} (defaults)",
        }
        line = self.printed.removeprefix(f"{file}:")
        line = self.printed if line == self.printed else f"line {line}"
        by = f"in {line}" if self.kind == "from" else f"printed by {line}" if self.printed not in ("", file) else ""
        return "; ".join(filter(None, (how.get(self.kind, self.place), self.note, by)))


SIGN = re.compile(rf"{TOKEN.pattern}|\S")  # of merged text
# Kind -> what the legend says of it.
KINDS = {
    "record": "from the record",
    "defaults": "from the defaults of the data file",
    "settings": "from the settings at the top of the template",
    "word": "built-in word",
    "date": "given by --date",
    "computed": "computed by the template",
    "arm": "stands here because of a variant or condition",
    "from": "from a macro, another file or a text that was set",
}
CONDITIONS = ("arm", "from")  # these mark text, the others values


class Explained(NamedTuple):
    """A passage: its blocks with what they are made of in elements `mark`, whose attribute `key` is the number of
    one of its `keys` (from 1), and its words in elements `line`, whose attribute `at` is that of the template.

    The whole of it stands there because of `because`, and comes from the `lines` of `file`.
    """

    part: str
    language: str
    nodes: tuple[Node, ...]
    keys: tuple[Key, ...]
    because: tuple[Key, ...]
    file: str
    lines: str


class Explanation(NamedTuple):
    """The letter, its passages, and the place of each of its notes by number."""

    letter: Letter
    passages: tuple[Explained, ...]
    notes: Mapping[int, str]
