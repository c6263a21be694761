"""A template that fails while it is merged: what Jinja and Python say, in words for its author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from lettergen.merge.limits import TooLargeError
from lettergen.merge.noting import template_places
from lettergen.merge.outline import chain, failed_templates
from lettergen.merge.shape import syntax_problem
from lettergen.merge.tokens import LEDGER
from lettergen.problems import RECORD, Problem, Related, near

if TYPE_CHECKING:
    from lettergen.merge.document import MainDocument

STEPS = 4  # of the way to a mistake that are named
_NUMBER = "a field is a text: '| int' or '| float' makes a number of it"
# What Python's message contains -> what we say, and the way out.
_WORDS = (
    (r"unsupported operand|can only concatenate|multiply sequence", "a text and a number do not mix", _NUMBER),
    (r"not supported between", "a text and a number cannot be compared", _NUMBER),
    (r"zero", "this divides by zero", "put {% if %} … {% endif %} round it"),
    (r"not callable", "this is no macro, so no brackets '( )' can stand behind it", "remove the brackets"),
    (r"not iterable", "this has no items to go through", "a loop needs a list"),
    (r"format|not all arguments", "the pattern and its values do not fit", "count the '%' signs and the values"),
)


def note_failure(document: MainDocument, error: Exception) -> None:
    """The problem that stopped the rendering of a part."""
    environment = document.environment
    match error:
        case TemplateSyntaxError():
            source, _ = environment.sources[error.name or document.name]
            LEDGER.get().note(syntax_problem(environment, source, error))
        case TemplateNotFound():
            message = f"there is no template '{error.name}' in templates/"
            _note("missing-file", message, error, near(str(error.name), environment.names()))
        case TooLargeError():
            _note("too-large", str(error), error, "see whether a loop goes on without end, or a number is a slip")
        case RecursionError():
            message = "this macro or template uses itself, again and again, without end"
            _note("too-large", message, error, "put a condition round its use that comes to an end")
        case SecurityError():
            _note("template-error", f"a template may not do this: {error}", error)
        case _:
            _note("template-error", *_words(error))


def _words(error: Exception) -> tuple[str, Exception, str]:
    said = str(error)
    for sign, message, way_out in _WORDS:
        if isinstance(error, (TypeError, ArithmeticError, ValueError)) and re.search(sign, said):
            return message, error, way_out
    return f"this cannot be worked out: {said or type(error).__name__}", error, ""


def _note(code: str, message: str, error: Exception, way_out: str = "") -> None:
    ledger = LEDGER.get()
    places = template_places(list(dict.fromkeys(failed_templates(error)))[:STEPS])
    record = Related(ledger.recipient.place, RECORD)
    ledger.note(Problem(code, message, places[0], way_out, (*chain(places), record), message))
