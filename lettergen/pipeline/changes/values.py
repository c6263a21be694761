"""Which words of a letter are its own: the values of its record, and what was computed from them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from lettergen.model import texts as texts_in
from lettergen.pipeline.changes.words import KEPT, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lettergen.model import Reading, Recipient
    from lettergen.pipeline.changes.words import Words

VALUE = "•"  # stands for a value

Values: TypeAlias = "Mapping[str, list[tuple[str, ...]]]"  # each value's words, by the first of them


def values_of(records: Iterable[Recipient], readings: Iterable[Reading]) -> Values:
    """The values of a letter's records, earlier and today, and those that were printed, the longest first."""
    texts: set[str] = {text for record in records for text in texts_in(record.fields)}
    for reading in readings:
        tokens = (token for passage in reading.passages for token in passage.tokens)
        file = reading.recipient.place.file
        texts |= {token.text for token in tokens if token.origin is None or token.origin.file == file}
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for run in sorted(map(_run, texts), key=lambda run: (-len(run), run)):
        if run:
            found[run[0]].append(run)
    return found


def masked(given: Words, values: Values) -> tuple[str, ...]:
    """The words' texts, with a sign in the place of each value."""
    signs, index = [], 0
    while index < len(given):
        text = given[index].text
        end = text in values and _end(given, index, values)
        signs.append(VALUE if end else text)
        index = end or index + 1
    return tuple(signs)


def said(given: Words, values: Values) -> str:
    """The values that stand among the words."""
    pieces, index = [], 0
    while index < len(given):
        end = _end(given, index, values)
        if end:
            piece = "".join(" " * word.is_spaced + word.text for word in given[index:end])
            pieces.append(piece.strip())
        index = end or index + 1
    return ", ".join(pieces)


@lru_cache(KEPT)
def _run(text: str) -> tuple[str, ...]:
    """The text's words without its signs: the letter may have others in their place."""
    return tuple(word.text for word in words(text) if word.text[0].isalnum())


def _end(given: Words, start: int, values: Values) -> int:
    """Where the value ends that begins here; 0 if none does."""
    return next(filter(None, (_matched(given, start, run) for run in values.get(given[start].text, ()))), 0)


def _matched(given: Words, start: int, run: tuple[str, ...]) -> int:
    index = start
    for text in run:
        while index < len(given) and not given[index].text[0].isalnum():
            index += 1
        if index == len(given) or given[index].text != text:
            return 0
        index += 1
    return index
