"""Where the words of a merged part stand in the templates: found by merging once more, with marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lettergen.merge.merging import merge
from lettergen.merge.outline import line_of
from lettergen.model import BUILT_IN, CLOSE, OPEN, TOKEN
from lettergen.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.merge.document import MainDocument
    from lettergen.model import Recipient

# Private-use characters, as tokens have: reading refuses them in every file.
_MARK = re.compile("\ue002([0-9]+):([0-9]+)\ue003")


class Locator:
    """Finds words of one recipient's letter; nothing is done before the first question."""

    def __init__(self, document: MainDocument, recipient: Recipient, known: frozenset[str]) -> None:
        self.document, self.recipient, self.known = document, recipient, known
        self._met: dict[tuple[str, str], list[Place]] = {}

    def words(self, part: str, words: str, nth: int = 1) -> Place:
        """The words' `nth` occurrence in the part; the last if there are fewer, the part if there is none."""
        if (part, words) not in self._met:
            self._met[part, words] = list(self._occurrences(part, words.split("\n", maxsplit=1)[0]))
        places = self._met[part, words]
        return places[min(nth, len(places)) - 1] if places else self.document.part_place(part)

    def token(self, part: str, number: int) -> Place | None:
        """The line that prints a token; None if a built-in part does."""
        lines = self._lines_with(part, f"{OPEN}{number}{CLOSE}")
        return self._places(lines[0], "")[0] if lines and self._name(lines[0]) != BUILT_IN else None

    @cached_property
    def _parts(self) -> Mapping[str, _Marked]:
        marked = self.document.marked
        parts = merge(marked, self.recipient, self.known)[0].parts if marked else {}
        return {name: _read(text) for name, text in parts.items()}

    def _occurrences(self, part: str, words: str) -> Iterator[Place]:
        literal = max(TOKEN.split(words)[::2], key=len).strip()
        in_line: dict[tuple[int, int], list[Place]] = {}
        met: Counter[tuple[int, int]] = Counter()
        for line in self._lines_with(part, words) or self._lines_with(part, literal):
            places = in_line.get(line) or in_line.setdefault(line, self._places(line, literal))
            yield places[min(met[line], len(places) - 1)]
            met[line] += 1

    def _lines_with(self, part: str, sought: str) -> list[tuple[int, int]]:
        return list(self._parts[part].lines_with(sought)) if sought and part in self._parts else []

    def _name(self, line: tuple[int, int]) -> str:
        return list(self.document.marked.environment.sources)[line[0]] if self.document.marked else BUILT_IN

    def _places(self, line: tuple[int, int], words: str) -> list[Place]:
        """Where a line of a template has the words; the line itself if it has them in another form."""
        name, number = self._name(line), line[1]
        if name == BUILT_IN:
            return [self.recipient.place]
        source, _ = self.document.environment.get_source(name)
        found = re.finditer(re.escape(words), source.lines[number - 1]) if words else ()
        places = [Place(source, number, one.start() + 1, number, one.end() + 1) for one in found]
        return places or [line_of(source, number)]


class _Marked(NamedTuple):
    """A part's text without its marks, and from where to where each line of a template goes."""

    text: str
    starts: list[int]
    lines: list[tuple[int, int]]

    def lines_with(self, words: str) -> Iterator[tuple[int, int]]:
        """The template's number and the line of each occurrence."""
        for found in re.finditer(re.escape(words), self.text):
            index = bisect_right(self.starts, found.start()) - 1
            if index >= 0:
                yield self.lines[index]


def _read(text: str) -> _Marked:
    pieces = _MARK.split(text)
    plain, starts, lines = pieces[0], [], []
    for number, line, words in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        starts.append(len(plain))
        lines.append((int(number), int(line)))
        plain += words
    return _Marked(plain, starts, lines)
