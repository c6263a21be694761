"""One letter as a reader takes it -> its slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import TOKEN, words
from lettergen.review.joints.english import ABROAD
from lettergen.review.joints.flat import shown, stretches
from lettergen.review.joints.forms import unfit, unfit_close
from lettergen.review.joints.met import Met
from lettergen.review.joints.signs import placeholder
from lettergen.review.joints.slip import Slip
from lettergen.review.joints.stretch import PROSE, not_filled_in, slips_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Passage, Reading, Token


def slips_of(reading: Reading) -> Iterator[Met]:
    """What is wrong in a letter."""
    is_english = reading.language.partition("-")[0].lower() == "en"
    for passage in reading.passages:
        if found := placeholder(passage.text, is_value=False):
            message = f"'{found}' looks like something that was to be filled in"
            slip = Slip("placeholder", "placeholder text", message, "", "write what is meant, or remove it", found)
            yield _met(slip, reading, None, next(iter(passage.printed), -1), _beside(passage.text, found))
        if passage.part not in PROSE:
            yield from _filled_in(reading, passage)
            continue
        for stretch in stretches(passage.text):
            if stretch.tokens:
                for number, slip in slips_in(
                    stretch, passage.tokens, is_body=passage.part == "body", is_english=is_english
                ):
                    yield _met(slip, reading, passage.tokens[number], passage.printed[number])
    if is_english:
        yield from _forms(reading)


def _met(slip: Slip, reading: Reading, token: Token | None, printed: int, said: str = "") -> Met:
    return Met(slip, reading.document, reading.recipient.place, token.origin if token else None, printed, said)


def _filled_in(reading: Reading, passage: Passage) -> Iterator[Met]:
    """What was to be filled in, in lines that are no sentences."""
    for number, token in enumerate(passage.tokens):
        if slip := not_filled_in(token):
            yield _met(slip, reading, token, passage.printed[number])


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
        yield _met(slip, reading, token, printed, "" if token else said)


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
