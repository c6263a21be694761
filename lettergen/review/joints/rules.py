"""The rules for the joints of a value, in one table."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.review.joints.english import DETERMINERS
from lettergen.review.joints.punctuation import blank_before_sign, doubled_sign, missing_blank
from lettergen.review.joints.wording import doubled_word, two_articles, wrong_article

if TYPE_CHECKING:
    from lettergen.review.joints.seams import Seam
    from lettergen.review.joints.slip import Slip

_SIGNS, _ARTICLES = frozenset(".,;:!?)"), frozenset("aAn")
_OPENING, _CLOSING = "(“‘\"'", ",.;:!?)”’\"'"
_ALWAYS = (doubled_sign, missing_blank)
_ENGLISH = (blank_before_sign, doubled_word, two_articles, wrong_article)


def may_slip(seam: Seam) -> bool:
    """Whether a rule may find something: the quickest way to see that at most joints none does."""
    before, after = seam.before, seam.after
    if not before:
        return False
    if not seam.has_gap:
        return not (seam.is_end and before[-1].isalnum() and after[:1] in _SIGNS)
    left = before.rstrip(" ")
    word, right = left.rpartition(" ")[2], after.lstrip(" ").partition(" ")[0]
    core = word.lstrip(_OPENING).casefold()
    return (
        right[:1] in _SIGNS
        or core in DETERMINERS
        or core == right.rstrip(_CLOSING).casefold()
        or (left[-1:] in _ARTICLES and not word[:-1].isalpha())
    )


@lru_cache(maxsize=4096)
def slips_at(seam: Seam, is_english: bool) -> tuple[Slip, ...]:
    """What is wrong at a seam."""
    rules = (*_ALWAYS, *_ENGLISH) if is_english else _ALWAYS
    return tuple(slip for rule in rules if (slip := rule(seam)))
