"""A mistake at a node of a template's tree, and what the checks of nodes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from lettergen.merge.mistakes.tags import NAMES

if TYPE_CHECKING:
    from lettergen.merge.environment import MergeEnvironment

NUMBER = "a field is text: write '| number' after it to make it a number"
GIVEN = (*NAMES, "variants")  # what every template is given


def misfit(name: str) -> str:
    """The message for a filter, macro or method that cannot work with what it is given."""
    return f"the brackets after '{name}' hold too few values, too many, or one that it cannot use"


class Fault(NamedTuple):
    """A mistake: the `mark` from the node on, or last before it (`back`), is its place; without one the node is."""

    node: nodes.Node
    message: str
    help: str
    mark: str = ""
    back: bool = False
    code: str = "template-syntax"


class Known(NamedTuple):
    """What a template's tree is checked against; `done` are nodes that belong to a mistake already named."""

    environment: MergeEnvironment
    own: frozenset[str]  # the names that it gives a value to
    macros: dict[str, nodes.Macro]
    is_main: bool
    done: set[int]


def field(node: nodes.Node, known: Known) -> str:
    """`recipient.name` as it is written, for a field of the record, the sender or the letter; else nothing."""
    match node:
        case nodes.Getattr(node=nodes.Name(name=str(owner)), attr=name) if owner in NAMES and owner not in known.own:
            return f"{owner}.{name}"
        case _:
            return ""


def is_number(node: nodes.Node) -> bool:
    """Whether it is a number as it is typed."""
    return isinstance(node, nodes.Const) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
