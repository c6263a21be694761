"""One stretch of a letter's text with its values put in -> the slips at each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.problems import short
from lettergen.review.english import SAYING
from lettergen.review.flat import OPAQUE, Shown, Stretch, shown
from lettergen.review.seams import Seam, slips_at
from lettergen.review.signs import placeholder, quotes_in, unbalanced
from lettergen.review.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.model import Token

PROSE = frozenset({"subject_line", "body", "enclosures", "copies"})  # whose text reads as sentences do
_REACH = 40


class Printed(NamedTuple):
    """A stretch as a letter prints it, and where each of its values stands in the text."""

    stretch: Stretch
    text: str
    values: tuple[Shown, ...]
    spans: tuple[tuple[int, int], ...]


def slips_in(stretch: Stretch, tokens: Sequence[Token], part: str, *, is_english: bool) -> Iterator[tuple[int, Slip]]:
    """Each slip with the number of the token in the passage."""
    printed = _printed(stretch, tokens)
    if part in PROSE:
        yield from _at_joints(printed, part, is_english=is_english)
        if part == "body" and is_english:
            yield from _without_stop(printed)
        yield from _unbalanced(printed, is_english=is_english)
        yield from _mixed(printed)
    for number, value in zip(stretch.tokens, printed.values, strict=True):
        if found := placeholder(value.text, True):
            message = f"'{short(found, 30)}' looks like something that was to be filled in"
            way_out = "write what is meant; if it is meant as it stands, see 'lettergen explain placeholder'"
            yield number, Slip("placeholder", "placeholder", message, way_out, way_out, found)


def _printed(stretch: Stretch, tokens: Sequence[Token]) -> Printed:
    values = tuple([shown(token.text, token.is_markdown) for token in [tokens[number] for number in stretch.tokens]])
    text, spans = stretch.texts[0], []
    for value, literal in zip(values, stretch.texts[1:], strict=True):
        start = len(text)
        text = f"{text}{value.text}"
        spans.append((start, len(text)))
        text += literal
    return Printed(stretch, text, values, tuple(spans))


def _at_joints(printed: Printed, part: str, *, is_english: bool) -> Iterator[tuple[int, Slip]]:
    stretch, text = printed.stretch, printed.text
    prose = stretch.kind if part == "body" and stretch.kind in ("p", "li") else ""
    for index, ((start, end), value) in enumerate(zip(printed.spans, printed.values, strict=True)):
        if not value.text:
            continue
        number = stretch.tokens[index]
        is_name = value.is_titled or number in stretch.titled or " " not in value.text
        before, after = text[max(0, start - _REACH) : start], text[start : start + _REACH]
        for slip in slips_at(Seam(before, after, False, prose, is_name), is_english):
            yield number, slip
        if not stretch.texts[index + 1].strip(" "):  # the next value's joint, or the end
            continue
        before, after = text[max(start, end - _REACH) : end], text[end : end + _REACH]
        for slip in slips_at(Seam(before, after, True, prose, is_name), is_english):
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


def _unbalanced(printed: Printed, *, is_english: bool) -> Iterator[tuple[int, Slip]]:
    """A sign without a partner: the value's, unless the template has the partner or is to blame itself."""
    stretch = printed.stretch
    literal = unbalanced(OPAQUE.join(stretch.texts), is_english)
    guilty = [
        (number, sign)
        for number, value in zip(stretch.tokens, printed.values, strict=True)
        if (sign := unbalanced(value.text, is_english))
    ]
    if not (literal or guilty) or not (sign := unbalanced(printed.text, is_english)):
        return
    way_out = f"write the partner of {sign}, or remove it"
    if guilty:
        number, sign = guilty[0]
        message = f"'{sign}' has no partner in the value"
        yield number, Slip("unbalanced", f"unbalanced {sign}", message, way_out, way_out, sign)
    else:
        message = f"'{sign}' has no partner in the paragraph around this field"
        yield stretch.tokens[0], Slip("unbalanced", f"unbalanced {sign} text", message, "", way_out)


def _mixed(printed: Printed) -> Iterator[tuple[int, Slip]]:
    """A straight sign of a value beside curly ones: those of templates become curly."""
    signs = [quotes_in(value.text) for value in printed.values]
    if "'" not in signs and '"' not in signs:
        return
    if not any(sign in "’‘”“" for sign in signs if sign) and not any(map(quotes_in, printed.stretch.texts)):
        return
    for number, sign in zip(printed.stretch.tokens, signs, strict=True):
        if sign in ("'", '"'):
            curly = "’" if sign == "'" else "“ and ”"
            message = (
                f"{sign} is printed as it was typed, beside curly quotation marks and apostrophes in the paragraph"
            )
            way_out = f"type {curly} in the value"
            yield number, Slip("mixed-quotes", "mixed-quotes", message, way_out, way_out, sign)
