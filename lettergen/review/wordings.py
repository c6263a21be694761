"""A wording that one letter has and all others nearly have."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import OPEN, TOKEN
from lettergen.problems import RECORD, Place, Problem, Related, once
from lettergen.review.leaks import field_at
from lettergen.review.nearly import SIGNS, WORD, Difference, difference
from lettergen.review.words import few, is_own, spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Arm, Mailing, Plan, Reading

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
    yield from few(once(found))


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
            found = difference(text, usual)
            if found:
                yield from _of_value(found, wordings, (text, usual), number, plan)


def _rare(count: Counter[str]) -> Iterator[tuple[str, str]]:
    """That which most letters say, with each text that only one has."""
    total = count.total()
    if total >= _LEAST and 1 < len(count) < total - 1:
        ((usual, most),) = count.most_common(1)
        if most >= max(total * _MOST, _LEAST - 1):
            yield from ((usual, text) for text, times in count.items() if times == 1)


def _of_value(
    found: Difference, wordings: Wordings, texts: tuple[str, str], number: int, plan: Plan
) -> Iterator[Problem]:
    reading, other = (wordings.first[text] for text in texts)
    origin, again = _origin(reading, number, texts[0]), _origin(other, number, texts[1])
    message = _message(found, wordings.times.total(), wordings.times[texts[1]])
    if origin is None:
        arms = _arms(found, reading, other, plan)
        if not _is_meant(found, arms, reading, other):
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
                    yield from _of_sentence(found, message, reading, wordings.first[other], plan)


def _passages(readings: Iterable[Reading]) -> dict[tuple[str, str], tuple[int, Reading]]:
    """Each passage of each part: how many letters have it, and the first of them."""
    found: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        for passage in reading.passages:
            found.setdefault((passage.part, passage.text), []).append(reading)
    return {key: (len(having), having[0]) for key, having in found.items()}


def _of_sentence(found: Difference, message: str, reading: Reading, other: Reading, plan: Plan) -> Iterator[Problem]:
    arms = _arms(found, reading, other, plan)
    if _is_meant(found, arms, reading, other):
        return
    own, others = arms
    place = _within(own, found.words[0]) if own else others.place if others else reading.recipient.place
    way_out = f"{_WAY_OUT}; if it is, declare a variant for it"
    yield Problem("rare-wording", message, place, way_out, (Related(reading.recipient.place, RECORD),))


_Arms = tuple["Arm | None", "Arm | None"]


def _arms(found: Difference, reading: Reading, other: Reading, plan: Plan) -> _Arms:
    """The arms that make the difference: one that only this letter takes, one that only the other takes."""
    mine, others = (sorted(one.arms - two.arms) for one, two in ((reading, other), (other, reading)))
    return _arm((plan.arms[n] for n in mine), found.words[0]), _arm((plan.arms[n] for n in others), found.words[1])


def _arm(arms: Iterable[Arm], words: str) -> Arm | None:
    """The one that says the words and least else."""
    saying = [(len(text), number, arm) for number, arm in enumerate(arms) if words and words in (text := _text(arm))]
    return min(saying)[2] if saying else None


def _text(arm: Arm) -> str:
    text = arm.words if arm.kind == "inline" else arm.place.source.text[arm.start : arm.end]
    return " ".join(text.split())


def _is_meant(found: Difference, arms: _Arms, reading: Reading, other: Reading) -> bool:
    """Whether a variant asks for the difference, or a field: a bracket more or less is no field's business."""
    ours = set(reading.recipient.variants) ^ set(other.recipient.variants)
    taken = [arm for arm in arms if arm]
    if any(not ours.isdisjoint(arm.variants) for arm in taken):
        return True
    asked = {name for arm in taken for name in re.findall(r"\brecipient\.(\w+)", arm.words)}
    return found.kind != SIGNS and bool(asked - {"id", "name"} or any(arm.kind == "for" for arm in taken))


def _within(arm: Arm, words: str) -> Place:
    """The words in the arm's text; its tag if they cannot be found there."""
    source = arm.place.source
    start = source.text.find(words, arm.start, arm.end) if arm.end else -1
    return source.place(start, start + len(words)) if start >= 0 else arm.place
