"""The merge itself: each part rendered once, its mistakes caught."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from lettergen.merge.noting import template_places
from lettergen.merge.outline import chain, failed_templates
from lettergen.merge.shape import syntax_problem
from lettergen.merge.tokens import LEDGER, Ledger
from lettergen.model import PARTS, Draft, Fields, Text, long_date, words
from lettergen.problems import RECORD, Problem, Related, near

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

    from lettergen.merge.document import MainDocument
    from lettergen.model import Recipient
    from lettergen.model.languages import Words
    from lettergen.model.values import Value


def merge(document: MainDocument, recipient: Recipient, known: frozenset[str]) -> tuple[Draft, list[Problem]]:
    """This recipient's letter; `known` are the fields that any record has."""
    letter = _letter_fields(document, recipient)
    settings = document.settings
    labels = {
        id(recipient.fields): f"recipient '{recipient.id}'",
        id(settings.sender): "the sender",
        id(letter): "the letter",
    }
    ledger = Ledger(recipient, known, labels)
    variables: dict[str, object] = {
        "recipient": recipient.fields,
        "sender": settings.sender,
        "letter": letter,
        "variants": recipient.variants,
    }
    reset = LEDGER.set(ledger)
    try:
        parts = _render(document, variables)
    finally:
        LEDGER.reset(reset)
    language, day = str(letter["language"]), str(letter["date"])
    return Draft(recipient, language, day, parts, tuple(ledger.tokens)), list(ledger.problems.values())


def _render(document: MainDocument, variables: dict[str, object]) -> dict[str, str]:
    context = document.template.new_context(variables)
    top = _guarded(document, lambda: "".join(document.template.root_render_func(context)))
    if top is None:
        return {}
    return {name: dedent(_block(document, context, name) or "") for name in PARTS}


def _block(document: MainDocument, context: Context, name: str) -> str | None:
    return _guarded(document, lambda: "".join(context.blocks[name][0](context)))


def _guarded(document: MainDocument, render: Callable[[], str]) -> str | None:
    """The rendered text; None and a problem if the template failed."""
    try:
        return render()
    except TemplateSyntaxError as error:
        source, _ = document.environment.sources[error.name or document.name]
        LEDGER.get().note(syntax_problem(document.environment, source, error))
    except TemplateNotFound as error:
        message = f"there is no template '{error.name}' in templates/"
        _note_failure("missing-file", message, error, near(str(error.name), document.environment.names()))
    except SecurityError as error:
        _note_failure("template-error", f"a template may not do this: {error}", error)
    except RecursionError as error:
        _note_failure("template-error", "the templates include each other without end", error)
    except Exception as error:  # noqa: BLE001 - whatever a template's expression raises is the template's
        words = (str(error) or type(error).__name__).replace("'Text'", "a text").replace("'Fields'", "a mapping")
        way_out = "a field is a text: '| int' or '| float' makes a number of it" if "a text" in words else ""
        _note_failure("template-error", f"this cannot be worked out: {words}", error, way_out)
    return None


def _note_failure(code: str, message: str, error: BaseException, way_out: str = "") -> None:
    ledger = LEDGER.get()
    places = template_places(failed_templates(error)[:8])
    record = Related(ledger.recipient.place, RECORD)
    ledger.note(Problem(code, message, places[0], way_out, (*chain(places), record), message))


def _letter_fields(document: MainDocument, recipient: Recipient) -> Fields:
    """What `letter` is to a template: the record's word first, then the front matter's."""
    settings, own = document.settings, recipient.fields
    language = recipient.language or settings.language
    said = words(language)
    place = settings.place
    values: dict[str, Value] = {
        key: own[key] if key in own else settings.fields.get(key)
        for key in ("reference", "subject", "closing", "enclosures", "copies")
    }
    values["closing"] = values["closing"] or settings.fields.get("closing") or Text(_words(said)["closing"], place)
    values["language"] = Text(language, place)
    values["date"] = Text(long_date(recipient.date or settings.date, language), place)
    values["words"] = Fields(((Text(k, place), Text(v, place), place) for k, v in _words(said).items()), place)
    return Fields(((Text(key, place), value, place) for key, value in values.items()), place)


def _words(said: Words | None) -> dict[str, str]:
    names = ("dear", "closing", "reference", "enclosures", "copies")
    return {name: getattr(said, name) for name in names}
