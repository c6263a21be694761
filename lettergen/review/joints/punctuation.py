"""The signs and blanks at a joint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.review.joints.english import LITTLE, LONG_SHORT

if TYPE_CHECKING:
    from lettergen.review.joints.seams import Seam
    from lettergen.review.joints.slip import Slip

_SIGNS = frozenset(",.;:!?")
_DOTS = ("..", "…")


def doubled_sign(seam: Seam) -> Slip | None:
    left, right = seam.left, seam.right
    if right[:1] not in _SIGNS or right[1:2].isalnum() or not _clash(left, right, is_title=seam.is_name):
        return None
    sign = left[-1] if seam.is_end else right[0]
    in_value, in_template = f"remove '{sign}' at the {seam.end} of the value", f"remove the sign {seam.side} the field"
    return seam.slip("splice-punctuation", "sign", "with two signs where one is meant", (in_value, in_template))


def _clash(left: str, right: str, *, is_title: bool) -> bool:
    """Whether the sign that the right text begins with is one too many behind the left."""
    stem, sign = left.rstrip("”’\"'"), right[:1]
    last = stem[-1:]
    if not last or right.startswith(_DOTS) or (last in ".…" and stem.endswith(_DOTS)):
        return False
    if stem != left:
        return last == sign == "."
    word = re.search(r"(?<![\w.])[a-z]{5,}(?=[.?!]$)", stem)  # shorter ones may be abbreviations
    is_sentence = word is not None and word[0] not in LONG_SHORT
    clashes = {".": sign == "." or is_sentence, ",": True, ";": sign in ".,;:", ":": sign in ".,;:"}
    return clashes.get(last, last in "?!" and sign == "." and is_sentence and not is_title)


def blank_before_sign(seam: Seam) -> Slip | None:
    right = seam.right
    is_sign = right[:1] in (*_SIGNS, ")") and not right[1:2].isalnum() and right[1:2] not in ("-", ")", ".", right[:1])
    if not seam.left or not seam.has_gap or not is_sign or _clash(seam.left, right, is_title=seam.is_name):
        return None
    in_value = "" if seam.is_end else f"remove '{right[0]}' at the beginning of the value"
    where = f"before '{right[0]}'" if seam.is_end else "before the field"
    return seam.slip(
        "splice-space", "blank", f"with a blank before '{right[0]}'", (in_value, f"remove the blank {where}")
    )


def missing_blank(seam: Seam) -> Slip | None:
    """Always the template's: values are trimmed."""
    before, after = seam.before, seam.after
    if seam.has_gap or not before or not after or not _touch(before, after, is_end=seam.is_end):
        return None
    ways = "", f"put a blank {seam.side} the field"
    return seam.slip("splice-space", "none", "without a blank between the words", ways)


def _touch(before: str, after: str, *, is_end: bool) -> bool:
    last, first = before[-1], after[0]
    if last in ",;" and first.isalpha():
        return True
    chunk = before.rpartition(" ")[2] + after.partition(" ")[0]
    left, right = re.search(r"[^\W\d_]*$", before), re.match(r"[^\W\d_]*", after)
    if left is None or right is None or re.search(r"[@/_\ufffc]|\.\w.*\.", chunk):
        return False
    if is_end and right[0] in LITTLE:
        return last.isalnum() or last in ")”"
    if not is_end and left[0] in LITTLE:
        return first.isalnum() or first in "(“"
    if last in ".!?":
        return first.isupper() and re.search(r"(?<![\w.])[a-z]{4,}.$", before) is not None
    is_camel = last.islower() and first.isupper() and len(left[0]) > len("Mac")
    return is_camel or (last.isalnum() and re.match(r"\((?:[A-Z]|\w+ )", after) is not None)
