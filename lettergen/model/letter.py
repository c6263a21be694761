"""Records, settings, notes, and the finished letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model.values import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from lettergen.model.layout import Fit, Layout
    from lettergen.model.tree import Node
    from lettergen.model.values import Fields, Text
    from lettergen.problems import Place

PARTS = (
    "letterhead",
    "date_line",
    "inside_address",
    "reference_line",
    "salutation",
    "subject_line",
    "body",
    "complimentary_close",
    "signature_block",
    "enclosures",
    "copies",
)
# The keys of a record that lettergen knows; any other is a merge field of the author's own.
STANDARD_KEYS = (
    "id",
    "name",
    "role",
    "address",
    "salutation",
    "language",
    "variants",
    "date",
    "reference",
    "subject",
    "closing",
    "enclosures",
    "copies",
)


@dataclass(frozen=True)
class Recipient:
    """One record: its fields as a template sees them, and what it says about its own letter.

    What is None or empty is left to the front matter.
    """

    id: str
    place: Place
    fields: Fields
    variants: tuple[str, ...] = ()
    language: str | None = None
    date: date | None = None

    @property
    def name(self) -> str:
        return one_line(str(self.fields.get("name") or ""))


class Settings(NamedTuple):
    """The main document's front matter; `is_read` unless nothing could be made of it."""

    fields: Fields
    date: date
    language: str
    variants: Mapping[str, Text]
    sender: Fields
    layout: Layout
    place: Place
    is_read: bool


class Footnote(NamedTuple):
    """A note as it stands in `footnotes.yaml`."""

    id: str
    text: Text
    place: Place


class Part(NamedTuple):
    """A named piece of a letter; its nodes are blocks."""

    name: str
    nodes: tuple[Node, ...]
    language: str


class Note(NamedTuple):
    """A numbered note of one letter: one paragraph of inline nodes."""

    number: int
    id: str
    nodes: tuple[Node, ...]
    language: str


class Letter(NamedTuple):
    """A finished letter: nothing is left to decide but the format.

    With a preset, `fit` is how the address stands in the window, and `return_line` the sender in one line above it.
    """

    id: str
    name: str
    language: str
    title: str
    long_date: str
    variants: tuple[str, ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    fit: Fit | None = None
    return_line: str = ""
