"""Comparisons, sums, printed expressions and names that can never work, though Jinja can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from lettergen.merge.mistakes.faults import GIVEN, Fault, Known, field, is_number
from lettergen.merge.mistakes.tags import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_compare(node: nodes.Compare, known: Known) -> Iterator[Fault]:
    """A variant without its quotes; a field beside a number."""
    operand = node.ops[0]
    is_of_variants = isinstance(operand.expr, nodes.Name) and operand.expr.name == "variants"
    is_plain = known.is_main or isinstance(node.expr, nodes.Sub)  # a name may come from whoever includes the file
    words = _unquoted(node.expr, known)
    if operand.op in ("in", "notin") and is_of_variants and is_plain and words and not is_number(node.expr):
        way_out = f"put quotes round it: {{% if '{words}' in variants %}}"
        yield Fault(node.expr, f"a variant's name needs quotes: '{words}'", way_out)
    sides = (node.expr, operand.expr)
    name = next(filter(None, (field(side, known) for side in sides)), "")
    number = next((side for side in sides if is_number(side)), None)
    if name and isinstance(number, nodes.Const) and operand.op in ("eq", "ne"):
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
        elif isinstance(child, nodes.Name) and child.name in {"else", *ENDS} - known.own:
            message = f"'{{{{ … }}}}' prints a field; '{child.name}' is a tag"
            yield Fault(child, message, f"write {{% {child.name} %}}", child.name)


def check_file(node: nodes.Include | nodes.Import | nodes.FromImport, known: Known) -> Iterator[Fault]:
    """`{% include other.md.j2 %}` without quotes."""
    file = node.template
    names = {one.name for one in (file, *file.find_all(nodes.Name)) if isinstance(one, nodes.Name)}
    is_path = isinstance(file, (nodes.Getattr, nodes.Sub, nodes.Div, *([nodes.Name] if known.is_main else ())))
    if is_path and names and not names & {*GIVEN, *known.own, *known.environment.globals}:
        yield Fault(file, "the name of a file needs quotes", "put quotes round it, as in {% include 'other.md.j2' %}")


def check_target(node: nodes.Assign | nodes.AssignBlock | nodes.For, known: Known) -> Iterator[Fault]:
    """`{% set recipient.name = … %}`."""
    target = node.target
    name = target.name if isinstance(target, nodes.NSRef) else ""
    if name in GIVEN or (name and known.is_main and name not in known.own):
        yield Fault(target, f"'{name}' cannot be changed by a template", "give the value a name without a dot", name)
    if isinstance(node, nodes.For) and isinstance(target, nodes.Name) and target.name == "loop":
        yield Fault(target, "'loop' has a meaning of its own in a loop", "choose another name", "loop")


def check_names(node: nodes.Macro | nodes.Call | nodes.Filter, _known: Known) -> Iterator[Fault]:
    """A name that stands twice in brackets."""
    is_macro = isinstance(node, nodes.Macro)
    named = node.args if isinstance(node, nodes.Macro) else node.kwargs
    names = [str(getattr(one, "name" if is_macro else "key", "")) for one in named]
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f"'{name}' appears twice in the brackets"
            yield Fault(named[index], message, "remove one of the two", name, back=not is_macro)


def check_escaping(node: nodes.EvalContextModifier, _known: Known) -> Iterator[Fault]:
    """`{% autoescape false %}`."""
    message = "'autoescape' has no use in a letter: every field is printed literally"
    yield Fault(node, message, "remove it, and {% endautoescape %}", "autoescape")


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
