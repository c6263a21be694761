"""Comparisons, sums, printed expressions and names that can never work, though Jinja can read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import nodes

from lettergen.merge.mistakes.faults import GIVEN, Fault, Known, field, is_number
from lettergen.merge.mistakes.tags import ENDS, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_compare(node: nodes.Compare, known: Known) -> Iterator[Fault]:
    """A variant without its quotes; a field beside a number."""
    operand = node.ops[0]
    is_of_variants = isinstance(operand.expr, nodes.Name) and operand.expr.name == "variants"
    is_plain = known.is_main or isinstance(node.expr, nodes.Sub)  # a name may come from whoever includes the file
    words = _unquoted(node.expr, known)
    if operand.op in ("in", "notin") and is_of_variants and is_plain and words and not is_number(node.expr):
        between = "in" if operand.op == "in" else "not in"
        known.done.update(id(one) for one in (node.expr, *node.expr.find_all(nodes.Expr)))
        way_out = f"put quotes round it: {{% if '{words}' {between} variants %}}"
        yield Fault(node.expr, f"a variant's name needs quotes: '{words}'", way_out)
    sides = (node.expr, operand.expr)
    name = next(filter(None, (field(side, known) for side in sides)), "")
    number = next((side for side in sides if is_number(side)), None)
    if not name or not isinstance(number, nodes.Const):
        return
    if operand.op in ("eq", "ne"):
        message = f"'{name}' is text, and text never equals a number"
        yield Fault(number, message, f"put quotes round it: '{number.value}'", code="template-error")


def check_sum(node: nodes.BinExpr, known: Known) -> Iterator[Fault]:
    """`recipient.last-letter`."""
    if id(node) in known.done:
        return
    words = _hyphenated(node, known)
    if words:
        known.done.update(id(one) for one in node.find_all(nodes.Sub))
        owner, name = words.split(".", 1)
        message = f"'{words}' is read as a subtraction, because of its hyphen"
        yield Fault(node, message, f"for a field '{name}', write {owner}['{name}']")


def check_output(node: nodes.Output, known: Known) -> Iterator[Fault]:
    """`{{ recipient.name, }}`, `{{ else }}`."""
    for child in node.nodes:
        if isinstance(child, nodes.Tuple) and child.items:
            message = "there is a comma after the field"
            yield Fault(child, message, "remove it; of two fields, give each its own {{ … }}", ",")
        elif isinstance(child, nodes.Filter) and child.name in ("default", "d") and not (child.args or child.kwargs):
            message = f"'{child.name}' has no text to print where the field is missing"
            yield Fault(child, message, "write it in brackets: default('none')", child.name)
        elif isinstance(child, nodes.Name) and child.name in _tags(known):
            message = f"'{{{{ … }}}}' prints a field; '{child.name}' is a tag"
            yield Fault(child, message, f"write {{% {child.name} %}}", child.name)


def check_file(node: nodes.Include | nodes.Import | nodes.FromImport, known: Known) -> Iterator[Fault]:
    """`{% include other.md.j2 %}` without quotes."""
    name = _path(node.template)
    root = re.split(r"[./-]", name)[0]
    if not name or root in (*GIVEN, *known.own, *known.environment.globals):
        return
    if known.is_main or "." in name:
        way_out = f"put quotes round it: '{name}'"
        yield Fault(node.template, "the name of a file needs quotes", way_out)


def check_target(node: nodes.Assign | nodes.AssignBlock | nodes.For, known: Known) -> Iterator[Fault]:
    """`{% set recipient.name = … %}`, `{% for loop in … %}`."""
    target = node.target
    if isinstance(target, nodes.NSRef) and target.name in GIVEN:
        message = f"'{target.name}' cannot be changed by a template"
        yield Fault(target, message, f"give it a name of its own: {{% set {target.attr} = … %}}", target.name)
    elif isinstance(target, nodes.NSRef) and known.is_main and target.name not in known.own:
        way_out = f"write it without a dot, or make '{target.name}' first: {{% set {target.name} = namespace() %}}"
        yield Fault(target, f"nothing is called '{target.name}'", way_out, target.name)
    if isinstance(node, nodes.For) and isinstance(target, nodes.Name) and target.name == "loop":
        yield Fault(target, "'loop' has a meaning of its own in a loop", "choose another name", "loop")


def check_names(node: nodes.Macro | nodes.Call | nodes.Filter, _known: Known) -> Iterator[Fault]:
    """A name that stands twice in brackets, or has another meaning in those of a macro."""
    is_macro = isinstance(node, nodes.Macro)
    named = node.args if isinstance(node, nodes.Macro) else node.kwargs
    names = [str(getattr(one, "name" if is_macro else "key", "")) for one in named]
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f"'{name}' appears twice in the brackets"
            yield Fault(named[index], message, "remove one of the two", name, back=not is_macro)
        elif isinstance(node, nodes.Macro) and name == "caller" and len(names) - index > len(node.defaults):
            yield Fault(named[index], "'caller' has a meaning of its own in a macro", "choose another name", name)


def check_escaping(node: nodes.EvalContextModifier, _known: Known) -> Iterator[Fault]:
    """`{% autoescape false %}`."""
    message = "'autoescape' has no use in a letter: every field is printed literally"
    yield Fault(node, message, "remove it, and {% endautoescape %}", "autoescape")


def _tags(known: Known) -> set[str]:
    """The names of tags that can be no name of a value."""
    return {*(TAGS if known.is_main else ("else", "elif", *ENDS))} - known.own


def _unquoted(node: nodes.Node, known: Known) -> str:
    """`first-gift` for names that mean nothing with a hyphen between, as a text without its quotes has."""
    if isinstance(node, nodes.Name) and node.name not in (*known.own, *GIVEN, "loop"):
        return node.name
    if isinstance(node, nodes.Const) and is_number(node):
        return str(node.value)
    if isinstance(node, nodes.Sub):
        left, right = _unquoted(node.left, known), _unquoted(node.right, known)
        return f"{left}-{right}" if left and right else ""
    return ""


def _hyphenated(node: nodes.Node, known: Known) -> str:
    """`recipient.last-letter`: a field less a name, which nothing but a slip can be."""
    if not isinstance(node, nodes.Sub) or not isinstance(node.right, nodes.Name):
        return ""
    left = field(node.left, known) or _hyphenated(node.left, known)
    return f"{left}-{node.right.name}" if left and node.right.name not in known.own else ""


def _path(node: nodes.Node) -> str:
    """What a file's name without quotes is read as."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=left, attr=name):
            return f"{_path(left)}.{name}" if _path(left) else ""
        case nodes.Sub(left=left, right=right) | nodes.Div(left=left, right=right):
            sign = "-" if isinstance(node, nodes.Sub) else "/"
            return f"{_path(left)}{sign}{_path(right)}" if _path(left) and _path(right) else ""
        case _:
            return ""
