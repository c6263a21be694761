"""A template that fails while it is merged: what Jinja and Python say, in words for its author."""

from __future__ import annotations

from traceback import walk_tb
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError

from lettergen.merge.limits import TooLargeError
from lettergen.merge.mistakes.faults import NUMBER, misfit
from lettergen.merge.noting import template_places
from lettergen.merge.outline import chain, circle, failed_templates, outline
from lettergen.merge.shape import syntax_problem, too_deep
from lettergen.merge.tokens import LEDGER
from lettergen.problems import RECORD, Place, Problem, Related, near_file

if TYPE_CHECKING:
    from types import FrameType

    from jinja2 import Template

    from lettergen.merge.document import MainDocument

STEPS = 4  # of the way to a mistake that are named


class _Cause(NamedTuple):
    """Why something cannot be worked out, the way out, what marks it in its line, and the name of what was called."""

    message: str
    help: str
    pattern: str
    name: str = ""


_ZERO = _Cause("this divides by zero", "put {% if %} … {% endif %} round it", r"[/%]")
_SUM = _Cause("this value cannot be used in a sum or comparison", NUMBER, r"[-+*/%<>]")
_NO_LIST = _Cause("this has no items to go through", "a loop needs a list", r"\bfor\b|\bin\b")
_NAMES = _Cause("there are more names than items, or fewer", "give one name to each item of the list", ",")
_NO_MACRO = _Cause("this is not a macro, so no brackets '( )' can follow it", "remove the brackets", r"\(")
_IN_STEPS = "write it in steps, each with {% set … %} in a line of its own, to see which one fails"
_UNKNOWN = _Cause("this cannot be worked out", _IN_STEPS, r"\(|\|")


def note_failure(document: MainDocument, error: Exception) -> None:
    """The problem that stopped the rendering of a part."""
    environment, ledger = document.environment, LEDGER.get()
    match error:
        case TemplateSyntaxError():
            source, _ = environment.sources[error.name or document.name]
            ledger.note(syntax_problem(environment, source, error))
        case TemplateNotFound(name=name) if environment.is_there(str(name)):
            pass  # it is said already what is wrong with it
        case TemplateNotFound():
            message, name = f"there is no template '{error.name}' in templates/", str(error.name)
            way_out = near_file(name, environment.names(), "put a file of this name into templates/")
            _note("missing-file", message, error, way_out, name=name)
        case TooLargeError():
            _note("too-large", str(error), error, "see whether a loop never ends, or a number is mistyped")
        case RecursionError() if circle(error):
            message = "this macro or template uses itself, again and again, without end"
            way_out = "remove that use, or put {% if … %} round it so that it comes to an end"
            _note("too-large", message, error, way_out, templates=circle(error))
        case RecursionError() | SyntaxError():  # of Python, for which a template is compiled
            file = str(getattr(error, "filename", ""))
            source, _ = environment.sources.get(file, environment.sources[document.name])
            ledger.note(too_deep(source))
        case SecurityError():
            _note("template-error", "a template may not do this", error, "use the fields of the record only")
        case UndefinedError() if ledger.problems:  # which has been noted where it came up
            pass
        case _:
            _note_unworkable(error)


def _note_unworkable(error: Exception) -> None:
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    inner = max(index for index, frame in enumerate(frames) if "__jinja_template__" in frame.f_globals)
    called = next((_of_function(error, frame) for frame in frames[inner + 1 :]), None)
    in_template = (_NAMES,) if isinstance(error, ValueError) else (_NO_LIST, _SUM)
    there = (cause for cause in in_template if _holding(failed_templates(error)[0], cause.pattern))
    default = _UNKNOWN if isinstance(error, ArithmeticError) else next(there, _UNKNOWN)
    cause = _ZERO if isinstance(error, ZeroDivisionError) else called or default
    _note("template-error", cause.message, error, cause.help, name=cause.name, pattern=cause.pattern)


def _of_function(error: Exception, frame: FrameType) -> _Cause | None:
    """What the frame of the called function says: of an operator, a filter, or what stands before brackets."""
    given, function, module = frame.f_locals, frame.f_code.co_name, str(frame.f_globals["__name__"])
    if module.endswith(".filters"):
        name = given.get("name", {"to_int": "int", "to_float": "float", "total": "sum"}.get(function, function))
        message = f"the filter '{name}' cannot work on a value of this kind"
        return _Cause(message, f"see whether it is meant for a list; {NUMBER}", r"\|", name)
    if function != "call":
        return _SUM if isinstance(error, TypeError) else None
    called = given["called"]
    name = getattr(called, "name", getattr(getattr(called, "func", called), "__name__", ""))
    name = {"turns": "range"}.get(name, name)  # ours, which stands in for Jinja's
    return _Cause(misfit(name), f"see which values it takes; {NUMBER}", r"\(", name) if callable(called) else _NO_MACRO


def _note(  # noqa: PLR0913 - all but four have names where they are called
    code: str,
    message: str,
    error: Exception,
    way_out: str,
    *,
    name: str = "",
    pattern: str = "",
    templates: list[tuple[Template, int]] | None = None,
) -> None:
    ledger = LEDGER.get()
    templates = templates or list(dict.fromkeys(failed_templates(error)))
    places = template_places(templates[:STEPS], name)
    if pattern and templates and places[0].column == _first_column(places[0]):
        places[0] = _holding(templates[0], pattern) or places[0]
    record = Related(ledger.recipient.place, RECORD)
    ledger.note(Problem(code, message, places[0], way_out, (*chain(places), record), message))


def _first_column(place: Place) -> int:
    line = place.source.lines[place.line - 1]
    return len(line) - len(line.lstrip()) + 1


def _holding(template: tuple[Template, int], pattern: str) -> Place | None:
    """The expression or tag of the line that fails."""
    environment, line = template[0].environment, template[1]
    source, text = environment.sources[template[0].name]  # type: ignore[attr-defined]
    return outline(environment, text).holding(source, line, pattern)
