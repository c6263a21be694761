"""The two joints of a value: with the text before it, and with the text behind it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lettergen.review.articles import article
from lettergen.review.english import (
    DETERMINED,
    DETERMINERS,
    LITTLE,
    LONG_SHORT,
    OF_NAMES,
    PARTICLES,
    STARTS,
    TWICE,
)
from lettergen.review.slip import Slip, around

_SIGNS = frozenset(",.;:!?")
_DOTS = ("..", "…")
_ABBREVIATED = r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Rt|Hon|Prof|Rev|Nos?|vs|cf|ca|approx|pp?|etc|viz)|\b[A-Za-z])\.$"


class Seam(NamedTuple):
    """A joint as printed: two words `before` and `after` it, as most joints are alike. `is_end`: the value is
    what stands before. `prose` is `p` or `li` where sentences are looked for; `is_name`: the value is one word,
    or begins in emphasis or quotes.
    """

    before: str
    after: str
    is_end: bool
    prose: str
    is_name: bool = False

    @property
    def left(self) -> str:
        return self.before.rstrip(" ")

    @property
    def right(self) -> str:
        return self.after.lstrip(" ")

    @property
    def has_gap(self) -> bool:
        return self.before.endswith(" ") or self.after.startswith(" ")

    @property
    def side(self) -> str:
        """Where the text of the template is, as seen from the field."""
        return "behind" if self.is_end else "before"

    @property
    def end(self) -> str:
        return "end" if self.is_end else "beginning"

    def slip(self, kind: str, message: str, in_value: str, in_template: str) -> Slip:
        """The slip whose code is the first word of `kind`."""
        words = self.before.split()[-1:] if self.is_end else self.after.split()[:1]
        shown = f"the letter would say '{around(self.before, self.after)}', {message}"
        return Slip(
            kind.partition(" ")[0], f"{kind} {self.end}", shown, in_value, in_template, "".join(words), self.is_end
        )


def seam(text: str, at: int, *, is_end: bool, prose: str, is_name: bool) -> Seam:
    """The joint at this place of a text."""
    start = text.rfind(" ", 0, max(0, at - 1))
    start = text.rfind(" ", 0, max(0, start))
    end = text.find(" ", at + 1)
    end = text.find(" ", end + 1) if end > 0 else end
    return Seam(text[start + 1 : at], text[at:end] if end > 0 else text[at:], is_end, prose, is_name)


@lru_cache(maxsize=65_536)
def slips_at(seam: Seam, *, is_english: bool) -> tuple[Slip, ...]:
    """What is wrong at a seam."""
    rules = (*_ALWAYS, *_ENGLISH) if is_english else _ALWAYS
    return tuple(slip for rule in rules if (slip := rule(seam)))


def _doubled_sign(seam: Seam) -> Slip | None:
    left, right = seam.left, seam.right
    if right[:1] not in _SIGNS or right[1:2].isalnum() or not _clash(left, right, is_title=seam.is_name):
        return None
    sign = left[-1] if seam.is_end else right[0]
    in_value, in_template = f"remove '{sign}' at the {seam.end} of the value", f"remove the sign {seam.side} the field"
    return seam.slip("splice-punctuation sign", "with two signs where one is meant", in_value, in_template)


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


def _blank_before_sign(seam: Seam) -> Slip | None:
    right = seam.right
    is_sign = right[:1] in (*_SIGNS, ")") and not right[1:2].isalnum() and right[1:2] not in ("-", ")", ".", right[:1])
    if not seam.left or not seam.has_gap or not is_sign or _clash(seam.left, right, is_title=seam.is_name):
        return None
    in_value = "" if seam.is_end else f"remove '{right[0]}' at the beginning of the value"
    where = f"before '{right[0]}'" if seam.is_end else "before the field"
    return seam.slip("splice-space blank", f"with a blank before '{right[0]}'", in_value, f"remove the blank {where}")


def _missing_blank(seam: Seam) -> Slip | None:
    """Always the template's: values are trimmed."""
    before, after = seam.before, seam.after
    if seam.has_gap or not before or not after or not _touch(before, after, is_end=seam.is_end):
        return None
    return seam.slip("splice-space none", "without a blank between the words", "", f"put a blank {seam.side} the field")


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


def _doubled_word(seam: Seam) -> Slip | None:
    words = _words(seam)
    if not words or words[0].casefold() != words[1].casefold() or words[0].casefold() in TWICE:
        return None
    if words[0] != words[1] and words[0].capitalize() not in STARTS:
        return None  # Mr Will will come
    if len(words[0]) == 1 and words[0] != "a":
        return None  # initials
    in_value, in_template = (text.format(words[seam.is_end ^ 1]) for text in _remove(seam))
    return seam.slip("doubled-word", "with the same word twice", in_value, in_template)


def _two_articles(seam: Seam) -> Slip | None:
    words = _words(seam)
    if not words or words[0].lower() not in DETERMINERS or words[1] not in DETERMINED:
        return None
    if words[0].lower() == words[1]:  # said already
        return None
    in_value, in_template = _remove(seam)
    own, other = (words[0], words[1]) if seam.is_end else (words[1], words[0])
    return seam.slip(
        "splice-article two", "where one article is meant", in_value.format(own), in_template.format(other)
    )


def _remove(seam: Seam) -> tuple[str, str]:
    return f"remove '{{}}' at the {seam.end} of the value", f"remove '{{}}' {seam.side} the field"


def _words(seam: Seam) -> tuple[str, str] | None:
    """The words on both sides of a blank."""
    left = re.search(r"(?<![\w’'-])[^\W\d_]+$", seam.left) if seam.has_gap else None
    right = re.match(r"[^\W\d_]+(?![\w’'&-]|\.\w)", seam.right) if left else None
    return (left[0], right[0]) if left and right else None


def _capital(seam: Seam) -> Slip | None:
    left, found = seam.left, re.match(r"([A-Z][a-z]*) ([a-z]+)(?!\w)", seam.after)
    if seam.is_end or not seam.prose or seam.is_name or not found or not re.search(r"[\w,;]$", left):
        return None
    first, second = found.groups()
    if first not in STARTS or (first in ("The", "A") and second in OF_NAMES):
        return None
    in_value = f"begin the value with '{first.lower()} {second}'"
    in_template = "begin the values with a small letter, or a sentence with the field"
    return seam.slip("splice-capital capital", f"with '{first}' in mid-sentence", in_value, in_template)


def _small(seam: Seam) -> Slip | None:
    left, found = seam.left, re.match(r"([a-z]+),? [\w(]", seam.after)
    if seam.is_end or seam.prose != "p" or seam.is_name or not found or found[1] in PARTICLES:
        return None
    is_new = seam.has_gap and re.search(r"(?<!\.)[.!?]$", left) and not re.search(_ABBREVIATED, left)
    if (left and not is_new) or found[1].startswith("ff"):  # ffrench is a name
        return None
    in_value = f"begin the value with '{found[1].capitalize()}'"
    in_template = "begin the values with a capital, or the sentence with a word of the template"
    return seam.slip("splice-capital small", "with a small letter where a sentence begins", in_value, in_template)


def _article(seam: Seam) -> Slip | None:
    left = seam.before.rstrip("“‘\"'(")
    has_gap = left.endswith(" ") or seam.after.startswith(" ")
    found = re.search(r"(?:^|([.!?]? )|[(“‘\"'–—-])([Aa]n?)$", left.rstrip(" ")) if has_gap else None
    if not found or (found[2][0] == "A" and found[1] == " "):
        return None
    right = article(seam.right)
    if not right or right == found[2].lower():
        return None
    words = " ".join(seam.right.split()[:2])
    in_value = f"write the article into the field ('{right} {words}'), and not into the template"
    return seam.slip("splice-article sound", f"where '{right}' is said", in_value, f"write '{right}' before the field")


_ALWAYS = (_doubled_sign, _missing_blank)
_ENGLISH = (_blank_before_sign, _doubled_word, _two_articles, _capital, _small, _article)
