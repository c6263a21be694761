"""A merged letter before its text is read: tokens stand for the values, so that none is read as markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model.letter import Recipient
    from lettergen.problems import Place

# Private-use characters: reading refuses them in every file, so that only tokens have them.
OPEN, CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{OPEN}([0-9]+){CLOSE}")
HIDDEN = "\0"
_CODE = r"(?s)(?<![\\`])(`+)(?!`)(?:(?!\n[ \t\0]*\n).)+?(?<!`)\1(?!`)"
_NOTE = r"(?P<note>\[\^[^\]\n]+\])"  # no target follows it
_TARGETS = r"\]\([^()\n]*\)|<[A-Za-z]+:[^<>\n]*>|\b(?:https?://|www\.)\S+"


@dataclass(frozen=True, slots=True)
class Token:
    """A printed value. `origin` is its place in a data file; None if it was computed. `is_date` of a long date."""

    text: str
    is_markdown: bool = False
    origin: Place | None = None
    is_date: bool = False

    def __hash__(self) -> int:
        """Of little, which is quick: finished passages are found by their tokens."""
        return hash((self.text, self.origin and self.origin.line))


def without_code(text: str) -> str:
    """A Markdown text, at its offsets, in which code and the targets of links are hidden."""
    return re.sub(f"{_CODE}|{_NOTE}|{_TARGETS}", lambda found: found["note"] or HIDDEN * len(found[0]), text)


class Draft(NamedTuple):
    """One letter's merged text by part, with the tokens that stand in it.

    `printed` says which expression of the templates printed each token, `arms` which of their arms were
    taken: the numbers are those of the `Plan`; -1 for a token that was never printed by itself. The `same` parts
    are those of another letter too, values and all.
    """

    recipient: Recipient
    language: str
    long_date: str
    parts: Mapping[str, str]
    tokens: tuple[Token, ...]
    printed: tuple[int, ...]
    arms: frozenset[int]
    same: frozenset[str] = frozenset()
