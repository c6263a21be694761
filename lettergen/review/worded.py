"""A passage as words, in which the values of the records do not count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lettergen.model import Element, Reference, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Node

_WORD = re.compile(r"\S+\s*|\s+")
_BLOCKS = ("p", "li", "tr", "hr", "br", "h1", "h2", "h3", "h4", "h5", "h6")


class Word(NamedTuple):
    """A word with the blanks behind it: `name` is empty, or what stands there is no word of the template, but a
    value of this field, a note of this id, or where the link before it leads to (`kind`: value, note, link).
    """

    text: str
    kind: str = ""
    name: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What two equal words have in common."""
        return self.text.strip(), self.kind, self.name


class Wording(NamedTuple):
    """What a passage says in every letter of a shape."""

    part: str
    language: str
    words: tuple[Word, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """What two equal wordings have in common."""
        return self.part, self.language, *(word.key for word in self.words)


class Field(NamedTuple):
    """A value that does not count: its field's name, and what it says in this letter."""

    name: str
    text: str


def wording(part: str, language: str, nodes: tuple[Node, ...], fields: Mapping[str, Field]) -> Wording:
    """The passage's words; `fields` are the values that do not count, by the numbers of their tokens."""
    words: list[Word] = []
    for word in _words(nodes, fields):
        if word.text.isspace() and not word.kind and words:
            words[-1] = words[-1]._replace(text=words[-1].text + word.text)
        elif word.text or word.kind:
            words.append(word)
    return Wording(part, language, tuple(_without_repeats(words)))


def _words(nodes: tuple[Node, ...], fields: Mapping[str, Field]) -> Iterator[Word]:
    for node in nodes:
        match node:
            case str() | Value():
                text = node if isinstance(node, str) else node.text
                yield from map(Word, _WORD.findall(text))
            case Reference(identity):
                yield Word("", "note", identity)
            case Element("mark") if node.get("token") in fields:
                yield Word("", "value", fields[node.get("token")].name)
            case Element("img"):
                yield Word(f"[{node.get('alt')}]")
            case Element(tag, children):
                yield from _words(children, fields)
                yield from _behind(tag, unquote(node.get("href")), fields)


def _behind(tag: str, target: str, fields: Mapping[str, Field]) -> Iterator[Word]:
    """What ends an element: a line's end, a cell's, or where a link leads to."""
    if tag in _BLOCKS:
        yield Word("\n")
    elif tag in ("td", "th"):
        yield Word(" ")
    elif tag == "a" and not target.startswith("mailto:"):
        for field in fields.values():
            target = target.replace(field.text, f"‹{field.name}›") if field.text else target
        yield Word("", "link", target)


def _without_repeats(words: list[Word]) -> Iterator[Word]:
    """The words with lines that differ only in the value, as those of an address do, but once."""
    lines = _lines(words)
    for index, line in enumerate(lines):
        keys = [word.key for word in line]
        if (
            not index
            or keys != [word.key for word in lines[index - 1]]
            or not any(word.kind == "value" for word in line)
        ):
            yield from line


def _lines(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = [[]]
    for word in words:
        lines[-1].append(word)
        if "\n" in word.text:
            lines.append([])
    return lines
