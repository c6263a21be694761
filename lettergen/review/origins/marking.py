"""A passage's tree with marks: every value, and all text that not every letter has."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeGuard

from lettergen.model import CLOSE, OPEN, Element, Reference
from lettergen.model.explaining import SIGN, Explained, Trace
from lettergen.review.origins.aligning import aligned
from lettergen.review.origins.explaining import BUILT_IN_PART, reasons, value_key
from lettergen.review.origins.tracing import file_of, lines_of
from lettergen.review.origins.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.model import Node, Passage
    from lettergen.model.explaining import Key, Spot
    from lettergen.review.origins.explaining import Known

_UNKNOWN = Trace("", ())


def explained(
    known: Known, passage: Passage, language: str, nodes: tuple[Node, ...], traces: Sequence[Trace]
) -> Explained:
    """The passage with its marks; `nodes` have its values marked, `traces` are those of its signs."""
    heads = {trace.spots[:end]: trace.spots[end] for trace in reversed(traces) for end in range(1, len(trace.spots))}
    why = {trace.spots: reasons(known, trace, heads) for trace in traces}
    first, *others = why.values() or [()]
    common = tuple(key for key in first if all(key in each for each in others))
    file, lines = lines_of(traces)
    marker = _Marker(known, passage, file, _shown(passage, nodes, traces), why, frozenset(common))
    leaves = tuple(marker.leaves(nodes))
    return Explained(passage.part, language, tuple(wrapped(leaves)), tuple(marker.keys), common, file, lines)


def _shown(passage: Passage, nodes: tuple[Node, ...], traces: Sequence[Trace]) -> Mapping[int, Trace]:
    """For each offset in the text that is shown, its sign's trace."""
    starts = (found.start() for found in SIGN.finditer(passage.text))
    traced = dict(zip(starts, traces, strict=False))
    pairs = aligned(passage.text, "".join(_words(nodes)))
    return {at: traced[was] for at, was in pairs if was in traced}


def _words(nodes: tuple[Node, ...]) -> Iterator[str]:
    """The text that is shown, as far as possible in the signs of the merged text; elements stand between blanks,
    for in the merged text they have signs round them.
    """
    for node in nodes:
        yield _leaf(node)
        if _holds(node):
            yield from ("\n", *_words(node.children), "\n")


def _holds(node: Node) -> TypeGuard[Element]:
    """Whether the node is an element with words that are to be found."""
    return isinstance(node, Element) and node.tag != "img" and not node.get("token")


def _leaf(node: Node) -> str:
    match node:
        case str():
            return node
        case Reference(identity):
            return f"[^{identity}]"
        case Element("img"):
            return node.get("alt")
        case Element("mark") if not node.get("of"):
            return f"{OPEN}{node.get('token')}{CLOSE}"
    return ""


@dataclass
class _Marker:
    """Walks the tree in the order of the shown text, and gives each key its number."""

    known: Known
    passage: Passage
    file: str
    shown: Mapping[int, Trace]
    why: Mapping[tuple[Spot, ...], tuple[Key, ...]]
    common: frozenset[Key]
    keys: dict[Key, str] = field(default_factory=dict)
    offset: int = 0
    last: Trace = _UNKNOWN  # what the sign before comes from

    def leaves(self, nodes: tuple[Node, ...]) -> Iterator[Node]:
        """The nodes, what is no element in elements `line` with the template's line and the numbers of the reasons."""
        for node in nodes:
            match node:
                case str():
                    yield from self._text(node)
                case Element("mark") if node.get("token"):
                    yield self._value(node)
                case Reference() | Element("img"):
                    yield self._line((node,), self._next(_leaf(node))[0])
                case Element(children=children):
                    self.offset += 1  # of the blanks round it
                    yield replace(node, children=tuple(self.leaves(children)))
                    self.offset += 1

    def _text(self, text: str) -> Iterator[Node]:
        signs = zip(text, self._next(text), strict=True)
        runs = groupby(signs, key=lambda pair: self._facts(pair[1]))
        for _, run in runs:
            pairs = list(run)
            words = "".join(sign for sign, _ in pairs)
            before, inner, behind = words.partition(words.strip()) if words.strip() else (words, "", "")
            nodes = (before, self._line((inner,), pairs[0][1]) if inner else "", behind)
            yield from (node for node in nodes if node)

    def _next(self, text: str) -> list[Trace]:
        """The traces of the text that comes next: a sign that is found nowhere, or white space, has that before it."""
        start, self.offset = self.offset, self.offset + len(text)
        within = (self.shown[at] for at in range(start, self.offset) if at in self.shown)
        last = next(within, self.last)
        traces = []
        for at in range(start, self.offset):
            last = self.shown.get(at, last)
            traces.append(last)
        self.last = last
        return traces or [last]

    def _value(self, mark: Element) -> Node:
        number = int(mark.get("token"))
        trace = self._next(_leaf(mark))[0]
        key = value_key(self.known, self.passage.tokens[number], self.passage.printed[number], mark.get("of"))
        line = self._line(mark.children, trace)
        return replace(line, tag="mark", attributes=(("key", self._number(key)), *line.attributes))

    def _line(self, children: tuple[Node, ...], trace: Trace) -> Element:
        at, why = self._facts(trace)
        numbers = " ".join(map(self._number, why))
        return Element("line", children, (("at", at), ("because", numbers)))

    def _facts(self, trace: Trace) -> tuple[str, tuple[Key, ...]]:
        """The line, of another file with its name, and the reasons without those of the whole passage."""
        why = tuple(key for key in self.why.get(trace.spots, ()) if key not in self.common)
        file = file_of(trace)
        line = f"{trace.spots[-1].place.line}" if file not in ("", BUILT_IN_PART) else ""
        return line if file == self.file or not line else f"{file}:{line}", why

    def _number(self, key: Key) -> str:
        return self.keys.setdefault(key, str(len(self.keys) + 1))
