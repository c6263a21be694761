"""A passage as HTML with its values marked: a slot for what is a letter's own, all else in its place."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Element
from lettergen.render.elements import HtmlWriter
from lettergen.render.headings import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.model import Node, Reference

_BLOCKS = frozenset({"p", "ul", "ol", "blockquote", "table", "hr", *HEADINGS})


class Mark(NamedTuple):
    """A value's name and where it stands. One of a letter's own is filled in later (`is_own`); a word of
    lettergen's own has no name and is not marked.
    """

    name: str
    place: str
    is_own: bool


class Marking(HtmlWriter):
    """Nodes whose values are in elements `mark`; `slots` are the HTML of the letter's own ones, with their tokens."""

    def __init__(self, marks: Sequence[Mark], texts: Sequence[str]) -> None:
        """`texts` are the values: one that is but in a link's address is shown behind the link."""
        super().__init__({}, _reference)
        self.marks, self.texts = marks, texts
        self.slots: list[tuple[int, str]] = []
        self.seen: set[Mark] = set()
        self.tagged: set[int] = set()  # the values that are in tags

    def _node(self, node: Node) -> str:
        match node:
            case Element("mark"):
                return self._mark(node)
            case Element("img"):
                return f'<span class="image">{escape(node.get("alt"))}</span>'
            case Element(tag, children) if tag in HEADINGS:  # the page has headings of its own
                return f'<p class="heading">{self.write(children)}</p>'
            case _:
                return super()._node(node)

    def _mark(self, node: Element) -> str:
        number = int(node.get("token"))
        mark, inner = self.marks[number], self.write(node.children)
        if node.get("of"):
            self.tagged.add(number)
            if node.get("of") != "href" or mark in self.seen:
                return ""
            inner = f'<span class="at">→ {escape(self.texts[number])}</span>'
        self.seen.add(mark)
        if not mark.name:
            return inner
        tag = "div" if any(isinstance(one, Element) and one.tag in _BLOCKS for one in node.children) else "mark"
        if mark.is_own:
            self.slots.append((number, inner))
            return slot(tag, len(self.slots) - 1)
        return labelled(tag, "set", inner, label(mark.name, mark.place))


def slot(tag: str, number: int) -> str:
    """The empty element that a letter's own value comes into."""
    return f'<{tag} class="own" data-slot="{number}"></{tag}>'


def labelled(tag: str, kind: str, html: str, said: str) -> str:
    """A value with its label: behind it, but within a block, where it begins."""
    if tag == "div":
        return f'<div class="{kind}">{said}{html}</div>'
    return f'<mark class="{kind}">{html}</mark>{said}'


def label(name: str, place: str) -> str:
    """What stands beside a value: its field, and where that is."""
    where = f' <span class="at">{escape(place.removeprefix("templates/"))}</span>' if place else ""
    return f'<span class="from"> {escape(name)}{where}</span>'


def _reference(reference: Reference) -> str:
    return f'<sup><span class="heard">note </span>{reference.number}</sup>'
