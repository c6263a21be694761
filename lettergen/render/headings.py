"""What those need who hear a letter or walk it by keyboard: sound headings, and tables whose cells have one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lettergen.model import Element, Reference
from lettergen.model.tree import heard, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Node, Part

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def structured(parts: tuple[Part, ...], top: int) -> tuple[Part, ...]:
    """The parts with headings from level `top` on, none of them left out, and with headed tables."""
    above: list[int] = []  # the levels, as typed, of the headings that the next one may stand under
    return tuple(part._replace(nodes=tuple(_nodes(part.nodes, above, top))) for part in parts)


def _nodes(nodes: tuple[Node, ...], above: list[int], top: int) -> Iterator[Node]:
    for node in nodes:
        match node:
            case Element(tag) if tag in HEADINGS:
                yield from _heading(node, above, top)
            case Element("table"):
                yield _table(node)
            case Element(children=children) if children:
                yield replace(node, children=tuple(_nodes(children, above, top)))
            case _:
                yield node


def _heading(heading: Element, above: list[int], top: int) -> Iterator[Element]:
    """On the level below the nearest heading of a higher rank; one without words is none."""
    if heard(heading.children).strip():
        typed = HEADINGS.index(heading.tag)
        while above and above[-1] >= typed:
            above.pop()
        above.append(typed)
        yield replace(heading, tag=f"h{min(top + len(above) - 1, 6)}")
    elif heading.children:
        yield replace(heading, tag="p")


def _table(table: Element) -> Element:
    """With scopes; an empty corner says that the first column's cells head their rows."""
    head, *body = _rows(table)
    corner = head.children[0]
    if isinstance(corner, Element) and not heard(corner.children):
        body = [_headed(row) for row in body]
    head = replace(head, children=tuple(map(_column, head.children)))
    sections = [Element("thead", (head,))] if _says_something(head) else []
    return replace(table, children=(*sections, Element("tbody", tuple(body))))


def _rows(table: Element) -> list[Element]:
    sections = [section for section in table.children if isinstance(section, Element)]
    return [row for section in sections for row in section.children if isinstance(row, Element)]


def _column(cell: Node) -> Node:
    """The head of a column; an empty one heads nothing."""
    if not isinstance(cell, Element):
        return cell
    return _scoped(cell, "col") if _says_something(cell) else replace(cell, tag="td")


def _says_something(element: Element) -> bool:
    """Whether it has words or, at least, a note."""
    return bool(heard(element.children)) or any(isinstance(node, Reference) for node in walk(element.children))


def _headed(row: Element) -> Element:
    first, *others = row.children
    if not isinstance(first, Element) or not heard(first.children):
        return row
    return replace(row, children=(_scoped(first, "row"), *others))


def _scoped(cell: Element, scope: str) -> Element:
    return replace(cell, tag="th", attributes=(*cell.attributes, ("scope", scope)))
