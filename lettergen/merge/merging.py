"""The merge itself: each part rendered once, its mistakes caught."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lettergen.merge.limits import LONGEST
from lettergen.merge.printing import printed
from lettergen.merge.shared import Rendered, shared_by
from lettergen.merge.tokens import LEDGER, Ledger
from lettergen.merge.white_space import finished
from lettergen.model import PARTS, TOKEN, Draft, one_line
from lettergen.problems import RECORD, Problem, Related, short

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

    from lettergen.merge.document import MainDocument
    from lettergen.merge.shared import Shared
    from lettergen.model import Recipient
    from lettergen.problems import Place


def merge(document: MainDocument, recipient: Recipient, known: frozenset[str]) -> tuple[Draft, list[Problem]]:
    """This recipient's letter; `known` are the fields that any record has."""
    shared = shared_by(document, recipient)
    labels = {
        id(recipient.fields): f"recipient '{recipient.id}'",
        id(document.settings.sender): "the sender",
        id(shared.letter): "the letter",
    }
    ledger = Ledger(recipient, known, labels, str(shared.letter["language"]))
    reset = LEDGER.set(ledger)
    try:
        rendered = _render(document, recipient, shared, ledger)
    finally:
        LEDGER.reset(reset)
    language, parts = str(shared.letter["language"]), {name: part.text for name, part in rendered.items() if name}
    tokens, printed = tuple(ledger.tokens), tuple(ledger.printed)
    arms = frozenset().union(*[part.arms for part in rendered.values()])
    draft = Draft(recipient, language, shared.long_date, parts, tokens, printed, arms, frozenset(ledger.same))
    return draft, list(ledger.problems.values())


def _render(document: MainDocument, recipient: Recipient, shared: Shared, ledger: Ledger) -> dict[str, Rendered]:
    """The parts by name; under `` what the top of the main document has done."""
    variables = {
        "recipient": recipient.fields,
        "sender": document.settings.sender,
        "letter": shared.letter,
        "variants": recipient.variants,
    }
    context = document.template.new_context(variables)
    is_sound = _guarded(document, lambda: "".join(document.template.root_render_func(context))) is not None
    top = Rendered("", (), (), frozenset(ledger.arms))
    return {"": top} | {name: _part(document, context, name, shared) for name in PARTS if is_sound}


def _part(document: MainDocument, context: Context, name: str, shared: Shared) -> Rendered:
    """The part as it was in a letter before, if it must be the same in this one."""
    ledger = LEDGER.get()
    first = len(ledger.tokens)
    kept = shared.find(name, first)
    if kept:
        ledger.tokens += kept.tokens
        ledger.printed += kept.printed
        ledger.same.append(name)
        return kept
    ledger.begin()
    text = _block(document, context, name)
    if name == "subject_line":  # it is the title too: a line break in a value is a blank
        own = ledger.tokens[first:]
        ledger.tokens[first:] = [one if one.is_markdown else replace(one, text=one_line(one.text)) for one in own]
    tokens, printed = tuple(ledger.tokens[first:]), tuple(ledger.printed[first:])
    words, glued = finished(text or "", frozenset(ledger.blank))
    made = Rendered(words, tokens, printed, frozenset(ledger.arms))
    if glued:
        _note_glued(document.part_place(name), TOKEN.sub(lambda found: ledger.tokens[int(found[1])].text, glued))
    if text is not None and ledger.is_sound:
        shared.keep(name, first, made, ledger.asked)
    return made


def _note_glued(place: Place, words: str) -> None:
    message = f"the letter would say '{short(words)}': a '-' in a tag removes the line end between the words"
    way_out = "remove the '-': a line with a tag that prints nothing leaves no trace anyway"
    ledger = LEDGER.get()
    ledger.note(
        Problem("splice-space", message, place, way_out, (Related(ledger.recipient.place, RECORD),), message[:40])
    )


def _block(document: MainDocument, context: Context, name: str) -> str | None:
    text = _guarded(document, lambda: printed(context.blocks[name][0](context)))
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
