"""The main document: its settings, its compiled template, and what is wrong with its shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError, nodes

from lettergen.merge.environment import MergeEnvironment, MergeTemplate
from lettergen.merge.mistakes.parts import check_parts
from lettergen.merge.outline import line_of, outline
from lettergen.merge.shape import Shape, read_shape, shape_of, syntax_problem, too_deep
from lettergen.merge.shared import Parts
from lettergen.model import BUILT_IN
from lettergen.problems import Place, Problem, Source, near_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.ext import Extension

    from lettergen.files import Folder
    from lettergen.merge.shared import Shared
    from lettergen.model import Settings


@dataclass(frozen=True)
class MainDocument:
    """A main document that can be merged."""

    name: str  # within templates/
    source: Source
    settings: Settings
    environment: MergeEnvironment
    template: Template
    shape: Shape
    parts: Parts = field(default_factory=Parts, compare=False, repr=False)  # that are the same in all letters
    shared: dict[str, Shared] = field(default_factory=dict, compare=False, repr=False)  # by language

    def part_place(self, part: str) -> Place:
        """Where the part begins; the file's first line if it is a built-in one."""
        start, _ = self.shape.parts.get(part, (0, 0))
        return self.source.place(start, max(start, self.source.text.find("\n", start)))

    @cached_property
    def marked(self) -> MainDocument | None:
        """The same with marks in its text, for a `Locator`."""
        from lettergen.merge.marks import Marks  # 3 ms: only when something is wrong

        source, text = self.environment.sources[self.name]
        return read_main_document(self.environment.folder, source, text, self.settings, (Marks,))[0]


def read_main_document(
    folder: Folder, source: Source, text: str, settings: Settings, extensions: tuple[type[Extension], ...] = ()
) -> tuple[MainDocument | None, list[Problem]]:
    """The main document from its template `text`, which has the offsets of its `source`; with problems
    too if it can be merged all the same, so that the mistakes of the letters come in the same run.
    """
    name = source.name.removeprefix("templates/")
    environment = MergeEnvironment(folder, name, (source, text), extensions)
    shape, problems = read_shape(environment, source, text)
    if not shape.tree.body and problems:
        return None, problems
    if not extensions:  # which are for what was checked once
        problems += [*check_parts(source, text, shape.tree), *_check_used(environment, source, shape)]
    if next(shape.tree.find_all((nodes.Extends, nodes.EvalContextModifier)), None):
        return None, problems
    base = _base("" if "super(" in text else "|".join(shape.parts))
    environment.sources[BUILT_IN] = (Source(BUILT_IN, base), base)
    try:
        template = _compile(environment, name, shape.tree)
    except TemplateSyntaxError as error:
        return None, problems or [syntax_problem(environment, source, error)]
    except (RecursionError, SyntaxError):  # of Python, for which the template is compiled
        return None, problems or [too_deep(source)]
    return MainDocument(name, source, settings, environment, template, shape), problems


def _base(without: str) -> str:
    """The built-in parts, less those that the main document has of its own: they need no compiling."""
    text = Path(__file__).with_name("base.md.j2").read_text(encoding="utf-8")
    return re.sub(rf"^{{% block (?:{without}) %}}\n.*?^{{% endblock %}}\n", "", text, flags=re.MULTILINE | re.DOTALL)


def _compile(environment: MergeEnvironment, name: str, tree: nodes.Template) -> Template:
    """The template as if it began with `{% extends %}`: parts that it lacks come from the built-in base."""
    tree.body.insert(0, nodes.Extends(nodes.Const(BUILT_IN), lineno=1))
    tree.set_environment(environment)
    code = environment.compile(tree, name, name)
    return MergeTemplate.from_code(environment, code, environment.make_globals(None))


def _check_used(environment: MergeEnvironment, source: Source, shape: Shape) -> Iterator[Problem]:
    """What is wrong with the templates that are included or imported, and with theirs, in every branch."""
    done: set[str] = set()
    waiting = [(source, environment.sources[environment.main][1], name, line) for name, line in shape.uses.items()]
    while waiting:
        user, words, name, line = waiting.pop()
        if name in done:
            continue
        done.add(name)
        try:
            inner, problems = shape_of(environment, name)
        except TemplateNotFound:
            place = outline(environment, words).name(user, name, line) or line_of(user, line)
            if not environment.is_there(name):  # else it is said already what is wrong with it
                yield missing_template(environment, name, place)
            continue
        used, text = environment.sources[name]
        yield from problems
        if text.startswith("---\n"):
            message, way_out = (
                "a file that is included has no front matter: this would be printed",
                "remove these lines",
            )
            yield Problem("template-syntax", message, line_of(used, 1), way_out)
        waiting += [(used, text, other, number) for other, number in inner.uses.items()]


def missing_template(environment: MergeEnvironment, name: str, place: Place) -> Problem:
    """A template that is not there, with a near name."""
    names = [other for other in environment.names() if other != name]
    way_out = near_file(name, names, "put a file of this name into templates/")
    return Problem("missing-file", f"there is no template '{name}' in templates/", place, way_out)
