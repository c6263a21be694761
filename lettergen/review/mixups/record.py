"""A record as it is held against others: what every check of this room looks at, made once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import Text
from lettergen.review.mixups.words import ASIDE, post_code_in, texts, words

if TYPE_CHECKING:
    from lettergen.model import Recipient


class Record:
    """The texts of one record that may be printed, with their fields; the lines of its address that say something;
    its British post code as it is printed, and the line that has it.
    """

    __slots__ = ("_words", "code", "id", "line", "lines", "recipient", "values")

    def __init__(self, recipient: Recipient) -> None:
        self.recipient = recipient
        self.id = recipient.id
        self.values: list[tuple[str, Text]] = []
        for key, value in recipient.fields.items():
            if type(value) is Text:
                if key not in ASIDE:
                    self.values.append((key, value))
            elif value and key not in ASIDE:
                self.values += ((key, text) for text in texts(value))
        self.lines = [text for key, text in self.values if text and key == "address"]
        self.code, self.line = post_code_in(self.lines)
        self._words: dict[str, list[str]] = {}

    @property
    def office(self) -> str:
        """Colleagues have one post code; where there is none, each record is by itself."""
        return self.code or self.id

    @property
    def addressee(self) -> str:
        """By name and address: two letters to one addressee may speak of each other."""
        return "\n".join((self.recipient.name, *self.lines)).casefold()

    def words(self, text: str) -> list[str]:
        """The words of one of its texts."""
        found = self._words.get(text)
        if found is None:
            found = self._words[text] = words(text)
        return found
