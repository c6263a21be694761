"""One letter as a reader takes it -> its slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import words
from lettergen.review.joints.english import ABROAD
from lettergen.review.joints.flat import shown, stretches
from lettergen.review.joints.forms import unfit, unfit_close
from lettergen.review.joints.met import Met
from lettergen.review.joints.signs import may_be_left_in
from lettergen.review.joints.stretch import PROSE, not_filled_in, slips_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Passage, Reading, Token
    from lettergen.review.joints.slip import Slip


def slips_of(reading: Reading) -> Iterator[Met]:
    """What is wrong in a letter."""
    is_english = reading.language.partition("-")[0].lower() == "en"
    for passage in reading.passages:
        if not passage.tokens:
            continue
        if passage.part in PROSE:
            yield from _spliced(reading, passage, is_english=is_english)
        else:
            yield from _filled_in(reading, passage)
    if is_english:
        yield from _forms(reading)


def _spliced(reading: Reading, passage: Passage, *, is_english: bool) -> Iterator[Met]:
    """What is wrong where values stand in sentences."""
    is_body = passage.part == "body"
    for stretch in stretches(passage.text):
        if stretch.tokens:
            for number, slip in slips_in(stretch, passage.tokens, is_body=is_body, is_english=is_english):
                yield _met(slip, reading, passage.tokens[number], passage.printed[number])


def _met(slip: Slip, reading: Reading, token: Token | None, printed: int, said: str = "") -> Met:
    return Met(slip, reading.document, reading.recipient.place, token.origin if token else None, printed, said)


def _filled_in(reading: Reading, passage: Passage) -> Iterator[Met]:
    """What was to be filled in, in lines that are no sentences."""
    for number, token in enumerate(passage.tokens):
        may_be = token.origin is not None and (token.is_markdown or may_be_left_in(token.text))
        if may_be and (slip := not_filled_in(token)):
            yield _met(slip, reading, token, passage.printed[number])


def _forms(reading: Reading) -> Iterator[Met]:
    """What is wrong with the salutation and the close."""
    dear = words(reading.language).dear
    passage = next((one for one in reading.passages if one.part == "salutation"), None)
    said = _said(passage) if passage else ""
    if passage is None or not said.startswith(f"{dear} "):
        return
    salutation = said.removeprefix(f"{dear} ").strip(" ,:")
    token, printed = (passage.tokens[-1], passage.printed[-1]) if passage.tokens else (None, -1)
    close = " ".join([_said(one) for one in reading.passages if one.part == "complimentary_close"])
    for slip in _unfit(salutation, close, reading):
        yield _met(slip, reading, token, printed, "" if token else said)


def _unfit(salutation: str, close: str, reading: Reading) -> Iterator[Slip]:
    if not salutation.isalnum() and (slip := unfit(reading.recipient.name, salutation)):  # else there is no title in it
        yield slip
    is_close = reading.language.lower() not in ABROAD and (salutation[:1] in tuple("SsMm") or "ait" in close.lower())
    if is_close and (slip := unfit_close(salutation, close, reading.recipient.name)):
        yield slip


def _said(passage: Passage) -> str:
    """The passage's first line as printed."""
    first = stretches(passage.text)[0]
    said = first.texts[0]
    for number, text in zip(first.tokens, first.texts[1:], strict=True):
        token = passage.tokens[number]
        said = f"{said}{shown(token.text, token.is_markdown).text}{text}"
    return said
