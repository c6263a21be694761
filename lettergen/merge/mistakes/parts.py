"""The parts of a main document: where each stands, and what stands where it cannot be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import nodes

from lettergen.merge.outline import line_of
from lettergen.model import PARTS
from lettergen.problems import Place, Problem, Related, Source, near, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

_SILENT = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport)
_BODY = "put it between {% block body %} and {% endblock %}"
# A part -> what people call it, beyond its own first word.
_LIKE = {
    "inside_address": "address recipient",
    "salutation": "greeting dear",
    "subject_line": "title heading",
    "letterhead": "header sender",
    "body": "text content",
    "complimentary_close": "closing close ending regards",
}
_MEANT = {other: part for part, others in _LIKE.items() for other in others.split()}


def offsets_of_parts(source: Source, text: str, tree: nodes.Template) -> dict[str, tuple[int, int]]:
    """Where each part begins and ends."""
    starts = sorted((source.offset(block.lineno), block.name) for block in tree.find_all(nodes.Block))
    ends = [*(start for start, _ in starts[1:]), len(text)]
    return {name: (start, end) for (start, name), end in zip(starts, ends, strict=False)}


def check_parts(source: Source, text: str, tree: nodes.Template) -> Iterator[Problem]:
    """What a main document cannot print."""
    yield from _Reader(source, text, tree).problems()


@dataclass(eq=False, repr=False)
class _Reader:
    source: Source
    text: str
    tree: nodes.Template

    def problems(self) -> Iterator[Problem]:
        """What stands where it cannot be printed."""
        has_parts = next(self.tree.find_all(nodes.Block), None) is not None
        for extends in self.tree.find_all(nodes.Extends):
            message = "'extends' is not needed: a main document extends the built-in one by itself"
            way_out = "remove it; to share text, write {% include 'other.md.j2' %} inside a part"
            yield Problem("own-extends", message, line_of(self.source, extends.lineno), way_out)
        for node in self.tree.body:
            if isinstance(node, nodes.Output):
                yield from self._stray(node, has_parts=has_parts)
            elif isinstance(node, nodes.Block):
                yield from self._inner(node)
            elif not isinstance(node, (*_SILENT, nodes.Extends)):
                yield from self._statement(node, has_parts=has_parts)
        yield from self._names()
        if not has_parts and not self.text.strip():
            message = "there is no part in this template"
            yield Problem("empty-file", message, self.source.whole(), "write a body: " + _BODY)

    def _names(self) -> Iterator[Problem]:
        """Parts that no letter has, or that stand twice."""
        first: dict[str, nodes.Block] = {}
        for block in sorted(self.tree.find_all(nodes.Block), key=lambda block: block.lineno):
            place = self._name_place(block)
            if block.name not in PARTS:
                meant = nearest(block.name.lower(), [*PARTS, *_MEANT])
                way_out = f"did you mean '{_MEANT.get(meant, meant)}'?" if meant else near(block.name, PARTS)
                yield Problem("unknown-part", f"a letter has no part '{block.name}'", place, way_out)
            elif block.name in first:
                message = f"part '{block.name}' is in the file twice"
                related = (Related(self._name_place(first[block.name]), "the first one"),)
                way_out = "put the text of both into one"
                yield Problem("template-syntax", message, place, way_out, related)
            first.setdefault(block.name, block)

    def _inner(self, block: nodes.Block) -> Iterator[Problem]:
        for inner in block.find_all(nodes.Block):
            if inner.name in PARTS and inner.name != block.name:
                message = f"part '{inner.name}' is inside part '{block.name}'"
                way_out = f"end '{block.name}' first: move its {{% endblock %}} to before {{% block {inner.name} %}}"
                related = (Related(self._name_place(block), "opened here"),)
                yield Problem("conditional-part", message, self._name_place(inner), way_out, related)

    def _statement(self, node: nodes.Node, *, has_parts: bool) -> Iterator[Problem]:
        for block in node.find_all(nodes.Block):
            message = f"part '{block.name}' is inside a condition or loop"
            way_out = "put the condition inside the part: an empty part prints nothing"
            related = (Related(line_of(self.source, node.lineno), "opened here"),)
            yield Problem("conditional-part", message, self._name_place(block), way_out, related)
        if next(node.find_all(nodes.Block), None) is None:
            for output in node.find_all(nodes.Output):
                yield from self._stray(output, has_parts=has_parts)
            if isinstance(node, nodes.Include):
                message = "what is included here is outside every part and would not be printed"
                yield Problem("text-outside-part", message, line_of(self.source, node.lineno), _BODY)

    def _stray(self, output: nodes.Output, *, has_parts: bool) -> Iterator[Problem]:
        for node in output.nodes:
            words = node.data.strip().split("\n")[0] if isinstance(node, nodes.TemplateData) else ""
            if isinstance(node, nodes.TemplateData) and not words:
                continue
            start = self.text.find(words, self.source.offset(output.lineno)) if words else -1
            place = self.source.place(start, start + len(words)) if start >= 0 else line_of(self.source, node.lineno)
            message = "this text is outside every part and would not be printed"
            way_out = "put it inside a part, before its {% endblock %}" if has_parts else _BODY
            yield Problem("text-outside-part", message, place, way_out)
            return

    def _name_place(self, block: nodes.Block) -> Place:
        """The name in the block's own tag, whatever stands before it in the line."""
        start = self.text.find("block", self.source.offset(block.lineno))
        while start >= 0 and self.text[start + 5 :].split(maxsplit=1)[:1] != [block.name]:
            start = self.text.find("block", start + 1)
        start = self.text.find(block.name, start + 5)
        return self.source.place(start, start + len(block.name))
