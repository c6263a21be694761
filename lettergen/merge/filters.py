"""The filters of a template: Jinja's own, less those that undo or tear tokens, and two of ours."""

from __future__ import annotations

from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from jinja2.filters import do_join
from jinja2.runtime import Context, Undefined
from markupsafe import Markup

from lettergen.merge.noting import note, note_unprintable, note_value
from lettergen.merge.tokens import LEDGER, Merged
from lettergen.model import OPEN
from lettergen.model import long_date as long_date_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

# Escaping and markup are the writers' business; a letter holds nothing random.
_REMOVED = (
    "safe",
    "e",
    "escape",
    "forceescape",
    "urlize",
    "xmlattr",
    "tojson",
    "striptags",
    "random",
    "pprint",
    "wordwrap",
    "indent",
    "center",
)
_HARMLESS = ("default", "d", "trim", "list")  # they leave tokens whole


def table(builtin: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The filters by name."""
    kept = {name: function for name, function in builtin.items() if name not in _REMOVED}
    guarded = {name: _guard(name, function) for name, function in kept.items() if name not in _HARMLESS}
    own: dict[str, Callable[..., Any]] = {"join": join, "markdown": markdown, "long_date": long_date}
    return {**kept, **guarded, **own, "int": to_int, "float": to_float}


@pass_context
def markdown(_context: Context, value: object) -> Markup:
    """A field whose Markdown counts."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str) and value and OPEN not in value:
        return LEDGER.get().token(value, is_markdown=True)
    note_unprintable(value)
    return Markup()


@pass_context
def long_date(context: Context, value: object) -> str:
    """An ISO date as the letter's language writes it."""
    if isinstance(value, Undefined):
        return str(value)
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        message = f"'{value}' cannot be read as a day of the calendar"
        note_value("bad-date", message, value, "write it as year-month-day, as in 2020-10-13")
        return ""
    return long_date_of(day, context["letter"]["language"])


@pass_context
def join(context: Context, value: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
    """The items joined; plain ones become tokens where others are merged text."""
    items = [value] if isinstance(value, Undefined) else list(value)
    if not any(isinstance(item, Markup) for item in [*items, d]):
        return str(
            do_join(context.eval_ctx, (str(item) for item in items) if attribute is None else items, d, attribute)
        )
    return Merged(d if isinstance(d, Markup) else Merged.escape(d) if d else "").join(items)


def to_int(value: Any, default: Any = None, base: int = 10) -> Any:  # noqa: ANN401
    """The whole number; not 0 for what is none, as it is in Jinja."""
    return _number(value, default, lambda text: int(text, base) if isinstance(text, str) else int(text))


def to_float(value: Any, default: Any = None) -> Any:  # noqa: ANN401
    """The number; not 0 for what is none, as it is in Jinja."""
    return _number(value, default, float)


def refuse(name: str, value: Markup) -> Markup:
    """The merged text unchanged, and a problem."""
    message = f"'{name}' cannot work on text that is already merged"
    note("merged-text", message, name, name=name, way_out="use it on the field itself, before anything is added to it")
    return value


def _number(value: Any, default: Any, read: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    if isinstance(value, Undefined):
        return 0 if default is None and not str(value) else default
    try:
        return read(value)
    except (TypeError, ValueError):
        if default is None:
            note_value("bad-number", f"'{value}' is not a number", value, "write digits, with '.' before the decimals")
        return default or 0


def _guard(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        merged = next((value for value in args if isinstance(value, Markup)), None)
        return function(*args, **kwargs) if merged is None else refuse(name, merged)

    return guarded
