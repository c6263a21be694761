"""What all templates of a main document say, whichever letters come there; for after the last merge,
which has read every template that is included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateNotFound, nodes

from lettergen.merge.noting import BUILT_IN, NAMES
from lettergen.merge.outline import line_of, outline
from lettergen.merge.shape import read_shape
from lettergen.problems import Place, Problem, near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lettergen.merge.document import MainDocument
    from lettergen.merge.environment import MergeEnvironment
    from lettergen.problems import Source

_OF_JINJA = {"loop", "caller", "varargs", "kwargs", "self", "super"}
_REFERENCE = re.compile(r"\[\^([^\]\n]+)\]")
_UNTAKEN = "no letter takes this branch as yet"
_NODES = (
    *(nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Test, nodes.Filter, nodes.TemplateData),
    *(nodes.Macro, nodes.Import, nodes.FromImport),
)


class Use(NamedTuple):
    """A word of a template, and the line that it stands in."""

    source: Source
    text: str
    line: int
    word: str

    def place(self, environment: MergeEnvironment) -> Place:
        """Where the word stands."""
        found = outline(environment, self.text).name(self.source, self.word, self.line)
        return found or line_of(self.source, self.line)


@dataclass
class Survey:
    """The uses of variants, names, fields (by whose they are) and notes, and what needs no value."""

    variants: dict[str, Use] = field(default_factory=dict)
    names: list[Use] = field(default_factory=list)
    fields: list[tuple[str, Use]] = field(default_factory=list)
    notes: list[Use] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)  # whatever they belong to
    bound: set[str] = field(default_factory=set)  # what templates set themselves
    optional: set[str] = field(default_factory=set)  # behind `is defined` or `| default`


def survey(document: MainDocument) -> Survey:
    """Everything that the main document and what it includes use, in every branch."""
    found, environment = Survey(), document.environment
    done, waiting = {BUILT_IN}, [document.name, *environment.sources]
    while waiting:
        name = waiting.pop()
        if name not in done and _is_readable(environment, name):
            source, text = environment.sources[name]
            shape = document.shape if name == document.name else read_shape(environment, source, text)[0]
            for variant, line in shape.asked.items():
                found.variants.setdefault(variant, Use(source, text, line, variant))
            for node in shape.tree.find_all(_NODES):
                _take(found, node, source, text)
            waiting += shape.uses
        done.add(name)
    return found


def check_variants(document: MainDocument, found: Survey) -> Iterator[Problem]:
    """Variants that are asked for and not declared, or the other way round."""
    declared = document.settings.variants
    for name, use in found.variants.items():
        if name not in declared:
            message = f"variant '{name}' is not declared in the front matter"
            way_out = near(name, declared) or f"declare it: 'variants:' and below it '{name}: …'"
            yield Problem("undeclared-variant", message, use.place(document.environment), way_out)
    for name, description in declared.items():
        if name not in found.variants:
            message = f"no part of the template asks for variant '{name}'"
            way_out = f"ask for it with {{% if '{name}' in variants %}}, or remove it"
            yield Problem("unused-variant", message, description.place, way_out)


def check_branches(
    document: MainDocument, found: Survey, known: Collection[str], notes: Collection[str] | None
) -> Iterator[Problem]:
    """A problem for each field, name and note that nobody has; those that a letter met are errors already."""
    environment = document.environment
    whose: Mapping[str, Collection[str]] = {"recipient": known, "sender": document.settings.sender}
    for owner, use in found.fields:
        names = whose.get(owner, ())
        if names and use.word not in {*names, *found.optional} and owner not in found.bound:
            message = f"there is no field '{owner}.{use.word}'; {_UNTAKEN}"
            yield Problem("untaken-branch", message, use.place(environment), near(use.word, names))
    usable = {*NAMES, *environment.globals, *found.bound, *found.optional, *_OF_JINJA}
    for use in found.names:
        if use.word not in usable:
            message = f"nothing is called '{use.word}'; {_UNTAKEN}"
            yield Problem("untaken-branch", message, use.place(environment), near(use.word, usable - _OF_JINJA))
    for use in found.notes:
        if notes is not None and use.word not in notes:  # None: the file of the notes could not be read
            message = f"there is no note '{use.word}' in footnotes.yaml; {_UNTAKEN}"
            way_out = f"write the note into footnotes.yaml, as '{use.word}: …'"
            yield Problem("untaken-branch", message, _reference_place(use), near(use.word, notes, way_out))


def _take(found: Survey, node: nodes.Node, source: Source, text: str) -> None:
    """What one node of a template's tree uses."""
    match node:
        case nodes.Name(name=name, ctx="load"):
            found.names.append(Use(source, text, node.lineno, name))
        case nodes.Name(name=name) | nodes.Macro(name=name) | nodes.Import(target=name):
            found.bound.add(name)
        case nodes.FromImport(names=names):
            found.bound |= {name if isinstance(name, str) else name[1] for name in names}
        case nodes.Getattr() | nodes.Getitem():
            _take_field(found, node, source, text)
        case nodes.Test(name="defined" | "undefined") | nodes.Filter(name="default" | "d"):
            found.optional.add(_word(node.node))
        case nodes.TemplateData():
            for sign in _REFERENCE.finditer(node.data):
                line = node.lineno + node.data.count("\n", 0, sign.start())
                found.notes.append(Use(source, text, line, sign[1]))


def _take_field(found: Survey, node: nodes.Getattr | nodes.Getitem, source: Source, text: str) -> None:
    word = _word(node)
    found.attributes.add(word)
    if word and isinstance(node.node, nodes.Name):
        found.fields.append((node.node.name, Use(source, text, node.lineno, word)))


def _word(node: nodes.Node | None) -> str:
    """The name behind the dot or in the brackets; that of a name."""
    match node:
        case nodes.Getattr(attr=word) | nodes.Name(name=word) | nodes.Getitem(arg=nodes.Const(value=str(word))):
            return str(word)
        case _:
            return ""


def _reference_place(use: Use) -> Place:
    line = line_of(use.source, use.line)
    column = use.source.lines[line.line - 1].find(f"[^{use.word}]") + 1
    return Place(use.source, line.line, column, line.line, column + len(use.word) + 3) if column else line


def _is_readable(environment: MergeEnvironment, name: str) -> bool:
    try:
        environment.get_source(name)
    except TemplateNotFound:
        return False  # the merge says so, with the chain that leads there
    return True
