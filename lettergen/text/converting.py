"""Markdown -> nodes: simple paragraphs at once, all else by Python-Markdown, which is loaded when it is needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lettergen.text.dates import with_dates
from lettergen.text.simple import simple

if TYPE_CHECKING:
    from lettergen.model import Node
    from lettergen.text.faults import Fault


class Converted(NamedTuple):
    """Blocks, and what is wrong with them."""

    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...]


def convert(text: str, language: str = "") -> Converted:
    """The blocks of a piece of Markdown; in some languages a date can begin a line."""
    nodes = simple(text)
    if nodes is not None:
        return Converted(nodes, ())
    text, faults = with_dates(text, language)
    converted = read(text)
    return converted._replace(faults=(*faults, *converted.faults)) if faults else converted


@lru_cache(maxsize=500)
def read(text: str) -> Converted:
    """The same by Python-Markdown, whatever the text; records may have it in common."""
    from lettergen.text import engine  # 20 ms, which few letters need

    return engine.read(text)
