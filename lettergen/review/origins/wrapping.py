"""What has the same reason to stand in a letter, put together into one mark."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from lettergen.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.model import Node

_CLOSED = frozenset({"ul", "ol", "table", "thead", "tbody", "tr"})  # only their own kind may stand in them
_LEAVES = ("line", "mark")


def wrapped(nodes: Sequence[Node], depth: int = 0) -> Iterator[Node]:
    """The nodes, each run of the same reason in an element `mark`, in which those of the next depth are."""
    pairs = zip(_keys(nodes, depth), nodes, strict=True)
    for key, run in groupby(pairs, key=lambda pair: pair[0]):
        members = tuple(node for _, node in run)
        if key:
            yield Element("mark", tuple(wrapped(members, depth + 1)), (("key", key),))
        else:
            yield from (_inside(node, depth) for node in members)


def _inside(node: Node, depth: int) -> Node:
    if not isinstance(node, Element):
        return node
    if node.tag in _LEAVES:
        return replace(node, attributes=tuple(pair for pair in node.attributes if pair[0] != "because"))
    if node.tag in _CLOSED:
        return replace(node, children=tuple(_inside(child, depth) for child in node.children))
    return replace(node, children=tuple(wrapped(node.children, depth)))


def _keys(nodes: Sequence[Node], depth: int) -> list[str]:
    """The reason of each node at this depth; what is no text goes with what is on both sides of it."""
    found = [_reasons(node) for node in nodes]
    keys = [None if each is None else "".join(each[depth : depth + 1]) for each in found]
    before = list(_filled(keys))
    behind = list(_filled(keys[::-1]))[::-1]
    return [one if one == other else "" for one, other in zip(before, behind, strict=True)]


def _filled(keys: Sequence[str | None]) -> Iterator[str]:
    last = ""
    for key in keys:
        last = last if key is None else key
        yield last


def _reasons(node: Node) -> list[str] | None:
    """Those that all text of the node has, the outermost first; None without text."""
    if not isinstance(node, Element):
        return None
    if node.tag in _LEAVES:
        return node.get("because").split()
    inner = [each for each in map(_reasons, node.children) if each is not None]
    if not inner:
        return None
    same = takewhile(lambda each: len(set(each)) == 1, zip(*inner, strict=False))  # to the end of the shortest
    return [each[0] for each in same]
