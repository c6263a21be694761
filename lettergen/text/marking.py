"""A letter once more with its values marked: for those who ask where each of its words comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.text.filling import marked
from lettergen.text.numbering import Numbering, references_in, with_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.model import Footnote, Passage, Reading
    from lettergen.model.tree import Node


def marked_passages(
    readings: Iterable[Reading], footnotes: Mapping[str, Footnote], *, within_tags: bool = False
) -> Iterator[tuple[Reading, Passage, tuple[Node, ...]]]:
    """Each passage of one letter with its blocks: every value in an element `mark` whose `token` is its number
    in the passage, references numbered as in the letter; those `within_tags` too, where that is asked for.
    """
    uses: dict[tuple[str, str], int] = {}
    for reading in readings:
        numbering = Numbering(reading.language, footnotes, _ignore, _ignore, uses)
        for passage in reading.passages:
            nodes = marked(passage.text, reading.language, passage.tokens, within_tags=within_tags)
            numbers = numbering.numbers(references_in(passage.part, nodes))
            yield reading, passage, with_numbers(nodes, iter(numbers))


def _ignore(*_: object) -> None:
    """What is wrong was said when the letter was finished."""
