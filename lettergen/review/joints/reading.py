"""One letter as a reader takes it -> its slips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import words
from lettergen.problems import short
from lettergen.review.joints.english import ABROAD, SAYING
from lettergen.review.joints.flat import Shown, Stretch, may_be_left_in, shown, stretches
from lettergen.review.joints.forms import unfit, unfit_close
from lettergen.review.joints.rules import Slip, may_slip, seam, slips_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.model import Passage, Reading, Token
    from lettergen.problems import Place
    from lettergen.review.joints.rules import Seam

    Order = tuple[str, int, int]  # of a place
    Key = tuple[str, int, str, str]  # document, expression, kind of slip, the template's words

PROSE = frozenset({"subject_line", "body", "enclosures", "copies"})  # whose text reads as sentences do


class Met(NamedTuple):
    """A slip in the letter of a record: at the value with this origin, or where `words` stand in the template."""

    slip: Slip
    document: str
    record: Place
    origin: Place | None
    printed: int
    words: str = ""

    @property
    def key(self) -> Key:
        """What slips that are alike have in common: what is wrong with values alone is one for all fields."""
        number = self.printed if self.slip.in_template else -1
        return self.document, number, self.slip.kind, self.words


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
    text = "".join([f"{before}{value.text}" for before, value in zip(stretch.texts, values, strict=False)])
    text = f"{text}{stretch.texts[-1]}"
    for number, joint in _joints(stretch, values, text):
        for slip in slips_at(joint, is_english) if may_slip(joint) else ():
            yield number, slip
    if is_body and is_english:
        yield from _without_stop(stretch, text)


def _joints(stretch: Stretch, values: Sequence[Shown], text: str) -> Iterator[tuple[int, Seam]]:
    """Where each value that prints something meets the text of the stretch before it and behind it."""
    end = 0
    for index, (number, value) in enumerate(zip(stretch.tokens, values, strict=True)):
        start = end + len(stretch.texts[index])
        end = start + len(value.text)
        is_name = value.is_name or number in stretch.titled
        if value.text:
            yield number, seam(text, start, False, is_name)
        if value.text and stretch.texts[index + 1].strip(" "):  # else it is the next value's joint, or the end
            yield number, seam(text, end, True, is_name)


def _without_stop(stretch: Stretch, text: str) -> Iterator[tuple[int, Slip]]:
    """A paragraph that is a sentence and ends in a value without a closing sign."""
    if not stretch.is_paragraph or stretch.is_marked or not stretch.tokens or stretch.texts[-1].strip(" )”’\"'"):
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
