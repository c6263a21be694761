"""Conditions that come out the same in every letter, though Jinja can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from lettergen.merge.mistakes.faults import GIVEN, Fault, Known

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = (nodes.List, nodes.Tuple)
_ASK = "to ask for a variant, write '…' in variants, on both sides of 'and' and 'or'"


def check_condition(node: nodes.If | nodes.CondExpr | nodes.BinExpr | nodes.Not, _known: Known) -> Iterator[Fault]:
    """A text in quotes where a condition should be: `'a' or 'b' in variants`."""
    for side in _deciding(node):
        sides = side.items if isinstance(side, nodes.Tuple) else [side]
        words = next((text for text in map(_text, sides) if text is not None), None)
        if words is not None:
            message = f"'{words}' in quotes is text, not a condition: it is the same in every letter"
            yield Fault(side, message, _ASK)


def _deciding(node: nodes.Node) -> Iterator[nodes.Node]:
    """What has to be a condition: not the right side of `name or 'a text'`, unless that is one itself."""
    match node:
        case nodes.If(test=test) | nodes.CondExpr(test=test):
            while isinstance(test, (nodes.And, nodes.Or)):
                test = test.right
            yield test
        case nodes.Not(node=inner):
            yield inner
        case nodes.BinExpr(left=left):
            yield left


def check_compared(node: nodes.Compare, known: Known) -> Iterator[Fault]:
    """`variants == 'x'`, `['x', 'y'] in variants`, `'x' in 'variants'`."""
    left, operand = node.expr, node.ops[0]
    right = operand.expr
    given = next(filter(None, (_given(side, known) for side in (left, right))), "")
    is_in = operand.op in ("in", "notin")
    if operand.op in ("eq", "ne") and given:
        words = _text(right if _given(left, known) else left) or "…"
        way_out = f"write '{words}' in variants" if given == "variants" else f"compare one of its fields: {given}.name"
        yield Fault(node, f"'{given}' is not text, so this is the same in every letter", way_out)
    elif is_in and (_text(right) in GIVEN if _text(left) else given == "variants" and isinstance(left, _LISTS)):
        message = "this is not how to ask for a variant: it is the same in every letter"
        yield Fault(node, message, "write 'a' in variants or 'b' in variants, with no quotes round 'variants'")


def _text(node: nodes.Node) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


def _given(node: nodes.Node, known: Known) -> str:
    """The name of what every template is given, if the node is one."""
    return node.name if isinstance(node, nodes.Name) and node.name in GIVEN and node.name not in known.own else ""
