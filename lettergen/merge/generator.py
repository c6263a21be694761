"""Templates as Python, where a merge needs other code than Jinja writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from lettergen.merge.plan import arm_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable


class Generator(CodeGenerator):
    """Numbers the printed expressions, counts the turns, and keeps `~` from escaping what it joins."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        printed = (child for output in node.find_all(nodes.Output) for child in output.nodes)
        expressions = [child for child in printed if not isinstance(child, nodes.TemplateData)]
        prints, arms = self.environment.prints, self.environment.arms  # type: ignore[attr-defined]
        self.numbers = {id(child): number for number, child in enumerate(expressions, len(prints))}
        prints += ((str(self.name), number) for number in range(len(expressions)))
        found = list(arm_nodes(node, str(self.name), len(arms)))
        self.arms = {id(arm.body): number for number, arm in enumerate(found, len(arms))}
        arms += found
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        """What captures text makes merged text, of which a blank one is false."""
        super().write_commons()
        self.writeline("Markup, Macro = environment.captures")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """An included file is captured, as a macro is."""
        if not node.with_context:  # Jinja prints it straight away
            super().visit_Include(node, frame)
            return
        inner = frame.copy()
        self.buffer(inner)
        super().visit_Include(node, inner)
        self.simple_write(f"concat({inner.buffer})", frame)

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:  # noqa: N802
        """A whole number is the template's own."""
        if type(node.value) is int:
            self.write(f"environment.count({node.value})")
        else:
            super().visit_Const(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        """Without `escape`: what the environment prints is merged text."""
        self.write(f"({finalize.src}")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        self.write(f", {self.numbers.get(id(node), -1)}")
        super()._output_child_post(node, frame, finalize)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Slices too go through the environment, which keeps them from cutting a token."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.getitem(")
        self.visit(node.node, frame)
        self.write(", slice(")
        for bound in (node.arg.start, node.arg.stop, node.arg.step):
            self.visit(bound or nodes.Const(None), frame)
            self.write(", ")
        self.write("))")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.join_texts((")
        for child in node.nodes:
            self.visit(child, frame)
            self.write(", ")
        self.write("))")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        """An inline condition says which of its arms was taken."""
        arms = (node.expr1, node.expr2)
        names = [nodes.EnvironmentAttribute("took") if arm else None for arm in arms]
        first, second = (
            nodes.Call(name, [nodes.Const(self.arms[id(arm)]), arm], [], None, None) if name and arm else None
            for name, arm in zip(names, arms, strict=True)
        )
        super().visit_CondExpr(nodes.CondExpr(node.test, first, second, lineno=node.lineno), frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Every turn of a loop, call of a macro and branch is counted, so that none goes on without end."""
        arm = self.arms.get(id(nodes))
        self.writeline("environment.spend()" if arm is None else f"environment.enter({arm})")
        super().blockvisit(nodes, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        """The turns that the loop's own condition passes over count too."""
        if node.test is not None:
            turn = nodes.Call(nodes.EnvironmentAttribute("spend"), [], [], None, None)
            node.test = nodes.And(turn, node.test)
        super().visit_For(node, frame)
