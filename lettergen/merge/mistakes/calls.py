"""Filters, tests and macros that there are not, or whose brackets hold what they cannot take."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING

from jinja2 import nodes

from lettergen.merge.mistakes.faults import GIVEN, NUMBER, Fault, Known, field, misfit
from lettergen.problems import near

if TYPE_CHECKING:
    from collections.abc import Iterator

_LITERAL = "remove it: a field is printed as it was typed, and '| markdown' makes its Markdown count"
_ESCAPING = ("safe", "e", "escape", "forceescape", "striptags", "xmlattr", "tojson", "pprint", "urlize")
# Filters of Jinja that lettergen has not, since escaping and layout are the writers' business and a letter holds
# nothing random -> the way out.
REFUSED = dict.fromkeys((*_ESCAPING, "wordwrap", "indent", "center", "random"), _LITERAL)
_OF_NUMBERS = ("odd", "even", "divisibleby", "number", "integer", "float")


def check_filter(node: nodes.Filter, known: Known) -> Iterator[Fault]:
    """A filter by its name and brackets."""
    name, filters = node.name, known.environment.filters
    if name in filters:
        usage = _usage(node, known) if node.dyn_args is None and node.dyn_kwargs is None else ""
        if usage:
            yield Fault(node, misfit(name), f"it is written '{usage}'", name, code="template-error")
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
    way_out = f"write == '{name}' to compare with text, or 'is defined' to ask for a field"
    yield Fault(node, f"there is no test '{name}'", near(name, filter(str.isalpha, tests), way_out), name)


def check_call(node: nodes.Call, known: Known) -> Iterator[Fault]:
    """Brackets behind a field, or those of a macro of the same file."""
    called = node.node.name if isinstance(node.node, nodes.Name) else ""
    name = called if called in GIVEN and called not in known.own else field(node.node, known)
    if name:
        message = f"'{name}' is not a macro, so no brackets '( )' can follow it"
        yield Fault(node, message, "remove the brackets", name.split(".")[-1], back=True, code="template-error")
    elif called in known.macros and node.dyn_args is None and node.dyn_kwargs is None:
        yield from _macro(node, known.macros[called])


def _macro(node: nodes.Call, macro: nodes.Macro) -> Iterator[Fault]:
    used = {name.name for name in macro.find_all(nodes.Name)}
    names = [argument.name for argument in macro.args]
    unknown = [word.key for word in node.kwargs if word.key not in names and not used & {"kwargs", "caller"}]
    if unknown or (len(node.args) > len(names) and "varargs" not in used):
        usage = f"the macro is written {macro.name}({', '.join(names)})"
        mark = unknown[0] if unknown else macro.name
        yield Fault(node, misfit(macro.name), usage, mark, back=not unknown, code="template-error")


def _usage(node: nodes.Filter, known: Known) -> str:
    """How the filter is written, if its brackets hold too little, too much, or a name that it does not know."""
    name, function = node.name, known.environment.filters[node.name]
    if hasattr(function, "jinja_async_variant"):  # whose first parameter is hidden
        return ""
    hidden = 1 + (getattr(function, "jinja_pass_arg", None) is not None)
    try:
        takes = signature(function)
        takes.bind(*[None] * hidden, *node.args, **{str(getattr(word, "key", "")): word for word in node.kwargs})
    except ValueError:  # of a function that is written in C
        return ""
    except TypeError:
        names = [*takes.parameters][hidden:]
        return f"{name}({', '.join(names)})" if names else name
    return ""
