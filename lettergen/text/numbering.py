"""Footnote references numbered in reading order, once, before any format is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lettergen.model import Element, Node, Note, Reference
from lettergen.text.faults import Fault
from lettergen.text.filling import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lettergen.model import Footnote

NOTE_PARTS = frozenset({"subject_line", "body", "enclosures", "copies"})
_CLOSED = {"a": "a link", **{f"h{level}": "a heading" for level in range(1, 7)}}


@dataclass
class Numbering:
    """Gives each note of one letter its number, in the order in which references are met."""

    footnotes: Mapping[str, Footnote]
    unknown: Callable[[Reference], None]
    misplaced: Callable[[Reference, str], None]
    uses: dict[str, int] = field(default_factory=dict)

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
        identity = reference.id
        if closed:
            self.misplaced(reference, closed)
        if identity not in self.footnotes:
            self.unknown(reference)
        self.uses[identity] = self.uses.get(identity, 0) + 1
        return Reference(identity, list(self.uses).index(identity) + 1, self.uses[identity])

    def notes(self, language: str) -> tuple[Note, ...]:
        """The notes that were referred to, by number."""
        known = [identity for identity in self.uses if identity in self.footnotes]
        return tuple(self._note(identity, language) for identity in known)

    def _note(self, identity: str, language: str) -> Note:
        nodes = note_nodes(self.footnotes[identity], language, _ignore)
        return Note(list(self.uses).index(identity) + 1, identity, nodes, language)


def note_nodes(note: Footnote, language: str, report: Callable[[Fault], None]) -> tuple[Node, ...]:
    """A note's text: the inline nodes of its one paragraph."""
    nodes = fill(note.text, language, (), lambda fault, _: report(fault))
    if len(nodes) == 1 and isinstance(nodes[0], Element) and nodes[0].tag == "p":
        return nodes[0].children
    if note.text:
        report(Fault("bad-footnote", "", f"note '{note.id}' is not one paragraph", "write it as one paragraph"))
    return ()


def _ignore(_: Fault) -> None:
    """The notes' own faults are reported once, for the file."""
