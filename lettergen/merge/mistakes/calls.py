"""Filters, tests and macros that there are not, or whose brackets hold what they cannot take."""

from __future__ import annotations

from functools import cache
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from lettergen.merge.mistakes.faults import GIVEN, NUMBER, Fault, Known, field
from lettergen.problems import near, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LITERAL = "remove it: a field is printed as it was typed, and '| markdown' makes its Markdown count"
_LAYOUT = "remove it: the page breaks the lines, and the stylesheet places them"
_PARTS = "remove it, and print the fields one by one"
# Filters of Jinja that lettergen has not, since escaping and layout are the writers' business and a letter holds
# nothing random -> the way out.
REFUSED = {
    **dict.fromkeys(("safe", "e", "escape", "forceescape", "striptags"), _LITERAL),
    **dict.fromkeys(("wordwrap", "indent", "center"), _LAYOUT),
    **dict.fromkeys(("xmlattr", "tojson", "pprint"), _PARTS),
    "urlize": "write a link in Markdown: [words](https://…)",
    "random": "remove it: each build makes the same letter",
}
_OF_NUMBERS = ("odd", "even", "divisibleby", "number", "integer", "float")
_COUNTS = ("no value", "one value", "two values", "three values")


def check_filter(node: nodes.Filter, known: Known) -> Iterator[Fault]:
    """A filter by its name and brackets."""
    name, filters = node.name, known.environment.filters
    if name in filters:
        unfit = _unfit(node, known) if node.dyn_args is None and node.dyn_kwargs is None else None
        if unfit:
            yield Fault(node, *unfit, name, code="template-error")
    elif name in REFUSED:
        yield Fault(node, f"the filter '{name}' has no use in a letter", REFUSED[name], name)
    elif name in known.environment.tests:
        yield Fault(node, f"'{name}' is a test, not a filter", f"write 'is {name}'", name)
    else:
        yield Fault(node, f"there is no filter '{name}'", near(name, filters), name)


def check_test(node: nodes.Test, known: Known) -> Iterator[Fault]:
    """A test by its name: `is defind`."""
    name, tests = node.name, known.environment.tests
    if name in tests:
        if name in _OF_NUMBERS and field(node.node, known):
            yield Fault(node, f"a field is text, and '{name}' is for numbers", NUMBER, name, code="template-error")
        return
    meant = nearest(name, filter(str.isalpha, tests))
    if meant:
        yield Fault(node, f"there is no test '{name}'", f"did you mean '{meant}'?", name)
    elif name in known.environment.filters:
        yield Fault(node, f"'{name}' is a filter, not a test", f"write '| {name}'", name)
    else:
        way_out = f"write == '{name}' to compare with text, or 'is defined' to ask for a field"
        yield Fault(node, f"there is no test '{name}'", way_out, name)


def check_call(node: nodes.Call, known: Known) -> Iterator[Fault]:
    """Brackets behind a field, or those of a macro of the same file."""
    called = node.node.name if isinstance(node.node, nodes.Name) else ""
    name = called if called in GIVEN and called not in known.own else field(node.node, known)
    if name:
        message = f"'{name}' is not a macro, so no brackets '( )' can follow it"
        yield Fault(node, message, "remove the brackets", name.split(".")[-1], back=True, code="template-error")
    elif called in known.macros and node.dyn_args is None and node.dyn_kwargs is None:
        yield from _macro(node, known.macros[called])


def check_call_block(node: nodes.CallBlock, known: Known) -> Iterator[Fault]:
    """`{% call … %}` of a macro that does nothing with the text between."""
    called = node.call.node
    macro = known.macros.get(called.name) if isinstance(called, nodes.Name) else None
    if macro and all(name.name != "caller" for name in macro.find_all(nodes.Name)):
        message = f"macro '{macro.name}' has no place for the text between {{% call … %}} and {{% endcall %}}"
        yield Fault(node.call, message, "write {{ caller() }} into the macro", macro.name, back=True)


def _macro(node: nodes.Call, macro: nodes.Macro) -> Iterator[Fault]:
    used = {name.name for name in macro.find_all(nodes.Name)}
    names = [argument.name for argument in macro.args]
    usage = f"the macro is written {macro.name}({', '.join(names)})"
    if len(node.args) > len(names) and "varargs" not in used:
        count = _COUNTS[len(names)] if len(names) < len(_COUNTS) else f"{len(names)} values"
        message = f"macro '{macro.name}' takes {count} in its brackets, not {len(node.args)}"
        yield Fault(node, message, usage, macro.name, back=True, code="template-error")
    for keyword in node.kwargs:
        if keyword.key not in names and not used & {"kwargs", "caller"}:
            message = f"macro '{macro.name}' has no '{keyword.key}' in its brackets"
            yield Fault(node, message, usage, keyword.key, code="template-error")


def _unfit(node: nodes.Filter, known: Known) -> tuple[str, str] | None:
    """What is wrong with the number of values, or a name, in the brackets of a filter."""
    name, function = node.name, known.environment.filters[node.name]
    parameters = _parameters(function)
    if not parameters or hasattr(function, "jinja_async_variant"):  # whose first parameter is hidden
        return None
    given = {str(getattr(keyword, "key", "")) for keyword in node.kwargs}
    kinds = {one.kind for one in parameters}
    skipped = 1 + (getattr(function, "jinja_pass_arg", None) is not None)
    fixed = [one for one in parameters[skipped:] if one.kind == Parameter.POSITIONAL_OR_KEYWORD]
    needed = [one.name for one in fixed[len(node.args) :] if one.default is Parameter.empty and one.name not in given]
    unknown = sorted(given - {one.name for one in fixed})
    usage = f"it is written '{name}({', '.join(one.name for one in fixed)})'" if fixed else "remove the brackets"
    if needed and Parameter.VAR_POSITIONAL not in kinds:
        return f"the brackets after '{name}' hold too few values: '{needed[0]}' is missing", usage
    if len(node.args) > len(fixed) and Parameter.VAR_POSITIONAL not in kinds:
        return f"the brackets after '{name}' hold too many values", usage
    if unknown and Parameter.VAR_KEYWORD not in kinds:
        return f"'{name}' has no '{unknown[0]}' in its brackets", usage
    return None


@cache
def _parameters(function: Callable[..., Any]) -> list[Parameter]:
    """Nothing for a function that is written in C, and silent about it."""
    try:
        return list(signature(function).parameters.values())
    except ValueError:
        return []
