"""The Jinja environment of a merge: sandboxed, its output all tokens, its mistakes noted."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from jinja2 import FunctionLoader, Template, TemplateNotFound, pass_context
from jinja2.lexer import TokenStream
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from lettergen.merge import filters, limits, sums
from lettergen.merge.generator import Generator
from lettergen.merge.mistakes.faults import GIVEN
from lettergen.merge.mistakes.tags import tokens
from lettergen.merge.numbers import NUMBERS
from lettergen.merge.patterns import Braces, fill
from lettergen.merge.printing import as_merged, joined, printed
from lettergen.merge.tokens import LEDGER, Count, Merged
from lettergen.merge.undefined import Fieldless, Missing, NoItem, Unknown, UnknownName
from lettergen.merge.white_space import bare, captured
from lettergen.model import OPEN, Fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2.environment import TemplateModule
    from jinja2.ext import Extension

    from lettergen.files import Folder
    from lettergen.merge.plan import ArmNode
    from lettergen.merge.shape import Shape
    from lettergen.problems import Problem, Source

_GLOBALS = ("dict", "cycler", "joiner", "namespace")
# Kind of value -> what it is called, and the names that may stand behind its dot. None pads, encodes or formats
# to any length; a list's are those of Jinja's loops.
_METHODS: dict[type | tuple[type, ...], tuple[str, tuple[str, ...]]] = {
    str: (
        "text",
        (
            *("upper", "lower", "title", "capitalize", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix"),
            *("split", "rsplit", "splitlines", "partition", "rpartition", "startswith", "endswith", "count", "find"),
            *("index", "isdigit", "isalpha", "isalnum", "isupper", "islower", "replace", "format"),
        ),
    ),
    (list, tuple): ("a list", ("count", "index")),
    NUMBERS: ("a number", ()),
}


@pass_context
def _finalize(_context: Context, value: object, number: int) -> Markup:
    """What is printed; with a context, so that Jinja does not print constants before any merge."""
    return as_merged(value, number)


class Asking(Context):
    """Notes which names' values a template asks for, wherever it does."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401
        """The name's value: all that comes into a template comes from here."""
        LEDGER.get().asked.add(key)
        return super().resolve_or_missing(key)


class Capturing(Macro):
    """A macro whose text is merged text."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        return Merged(super()._invoke(arguments, autoescape))


class MergeTemplate(Template):
    """A template whose module, once imported, is not kept: it holds the tokens of one merge."""

    @cached_property
    def debug_info(self) -> list[tuple[int, int]]:
        """Line of the template and line of the code, read once: each mistake asks for it."""
        return super().debug_info

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """The module with the letter's own names, so that an import needs no `with context`."""
        own = {name: ctx.parent[name] for name in GIVEN if name in ctx.parent} if ctx else {}
        return self.make_module(own)


class MergeEnvironment(ImmutableSandboxedEnvironment):
    """Templates come from the project's `templates/` and the built-in base, nowhere else."""

    code_generator_class = Generator
    context_class = Asking
    template_class = MergeTemplate

    def __init__(
        self, folder: Folder, main: str, source: tuple[Source, str], extensions: Sequence[type[Extension]] = ()
    ) -> None:
        """`main` is the main document's name; the source of a template goes with the text to be compiled."""
        super().__init__(
            autoescape=True,
            finalize=_finalize,
            undefined=UnknownName,
            keep_trailing_newline=True,  # or an included file's last word sticks to the next
            loader=FunctionLoader(self._load),
            auto_reload=False,
            extensions=extensions,
            optimized=False,  # else what is always undefined is asked before there is a letter
        )
        self.folder, self.main, self.sources = folder, main, {main: source}
        self.problems: list[Problem] = []  # of the files that templates include
        self.unreadable: set[str] = set()
        self.prints: list[tuple[str, int]] = []  # of each printed expression, the template and its number there
        self.arms: list[ArmNode] = []
        self.shapes: dict[str, tuple[Shape, list[Problem]]] = {}  # of the same
        self.filters = filters.table(self.filters)
        self.tests |= filters.tests(self.tests)
        self.tests["none"] = lambda value: value is None or isinstance(value, Missing)
        self.globals = {name: self.globals[name] for name in _GLOBALS} | {"range": limits.turns}

    def get_source(self, name: str) -> tuple[Source, str]:
        """A template's source, and the text that is compiled; raises TemplateNotFound."""
        if name in self.unreadable:
            raise TemplateNotFound(name)
        if name not in self.sources:
            self.sources[name] = self._read(name)
        return self.sources[name]

    def is_there(self, name: str) -> bool:
        """Whether there is such a file, though perhaps one that cannot be read."""
        return bool(name) and ".." not in name.split("/") and self.folder.has(f"templates/{name}")

    def names(self) -> list[str]:
        """The templates that can be included: all but the main document."""
        folder = self.folder.root / "templates"
        names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.j2")))
        return [name for name in names if name != self.main]

    def _load(self, name: str) -> tuple[str, str, None]:
        return self.get_source(name)[1], name, None

    def _read(self, name: str) -> tuple[Source, str]:
        if not self.is_there(name):
            raise TemplateNotFound(name)
        source, problems = self.folder.read_text(f"templates/{name}")
        self.problems += [problem for problem in problems if problem.code != "missing-file"]
        if source is None:
            self.unreadable.add(name)
            raise TemplateNotFound(name)
        return source, source.text

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        """Lexed once for all that looks at the text, and parsed once: lines that know their offsets."""
        stream = tokens(self, source, name, filename)
        for extension in self.iter_extensions():
            stream = TokenStream(extension.filter_stream(stream), name, filename)
        return stream

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """A name after a dot is a key, never a method of Python's."""
        if isinstance(obj, Fields):
            return self._field(obj, attribute)
        if isinstance(obj, Undefined):
            return obj[attribute]
        if isinstance(obj, Markup):
            return filters.refuse(attribute, obj)
        label, methods = next((known for kind, known in _METHODS.items() if isinstance(obj, kind)), ("", ()))
        if label and attribute not in methods:
            return Fieldless(label, attribute, methods)
        if isinstance(obj, str) and attribute in ("replace", "format"):
            return partial(filters.replace if attribute == "replace" else Braces(self).format, obj)
        found = super().getattr(obj, attribute)
        if isinstance(obj, LoopContext) and type(found) is int:
            found = Count(found)  # the turns of a loop are the template's own
        return Fieldless("", attribute, ()) if isinstance(found, Undefined) else found

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
        """The same in brackets."""
        if isinstance(obj, Fields) and isinstance(argument, (str, int)):
            return self._field(obj, str(argument))
        if isinstance(obj, Markup):
            return filters.refuse("[ ]", obj)
        found = super().getitem(obj, argument)
        if not isinstance(found, Undefined):
            return found
        return NoItem(name=str(argument) if isinstance(argument, (str, int)) else "")

    def _field(self, fields: Fields, name: str) -> Any:  # noqa: ANN401
        value = fields.get(name)
        if value is not None:
            return value
        ledger = LEDGER.get()
        label = ledger.labels.get(id(fields))
        is_of_a_record = label is None or fields is ledger.recipient.fields
        if name in fields or (is_of_a_record and name in ledger.known):
            return Missing(label or "this group of fields", name)
        names = {*fields, *ledger.known} if fields is ledger.recipient.fields else set(fields)
        return Unknown(label or "this group of fields", name, tuple(names))

    captures = (Merged, Capturing)
    concat = staticmethod(lambda pieces: captured(printed(pieces)))
    count = Count
    spend = staticmethod(limits.spend)
    enter = staticmethod(limits.enter)

    def took(self, arm: int, value: object) -> object:
        """The value of an inline condition's arm, which is noted as taken."""
        LEDGER.get().arms.add(arm)
        return value

    def join_texts(self, values: tuple[object, ...]) -> str:
        """`a ~ b`."""
        return joined(values)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """`called(…)`, in a frame that tells what it was when it fails."""
        return super().call(context, called, *args, **kwargs)

    def work_out(self, offset: int, sign: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Operators that could splice tokens apart, fill the memory, or take a text for a number."""
        merged = [side for side in (left, right) if isinstance(side, Markup)]
        if merged and sign == "+" and isinstance(left, str) and isinstance(right, str):
            return joined((left, right))
        if merged and (sign not in ("eq", "ne") or (OPEN in merged[0] and left and right)):
            return filters.refuse(sums.SIGNS.get(sign, sign), merged[0], offset)
        if sign.isalpha():
            left, right = (bare(side) if isinstance(side, Markup) else side for side in (left, right))
            return sums.compare(sign, left, right, offset)
        limits.check_operation(sign, left, right)
        if sign == "%" and isinstance(left, str) and "%" in left:
            return fill(left, right)
        return sums.result(sign, left, right, offset)
