"""A wording that one letter has and all others nearly have."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import OPEN, TOKEN
from lettergen.problems import RECORD, Place, Problem, Related, once
from lettergen.review.few import Few, told
from lettergen.review.mixups.arms import arms_of, is_meant, spot_in
from lettergen.review.mixups.nearly import SIGNS, WORD, Difference, difference
from lettergen.review.mixups.printed import field_at
from lettergen.review.mixups.words import is_own, spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Mailing, Plan, Reading

_LEAST = 4  # letters of which one can stand out
_MOST = 0.6  # of the letters that have the usual wording, at least
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WAY_OUT = "write it as the others do, if no difference is meant"


class Kind(NamedTuple):
    """The letters of one main document in one language."""

    document: str
    language: str


class Wordings(NamedTuple):
    """The texts that stand in one place of the letters: how many have each, and the first letter that has it."""

    times: Counter[str]
    first: dict[str, Reading]


def check_wordings(mailing: Mailing) -> Iterator[Problem]:
    """A warning for each value and each sentence by which one letter differs a little from most others."""
    kinds: dict[Kind, list[Reading]] = {}
    for reading in mailing.readings:
        kinds.setdefault(Kind(reading.document, reading.language), []).append(reading)
    found = []
    for kind, readings in kinds.items():
        if len(readings) >= _LEAST:
            plan = mailing.plans[kind.document]
            found += [*_of_values(readings, plan), *_of_sentences(readings, plan)]
    few = Few()
    for one in once(found):
        few.add(one)
    yield from told(few)


def _of_values(readings: list[Reading], plan: Plan) -> Iterator[Problem]:
    """What is said of values, each held against those that the same expression prints in other letters."""
    printed: dict[tuple[int, int], Wordings] = {}
    for reading in readings:
        nth: dict[int, int] = {}  # of the values that an expression within a loop prints
        for passage in reading.passages:
            for token, number in zip(passage.tokens, passage.printed, strict=True):
                turn = nth[number] = nth.get(number, 0) + 1
                wordings = printed.get((number, turn))
                if wordings is None:
                    wordings = printed[number, turn] = Wordings(Counter(), {})
                wordings.times[token.text] += 1
                wordings.first.setdefault(token.text, reading)
    for (number, _), wordings in printed.items():
        for usual, text in _rare(wordings.times) if number >= 0 else ():
            yield from _of_value(wordings, (text, usual), number, plan)


def _rare(count: Counter[str]) -> Iterator[tuple[str, str]]:
    """That which most letters say, with each text that only one has."""
    total = count.total()
    if total >= _LEAST and 1 < len(count) < total - 1:
        ((usual, most),) = count.most_common(1)
        if most >= max(total * _MOST, _LEAST - 1):
            yield from ((usual, text) for text, times in count.items() if times == 1)


def _of_value(wordings: Wordings, texts: tuple[str, str], number: int, plan: Plan) -> Iterator[Problem]:
    found = difference(*texts)
    if not found:
        return
    reading, other = (wordings.first[text] for text in texts)
    origin, again = _origin(reading, number, texts[0]), _origin(other, number, texts[1])
    message = _message(found, wordings.times.total(), wordings.times[texts[1]])
    if origin is None:
        arms = arms_of(found, reading, other, plan)
        if not is_meant(found, arms, reading, other):
            record = (Related(reading.recipient.place, RECORD),)
            yield Problem("rare-wording", message, plan.prints[number], _WAY_OUT, record)
    elif not _may_differ(found, field_at(reading, origin)):
        related = (Related(again, "as others say it"),) if again else ()
        yield Problem("rare-wording", message, spot(origin, found.shown[0]), _WAY_OUT, related)


def _origin(reading: Reading, number: int, text: str) -> Place | None:
    """The value's place, as the letter prints it by this expression."""
    values = (pair for passage in reading.passages for pair in zip(passage.tokens, passage.printed, strict=True))
    return next((token.origin for token, printed in values if printed == number and token.text == text), None)


def _may_differ(found: Difference, field: str) -> bool:
    """`Police and Crime Commissioner` is another role with `Fire`, `colleague` another salutation."""
    if field == "salutation":
        return found.kind != SIGNS
    return found.kind == WORD and bool(field) and not is_own(field)


def _message(found: Difference, total: int, usual: int) -> str:
    others = f"the other {usual} say" if usual == total - 1 else f"{usual} say"
    return f"1 of {total} letters says '{found.shown[0]}', {others} '{found.shown[1]}'"


def _of_sentences(readings: list[Reading], plan: Plan) -> Iterator[Problem]:
    """What is said of the templates' own sentences."""
    parts: dict[str, Wordings] = {}
    of: dict[str, list[str]] = {}  # passage -> its sentences
    for (part, text), (times, reading) in _passages(readings).items():
        wordings = parts.setdefault(part, Wordings(Counter(), {}))
        of[text] = [one for one in _SENTENCE_END.split(TOKEN.sub(OPEN, text)) if any(map(str.isalnum, one))]
        for sentence in of[text]:
            wordings.times[sentence] += times
            wordings.first.setdefault(sentence, reading)
    for part, wordings in parts.items():
        often = max(len(readings) * _MOST, _LEAST - 1)
        usual = [sentence for sentence, times in wordings.times.items() if times >= often]
        for sentence in (sentence for sentence, times in wordings.times.items() if times == 1):
            reading = wordings.first[sentence]
            own = {one for passage in reading.passages if passage.part == part for one in of[passage.text]}
            for other in (one for one in usual if one not in own):
                if found := difference(sentence, other, OPEN):
                    message = _message(found, len(readings), wordings.times[other])
                    yield from _of_sentence(found, message, (reading, wordings.first[other]), plan)


def _passages(readings: Iterable[Reading]) -> dict[tuple[str, str], tuple[int, Reading]]:
    """Each passage of each part: how many letters have it, and the first of them."""
    found: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        for passage in reading.passages:
            found.setdefault((passage.part, passage.text), []).append(reading)
    return {key: (len(having), having[0]) for key, having in found.items()}


def _of_sentence(found: Difference, message: str, readings: tuple[Reading, Reading], plan: Plan) -> Iterator[Problem]:
    arms = arms_of(found, *readings, plan)
    if is_meant(found, arms, *readings):
        return
    record = readings[0].recipient.place
    own, others = arms
    place = spot_in(own, found.words[0]) if own else others.place if others else record
    way_out = f"{_WAY_OUT}; if it is, declare a variant for it"
    yield Problem("rare-wording", message, place, way_out, (Related(record, RECORD),))
