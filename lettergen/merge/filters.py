"""The filters of a template: Jinja's own, less those that undo or tear tokens, and two of ours."""

from __future__ import annotations

from functools import partial, reduce, wraps
from math import isfinite
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, pass_context, pass_environment
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Undefined
from markupsafe import Markup

from lettergen.merge.limits import check_arguments, check_length
from lettergen.merge.mistakes.calls import REFUSED
from lettergen.merge.noting import note, note_value
from lettergen.merge.numbers import NUMBERS, read_number
from lettergen.merge.patterns import fill
from lettergen.merge.printing import as_text, joined
from lettergen.merge.sums import COMPARISONS, Digits, check_order, compare, result, rounded
from lettergen.merge.tokens import LEDGER, Merged
from lettergen.model import LongDate, Text, decimal_sign, iso_date
from lettergen.model import long_date as long_date_of
from lettergen.problems import short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HARMLESS = ("default", "d", "list")  # they leave tokens whole
_OF_TEXT = ("upper", "lower", "title", "capitalize", "string", "trim", "truncate", "format", "wordcount", "urlencode")
_SORTING = ("sort", "min", "max", "groupby")


def table(builtin: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The filters by name."""
    kept = {name: function for name, function in builtin.items() if name not in REFUSED}
    guarded = {name: _guard(name, function) for name, function in kept.items() if name not in _HARMLESS}
    own = {function.__name__: function for function in (join, replace, number, markdown, long_date)}
    return {**kept, **guarded, **own, "int": to_int, "float": to_float, "sum": total, "round": _guard("round", rounded)}


def tests(builtin: Mapping[str, Any]) -> dict[str, Any]:
    """The tests that compare."""
    signs = {function: sign for sign, function in COMPARISONS.items()} | {builtin["in"]: "in"}
    own = {name: partial(compare, signs[test], at=name) for name, test in builtin.items() if test in signs}
    return own | {name: partial(_is_bool, name=name) for name in ("true", "false")}


def _is_bool(value: object, name: str) -> bool:
    return bool(compare("eq", value, name == "true", name)) and isinstance(value, bool)


@pass_context
def markdown(_context: Context, value: object) -> Markup:
    """A field whose Markdown counts."""
    text = as_text(value)
    if isinstance(text, Markup):
        return text
    return LEDGER.get().token(text, is_markdown=True) if text else Markup()


@pass_context
def long_date(context: Context, value: object) -> str:
    """An ISO date as the letter's language writes it."""
    if isinstance(value, Undefined):
        return str(value)
    text = as_text(value)
    day = iso_date(text)
    if not text and (isinstance(value, Text) or not isinstance(value, str)):
        return ""  # what has no text was noted
    if day is None:
        message = f"'{short(text)}' cannot be read as a date"
        way_out = "write a day of the calendar as year-month-day, as in 2020-10-13"
        note_value("bad-date", message, value, way_out, "long_date")
        return ""
    letter = context["letter"]
    return LongDate(long_date_of(day, letter["language"]), value.place if isinstance(value, Text) else letter.place)


@pass_context
def join(context: Context, value: Any, d: object = "", attribute: str | None = None) -> str:  # noqa: ANN401
    """The items joined; plain ones become tokens where others are merged text."""
    items = [value] if isinstance(value, Undefined) else list(value)
    if attribute is not None:
        attribute = as_text(attribute)
        items = [context.environment.getattr(item, attribute) for item in items]
    return joined(items, d)


def replace(value: object, old: object, new: object, count: int | None = None) -> str:
    """The text with each `old`, or as many as `count`, turned into `new`."""
    merged = next((text for text in (value, old, new) if isinstance(text, Markup)), None)
    if merged is not None:
        return refuse("replace", merged)
    text, before, after = map(as_text, (value, old, new))
    check_length(len(text) + text.count(before) * len(after))
    return text.replace(before, after, -1 if count is None else count)


def to_int(value: Any, default: Any = None, base: int = 10) -> Any:  # noqa: ANN401
    """The whole number; not 0 for what is none, as it is in Jinja."""
    return _number("int", value, default, lambda text: int(text, base) if isinstance(text, str) else int(text))


def to_float(value: Any, default: Any = None) -> Any:  # noqa: ANN401
    """The number; not 0 for what is none, as it is in Jinja."""
    return _number("float", value, default, float)


def number(value: Any) -> Any:  # noqa: ANN401
    """The exact number that a text is, as offices write them in the letter's language."""
    sign = decimal_sign(LEDGER.get().language)
    return _number("number", value, None, lambda one: read_number(one, sign), sign)


@pass_environment
def total(environment: Environment, value: Any, attribute: str | int | None = None, start: Any = 0) -> Any:  # noqa: ANN401
    """The exact sum."""
    items = value if attribute is None else map(make_attrgetter(environment, attribute), value)
    return reduce(lambda one, other: result("+", one, other, "sum"), items, start)


def refuse(name: str, value: Markup, offset: int = -1) -> Markup:
    """The merged text unchanged, and a problem at the name, or at an offset in the template."""
    message = f"'{name}' cannot work on text that is already merged"
    at = name if offset < 0 else offset
    note("merged-text", message, name, name=at, way_out="use it on the field itself, before any other filter")
    return value


def _number(name: str, value: Any, default: Any, read: Callable[[Any], Any], sign: str = ".") -> Any:  # noqa: ANN401
    if isinstance(value, Undefined):
        return 0 if default is None and not str(value) else default
    if isinstance(value, Markup):
        refuse(name, value)
        return default or 0
    try:
        found = read(value)
        return found if isfinite(found) else read("")
    except (TypeError, ValueError, OverflowError):
        text = as_text(value) if default is None else ""
        if text:
            way_out = f"write digits, with '{sign}' before the decimals"
            note_value("bad-number", f"'{short(text)}' is not a number", value, way_out, name)
        return default or 0


def _guard(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, which leaves merged text whole, reads text from texts and numbers alone, and has an end."""

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        merged = next((value for value in args if isinstance(value, Markup)), None)
        if merged is not None:
            return Merged(merged.strip()) if name == "trim" else refuse(name, merged)
        first = sum(isinstance(value, (Context, EvalContext, Environment)) for value in args)  # they come before it
        value, others = args[first], args[first + 1 :]
        check_arguments(value, (*others, *kwargs.values()))
        if name in _OF_TEXT:
            value = Digits(as_text(value)) if name == "string" and isinstance(value, NUMBERS) else as_text(value)
        if name == "format":
            return fill(value, kwargs or others)
        if name in _SORTING:
            value = value if isinstance(value, Undefined) else list(value)
            attribute = next((other for other in (*others, *kwargs.values()) if isinstance(other, str)), None)
            check_order(name, map(make_attrgetter(args[0], attribute), value) if attribute else value)
        return function(*args[:first], value, *others, **kwargs)

    return guarded
