"""A joint between a value and the text beside it, and the rules for its signs, blanks and words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lettergen.review.joints.english import DETERMINED, DETERMINERS, LITTLE, LONG_SHORT, STARTS, TWICE, article

_CLOSERS, _ARTICLES = frozenset(".,;:!?)"), frozenset("aAn")
_OPENING, _CLOSING = "(“‘\"'", ",.;:!?)”’\"'"
_SIGNS = frozenset(",.;:!?")
_DOTS = ("..", "…")


class Slip(NamedTuple):
    """Something wrong at a value. `kind` tells the slips of one code apart, whatever their words; `in_value` and
    `in_template` are the ways out, by what is to blame: where one of them is empty, it is always the other. `guilty`
    is the word of the value that the caret is for: its first one, or with `is_end` its last.
    """

    code: str
    kind: str
    message: str
    in_value: str
    in_template: str
    guilty: str = ""
    is_end: bool = False


def around(before: str, after: str) -> str:
    """Two words on either side of a joint, as printed."""
    gap = " " * (before.endswith(" ") or after.startswith(" "))
    return f"{' '.join(before.split()[-2:])}{gap}{' '.join(after.split()[:2])}"


class Seam(NamedTuple):
    """A joint as printed: two words `before` and `after` it, as most joints are alike. `is_end`: the value is
    what stands before. `is_name`: the value is one word, or begins in emphasis or quotes.
    """

    before: str
    after: str
    is_end: bool
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

    def slip(self, code: str, kind: str, message: str, ways: tuple[str, str]) -> Slip:
        """The slip with its ways out, in the value and in the template."""
        words = self.before.split()[-1:] if self.is_end else self.after.split()[:1]
        shown = f"the letter would say '{around(self.before, self.after)}', {message}"
        return Slip(code, f"{code} {kind} {self.end}", shown, *ways, "".join(words), self.is_end)


def seam(text: str, at: int, is_end: bool, is_name: bool) -> Seam:
    """The joint at this place of a text."""
    start = text.rfind(" ", 0, at - 1) if at else -1
    start = text.rfind(" ", 0, start) if start > 0 else -1
    end = text.find(" ", at + 1)
    end = text.find(" ", end + 1) if end > 0 else end
    return Seam(text[start + 1 : at], text[at:end] if end > 0 else text[at:], is_end, is_name)


def may_slip(seam: Seam) -> bool:
    """Whether a rule may find something: the quickest way to see that at most joints none does."""
    before, after = seam.before, seam.after
    if not before:
        return False
    if not seam.has_gap:
        return not (seam.is_end and before[-1].isalnum() and after[:1] in _CLOSERS)
    left = before.rstrip(" ")
    word, right = left.rpartition(" ")[2], after.lstrip(" ").partition(" ")[0]
    core = word.lstrip(_OPENING).casefold()
    return (
        right[:1] in _CLOSERS
        or core in DETERMINERS
        or core == right.rstrip(_CLOSING).casefold()
        or (left[-1:] in _ARTICLES and not word[:-1].isalpha())
    )


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


_ALWAYS = (doubled_sign, missing_blank)
_ENGLISH = (blank_before_sign, doubled_word, two_articles, wrong_article)


@lru_cache(maxsize=4096)
def slips_at(seam: Seam, is_english: bool) -> tuple[Slip, ...]:
    """What is wrong at a seam."""
    rules = (*_ALWAYS, *_ENGLISH) if is_english else _ALWAYS
    return tuple(slip for rule in rules if (slip := rule(seam)))
