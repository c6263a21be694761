"""Finished passages, each made once for all letters that have it with the same values."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lettergen.text.filling import fill
from lettergen.text.numbering import references_in, with_numbers

if TYPE_CHECKING:
    from lettergen.model import Node, Passage, Reference, Token
    from lettergen.text.faults import Fault
    from lettergen.text.numbering import Met


class Filled(NamedTuple):
    """A passage with its values, what is wrong with it and in which field, and its references."""

    passage: Passage
    nodes: tuple[Node, ...]
    faults: tuple[tuple[Fault, Token | None], ...]
    references: tuple[Met, ...]


def filled(passage: Passage, language: str) -> Filled:
    """The passage's blocks in the language, their references not numbered yet."""
    faults: list[tuple[Fault, Token | None]] = []
    nodes = fill(passage.text, language, passage.tokens, lambda fault, token: faults.append((fault, token)))
    met = references_in(passage.part, nodes) if passage.holds("[^") else ()
    return Filled(passage, nodes, tuple(faults), met)


@lru_cache(maxsize=1_000)
def remembered(passage: Passage, language: str) -> Filled:
    """The same, where other letters have the passage too."""
    return filled(passage, language)


def numbered(made: Filled, language: str, numbers: tuple[Reference, ...]) -> tuple[Node, ...]:
    """The blocks with these numbers."""
    if made.passage.tokens:
        return with_numbers(made.nodes, iter(numbers))
    return _numbered(made.passage, language, numbers)


@lru_cache(maxsize=1_000)
def _numbered(passage: Passage, language: str, numbers: tuple[Reference, ...]) -> tuple[Node, ...]:
    return with_numbers(remembered(passage, language).nodes, iter(numbers))
