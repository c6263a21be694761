"""The rules for the joints of a value, in one table."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.review.joints.punctuation import blank_before_sign, doubled_sign, missing_blank
from lettergen.review.joints.wording import capital, doubled_word, small, two_articles, wrong_article

if TYPE_CHECKING:
    from lettergen.review.joints.seams import Seam
    from lettergen.review.joints.slip import Slip

_ALWAYS = (doubled_sign, missing_blank)
_ENGLISH = (blank_before_sign, doubled_word, two_articles, capital, small, wrong_article)


@lru_cache(maxsize=65_536)
def slips_at(seam: Seam, is_english: bool) -> tuple[Slip, ...]:
    """What is wrong at a seam."""
    rules = (*_ALWAYS, *_ENGLISH) if is_english else _ALWAYS
    return tuple(slip for rule in rules if (slip := rule(seam)))
