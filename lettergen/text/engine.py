"""Markdown -> nodes, by Python-Markdown without raw HTML; tokens pass through as text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from xml.etree.ElementTree import Element as XmlElement  # built by Python-Markdown, never parsed here

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import HTML_RE, InlineProcessor
from markdown.util import AtomicString

from lettergen.files import UNPRINTABLE
from lettergen.model import Element, Node, Reference
from lettergen.text.lists import regular

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"[ \t\n]+")
_DEFINITION = re.compile(r"^ {0,3}(\[\^[^\]]+\]:)", re.MULTILINE)
_ROW = re.compile(r"\|.*\|[ ]*(\n|$)|.*\n[ ]*\|?[ ]*:?-{2,}:?[ ]*\|")
_MISPLACED = re.compile(r"(?:!\[[^\]\n]*|\]\([^)\n]*)(\[\^[^\]\s]+\])")
_ATTRIBUTES = ("href", "title", "src", "alt", "start", "align")
_Match: TypeAlias = tuple[XmlElement | str, int, int]  # what was found, and from where to where
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "table", "hr"}
_UNUSED_INLINE = ("reference", "image_reference", "short_reference", "short_image_ref", "html", "entity", "automail")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a piece of Markdown: a code, and the words to find it by."""

    code: str
    words: str
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """Blocks, and what is wrong with them."""

    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...]


@lru_cache(maxsize=20_000)
def convert(text: str) -> Converted:
    """The blocks of a piece of Markdown. Letters share paragraphs: each is read once."""
    faults = [
        Fault("footnote-definition", found[1], "a note's text stands in footnotes.yaml, not here", "move it there")
        for found in _DEFINITION.finditer(text)
    ]
    for found in _MISPLACED.finditer(text):
        message = "a footnote reference cannot stand in an image or a link's address"
        faults.append(Fault("footnote-here", found[1], message, "put it behind the image or link"))
    try:
        root = _tree(text)
    except RecursionError:
        fault = Fault("too-deep", text.strip()[:20], "quotes or lists are nested too deep")
        return Converted((), (fault,))
    nodes = tuple(_children(root, faults))
    return Converted(nodes, tuple(faults))


def _tree(text: str) -> XmlElement:
    engine = _engine()
    engine.reset()
    lines = regular(text).split("\n")
    for preprocessor in engine.preprocessors:
        lines = preprocessor.run(lines)
    root: Any = engine.parser.parseDocument(lines).getroot()
    for processor in engine.treeprocessors:
        other = processor.run(root)
        root = root if other is None else other
    return cast("XmlElement", root)


@cache
def _engine() -> Markdown:
    """Python-Markdown with tables; without raw HTML, link definitions and its own layout."""
    # As objects: by name they are sought among all that is installed, which takes longer than the letter.
    engine = Markdown(extensions=[TableExtension(use_align_attribute=True), SaneListExtension()])
    engine.preprocessors.deregister("html_block")
    engine.parser.blockprocessors.deregister("reference")
    engine.treeprocessors.deregister("prettify")
    for name in _UNUSED_INLINE:
        engine.inlinePatterns.deregister(name)
    engine.inlinePatterns.register(_Footnote(r"\[\^([^\]\s]+)\]", engine), "footnote", 175)
    engine.inlinePatterns.register(_Mail(r"<([^<>@\s:]+@[^<>@\s]+)>", engine), "mail", 110)
    engine.inlinePatterns.register(_RawHtml(HTML_RE, engine), "raw", 90)
    engine.inlinePatterns.register(_Entity(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]+);", engine), "character", 80)
    return engine


def _xml(tag: str, text: str, **attributes: str) -> XmlElement:
    element = XmlElement(tag, attributes)
    element.text = AtomicString(text)
    return element


class _Footnote(InlineProcessor):
    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        return _xml("footnote", m[1]), m.start(), m.end()


class _Mail(InlineProcessor):
    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        return _xml("a", m[1], href=f"mailto:{m[1]}"), m.start(), m.end()


class _RawHtml(InlineProcessor):
    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        return _xml("raw", self.unescape(m[0])), m.start(), m.end()


class _Entity(InlineProcessor):
    """`&nbsp;` and its like; one that would make a character that no letter prints stays as typed."""

    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        character = html.unescape(m[0])
        return m[0] if UNPRINTABLE.search(character) else character, m.start(), m.end()


def _children(element: XmlElement, faults: list[Fault]) -> Iterator[Node]:
    """The element's children; its text is trimmed where a block begins or ends."""
    nodes: list[Node] = [*_text(element.text)]
    for child in element:
        nodes += [*_node(child, faults), *_text(child.tail)]
    yield from _trimmed(nodes, is_block=element.tag in {*_BLOCKS, "td", "th", "div"})


def _node(element: XmlElement, faults: list[Fault]) -> Iterator[Node]:
    match element.tag:
        case "footnote":
            yield Reference(str(element.text))
        case "raw":
            words = str(element.text)
            if words.startswith("</") and any(f"<{words[2:-1]}" in fault.words for fault in faults):
                yield words  # its beginning was found already
                return
            faults.append(Fault("raw-html", words, "HTML is not read here", "write Markdown, or '\\<' for the sign"))
            yield words
        case "pre":
            words = html.unescape("".join(element.itertext())).strip()
            message = "this paragraph is indented so far that it becomes program code"
            faults.append(Fault("code-block", words.split("\n")[0], message, "indent it less than four blanks"))
            yield Element("p", (" ".join(words.split()),))
        case "code":
            yield Element("code", (html.unescape(str(element.text or "")),))
        case "p" if _is_broken_table("".join(element.itertext())):
            words = "".join(element.itertext()).split("\n")[0]
            message = "this looks like a table, but is none"
            way_out = "a table is one block without empty lines: heads, a line of dashes, and rows with as many bars"
            faults.append(Fault("broken-table", words, message, way_out))
            yield Element("p", (words,))
        case _:
            attributes = tuple((name, element.get(name, "")) for name in _ATTRIBUTES if element.get(name))
            yield Element(element.tag, tuple(_children(element, faults)), attributes)


def _is_broken_table(words: str) -> bool:
    return bool(_ROW.match(words))


def _text(text: str | None) -> Iterator[str]:
    if text:
        yield _SPACE.sub(" ", text)


def _trimmed(nodes: list[Node], *, is_block: bool) -> Iterator[Node]:
    """Without the blanks round blocks and line breaks; neighbouring texts stay apart."""
    for index, node in enumerate(nodes):
        if not isinstance(node, str):
            yield node
            continue
        before, after = nodes[index - 1] if index else None, nodes[index + 1] if index + 1 < len(nodes) else None
        if _ends(before) or (before is None and is_block):
            node = node.lstrip(" ")  # noqa: PLW2901
        if _ends(after) or (after is None and is_block):
            node = node.rstrip(" ")  # noqa: PLW2901
        if node:
            yield node


def _ends(node: Node | None) -> bool:
    return isinstance(node, Element) and (node.tag == "br" or node.tag in _BLOCKS)
