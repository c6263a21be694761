"""What all templates of a main document say, whichever letters come there; for after the last merge,
which has read every template that is included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateNotFound, nodes

from lettergen.merge.answers import Answers
from lettergen.merge.mistakes.leftovers import prose
from lettergen.merge.outline import assigned, line_of, outline
from lettergen.merge.shape import shape_of
from lettergen.model import BUILT_IN, last_name

if TYPE_CHECKING:
    from lettergen.merge.document import MainDocument
    from lettergen.merge.environment import MergeEnvironment
    from lettergen.problems import Place, Problem, Source

_REFERENCE = re.compile(r"(?<!\\)\[\^([^\]\n\0]+)\](?!:)")


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


@dataclass(eq=False, repr=False)
class Survey:
    """The uses of variants, names, fields (by whose they are) and notes, and what needs no value."""

    variants: dict[str, Use] = field(default_factory=dict)
    names: list[Use] = field(default_factory=list)
    fields: list[tuple[str, Use]] = field(default_factory=list)
    notes: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    prose: list[tuple[Source, str]] = field(default_factory=list)  # the words of each template at their offsets
    attributes: set[str] = field(default_factory=set)  # whatever they belong to, and all strings
    answers: Answers = field(default_factory=Answers)  # fields of the record that are asked for by themselves
    compared: set[tuple[str, str]] = field(default_factory=set)  # fields, and the texts they are compared with
    printed: set[str] = field(default_factory=set)  # fields, whomever they belong to, that do more than be asked for
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
            is_known = name == document.name or name in environment.shapes
            shape, problems = (document.shape, []) if name == document.name else shape_of(environment, name)
            found.problems += () if is_known else problems  # of one whose name was worked out in the merge
            for variant, line in shape.asked.items():
                found.variants.setdefault(variant, Use(source, text, line, variant))
            if shape.tree.body:
                found.prose.append((source, prose(environment, text)))
                found.notes += [source.place(*sign.span()) for sign in _REFERENCE.finditer(found.prose[-1][1])]
            found.bound.update(assigned(shape.tree))
            found.answers.see_template(shape.tree)
            for node in shape.tree.find_all(nodes.Node):
                _take(found, node, source, text)
            waiting += shape.uses
        done.add(name)
    return found


def _take(found: Survey, node: nodes.Node, source: Source, text: str) -> None:
    """What one node of a template's tree uses."""
    match node:
        case nodes.Name(name=name, ctx="load"):
            found.names.append(Use(source, text, node.lineno, name))
            found.printed |= set() if id(node) in found.answers.tested else _fields(found, node)
        case nodes.Getattr() | nodes.Getitem() | nodes.Const() | nodes.Filter(name="items" | "dictsort"):
            _take_word(found, node, source, text)
        case nodes.Test(name="defined" | "undefined") | nodes.Filter(name="default" | "d"):
            found.optional.add(_word(node.node))
        case nodes.Compare():
            values = [one.value for one in node.find_all(nodes.Const) if one.value is not None]
            texts = [value.casefold() if isinstance(value, str) else "0" for value in values]
            sides = node.find_all((nodes.Getattr, nodes.Getitem, nodes.Name))
            found.compared.update(product(chain.from_iterable(_fields(found, one) for one in sides), texts))


def _take_word(found: Survey, node: nodes.Node, source: Source, text: str) -> None:
    """A name behind a dot or in brackets, or a string; an empty word where the template works names out."""
    word = _word(node)
    is_number = not word and isinstance(getattr(node, "arg", node), nodes.Const)
    if not is_number:
        found.attributes.add(word)
        found.printed |= set() if id(node) in found.answers.tested else {word}
    if word and isinstance(node, nodes.Getattr | nodes.Getitem) and isinstance(node.node, nodes.Name):
        found.fields.append((node.node.name, Use(source, text, node.lineno, word)))


def _fields(found: Survey, node: nodes.Expr) -> set[str]:
    return {last_name(path) for path in found.answers.paths(node)} | {_word(node)}


def _word(node: nodes.Node | None) -> str:
    """The name behind the dot or in the brackets; that of a name."""
    match node:
        case nodes.Getattr(attr=word) | nodes.Name(name=word) | nodes.Getitem(arg=nodes.Const(value=str(word))):
            return str(word)
        case nodes.Const(value=str(word)):
            return word
        case _:
            return ""


def _is_readable(environment: MergeEnvironment, name: str) -> bool:
    try:
        environment.get_source(name)
    except TemplateNotFound:
        return False  # the merge says so, with the chain that leads there
    return True
