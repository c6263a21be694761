"""A template that fails while it is merged: what Jinja and Python say, in words for its author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError

from lettergen.merge.limits import TooLargeError
from lettergen.merge.mistakes.faults import NUMBER
from lettergen.merge.noting import template_places
from lettergen.merge.outline import chain, circle, failed_templates, outline
from lettergen.merge.shape import syntax_problem, too_deep
from lettergen.merge.tokens import LEDGER
from lettergen.problems import RECORD, Place, Problem, Related, near_file

if TYPE_CHECKING:
    from jinja2 import Template

    from lettergen.merge.document import MainDocument

STEPS = 4  # of the way to a mistake that are named
# What Python's or Jinja's message contains; what we say, the way out, and a pattern of what fails.
# A group `name` is the name of what was called, as the template has it or nearly.
_WORDS = (
    (r"unsupported operand|can only concat|multiply sequence", "text cannot be used in this sum", NUMBER, r"[-+*/%]"),
    (r"not supported between", "text cannot be compared with a number", NUMBER, r"[<>]|sort|min|max"),
    (r"integer|real number|Unknown format", "a number is needed here, and this is text", NUMBER, r"\(|%"),
    (r"must be a? ?str|must be str", "text is needed here, and this is not text", "put quotes round it", r"\("),
    (r"to unpack", "there are more names than items, or fewer", "give one name to each item of the list", ","),
    (
        r"'(Text|Items|Fields|str|int|float|tuple|list)' object has no|type \w+ doesn't define|bad operand type",
        "the filter cannot work on a value of this kind",
        "see whether it is meant for a list or a number",
        r"\|",
    ),
    (r"by zero", "this divides by zero", "put {% if %} … {% endif %} round it", r"[/%]"),
    (r"not be zero", "the steps of this range are zero", "write another number in its brackets", "range"),
    (r"not callable", "this is not a macro, so no brackets '( )' can follow it", "remove the brackets", r"\("),
    (r"not iterable", "this has no items to go through", "a loop needs a list", r"\bfor\b|\|"),
    (r"not found|not in list", "'index' finds no such text", "use 'find' instead, which answers -1", r"\.index"),
    (
        r"macro '(?P<name>\w+)' takes not more than (?P<count>\d+)",
        "the brackets after '{name}' hold too many values: the macro takes {count}",
        "remove those that are too many",
        r"\(",
    ),
    (
        r"macro '(?P<name>\w+)' takes no keyword argument '(?P<word>\w+)'",
        "macro '{name}' has no '{word}' in its brackets",
        "see how the macro names its values",
        r"\(",
    ),
    (
        r"(?P<name>\w+)(?:\(\))? (?:missing|expected at least|expected (?!at most))",
        "the brackets after '{name}' hold too few values",
        "write what is missing into them",
        r"\(",
    ),
    (
        r"(?P<name>\w+)(?:\(\))? (?:takes|expected at most|got)",
        "the brackets after '{name}' hold too many values, or one that it does not know",
        "remove what is too much",
        r"\(",
    ),
    (
        r"format|not all arguments|Replacement index",
        "the pattern and its values do not match",
        "count the '%' signs and the values",
        r"format|%",
    ),
    (
        r"non-namespace",
        "only what 'namespace' has made can be changed with a dot",
        "make it so: {% set box = namespace(count=0) %}",
        r"^set\b",
    ),
)


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
    said = str(error)
    for sign, message, way_out, pattern in _WORDS:
        found = re.search(sign, said)
        if found:
            groups = found.groupdict()
            groups["name"] = _called(groups.get("name", ""))
            _note(*("template-error", message.format(**groups), error, way_out), name=groups["name"], pattern=pattern)
            return
    message = "this cannot be worked out"
    way_out = "write it in steps, each with {% set … %} in a line of its own, to see which one fails"
    _note("template-error", message, error, way_out, pattern=r"\(|\|")


def _called(name: str) -> str:
    """What a function of Python's is called in a template."""
    known = {"to_int": "int", "to_float": "float", "total": "sum", "rounded": "round", "turns": "range"}
    return known.get(name, name.removeprefix("do_").removeprefix("sync_do_"))


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
