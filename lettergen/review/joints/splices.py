"""All letters -> what is wrong where values meet the text of the template, each slip said once."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import BUILT_IN, TOKEN, words
from lettergen.problems import RECORD, Place, Problem, Related
from lettergen.review.joints.english import ABROAD
from lettergen.review.joints.flat import shown, stretches
from lettergen.review.joints.forms import unfit, unfit_close
from lettergen.review.joints.signs import placeholder
from lettergen.review.joints.slip import Slip
from lettergen.review.joints.stretch import PROSE, not_filled_in, slips_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Mailing, Passage, Plan, Reading, Token

NAMED = 4  # problems of one kind that are made; the others are counted
_MANY, _NEARLY_ALL = 3, 0.9  # where so many values fail at one expression, the template is to blame


class Met(NamedTuple):
    """A slip in a letter, at a token; without one, where `words` stand in the template."""

    slip: Slip
    reading: Reading
    token: Token | None
    printed: int
    words: str = ""


def check_splices(mailing: Mailing) -> Iterator[Problem]:
    """A warning for each kind of slip: at the first values that show it, or at the template if nearly all do."""
    alike: dict[tuple[str, int, str, str], list[Met]] = {}
    times: Counter[tuple[str, int]] = Counter()
    for reading in mailing.readings:
        for met in _met(reading):
            # What is wrong with values alone is one for all fields.
            number = met.printed if met.slip.in_template else -1
            key = reading.document, number, met.slip.kind, met.words
            alike.setdefault(key, []).append(met)
    if alike:  # counted only where something is wrong
        times.update(
            (one.document, number) for one in mailing.readings for part in one.passages for number in part.printed
        )
    told: set[tuple[str, tuple[str, int, int]]] = set()
    for (document, number, *_), group in alike.items():
        plan = mailing.plans[document]
        if _is_of_template(group, times[document, number]):
            yield _in_template(group, plan)
        else:
            yield from _in_values(group, plan, told)


def _is_of_template(group: list[Met], printed: int) -> bool:
    """Whether the template is to blame, whose expression was `printed` so often."""
    slip, _, token, *_ = group[0]
    if not slip.in_value or token is None or token.origin is None:
        return True
    return bool(slip.in_template) and len(group) >= max(_MANY, _NEARLY_ALL * printed)


def _met(reading: Reading) -> Iterator[Met]:
    is_english = reading.language.partition("-")[0].lower() == "en"
    for passage in reading.passages:
        if found := placeholder(passage.text, is_value=False):
            message = f"'{found}' looks like something that was to be filled in"
            slip = Slip("placeholder", "placeholder text", message, "", "write what is meant, or remove it", found)
            yield Met(slip, reading, None, next(iter(passage.printed), -1), _beside(passage.text, found))
        if passage.part not in PROSE:
            yield from _filled_in(reading, passage)
            continue
        for stretch in stretches(passage.text):
            if stretch.tokens:
                for number, slip in slips_in(
                    stretch, passage.tokens, is_body=passage.part == "body", is_english=is_english
                ):
                    yield Met(slip, reading, passage.tokens[number], passage.printed[number])
    if is_english:
        yield from _forms(reading)


def _filled_in(reading: Reading, passage: Passage) -> Iterator[Met]:
    """What was to be filled in, in lines that are no sentences."""
    for number, token in enumerate(passage.tokens):
        if slip := not_filled_in(token):
            yield Met(slip, reading, token, passage.printed[number])


def _forms(reading: Reading) -> Iterator[Met]:
    """What is wrong with the salutation and the close."""
    dear = words(reading.language).dear
    passage = next((one for one in reading.passages if one.part == "salutation"), None)
    said = _said(passage) if passage else ""
    if passage is None or not said.startswith(f"{dear} "):
        return
    salutation, name = said.removeprefix(f"{dear} ").strip(" ,:"), reading.recipient.name
    token, printed = (passage.tokens[-1], passage.printed[-1]) if passage.tokens else (None, -1)
    close = " ".join(_said(one) for one in reading.passages if one.part == "complimentary_close")
    slips = [unfit(name, salutation)]
    if reading.language.lower() not in ABROAD:
        slips.append(unfit_close(salutation, close, name))
    for slip in filter(None, slips):
        yield Met(slip, reading, token, printed, "" if token else said)


def _said(passage: Passage) -> str:
    """The passage's first line as printed."""
    first = stretches(passage.text)[0]
    values = [shown(passage.tokens[number].text, passage.tokens[number].is_markdown).text for number in first.tokens]
    return "".join(text for pair in zip(first.texts, [*values, ""], strict=True) for text in pair)


def _beside(text: str, found: str) -> str:
    """The words with what stands around them, up to a value or the line's end."""
    start = text.index(found)
    before = TOKEN.split(text[:start].rpartition("\n")[2])[-1]
    after = TOKEN.split(text[start:].partition("\n")[0])[0]
    return before + after


def _in_template(group: list[Met], plan: Plan) -> Problem:
    slip, reading, token, printed, sought = group[0]
    way_out = slip.in_template or slip.in_value
    record = token.origin if token and token.origin else reading.recipient.place
    more = len({met.reading.recipient.id for met in group}) - 1
    place = _sought(plan, sought, slip.guilty) if sought else (plan.prints[printed] if printed >= 0 else None)
    if place is None or place.source.name == BUILT_IN:
        return Problem(slip.code, slip.message, record, way_out, (), slip.kind, more, anywhere=True)
    if sought:  # text that is the same in all letters
        return Problem(slip.code, slip.message, place, way_out)
    return Problem(slip.code, slip.message, place, way_out, (Related(record, RECORD),), slip.kind, more)


def _in_values(group: Iterable[Met], plan: Plan, told: set[tuple[str, tuple[str, int, int]]]) -> Iterator[Problem]:
    """The first of them as problems, the others counted; a value that is printed twice is one."""
    new = []
    for met in group:
        origin = met.token.origin if met.token else None
        if origin and (met.slip.kind, origin.order) not in told:
            told.add((met.slip.kind, origin.order))
            new.append((origin, met))
    new.sort(key=lambda pair: pair[0].order)
    for index, (origin, met) in enumerate(islice(new, NAMED)):
        slip, place = met.slip, plan.prints[met.printed] if met.printed >= 0 else None
        related = (Related(place, "printed here"),) if place and place.source.name != BUILT_IN else ()
        more = max(0, len(new) - NAMED) if index == 0 else 0
        guilty = _guilty(origin, slip)
        subject = f"{slip.kind} {met.reading.document} {met.printed}" if slip.in_template else slip.kind
        yield Problem(slip.code, slip.message, guilty, slip.in_value, related, subject, more, anywhere=True)


def _guilty(origin: Place, slip: Slip) -> Place:
    """The guilty word of a value in its file; the whole value if it cannot be found."""
    source, word = origin.source, slip.guilty
    numbers = range(origin.line, origin.end_line + 1)
    for number in reversed(numbers) if slip.is_end else numbers:
        line = source.lines[number - 1]
        first = origin.column - 1 if number == origin.line else 0
        last = origin.end_column - 1 if number == origin.end_line else len(line)
        column = (line.rfind if slip.is_end else line.find)(word, first, last) if word else -1
        if column >= 0:
            return Place(source, number, column + 1, number, column + len(word) + 1)
    return origin


def _sought(plan: Plan, sought: str, guilty: str) -> Place | None:
    """Where the guilty of these words stand in the templates, as far as the plan knows them."""
    sources = {place.source for place in (*plan.prints, *(arm.place for arm in plan.arms))}
    for source in sorted(sources, key=lambda source: source.name):
        start = source.text.find(sought)
        if start >= 0 and source.name != BUILT_IN:
            start += sought.index(guilty)
            return source.place(start, start + len(guilty or sought))
    return None
