"""The Jinja environment of a merge: sandboxed, its output all tokens, its mistakes noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import FunctionLoader, Template, TemplateNotFound, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from lettergen.merge import filters
from lettergen.merge.noting import NAMES
from lettergen.merge.printing import as_merged, joined
from lettergen.merge.tokens import LEDGER
from lettergen.merge.undefined import Missing, Unknown, UnknownName
from lettergen.model import Fields

if TYPE_CHECKING:
    from jinja2.environment import TemplateModule

    from lettergen.files import Folder
    from lettergen.problems import Problem, Source

LONGEST = 100_000  # characters that a repetition may make
_GLOBALS = ("range", "dict", "cycler", "joiner", "namespace")


class _Generator(CodeGenerator):
    """Numbers the printed expressions, and keeps `~` from escaping what it joins."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self.numbers: dict[int, int] = {}
        for output in node.find_all(nodes.Output):
            for child in output.nodes:
                if not isinstance(child, nodes.TemplateData):
                    self.numbers[id(child)] = len(self.numbers)
        super().visit_Template(node, frame)

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


@pass_context
def _finalize(_context: Context, value: object, number: int) -> Markup:
    """What is printed; with a context, so that Jinja does not print constants before any merge."""
    return as_merged(value, number)


class MergeTemplate(Template):
    """A template whose module, once imported, is not kept: it holds the tokens of one merge."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """The module with the letter's own names, so that an import needs no `with context`."""
        own = {name: ctx.parent[name] for name in NAMES if name in ctx.parent} if ctx else {}
        return self.make_module(own)


class MergeEnvironment(ImmutableSandboxedEnvironment):
    """Templates come from the project's `templates/` and the built-in base, nowhere else."""

    code_generator_class = _Generator
    template_class = MergeTemplate
    intercepted_binops = frozenset({"+", "*", "%", "**"})

    def __init__(self, folder: Folder, main: str, source: tuple[Source, str]) -> None:
        """`main` is the main document's name; the source of a template goes with the text to be compiled."""
        super().__init__(
            autoescape=True,
            finalize=_finalize,
            undefined=UnknownName,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,  # or an included file's last word sticks to the next
            loader=FunctionLoader(self._load),
            auto_reload=False,
        )
        self.folder, self.main, self.sources = folder, main, {main: source}
        self.problems: list[Problem] = []  # of the files that templates include
        self.filters = filters.table(self.filters)
        self.tests["none"] = lambda value: value is None or isinstance(value, Missing)
        self.globals = {name: self.globals[name] for name in _GLOBALS}

    def get_source(self, name: str) -> tuple[Source, str]:
        """A template's source, and the text that is compiled; raises TemplateNotFound."""
        if name not in self.sources:
            self.sources[name] = self._read(name)
        return self.sources[name]

    def names(self) -> list[str]:
        """The templates that can be included: all but the main document."""
        folder = self.folder.root / "templates"
        names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.j2")))
        return [name for name in names if name != self.main]

    def _load(self, name: str) -> tuple[str, str, None]:
        return self.get_source(name)[1], name, None

    def _read(self, name: str) -> tuple[Source, str]:
        if ".." in name.split("/"):
            raise TemplateNotFound(name)
        source, problems = self.folder.read_text(f"templates/{name}")
        self.problems += [problem for problem in problems if problem.code != "missing-file"]
        if source is None:
            raise TemplateNotFound(name)
        return source, source.text

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """A name after a dot is a key, never a method of Python's."""
        if isinstance(obj, Fields):
            return self._field(obj, attribute)
        if isinstance(obj, Undefined):
            return obj[attribute]
        if isinstance(obj, Markup):
            return filters.refuse(attribute, obj)
        kind, label = (str, "a text") if isinstance(obj, str) else (tuple, "a list")
        found = super().getattr(obj, attribute) if not isinstance(obj, kind) or hasattr(kind, attribute) else None
        return Unknown(label, attribute, ()) if found is None or isinstance(found, Undefined) else found

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
        """The same in brackets."""
        if isinstance(obj, Fields):
            return self._field(obj, str(argument))
        if isinstance(obj, Markup):
            return filters.refuse("[ ]", obj)
        found = super().getitem(obj, argument)
        return Unknown("this list", str(argument), ()) if isinstance(found, Undefined) else found

    def _field(self, fields: Fields, name: str) -> Any:  # noqa: ANN401
        value = fields.get(name)
        if value is not None:
            return value
        ledger = LEDGER.get()
        label = ledger.labels.get(id(fields))
        is_of_a_record = label is None or fields is ledger.recipient.fields
        if name in fields or (is_of_a_record and name in ledger.known):
            return Missing(label or "the mapping", name)
        names = {*fields, *ledger.known} if fields is ledger.recipient.fields else set(fields)
        return Unknown(label or "the mapping", name, tuple(names))

    def join_texts(self, values: tuple[object, ...]) -> str:
        """`a ~ b`."""
        return joined(values)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Operators that could splice tokens apart, or fill the memory."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return joined((left, right))
        if isinstance(left, Markup) or isinstance(right, Markup):
            return filters.refuse(operator, left if isinstance(left, Markup) else right)
        sizes = [len(side) for side in (left, right) if isinstance(side, (str, list, tuple))]
        counts = [side for side in (left, right) if isinstance(side, int)]
        if operator == "*" and sizes and counts and sizes[0] * counts[0] > LONGEST:
            message = f"this repetition is longer than {LONGEST:,} characters"
            raise ValueError(message)
        if operator == "**" and counts and max(map(abs, counts)) > LONGEST:
            message = "this power is too large for a letter"
            raise ValueError(message)
        return super().call_binop(context, operator, left, right)
