"""Where a letter's values come from, and why its text stands there: the keys of an explained letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import BUILT_IN, field_names, origin_of
from lettergen.model.explaining import Key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Arm, Plan, Reading, Token
    from lettergen.model.explaining import Spot, Trace
    from lettergen.problems import Place

_TAG = re.compile(r"\{%[^{}]*%\}", re.DOTALL)
_OF = {"href": "in the link's target", "src": "the image's file", "alt": "the image's description"}
BUILT_IN_PART = "built-in part"


class Known(NamedTuple):
    """What one reading says of its words: its plan, its fields' names, the record's place, whether its date was given
    with the command, the arms that it takes.
    """

    plan: Plan
    names: Mapping[tuple[str, int, int], str]
    record: Place
    is_dated: bool
    arms: frozenset[int]


def known_of(reading: Reading, plan: Plan, record: Place, *, is_dated: bool) -> Known:
    """What is known of a reading."""
    return Known(plan, dict(field_names(reading.recipient.fields)), record, is_dated, reading.arms)


def value_key(known: Known, token: Token, printed: int, of: str = "") -> Key:
    """Where a value comes from; `of` is the attribute that it is part of."""
    origin = origin_of(token, printed, known.names, known.plan)
    expression = _source(origin.printed) or "an expression"
    notes = [_OF.get(of, f"in the {of}")] if of else []
    key = Key("computed", expression, "", at(origin.printed))
    if token.origin:
        key = key._replace(kind=_kind(known, token), place=at(token.origin))
    if origin.place:
        key = key._replace(name=origin.name)
        notes += [f"chosen by {expression}"] * _is_chosen(known, printed)
    if key.kind == "date":
        key = key._replace(name="date")
    return key._replace(note="; ".join(notes))


def reasons(known: Known, trace: Trace, heads: Mapping[tuple[Spot, ...], Spot]) -> tuple[Key, ...]:
    """Why a sign stands there, the outermost first: conditions, loops, calls of macros, files included.

    `heads` says where the text begins that a call or include has brought.
    """
    found: list[Key] = []
    for index, spot in enumerate(trace.spots):
        found += _conditions(known.plan, spot)
        called = trace.spots[: index + 1]
        if called in heads and spot.source.name != BUILT_IN:
            found.append(Key("from", _tag(spot), at(heads[called].place), at(spot.place)))
    return tuple(dict.fromkeys(found))


def _conditions(plan: Plan, spot: Spot) -> Iterator[Key]:
    """The arms that a spot is in, the outermost first."""
    arms = (arm for arm in plan.arms if arm.kind != "macro" and arm.start <= spot.offset < arm.end)
    for arm in sorted((arm for arm in arms if arm.place.source.name == spot.source.name), key=lambda arm: arm.start):
        if spot.source.name != BUILT_IN:
            yield Key("arm", " … ".join(_chain(plan, arm)), at(arm.place))


def _chain(plan: Plan, arm: Arm) -> list[str]:
    """The arm's words behind those of the arms that were not taken: an `else` says nothing alone."""
    text = arm.place.source.text
    for other in plan.arms if arm.kind in ("elif", "else") else ():
        is_before = other.place.source.name == arm.place.source.name and other.kind in ("if", "elif", "for")
        if is_before and 0 < other.end < arm.start and _TAG.fullmatch(text, other.end, arm.start):
            return [*_chain(plan, other), arm.words]
    return [arm.words]


def _kind(known: Known, token: Token) -> str:
    """Of a value with a place. The built-in words have that of the settings, which name none of them."""
    place = token.origin
    if place and place.file == known.record.file:
        return "record" if known.record.overlaps(place) else "defaults"
    if known.is_dated and token.is_date:
        return "date"
    return "settings" if place and place.order in known.plan.fields else "word"


def _is_chosen(known: Known, printed: int) -> bool:
    """Whether an inline condition chose the value."""
    arms = (known.plan.arms[number] for number in known.arms)
    return printed >= 0 and any(arm.kind == "inline" and arm.place == known.plan.prints[printed] for arm in arms)


def _source(place: Place | None) -> str:
    """The expression as it stands in the template."""
    return f"{{{{ {place.text} }}}}" if place else ""


def _tag(spot: Spot) -> str:
    """The print or tag that begins at the spot."""
    text = spot.source.text
    ends = [text.find(sign, spot.offset) for sign in ("}}", "%}")]
    end = min((end for end in ends if end >= 0), default=len(text))
    return " ".join(text[spot.offset : end + 2].split())


def at(place: Place | None) -> str:
    """`templates/letter.md.j2:67`."""
    if place is None or place.source.name == BUILT_IN:
        return BUILT_IN_PART
    return f"{place.file}:{place.line}"
