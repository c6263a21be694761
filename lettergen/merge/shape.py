"""What can be said of a template without merging it: its parts, and the variants it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from lettergen.merge.mistakes.checks import check_tree
from lettergen.merge.mistakes.leftovers import check_text
from lettergen.merge.mistakes.parts import offsets_of_parts
from lettergen.merge.mistakes.tags import PAIRED
from lettergen.merge.outline import line_of
from lettergen.problems import Problem, Related, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.merge.environment import MergeEnvironment

_LEVEL = rf"(?P<open>\{{%[-+]?\s*(?:{'|'.join(PAIRED)})\b|(?<!^)[(\[{{](?![{{%]))|(?P<close>\bend[a-z]+\b|[)\]])"
_MANY = 12  # levels of brackets and conditions: far more than a letter needs


class Shape(NamedTuple):
    """Offsets of each part in the file; the variants asked for and the templates used, with their lines."""

    parts: dict[str, tuple[int, int]]
    asked: dict[str, int]
    uses: dict[str, int]
    tree: nodes.Template


def read_shape(environment: MergeEnvironment, source: Source, text: str) -> tuple[Shape, list[Problem]]:
    """The shape of a template's text; any problem means that it cannot be merged, taken or not."""
    try:
        tree = environment.parse(text, source.name.removeprefix("templates/"))
        asked = dict(reversed(list(_asked(tree))))
        shape = Shape(offsets_of_parts(source, text, tree), asked, dict(_uses(tree)), tree)
        return shape, _mistakes(environment, source, text, tree)
    except TemplateSyntaxError:
        problems, mended = _unreadable(environment, source, text)
        if mended:
            problems += _mistakes(environment, source, mended, environment.parse(mended))
    except RecursionError:
        problems = [too_deep(source)]
    return Shape({}, {}, {}, nodes.Template([])), problems


def shape_of(environment: MergeEnvironment, name: str) -> tuple[Shape, list[Problem]]:
    """The shape of one of the templates, read once; raises TemplateNotFound."""
    if name not in environment.shapes:
        environment.shapes[name] = read_shape(environment, *environment.get_source(name))
    return environment.shapes[name]


def syntax_problem(environment: MergeEnvironment, source: Source, error: TemplateSyntaxError) -> Problem:
    """The first thing that keeps a template from being read or compiled."""
    _, text = environment.sources[source.name.removeprefix("templates/")]
    problems, _ = _unreadable(environment, source, text)
    if problems:
        return problems[0]
    message = "this tag cannot stand here"
    return Problem("template-syntax", message, line_of(source, error.lineno), "remove it, or put it into another line")


def too_deep(source: Source) -> Problem:
    """A template that is nested deeper than Python can follow: where it gets deepest."""
    levels: list[int] = []
    deepest: list[int] = []
    for tag in re.finditer(r"\{\{.*?\}\}|\{%.*?%\}", source.text, re.DOTALL):
        for found in re.finditer(_LEVEL, tag[0]):
            if found["open"]:
                levels.append(tag.start() + found.start())
            elif levels:
                levels.pop()
            if len(levels) > len(deepest):
                deepest = levels.copy()
    if len(deepest) < _MANY:
        lines = [(len(line), -number) for number, line in enumerate(source.lines, start=1)]
        message, place = "this line is too long to be worked out", line_of(source, -max(lines)[1])
        return Problem("too-deep", message, place, "write it as several lines, with {% set … %}")
    message = f"conditions or brackets are nested too deeply: {len(deepest)} levels"
    place = source.place(deepest[-1], deepest[-1] + 2)
    first = Related(source.place(deepest[0], deepest[0] + 2), "the first level")
    return Problem("too-deep", message, place, "use fewer levels of conditions or brackets", (first,))


def _unreadable(environment: MergeEnvironment, source: Source, text: str) -> tuple[list[Problem], str]:
    from lettergen.merge.mistakes.syntax import unreadable  # needed only when something is wrong

    return unreadable(environment, source, text)


def _mistakes(environment: MergeEnvironment, source: Source, text: str, tree: nodes.Template) -> list[Problem]:
    return [*check_text(environment, source, text, tree), *check_tree(environment, source, text, tree)]


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
