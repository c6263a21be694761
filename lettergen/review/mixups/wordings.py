"""A wording that one letter has and all others nearly have."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import OPEN, TOKEN
from lettergen.problems import RECORD, Place, Problem, Related
from lettergen.review.few import Few, told
from lettergen.review.mixups.arms import arms_of, is_meant, spot_in
from lettergen.review.mixups.columns import DISTINCT, LEAST, MOST, Column, Rare
from lettergen.review.mixups.layouts import Letters, turns
from lettergen.review.mixups.nearly import SIGNS, WORD, Difference, difference
from lettergen.review.mixups.printed import field_at
from lettergen.review.mixups.words import is_own, spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Plan, Reading
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.layouts import Turn
    from lettergen.review.mixups.record import Record

    Kind = tuple[str, str]  # the letters of one main document in one language

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WAY_OUT = "write it as the others do, if no difference is meant"


class Wordings:
    """A warning for each value and each sentence by which one letter differs a little from most others."""

    def __init__(self, distinct: int = DISTINCT) -> None:
        self._distinct = distinct
        self._kinds: dict[Kind, Letters] = {}

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for reading in readings:
            letters = self._kinds.get((reading.document, reading.language))
            if letters is None:
                letters = self._kinds[reading.document, reading.language] = Letters(self._distinct)
            letters.see(reading)

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        found, again = Few(), {}
        for kind, letters in self._kinds.items():
            if letters.total >= LEAST:
                plan = shared.plans[kind[0]]
                columns = letters.columns.items()
                for problem in chain(_of_values(letters.columns, plan), _of_sentences(letters, plan)):
                    found.add_once(problem)
                again[kind] = {turn: column for turn, one in columns if turn[0] >= 0 and (column := one.again())}
        again = {kind: columns for kind, columns in again.items() if columns}
        return ([], _Usual(found, again)) if again else (told(found), None)


class _Usual:
    """The second look: at expressions of which it came out late what they usually print."""

    def __init__(self, found: Few, columns: Mapping[Kind, Mapping[Turn, Column]]) -> None:
        self.found, self.columns = found, columns

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for reading in readings:
            columns = self.columns.get((reading.document, reading.language), {})
            texts = (token.text for passage in reading.passages for token in passage.tokens)
            for turn, text in zip(turns(reading), texts, strict=True):
                column = columns.get(turn)
                if column and text != column.usual:
                    column.see(text, reading)
                elif column:
                    column.same += 1
                    column.reading = column.reading or reading

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        for kind, columns in self.columns.items():
            for problem in _of_values(columns, shared.plans[kind[0]]):
                self.found.add_once(problem)
        return told(self.found), None


def _of_values(columns: Mapping[Turn, Column], plan: Plan) -> Iterator[Problem]:
    """What is said of values, each held against those that the same expression prints in other letters."""
    for (number, _), column in columns.items():
        for rare in column.rare() if number >= 0 else ():
            yield from _of_value(rare, number, plan)


def _of_value(rare: Rare, number: int, plan: Plan) -> Iterator[Problem]:
    found = difference(*rare.texts)
    if not found:
        return
    reading, other = rare.readings
    origin, again = (_origin(one, number, text) for one, text in zip(rare.readings, rare.texts, strict=True))
    message = _message(found, rare.total, rare.usual)
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


class _Sentence(NamedTuple):
    """How many letters have a sentence, and the first of them."""

    times: int
    first: Reading


def _of_sentences(letters: Letters, plan: Plan) -> Iterator[Problem]:
    """What is said of the templates' own sentences."""
    parts: dict[str, dict[str, _Sentence]] = {}
    of: dict[str, list[str]] = {}  # passage -> its sentences
    for (part, text), (times, reading) in letters.passages().items():
        sentences = parts.setdefault(part, {})
        of[text] = [one for one in _SENTENCE_END.split(TOKEN.sub(OPEN, text)) if any(map(str.isalnum, one))]
        for sentence in of[text]:
            before = sentences.get(sentence, _Sentence(0, reading))
            sentences[sentence] = _Sentence(before.times + times, before.first)
    for part, sentences in parts.items():
        yield from _of_part(part, sentences, of, letters.total, plan)


def _of_part(
    part: str, sentences: Mapping[str, _Sentence], of: Mapping[str, list[str]], total: int, plan: Plan
) -> Iterator[Problem]:
    often = max(total * MOST, LEAST - 1)
    usual = [sentence for sentence, one in sentences.items() if one.times >= often]
    for sentence, (times, reading) in sentences.items():
        if times == 1:
            own = {one for passage in reading.passages if passage.part == part for one in of[passage.text]}
            for other in (one for one in usual if one not in own):
                if found := difference(sentence, other, OPEN):
                    message = _message(found, total, sentences[other].times)
                    yield from _of_sentence(found, message, (reading, sentences[other].first), plan)


def _of_sentence(found: Difference, message: str, readings: tuple[Reading, Reading], plan: Plan) -> Iterator[Problem]:
    arms = arms_of(found, *readings, plan)
    if is_meant(found, arms, *readings):
        return
    record = readings[0].recipient.place
    own, others = arms
    place = spot_in(own, found.words[0]) if own else others.place if others else record
    way_out = f"{_WAY_OUT}; if it is, declare a variant for it"
    yield Problem("rare-wording", message, place, way_out, (Related(record, RECORD),))
