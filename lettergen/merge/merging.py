"""The merge itself: each part rendered once, its mistakes caught."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from lettergen.merge.limits import LONGEST
from lettergen.merge.tokens import LEDGER, Ledger
from lettergen.model import PARTS, Draft, Fields, LongDate, Text, as_printed, long_date, words
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

    from lettergen.merge.document import MainDocument
    from lettergen.model import Recipient
    from lettergen.model.labels import Words
    from lettergen.model.values import Value


def merge(document: MainDocument, recipient: Recipient, known: frozenset[str]) -> tuple[Draft, list[Problem]]:
    """This recipient's letter; `known` are the fields that any record has."""
    day = _date(document, recipient)
    letter = _letter_fields(document, recipient, day)
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
    tokens, printed = tuple(ledger.tokens), tuple(ledger.printed)
    draft = Draft(recipient, str(letter["language"]), as_printed(day), parts, tokens, printed, frozenset(ledger.arms))
    return draft, list(ledger.problems.values())


def _render(document: MainDocument, variables: dict[str, object]) -> dict[str, str]:
    context = document.template.new_context(variables)
    top = _guarded(document, lambda: "".join(document.template.root_render_func(context)))
    if top is None:
        return {}
    return {name: dedent(_block(document, context, name) or "") for name in PARTS}


def _block(document: MainDocument, context: Context, name: str) -> str | None:
    LEDGER.get().turns = 0
    text = _guarded(document, lambda: "".join(context.blocks[name][0](context)))
    if text and len(text) > LONGEST:
        message = f"the part '{name}' is longer than {LONGEST:,} characters"
        problem = Problem("too-large", message, document.part_place(name), "see which loop makes it so long")
        LEDGER.get().note(problem)
        return None
    return text


def _guarded(document: MainDocument, render: Callable[[], str]) -> str | None:
    """The rendered text; None and a problem if the template failed."""
    try:
        return render()
    except Exception as error:  # noqa: BLE001 - whatever a template's expression raises is the template's
        from lettergen.merge.failures import note_failure  # only when something is wrong

        note_failure(document, error)
    return None


def _language(document: MainDocument, recipient: Recipient) -> str:
    return recipient.language or document.settings.language


def _date(document: MainDocument, recipient: Recipient) -> LongDate:
    settings, own = document.settings, recipient.fields
    fields = own if recipient.date else settings.fields
    place = fields.places.get("date", settings.place)
    return LongDate(long_date(recipient.date or settings.date, _language(document, recipient)), place)


def _letter_fields(document: MainDocument, recipient: Recipient, day: LongDate) -> Fields:
    """What `letter` is to a template: the record's word first, then the front matter's."""
    settings, own = document.settings, recipient.fields
    language = _language(document, recipient)
    said = words(language)
    place = settings.place
    values: dict[str, Value] = {
        key: own[key] if key in own else settings.fields.get(key)
        for key in ("reference", "subject", "closing", "enclosures", "copies")
    }
    values["closing"] = values["closing"] or settings.fields.get("closing") or Text(_words(said)["closing"], place)
    values["language"] = Text(language, place)
    values["date"] = day
    values["words"] = Fields(((Text(k, place), Text(v, place), place) for k, v in _words(said).items()), place)
    return Fields(((Text(key, place), value, place) for key, value in values.items()), place)


def _words(said: Words | None) -> dict[str, str]:
    names = ("dear", "closing", "reference", "enclosures", "copies")
    return {name: getattr(said, name) for name in names}
