"""Footnote references numbered in reading order, once, before any format is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Element, Node, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lettergen.model import Footnote

NOTE_PARTS = frozenset({"subject_line", "body", "enclosures", "copies"})
_CLOSED = {"a": "a link", **{f"h{level}": "a heading" for level in range(1, 7)}}


class Met(NamedTuple):
    """A reference, and what it stands in that can hold none; empty if it is where it can be."""

    reference: Reference
    closed: str


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

    def numbers(self, references: Iterable[Met]) -> tuple[Reference, ...]:
        """The references with their numbers."""
        return tuple([self._numbered(*met) for met in references])

    def _numbered(self, reference: Reference, closed: str) -> Reference:
        use = reference.id, self.language
        if closed:
            self.misplaced(reference, closed)
        note = self.footnotes.get(reference.id)
        if note is None or note.text_in(self.language) is None:
            self.unknown(reference)
        self.uses[use] = self.uses.get(use, 0) + 1
        return Reference(reference.id, list(self.uses).index(use) + 1, self.uses[use])


def references_in(part: str, nodes: Iterable[Node]) -> tuple[Met, ...]:
    """A part's references in reading order."""
    return tuple(_references(nodes, "" if part in NOTE_PARTS else f"the {part.replace('_', ' ')}"))


def _references(nodes: Iterable[Node], closed: str) -> Iterator[Met]:
    for node in nodes:
        match node:
            case Reference():
                yield Met(node, closed)
            case Element(tag, children):
                yield from _references(children, closed or _CLOSED.get(tag, ""))


def with_numbers(nodes: tuple[Node, ...], numbered: Iterator[Reference]) -> tuple[Node, ...]:
    """The nodes with these references in place of their own."""
    return tuple([_with_numbers(node, numbered) for node in nodes])


def _with_numbers(node: Node, numbered: Iterator[Reference]) -> Node:
    match node:
        case Reference():
            return next(numbered)
        case Element(tag, children, attributes) if children:
            return Element(tag, with_numbers(children, numbered), attributes)
        case _:
            return node
