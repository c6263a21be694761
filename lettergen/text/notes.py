"""The notes' own text: as a letter prints it, and what is wrong with it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.model import Element, Node, Note, Reference
from lettergen.model.tree import walk
from lettergen.problems import Problem
from lettergen.text.faults import Fault
from lettergen.text.filling import fill
from lettergen.text.plain import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lettergen.model import Footnote, Text


def numbered_notes(uses: Iterable[tuple[str, str]], footnotes: Mapping[str, Footnote]) -> Iterator[Note]:
    """The notes that were referred to, by number."""
    for number, (identity, language) in enumerate(uses, 1):
        text = footnotes[identity].text_in(language) if identity in footnotes else None
        if text is not None:
            yield _note(number, identity, text, language)


@lru_cache(maxsize=1_000)
def _note(number: int, identity: str, text: Text, language: str) -> Note:
    return Note(number, identity, note_nodes(identity, text, language, _ignore), language)


def note_nodes(identity: str, text: Text, language: str, report: Callable[[Fault], None]) -> tuple[Node, ...]:
    """A note's text: the inline nodes of its one paragraph."""
    nodes = fill(text, language, (), lambda fault, _: report(fault))
    if len(nodes) == 1 and isinstance(nodes[0], Element) and nodes[0].tag == "p":
        return nodes[0].children
    if text:
        report(Fault("bad-footnote", "", f"note '{identity}' is not one paragraph", "write it as one paragraph"))
    return ()


def _ignore(_: Fault) -> None:
    """The notes' own faults are reported once, for the file."""


def check_footnotes(footnotes: Mapping[str, Footnote]) -> Iterator[Problem]:
    """Problems of the notes' own text."""
    for note in footnotes.values():
        for text in note.texts.values():
            yield from _check_note(note.id, text)


def _check_note(identity: str, text: Text) -> Iterator[Problem]:
    faults: list[Fault] = []
    nodes = note_nodes(identity, text, "", faults.append)
    for fault in faults:
        yield Problem(fault.code, fault.message, within(text.place, fault.words), fault.help)
    for node in walk(nodes):
        if isinstance(node, Reference):
            message = f"note '{identity}' refers to note '{node.id}'; a note cannot refer to another"
            place = within(text.place, f"[^{node.id}]")
            yield Problem("bad-footnote", message, place, "name that source in words")
