"""A record and its letter as they are held against others: what the checks look at, made once for all of them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from lettergen.model import Text, texts
from lettergen.review.mixups.printed import ASIDE_PARTS
from lettergen.review.mixups.words import ASIDE, post_code_in, words

if TYPE_CHECKING:
    from lettergen.model import Reading, Recipient, Token


class Record:
    """The texts of one record that may be printed, with their fields; the lines of its address that say something;
    its British post code as it is printed, and the line that has it. Of its letter, if it has one: the `texts` that
    are printed but for parts that may name others, and among these the sentences, as the expressions print them.
    """

    __slots__ = ("_words", "code", "id", "line", "lines", "recipient", "sentences", "texts", "values")

    def __init__(self, recipient: Recipient, readings: tuple[Reading, ...] = ()) -> None:
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
        self.texts: set[str] = set()
        self.sentences: list[tuple[Reading, Token, int]] = []
        for reading in readings:
            passages = [passage for passage in reading.passages if passage.part not in ASIDE_PARTS]
            tokens = list(chain.from_iterable([passage.tokens for passage in passages]))
            self.texts.update([token.text for token in tokens])
            if any([token.is_markdown for token in tokens]):  # noqa: C419 - a list is faster for so few
                numbers = chain.from_iterable([passage.printed for passage in passages])
                pairs = zip(tokens, numbers, strict=True)
                self.sentences += [(reading, token, number) for token, number in pairs if token.is_markdown]

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
