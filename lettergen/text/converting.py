"""Markdown -> nodes: simple paragraphs at once, all else by Python-Markdown, which is loaded when it is needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lettergen.text.simple import simple

if TYPE_CHECKING:
    from lettergen.model import Node
    from lettergen.text.faults import Fault

KEPT = 2_000  # texts that are remembered: more than any letter has paragraphs in all its variants


class Converted(NamedTuple):
    """Blocks, and what is wrong with them."""

    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...]


@lru_cache(maxsize=KEPT)
def convert(text: str) -> Converted:
    """The blocks of a piece of Markdown. Letters share paragraphs: each is read once."""
    nodes = simple(text)
    if nodes is None:
        from lettergen.text.engine import read  # 20 ms, which few letters need

        return read(text)
    return Converted(nodes, ())
