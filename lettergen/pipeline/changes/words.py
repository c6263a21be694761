"""A text as words, and the steps from one text to another."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Signs that no file of a project can hold: a footnote reference is its number between the first two.
REFERENCE, REFERENCE_END, EMPHASIS, CODE = "\ue000", "\ue001", "\ue002", "\ue003"
LINE, PARAGRAPH = "\n", "\u2029"  # the ends of a line that the letter breaks, and of a paragraph
MOST = 4_000_000  # pairs of words that are held against each other; more would take minutes
KEPT = 60_000  # texts whose words are remembered: letters share most of theirs
_PUNCTUATION = r"!-/:-@\[-`{-~‘’‚“”„«»‹›–—…·•¡¿†‡§¶。，、：；！？（）「」\ue000-\ue003"
_WORD = re.compile(
    rf"([^\S\n\u2029]*)(\n|\u2029|\ue000\d+\ue001|\]\(\S*?\)|\d+(?:[.,:/]\d+)*(?![^\s{_PUNCTUATION}])|[^\s{_PUNCTUATION}]+|\S)"
)


class Word(NamedTuple):
    """A word or a sign, and whether white space stands before it; of one that stayed, whether it did so then."""

    text: str
    is_spaced: bool
    was_spaced: bool


Words: TypeAlias = tuple[Word, ...]


class Step(NamedTuple):
    """Words that stayed, then those that went, and those that came in their place."""

    kept: Words
    removed: Words = ()
    added: Words = ()

    @property
    def is_change(self) -> bool:
        return bool(self.removed or self.added)


@lru_cache(KEPT)
def words(text: str) -> Words:
    """The text's words and signs; white space only parts them."""
    return tuple(Word(found[2], bool(found[1]), bool(found[1])) for found in _WORD.finditer(text))


@lru_cache(KEPT)
def steps(old: str, new: str) -> tuple[Step, ...]:
    """From the old text to the new: kept and removed words are the old text's, kept and added ones the new text's."""
    before, after = words(old), words(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = _between(before[start : len(before) - end], after[start : len(after) - end])
    head, tail = (
        _kept(before[:start], after[:start]),
        _kept(before[len(before) - end :], after[len(after) - end :]),
    )
    return tuple(joined([Step(head), *middle, Step(tail)]))


def is_alike(old: str, new: str) -> bool:
    """Whether the texts have half of the shorter one's words in common."""
    before, after = ({word.text for word in words(text)} for text in (old, new))
    return 2 * len(before & after) >= min(len(before), len(after))


def _common(ours: Words, theirs: Words) -> int:
    """How many words both begin with."""
    pairs = zip(ours, theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))


def _between(before: Words, after: Words) -> Iterator[Step]:
    if len(before) * len(after) > MOST:
        yield Step((), before, after)
        return
    ours, theirs = [word.text for word in before], [word.text for word in after]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        yield Step(_kept(before[i1:i2], after[j1:j2])) if tag == "equal" else Step((), before[i1:i2], after[j1:j2])


def _kept(before: Words, after: Words) -> Words:
    pairs = zip(before, after, strict=True)
    return tuple(Word(new.text, new.is_spaced, old.is_spaced) for old, new in pairs)


def joined(parts: Sequence[Step]) -> Iterator[Step]:
    """The steps with what is kept before a change in one step with it."""
    kept: Words = ()
    for part in parts:
        kept += part.kept
        if part.is_change:
            yield Step(kept, part.removed, part.added)
            kept = ()
    if kept:
        yield Step(kept)
