"""Fields that templates ask for by themselves, under whatever name: `{% if recipient.member %}`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHOOSING = ("selectattr", "rejectattr")
_SAME = (*_CHOOSING, "default", "d", "trim", "lower", "upper", "list", "sort", "reverse", "unique", "select", "reject")


@dataclass(eq=False, repr=False)
class Answers:
    """The paths of the fields, as in `member`, `rows[].paid`, `choices[]`; of names, the paths that they stand for."""

    asked: set[str] = field(default_factory=set)
    tested: set[int] = field(default_factory=set)  # nodes that only ask
    names: dict[str, set[str]] = field(default_factory=lambda: {"recipient": {""}})

    def see_template(self, tree: nodes.Template) -> None:
        """Go through a template; what a macro is given is known before what it does with it."""
        macros = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
        for call in tree.find_all(nodes.Call):
            macro = macros.get(getattr(call.node, "name", ""))
            for name, value in zip(macro.args, call.args, strict=False) if macro else ():
                self._bind(name, value, self.names.get(name.name, set()))
        self._see(tree, frozenset())

    def paths(self, node: nodes.Node) -> set[str]:
        """The fields that an expression may be."""
        match node:
            case nodes.Name(name=name):
                return self.names.get(name, set())
            case nodes.Getattr(node=inner, attr=word) | nodes.Getitem(node=inner, arg=nodes.Const(value=str(word))):
                return {f"{path}.{word}".lstrip(".") for path in self.paths(inner)}
            case nodes.Getitem(node=inner):
                return {f"{path}[]" for path in self.paths(inner)}
            case nodes.Filter(node=nodes.Expr() as inner, name=name) if name in _SAME:
                return self.paths(inner)
        return set()

    def _see(self, node: nodes.Node, known: frozenset[str]) -> None:
        """Whoever has compared a field with a text before knows that it holds words."""
        match node:
            case nodes.If(elif_=others, else_=last):
                for branch in (node, *others):
                    known = self._ask(branch.test, known)
                    self._see_all((branch.test, *branch.body), known)
                self._see_all(last, known)
                return
            case nodes.CondExpr(test=test) | nodes.And(left=test) | nodes.Not(node=test):
                known = self._ask(test, known)
            case nodes.For(target=target, iter=value, test=test):
                self._bind(target, value, ends="[]")
                known = self._ask(test, known) if test else known
            case nodes.Assign(target=target, node=value):
                self._bind(target, value)
            case nodes.With(targets=targets, values=values):
                for target, value in zip(targets, values, strict=True):
                    self._bind(target, value)
            case nodes.Filter(node=nodes.Expr() as rows, name=name, args=[nodes.Const(value=str(word)) as attribute]):
                if name in _CHOOSING:
                    self.asked |= {f"{path}[].{word}" for path in self.paths(rows)}
                    self.tested.add(id(attribute))
        self._see_all(node.iter_child_nodes(), known)

    def _see_all(self, found: Iterable[nodes.Node], known: frozenset[str]) -> None:
        for node in found:
            self._see(node, known)

    def _ask(self, test: nodes.Node, known: frozenset[str]) -> frozenset[str]:
        """Take what a condition asks for; return what is known of once it was asked."""
        self._skip(test)
        comparisons = [one for one in (test, *test.find_all(nodes.Compare)) if isinstance(one, nodes.Compare)]
        of_words = (
            one for one in comparisons if any(isinstance(word.value, str) for word in one.find_all(nodes.Const))
        )
        known = known.union(*(self.paths(side) for one in of_words for side in one.find_all(nodes.Expr)))
        self.asked |= set[str]().union(*map(self.paths, _leaves(test))) - known
        return known

    def _bind(self, target: nodes.Node, value: nodes.Node, paths: Iterable[str] = (), ends: str = "") -> None:
        if isinstance(target, nodes.Name):
            self.names[target.name] = {*paths, *(path + ends for path in self.paths(value))}
            if self.names[target.name]:
                self._skip(value)

    def _skip(self, node: nodes.Node) -> None:
        self.tested |= {id(inner) for inner in (node, *node.find_all(nodes.Expr))}


def _leaves(test: nodes.Node) -> Iterator[nodes.Node]:
    """What a condition is made of."""
    match test:
        case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
            yield from (*_leaves(left), *_leaves(right))
        case nodes.Not(node=inner):
            yield from _leaves(inner)
        case _:
            yield test
