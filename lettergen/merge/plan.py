"""The plan of a main document: the arms of its templates, and where its expressions stand."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from jinja2 import nodes

from lettergen.merge.outline import outline
from lettergen.model import Arm, Plan, field_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.merge.document import MainDocument
    from lettergen.merge.environment import MergeEnvironment
    from lettergen.merge.mistakes.tags import Line
    from lettergen.merge.outline import Outline
    from lettergen.merge.survey import Survey
    from lettergen.problems import Source

_OPENING = ("if", "for", "macro")
_ENDS = ("endif", "endfor", "endmacro")
_CLOSING = ("elif", "else", *_ENDS)


class ArmNode(NamedTuple):
    """An arm as the template's tree has it; `body` is what is compiled for it."""

    template: str
    kind: str
    line: int
    body: Any
    test: nodes.Node | None
    within: int | None


def arm_nodes(tree: nodes.Node, template: str, first: int) -> Iterator[ArmNode]:
    """The arms in the order of the text, to be numbered from `first`; an inline one before what it stands in ends."""
    found: list[ArmNode] = []
    _Walk(template, first, found).node(tree, None)
    return iter(found)


class _Walk(NamedTuple):
    template: str
    first: int
    found: list[ArmNode]

    def node(self, node: nodes.Node, within: int | None) -> None:
        """Takes the arms of a node and of those below it."""
        match node:
            case nodes.If():
                self._branches(node, within)
            case nodes.For():
                self._each((node.target, node.iter, node.test), within)
                self._body("for", node.lineno, node.body, node.test, within)
                self._body("else", node.lineno, node.else_, None, within)
            case nodes.Macro():
                self._each(node.defaults, within)
                self._body("macro", node.lineno, node.body, None, within)
            case nodes.CondExpr():
                self._inline(node, within)
            case _:
                self._each(node.iter_child_nodes(), within)

    def _branches(self, node: nodes.If, within: int | None) -> None:
        for kind, branch in (("if", node), *(("elif", other) for other in node.elif_)):
            self.node(branch.test, within)
            self._body(kind, branch.lineno, branch.body, branch.test, within)
        self._body("else", node.lineno, node.else_, None, within)

    def _inline(self, node: nodes.CondExpr, within: int | None) -> None:
        self.node(node.test, within)
        self.found.append(ArmNode(self.template, "inline", node.lineno, node.expr1, node.test, within))
        self.node(node.expr1, within)
        if node.expr2:
            self.found.append(ArmNode(self.template, "inline", node.lineno, node.expr2, None, within))
            self.node(node.expr2, within)

    def _body(self, kind: str, line: int, body: list[nodes.Node], test: nodes.Node | None, within: int | None) -> None:
        if body:
            number = self.first + len(self.found)
            self.found.append(ArmNode(self.template, kind, line, body, test, within))
            self._each(body, number if kind == "macro" else within)

    def _each(self, children: Any, within: int | None) -> None:  # noqa: ANN401 - as Jinja hands them over
        for child in children:
            if child is not None:
                self.node(child, within)


def plan_of(document: MainDocument, found: Survey) -> Plan:
    """The plan; for after the last merge, which has read every template that is included."""
    environment = document.environment
    prints = []
    for template, number in environment.prints:
        source, text = environment.sources[template]
        prints.append(source.place(*outline(environment, text).prints[number]))
    settings = document.settings
    used = {use.word: use for owner, use in reversed(found.fields) if owner == "recipient"}
    return Plan(
        prints=tuple(prints),
        arms=tuple(_arms(environment)),
        fields=dict(field_names(settings.fields)),
        variants=settings.variants,
        asked={name: use.place(environment) for name, use in found.variants.items()},
        uses={name: use.place(environment) for name, use in used.items()},
        named={word: word in found.printed for word in found.attributes},
    )


def _arms(environment: MergeEnvironment) -> Iterator[Arm]:
    for node in environment.arms:
        source, text = environment.sources[node.template]
        yield _arm(source, outline(environment, text), node)


def _arm(source: Source, found: Outline, node: ArmNode) -> Arm:
    variants = tuple(_variants(node.test)) if node.test else ()
    if node.kind == "inline":
        start, end = found.around(_offset(node.line))
        words = f"{'' if node.test else 'else of '}{' '.join(source.text[start:end].split())}"
        return Arm(node.kind, source.place(start, end), words, variants, within=node.within)
    index = bisect_right(found.tags, (_offset(node.body[0].lineno), 0)) - 1
    start, end = found.tags[index]
    begin = source.text.index("%}", end) + 2
    last = source.text.rfind("{%", begin, _closing(source.text, found.tags[index + 1 :]))
    words = " ".join(source.text[start:end].split())
    return Arm(node.kind, source.place(start, end), words, variants, begin, last, node.within)


def _offset(line: int) -> int:
    return cast("Line", line).offset  # as the tokens of `MergeEnvironment` have it


def _closing(text: str, tags: Iterable[tuple[int, int]]) -> int:
    """Where the words of the tag begin that ends an arm, among those that follow it."""
    depth = 0
    for start, end in tags:
        name = text[start:end].partition(" ")[0].split("\n")[0]
        if not depth and name in _CLOSING:
            return start
        depth += (name in _OPENING) - (name in _ENDS)
    return len(text)


def _variants(test: nodes.Node) -> Iterator[str]:
    """The variants that a condition names."""
    compares = [test] if isinstance(test, nodes.Compare) else test.find_all(nodes.Compare)
    for compare in compares:
        if isinstance(compare.expr, nodes.Const) and isinstance(compare.expr.value, str):
            yield compare.expr.value
