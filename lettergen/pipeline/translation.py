"""Whether what is said in several languages has the same notes and links in each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Element, Reference
from lettergen.model.tree import walk
from lettergen.problems import RECORD, Problem, Related
from lettergen.text import ONCE, note_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Footnote, Letter
    from lettergen.model.tree import Node
    from lettergen.pipeline.languages import Half


class _Side(NamedTuple):
    """How often one half refers to each note and links to each address, and the part where it does so first."""

    half: Half
    notes: Counter[str]
    links: Counter[str]
    parts: Mapping[str, str]


def check_halves(chosen: tuple[Half, ...], letter: Letter) -> Iterator[Problem]:
    """A warning for each note that one half has more often, and where one has more links."""
    sides = [_side(half, letter) for half in chosen]
    for other in sides[1:]:
        for more, less in ((sides[0], other), (other, sides[0])):
            yield from _notes(more, less)
            yield from _links(more, less)


def check_note_links(footnotes: Mapping[str, Footnote]) -> Iterator[Problem]:
    """A warning for each note that has not as many links in one language as in the first."""
    for note in (note for note in footnotes.values() if len(note.texts) > 1):
        targets = {tag: _targets(note_nodes(note.id, text, tag, lambda _: None)) for tag, text in note.texts.items()}
        counts = {tag: len(list(found)) for tag, found in targets.items()}
        first, *others = counts
        for tag in (tag for tag in others if counts[tag] != counts[first]):
            message = (
                f"note '{note.id}' has {_links_of(counts[tag])} in '{tag}' and {_links_of(counts[first])} in '{first}'"
            )
            yield Problem("language-links", message, note.texts[tag].place, "give it the same links in each language")


def _side(half: Half, letter: Letter) -> _Side:
    parts = [part for part in letter.half(half.language) if part.name not in ONCE]
    notes = [(node.id, part.name) for part in parts for node in walk(part.nodes) if isinstance(node, Reference)]
    links = [(target, part.name) for part in parts for target in _targets(part.nodes)]
    where = dict(reversed([*notes, *links]))
    return _Side(half, Counter(identity for identity, _ in notes), Counter(to for to, _ in links), where)


def _targets(nodes: tuple[Node, ...]) -> Iterator[str]:
    return (node.get("href") for node in walk(nodes) if isinstance(node, Element) and node.tag == "a")


def _notes(more: _Side, less: _Side) -> Iterator[Problem]:
    ours, theirs = more.half.language, less.half.language
    for identity in more.notes - less.notes:
        times, others = (_times(side.notes[identity]) for side in (more, less))
        message = f"the text in '{ours}' refers to note '{identity}' {times}, and the one in '{theirs}' {others}"
        way_out = f"refer to it with '[^{identity}]' in the text in '{theirs}' too"
        nth = less.notes[identity] + 1
        yield _at(more, (identity, f"[^{identity}]", nth), ("language-notes", message, way_out))


def _links(more: _Side, less: _Side) -> Iterator[Problem]:
    """Numbers are compared, not addresses: a page may have one for each language."""
    ours, theirs = more.half.language, less.half.language
    count, other = more.links.total(), less.links.total()
    if count > other:
        message = f"the text in '{ours}' has {_links_of(count)}, and the one in '{theirs}' {other or 'none'}"
        way_out = f"give both the same links; those in '{theirs}': {', '.join(less.links) or 'none'}"
        target = next(iter([*(more.links - less.links), *more.links]))
        yield _at(more, (target, f"]({target}", 1), ("language-links", message, way_out))


def _times(count: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _links_of(count: int) -> str:
    return f"{count or 'no'} link{'s' * (count != 1)}"


def _at(side: _Side, sought: tuple[str, str, int], said: tuple[str, str, str]) -> Problem:
    """The problem where the half has what the other lacks: a note or link, how it is written, and which of them."""
    (key, sign, nth), (code, message, way_out) = sought, said
    place = side.half.locator.words(side.parts[key], sign, nth)
    return Problem(code, message, place, way_out, (Related(side.half.recipient.place, RECORD),), message)
