"""Footnote references numbered in reading order, once, before any format is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lettergen.model import Element, Node, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lettergen.model import Footnote

NOTE_PARTS = frozenset({"subject_line", "body", "enclosures", "copies"})
_CLOSED = {"a": "a link", **{f"h{level}": "a heading" for level in range(1, 7)}}


@dataclass(eq=False, repr=False)
class Numbering:
    """Gives each note of one letter its number, in the order in which references are met.

    In a letter in two languages each half has a numbering of its own, and all of them share their `uses`:
    how often each note was referred to in each language.
    """

    language: str
    footnotes: Mapping[str, Footnote]
    unknown: Callable[[Reference], None]
    misplaced: Callable[[Reference, str], None]
    uses: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, part: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """The nodes with their references numbered."""
        return tuple(self._walk(nodes, "" if part in NOTE_PARTS else f"the {part.replace('_', ' ')}"))

    def _walk(self, nodes: tuple[Node, ...], closed: str) -> Iterator[Node]:
        for node in nodes:
            match node:
                case Reference():
                    yield self._reference(node, closed)
                case Element(tag, children, attributes) if children:
                    yield Element(tag, tuple(self._walk(children, closed or _CLOSED.get(tag, ""))), attributes)
                case _:
                    yield node

    def _reference(self, reference: Reference, closed: str) -> Reference:
        use = reference.id, self.language
        if closed:
            self.misplaced(reference, closed)
        note = self.footnotes.get(reference.id)
        if note is None or note.text_in(self.language) is None:
            self.unknown(reference)
        self.uses[use] = self.uses.get(use, 0) + 1
        return Reference(reference.id, list(self.uses).index(use) + 1, self.uses[use])
