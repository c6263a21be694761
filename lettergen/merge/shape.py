"""What can be said of a template without merging it: its parts, and the variants it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from lettergen.merge.outline import line_of
from lettergen.model import PARTS
from lettergen.problems import Place, Problem, Source, near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

_SILENT = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport, nodes.Block)
_BODY = "put it between {% block body %} and {% endblock %}"


class Shape(NamedTuple):
    """Offsets of each part in the file; the variants asked for and the templates used, with their lines."""

    parts: dict[str, tuple[int, int]]
    asked: dict[str, int]
    uses: dict[str, int]
    tree: nodes.Template


def read_shape(environment: Environment, source: Source, text: str) -> tuple[Shape, list[Problem]]:
    """The shape of a template's text; any problem means that it cannot be merged, taken or not."""
    try:
        tree = environment.parse(text, source.name.removeprefix("templates/"))
    except TemplateSyntaxError as error:
        return Shape({}, {}, {}, nodes.Template([])), [syntax_problem(environment, source, error)]
    except RecursionError:
        return Shape({}, {}, {}, nodes.Template([])), [too_deep(source)]
    asked = dict(reversed(list(_asked(tree))))
    shape = Shape(_Reader(source, text, tree).offsets(), asked, dict(_uses(tree)), tree)
    return shape, list(_unknown_filters(environment, source, tree))


def check_parts(source: Source, text: str, shape: Shape) -> Iterator[Problem]:
    """What stands where a main document cannot print it."""
    yield from _Reader(source, text, shape.tree).problems()


# What Jinja's message contains -> what we say, and the way out.
_WORDS = {
    "unknown tag 'endblock'": (
        "a condition or loop of this part is not closed",
        "write {% endif %} or {% endfor %} before this line",
    ),
    "Unexpected end of template": ("a part, a condition or a loop is not closed", "write its {% end… %} line"),
    "defined twice": ("this part stands twice in the file", "put what it says into one of the two"),
    "Missing end of": ("this comment or raw text is not closed", "close it"),
}


def syntax_problem(environment: Environment, source: Source, error: TemplateSyntaxError) -> Problem:
    """Jinja's complaint with its place, in words of ours where it is a common one."""
    message = (error.message or "this is no template").rstrip(".")
    found = next((words for sign, words in _WORDS.items() if sign in message), (message, ""))
    name = message.split("'")[1] if message.startswith("No ") and "'" in message else ""
    if name:
        return unknown_filter(environment, source, name, error.lineno)
    return Problem("template-syntax", found[0], line_of(source, error.lineno), found[1])


def too_deep(source: Source) -> Problem:
    """A template that is nested deeper than Python can follow."""
    return Problem("too-deep", "conditions or brackets are nested too deep", source.whole(), "use fewer levels")


def unknown_filter(environment: Environment, source: Source, name: str, line: int) -> Problem:
    """A filter or test that does not exist, with a near name."""
    place = line_of(source, line)
    column = source.lines[place.line - 1].find(name) + 1
    place = Place(source, place.line, column, place.line, column + len(name)) if column else place
    way_out = near(name, {*environment.filters, *environment.tests})
    return Problem("template-syntax", f"there is no filter '{name}'", place, way_out)


@dataclass
class _Reader:
    source: Source
    text: str
    tree: nodes.Template

    def offsets(self) -> dict[str, tuple[int, int]]:
        """Where each part begins and ends."""
        starts = sorted((self._offset(block.lineno), block.name) for block in self.tree.find_all(nodes.Block))
        ends = [*(start for start, _ in starts[1:]), len(self.text)]
        return {name: (start, end) for (start, name), end in zip(starts, ends, strict=False)}

    def problems(self) -> Iterator[Problem]:
        """What stands where it cannot be printed."""
        has_parts = next(self.tree.find_all(nodes.Block), None) is not None
        for node in self.tree.body:
            if isinstance(node, nodes.Extends):
                message = "a main document extends the built-in one by itself"
                yield Problem(
                    "own-extends", message, line_of(self.source, node.lineno), "remove it; {% include %} shares text"
                )
            elif isinstance(node, nodes.Output):
                yield from self._stray(node, has_parts=has_parts)
            elif isinstance(node, nodes.Block):
                yield from self._block(node)
            elif not isinstance(node, _SILENT):
                yield from self._statement(node, has_parts=has_parts)
        if not has_parts and not self.text.strip():
            yield Problem(
                "empty-file", "there is no part in this template", self.source.whole(), "write a body: " + _BODY
            )

    def _block(self, block: nodes.Block) -> Iterator[Problem]:
        for inner in (block, *block.find_all(nodes.Block)):
            if inner.name not in PARTS:
                place = self._name_place(inner)
                yield Problem("unknown-part", f"a letter has no part '{inner.name}'", place, near(inner.name, PARTS))
            elif inner is not block:
                message = f"part '{inner.name}' stands inside another part"
                yield Problem("conditional-part", message, self._name_place(inner), "put it after the other's endblock")

    def _statement(self, node: nodes.Node, *, has_parts: bool) -> Iterator[Problem]:
        for block in node.find_all(nodes.Block):
            message = f"part '{block.name}' stands under a condition or loop"
            way_out = "put the condition inside the part: an empty part prints nothing"
            yield Problem("conditional-part", message, self._name_place(block), way_out)
        if next(node.find_all(nodes.Block), None) is None:
            for output in node.find_all(nodes.Output):
                yield from self._stray(output, has_parts=has_parts)
            if isinstance(node, nodes.Include):
                message = "what is included here stands outside every part: it would not be printed"
                yield Problem("text-outside-part", message, line_of(self.source, node.lineno), _BODY)

    def _stray(self, output: nodes.Output, *, has_parts: bool) -> Iterator[Problem]:
        for node in output.nodes:
            words = node.data.strip().split("\n")[0] if isinstance(node, nodes.TemplateData) else ""
            if isinstance(node, nodes.TemplateData) and not words:
                continue
            start = self.text.find(words, self._offset(output.lineno)) if words else -1
            place = self.source.place(start, start + len(words)) if start >= 0 else line_of(self.source, node.lineno)
            message = "this text stands outside every part: it would not be printed"
            yield Problem("text-outside-part", message, place, "put it inside a part" if has_parts else _BODY)
            return

    def _name_place(self, block: nodes.Block) -> Place:
        start = self.text.find(block.name, self._offset(block.lineno))
        return self.source.place(start, start + len(block.name))

    def _offset(self, line: int) -> int:
        return self.source.offset(line)


def _unknown_filters(environment: Environment, source: Source, tree: nodes.Template) -> Iterator[Problem]:
    """Of every branch, taken or not."""
    known = ((nodes.Filter, environment.filters), (nodes.Test, environment.tests))
    for kind, names in known:
        for node in tree.find_all(kind):
            name = getattr(node, "name", "")
            if name not in names:
                yield unknown_filter(environment, source, name, node.lineno)


def _uses(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The names of the templates that this one includes or imports, unless they may be missing."""
    for kind in (nodes.Include, nodes.Import, nodes.FromImport):
        for node in tree.find_all(kind):
            name = getattr(node, "template", None)
            is_needed = not getattr(node, "ignore_missing", False)
            if is_needed and isinstance(name, nodes.Const) and isinstance(name.value, str):
                yield name.value, node.lineno


def _asked(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Each string left of `in variants`, with its line."""
    for compare in tree.find_all(nodes.Compare):
        names = [operand.expr for operand in compare.ops if operand.op in ("in", "notin")]
        is_variants = any(isinstance(name, nodes.Name) and name.name == "variants" for name in names)
        if is_variants and isinstance(compare.expr, nodes.Const) and isinstance(compare.expr.value, str):
            yield compare.expr.value, compare.lineno
