"""The words at a joint: what an English reader stumbles over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.review.joints.articles import article
from lettergen.review.joints.english import DETERMINED, DETERMINERS, STARTS, TWICE

if TYPE_CHECKING:
    from lettergen.review.joints.seams import Seam
    from lettergen.review.joints.slip import Slip


def doubled_word(seam: Seam) -> Slip | None:
    words = _words(seam)
    if not words or words[0].casefold() != words[1].casefold() or words[0].casefold() in TWICE:
        return None
    if words[0] != words[1] and words[0].capitalize() not in STARTS:
        return None  # Mr Will will come
    if len(words[0]) == 1 and words[0] != "a":
        return None  # initials
    in_value, in_template = (text.format(words[seam.is_end ^ 1]) for text in _remove(seam))
    return seam.slip("doubled-word", "again", "with the same word twice", (in_value, in_template))


def two_articles(seam: Seam) -> Slip | None:
    words = _words(seam)
    if not words or words[0].lower() not in DETERMINERS or words[1] not in DETERMINED:
        return None
    if words[0].lower() == words[1]:  # said already
        return None
    in_value, in_template = _remove(seam)
    own, other = (words[0], words[1]) if seam.is_end else (words[1], words[0])
    ways = in_value.format(own), in_template.format(other)
    return seam.slip("splice-article", "two", "where one article is meant", ways)


def _remove(seam: Seam) -> tuple[str, str]:
    return f"remove '{{}}' at the {seam.end} of the value", f"remove '{{}}' {seam.side} the field"


def _words(seam: Seam) -> tuple[str, str] | None:
    """The words on both sides of a blank."""
    left = seam.left.rpartition(" ")[2].lstrip("(“‘\"'")
    right = seam.right.partition(" ")[0].rstrip(",.;:!?)”’\"'")
    return (left, right) if seam.has_gap and left.isalpha() and right.isalpha() else None


def wrong_article(seam: Seam) -> Slip | None:
    left = seam.before.rstrip("“‘\"'(")
    has_gap = left.endswith(" ") or seam.after.startswith(" ")
    is_article = has_gap and left.rstrip(" ").endswith(("a", "an", "A", "An"))
    found = re.search(r"(?:^|([.!?]? )|[(“‘\"'–—-])([Aa]n?)$", left.rstrip(" ")) if is_article else None
    if not found or (found[2][0] == "A" and found[1] == " "):
        return None
    right = article(seam.right)
    if not right or right == found[2].lower():
        return None
    words = " ".join(seam.right.split()[:2]).strip(".,;:!?")
    in_value = f"write the article into the field ('{right} {words}'), and not into the template"
    return seam.slip(
        "splice-article", "sound", f"where '{right}' is said", (in_value, f"write '{right}' before the field")
    )
