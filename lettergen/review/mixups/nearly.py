"""Whether two texts say nearly the same, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.mixups.words import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNS, ENDING, WORD = "signs", "ending", "word"  # how two texts differ
_BEFORE = 3  # words in front of a difference that are shown with it
_LEAST = 5  # words of a text in which one more or less is small
_LONG = 4  # letters of a word that can be misspelt
_ENDING = 3  # letters by which another form of it is longer
_LIKE = 0.85
_EDGES = ".,;:!?"


class Difference(NamedTuple):
    """Of which kind it is, what differs in either text, and its words with some that stand before them."""

    kind: str
    words: tuple[str, str]
    shown: tuple[str, str]


def difference(one: str, other: str, opaque: str = "") -> Difference | None:
    """How a text differs from a nearly equal one; None if they differ by more. Words with `opaque` are values."""
    left, right = one.split(), other.split()
    if abs(len(left) - len(right)) > 1 or left == right:
        return None
    start = _common(left, right)
    end = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - start)
    first, second = left[start : len(left) - end], right[start : len(right) - end]
    kind = _kind(first, second, max(len(left), len(right)))
    if not kind or (opaque and any(opaque in word for word in (*first, *second))):
        return None
    shown = _shown(left, start, end, opaque), _shown(right, start, end, opaque)
    tail = shown[0][-1:]
    if tail in _EDGES and tail == shown[1][-1:]:
        shown = shown[0].rstrip(_EDGES), shown[1].rstrip(_EDGES)
    return Difference(kind, _narrowed(" ".join(first), " ".join(second)), shown)


def _narrowed(one: str, other: str) -> tuple[str, str]:
    """The two without signs at their ends that are the same, such as a comma."""
    while one and other and one[-1] == other[-1] and not one[-1].isalnum():
        one, other = one[:-1], other[:-1]
    while one and other and one[0] == other[0] and not one[0].isalnum():
        one, other = one[1:], other[1:]
    return one, other


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    most = min(len(one), len(other))
    return next((number for number in range(most) if one[number] != other[number]), most)


def _kind(first: list[str], second: list[str], size: int) -> str:
    if len(first) + len(second) == 1:
        return WORD if size >= _LEAST else ""
    if _letters(first) == _letters(second):
        return SIGNS
    return ENDING if len(first) == len(second) == 1 and _is_like(_letters(first), _letters(second)) else ""


def _letters(words: list[str]) -> str:
    return "".join(sign for sign in folded("".join(words)) if sign.isalnum())


def _is_like(one: str, other: str) -> bool:
    """Whether one is the other's plural, or a slip."""
    shorter, longer = sorted((one, other), key=len)
    if not longer.isalpha() or len(shorter) < _LONG:
        return longer == f"{shorter}s" and shorter.isalpha() and len(shorter) == _LONG - 1
    if longer.startswith(shorter) and len(longer) - len(shorter) <= _ENDING:
        return True
    from difflib import SequenceMatcher  # for the few that differ in one word

    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKE


def _shown(words: list[str], start: int, end: int, opaque: str) -> str:
    """The words that differ with some before them, and one behind them where there is none else."""
    first = start
    while first > max(0, start - _BEFORE) and not (opaque and opaque in words[first - 1]):
        first -= 1
    last = len(words) - end
    if start in (first, last) and end and not (opaque and opaque in words[last]):
        last += 1
    return " ".join(words[first:last])
