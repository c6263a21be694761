"""Mistakes in a template that can be read: what can never work, in every branch, taken or not."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from lettergen.merge.mistakes.calls import check_call, check_filter, check_test
from lettergen.merge.mistakes.conditions import check_compared, check_condition
from lettergen.merge.mistakes.faults import Fault, Known
from lettergen.merge.mistakes.operands import (
    check_compare,
    check_escaping,
    check_file,
    check_names,
    check_output,
    check_sum,
    check_target,
)
from lettergen.merge.mistakes.tags import parsed
from lettergen.merge.outline import assigned
from lettergen.problems import Place, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lettergen.merge.environment import MergeEnvironment

    _Rule = Callable[[Any, Known], Iterator[Fault]]

_RULES: tuple[tuple[type | tuple[type, ...], _Rule], ...] = (
    (nodes.Filter, check_filter),
    (nodes.Test, check_test),
    (nodes.Call, check_call),
    ((nodes.Macro, nodes.Call, nodes.Filter), check_names),
    (nodes.Compare, check_compare),
    (nodes.BinExpr, check_sum),
    (nodes.Output, check_output),
    ((nodes.Include, nodes.Import, nodes.FromImport), check_file),
    ((nodes.Assign, nodes.AssignBlock, nodes.For), check_target),
    (nodes.EvalContextModifier, check_escaping),
    ((nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not), check_condition),
    (nodes.Compare, check_compared),
)
_LEAF = r"'[^']*'|\"[^\"]*\"|\.?\s*[\w.]+|[(\[][^{}\n]*?[)\]]"  # compiled only where something is wrong


def check_tree(environment: MergeEnvironment, source: Source, text: str, tree: nodes.Template) -> Iterator[Problem]:
    """The mistakes of a tree; a second one, with offsets, is made only if there are any."""
    is_main = source.name == f"templates/{environment.main}"
    if any(True for _ in _faults(environment, tree, is_main=is_main)):
        for fault in _faults(environment, parsed(environment, text), is_main=is_main):
            yield Problem(fault.code, fault.message, _place(source, text, fault), fault.help)


def _faults(environment: MergeEnvironment, tree: nodes.Template, *, is_main: bool) -> Iterator[Fault]:
    own = list(assigned(tree))
    macros = {macro.name: macro for macro in tree.find_all(nodes.Macro) if own.count(macro.name) == 1}
    known = Known(environment, frozenset(own), macros, is_main, set())
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        for rule in _rules(type(node)):
            yield from rule(node, known)
        waiting += node.iter_child_nodes()


@cache
def _rules(kind: type[nodes.Node]) -> tuple[_Rule, ...]:
    return tuple(rule for kinds, rule in _RULES if issubclass(kind, kinds))


def _place(source: Source, text: str, fault: Fault) -> Place:
    offset = fault.node.lineno
    start = text.rfind(fault.mark, 0, offset) if fault.back else text.find(fault.mark, offset)
    if start < 0 or not fault.mark:  # or written in pieces, with blanks between
        return source.place(*_extent(text, fault.node))
    return source.place(start, start + len(fault.mark))


def _extent(text: str, node: nodes.Node) -> tuple[int, int]:
    """From where to where a node goes whose lines are offsets."""
    inner = [node, *node.find_all(nodes.Expr)]
    starts = [one.lineno for one in inner if isinstance(one, (nodes.Name, nodes.Const))] or [node.lineno]
    ends = [one.lineno for one in inner if not isinstance(one, (nodes.BinExpr, nodes.Compare))]
    last = max(*starts, *ends)
    found = re.compile(_LEAF).match(text, last)
    return min(starts), max(found.end() if found else last + 1, min(starts) + 1)
