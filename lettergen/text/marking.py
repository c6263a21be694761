"""A letter once more with its values marked: for those who ask where each of its words comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lettergen.text.filling import marked
from lettergen.text.numbering import Numbering, references_in, with_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.model import Footnote, Passage, Reading
    from lettergen.model.tree import Node

Uses: TypeAlias = "dict[tuple[str, str], int]"


def marked_passages(
    readings: Iterable[Reading], footnotes: Mapping[str, Footnote], *, within_tags: bool = False
) -> Iterator[tuple[Reading, Passage, tuple[Node, ...]]]:
    """Each passage of one letter with its blocks: every value in an element `mark` whose `token` is its number
    in the passage, references numbered as in the letter; those `within_tags` too, where that is asked for.
    """
    uses: Uses = {}
    for reading in readings:
        for passage in reading.passages:
            yield reading, passage, marked_passage(reading, passage, footnotes, uses, within_tags=within_tags)


def marked_passage(
    reading: Reading, passage: Passage, footnotes: Mapping[str, Footnote], uses: Uses, *, within_tags: bool
) -> tuple[Node, ...]:
    """One of them; `uses` are those of the notes in all passages before it, and then in it too."""
    nodes = marked(passage.text, reading.language, passage.tokens, within_tags=within_tags)
    numbering = Numbering(reading.language, footnotes, _ignore, _ignore, uses)
    return with_numbers(nodes, iter(numbering.numbers(references_in(passage.part, nodes))))


def _ignore(*_: object) -> None:
    """What is wrong was said when the letter was finished."""
