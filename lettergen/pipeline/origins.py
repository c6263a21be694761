"""Which of the values that letters print are a letter's own, and what each is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import BUILT_IN, field_names, origin_of
from lettergen.render.review.marks import Mark
from lettergen.review.worded import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lettergen.model import Origin, Passage, Plan, Reading, Token
    from lettergen.problems import Place

_WORDS = "letter.words."  # lettergen's own, such as "Dear"


class Varying(NamedTuple):
    """The expressions that do not print the same in all letters, by document: those that are `computed`, such as
    `recipient.name | upper`, and those that print a value of some record itself (`given`).
    """

    computed: frozenset[tuple[str, int]]
    given: frozenset[tuple[str, int]]


class Variety:
    """Takes letter after letter, and tells what the records have a part in, as far as it can be seen from them."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, int], str] = {}
        self._several: set[tuple[str, int]] = set()
        self._given: set[tuple[str, int]] = set()

    def see(self, reading: Reading) -> None:
        """A letter, or its half in one language."""
        for passage in reading.passages:
            for token, printed in zip(passage.tokens, passage.printed, strict=True):
                key = reading.document, printed
                if not token.origin:
                    if self._texts.setdefault(key, token.text) != token.text:
                        self._several.add(key)
                elif key not in self._given and is_in_record(token, reading):
                    self._given.add(key)

    def varying(self, plans: Mapping[str, Plan]) -> Varying:
        """What does not print the same in all of them."""
        computed = (key for key in self._several if not _is_choice(plans[key[0]], key[1]))
        return Varying(frozenset(computed), frozenset(self._given))


def marks_of(reading: Reading, plan: Plan, varied: Varying) -> list[list[Mark]]:
    """The marks of each passage's tokens."""
    names = dict(field_names(reading.recipient.fields))
    computed = {printed for document, printed in varied.computed if document == reading.document}
    return [
        [
            _mark(origin_of(token, printed, names, plan), is_own=is_in_record(token, reading) or printed in computed)
            for token, printed in zip(passage.tokens, passage.printed, strict=True)
        ]
        for passage in reading.passages
    ]


def _mark(origin: Origin, *, is_own: bool) -> Mark:
    place = origin.place or origin.printed
    if origin.name.startswith(_WORDS):
        return Mark("", "", is_own=False)
    return Mark(origin.name or "?", shown_place(place) if place else "", is_own)


def shown_place(place: Place) -> str:
    """The place within the project, wherever that lies."""
    if place.source.name == BUILT_IN:
        return "a built-in part"
    return f"{place.source.name}:{place.line}" if place.line else place.source.name


def is_in_record(token: Token, reading: Reading) -> bool:
    """Whether the value stands in the record itself, not in the file's `defaults` or the front matter."""
    place, record = token.origin, reading.recipient.place
    if place is None or place.source is not record.source:
        return False
    return record.order[1:] <= place.order[1:] < (record.end_line, record.end_column)


def own_fields(reading: Reading, passage: Passage, marks: Iterable[Mark], varied: Varying) -> Mapping[str, Field]:
    """A passage's values by the numbers of their tokens, where any record has one of its own; a list's items have
    one name.
    """
    numbered = enumerate(zip(passage.tokens, passage.printed, marks, strict=True))
    return {
        str(number): Field(mark.name.rstrip("0123456789 ") or mark.name, token.text)
        for number, (token, printed, mark) in numbered
        if mark.is_own or (reading.document, printed) in varied.given
    }


def _is_choice(plan: Plan, printed: int) -> bool:
    """Whether the expression is one such as `'x' if … else 'y'`."""
    if printed < 0:
        return False
    place = plan.prints[printed]
    return any(arm.kind == "inline" and arm.place.overlaps(place) for arm in plan.arms)
