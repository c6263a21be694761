"""Headings without a gap between their levels, as those who read by ear go by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Node, Part

_HEADING = re.compile(r"h([1-6])")


def levelled(parts: tuple[Part, ...], first: int) -> tuple[Part, ...]:
    """The parts with headings that begin at level `first` and go down one at a time."""
    outline: list[int] = []  # the levels, as typed, of the headings that the next one can stand under
    return tuple(part._replace(nodes=tuple(_levelled(part.nodes, outline, first))) for part in parts)


def _levelled(nodes: tuple[Node, ...], outline: list[int], first: int) -> Iterator[Node]:
    for node in nodes:
        if not isinstance(node, Element):
            yield node
            continue
        found = _HEADING.fullmatch(node.tag)
        if found:
            level = int(found[1])
            outline[:] = [above for above in outline if above < level] + [level]
            yield Element(f"h{min(first + len(outline) - 1, 6)}", node.children, node.attributes)
        else:
            yield Element(node.tag, tuple(_levelled(node.children, outline, first)), node.attributes, node.origin)
