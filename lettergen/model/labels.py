"""The few words that a letter needs of its own, by language, and those by which letters and addresses are known."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lettergen.model.languages import tongue


class Words(NamedTuple):
    """What the built-in parts and pages say in one language, and patterns of what letters in it say; see labels.txt."""

    dear: str
    closing: str
    reference: str
    enclosures: str
    copies: str
    page: str
    notes: str
    note: str
    back: str
    letter_to: str
    no: str
    numbered: str
    greeting: str
    close: str
    place: str
    country: str
    maybe: str = ""
    home: str = ""


def _read() -> dict[str, Words]:
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    sections = (section.split("]\n") for section in text.split("\n[")[1:])
    return {tag: Words(**dict(line.split(": ", 1) for line in said.splitlines() if line)) for tag, said in sections}


_WORDS = _read()
LANGUAGES = tuple(_WORDS)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """What all languages together have of these patterns."""
    found = dict.fromkeys(getattr(one, name) for one in _WORDS.values())
    return re.compile(rf"(?:{'|'.join(filter(None, found))})\b")


def has_words(language: str) -> bool:
    """Whether there are built-in words of the language."""
    return tongue(language) in _WORDS


@cache
def every(name: str) -> frozenset[str]:
    """Return the words of this name in all languages: those that say `no`, or that stand before a number."""
    return frozenset(" ".join(getattr(one, name) for one in _WORDS.values()).split())


def words(language: str) -> Words:
    """The built-in words of a language such as `en` or `cy-GB`; the English ones if there are none."""
    return _WORDS.get(tongue(language), _WORDS["en"])
