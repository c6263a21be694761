"""One stretch of a letter's text with its values put in -> the slips at each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.problems import short
from lettergen.review.joints.english import SAYING
from lettergen.review.joints.flat import Shown, Stretch, shown
from lettergen.review.joints.rules import may_slip, slips_at
from lettergen.review.joints.seams import seam
from lettergen.review.joints.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.model import Token

PROSE = frozenset({"subject_line", "body", "enclosures", "copies"})  # whose text reads as sentences do


class Printed(NamedTuple):
    """A stretch as a letter prints it, and where each of its values stands in the text."""

    stretch: Stretch
    text: str
    values: Sequence[Shown]
    spans: Sequence[tuple[int, int]]


def not_filled_in(token: Token) -> Slip | None:
    """What is wrong with a value that says `TODO`."""
    found = shown(token.text, token.is_markdown).left_in if token.origin else ""
    if not found:
        return None
    message = f"'{short(found, 30)}' looks like something that was to be filled in"
    return Slip("placeholder", f"placeholder {found}", message, "write what is meant", "", found)


def slips_in(
    stretch: Stretch, tokens: Sequence[Token], *, is_body: bool, is_english: bool
) -> Iterator[tuple[int, Slip]]:
    """Each slip with the number of the token in the passage."""
    values = [shown(token.text, token.is_markdown) for token in [tokens[number] for number in stretch.tokens]]
    for number, value in zip(stretch.tokens, values, strict=True):
        if value.left_in and (slip := not_filled_in(tokens[number])):
            yield number, slip
    printed = _printed(stretch, values)
    yield from _at_joints(printed, is_english=is_english)
    if is_body and is_english:
        yield from _without_stop(printed)


def _printed(stretch: Stretch, values: Sequence[Shown]) -> Printed:
    text, spans = stretch.texts[0], []
    for value, literal in zip(values, stretch.texts[1:], strict=True):
        start = len(text)
        text = f"{text}{value.text}"
        spans.append((start, len(text)))
        text = f"{text}{literal}"
    return Printed(stretch, text, values, spans)


def _at_joints(printed: Printed, *, is_english: bool) -> Iterator[tuple[int, Slip]]:
    stretch, text, values, spans = printed
    for index, number in enumerate(stretch.tokens):
        start, end = spans[index]
        if start == end:
            continue
        is_name = values[index].is_name or number in stretch.titled
        before = seam(text, start, False, is_name)
        for slip in slips_at(before, is_english) if may_slip(before) else ():
            yield number, slip
        if stretch.texts[index + 1].strip(" "):  # else it is the next value's joint, or the end
            behind = seam(text, end, True, is_name)
            for slip in slips_at(behind, is_english) if may_slip(behind) else ():
                yield number, slip


def _without_stop(printed: Printed) -> Iterator[tuple[int, Slip]]:
    """A paragraph that is a sentence and ends in a value without a closing sign."""
    stretch, text = printed.stretch, printed.text
    if stretch.kind != "p" or stretch.is_marked or not stretch.tokens or stretch.texts[-1].strip(" )”’\"'"):
        return
    if not text.rstrip(" )”’\"'")[-1:].isalnum() or stretch.texts[-2].rstrip().endswith(":"):
        return
    words = re.split(r"(?<=[.!?]) (?=[A-Z])", text)[-1].split()
    is_address = re.search(r"[@/]|www", words[-1])
    if words[0][0].isupper() and not SAYING.isdisjoint(words[1:-1]) and not is_address:
        message = f"the letter would say '… {' '.join(words[-3:])}', and no full stop ends the sentence"
        in_value = "end the value with a full stop, or write one behind the field in the template"
        code, guilty = "splice-punctuation", words[-1].strip(")”’\"'")
        kind, in_template = f"{code} stop", "write a full stop behind the field"
        yield stretch.tokens[-1], Slip(code, kind, message, in_value, in_template, guilty, is_end=True)
