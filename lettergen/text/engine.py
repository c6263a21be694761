"""Markdown -> nodes, by Python-Markdown without raw HTML; tokens pass through as text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, cast

from lettergen.model import Element, Node, Reference, Value, is_language
from lettergen.text.converting import Converted
from lettergen.text.dialect import engine
from lettergen.text.faults import DEFINITION, Fault, refused
from lettergen.text.limits import DEPTH, depth, is_deep, is_whole
from lettergen.text.lists import regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element as XmlElement

_SPACE = re.compile(r"[ \t\n]+")
_ROW = re.compile(r"\|.*\|[ ]*(\n|$)|.*\n[ ]*\|?[ ]*:?-{2,}:?[ ]*\|")
_ATTRIBUTES = ("href", "title", "src", "alt", "start", "align", "lang")
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "table", "hr"}


def read(text: str) -> Converted:
    """The blocks, and what is wrong with them, whatever the text."""
    root = None if is_deep(text) else _tree(re.sub(DEFINITION, "", text))
    if root is None or depth(root) > DEPTH:
        message = "brackets, quotations or lists are nested too deeply"
        way_out = "look for a sign that was typed again and again, or use fewer levels"
        found = re.search(r"(?:[\[(>] ?){4,20}", text) or re.search(r"\S+", text)
        return Converted((), (Fault("too-deep", found[0] if found else "", message, way_out),))
    faults = list(refused(text))
    nodes = tuple(_children(root, faults))
    if not faults and not is_whole(text, nodes):
        message = "some of these words would be lost: the stars or lines round them cannot be read in pairs"
        way_out = "put '*' and '_' right beside the words, or '\\' before those that are to be printed"
        faults.append(Fault("lost-words", text.strip().split("\n")[0], message, way_out))
    return Converted(nodes, tuple(faults))


def _tree(text: str) -> XmlElement | None:
    """The elements as Python-Markdown makes them; None if it cannot go as deep."""
    markdown = engine()
    markdown.reset()
    lines = regular(text).split("\n")
    for preprocessor in markdown.preprocessors:
        lines = preprocessor.run(lines)
    try:
        root: Any = markdown.parser.parseDocument(lines).getroot()
        for processor in markdown.treeprocessors:
            other = processor.run(root)
            root = root if other is None else other
    except RecursionError:
        engine.cache_clear()  # it has stopped in the middle of things
        return None
    return cast("XmlElement", root)


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
        case "code":
            yield Element("code", (html.unescape(str(element.text or "")),))
        case "kept":
            yield Value(str(element.text))
        case "raw":
            yield _raw(str(element.text), faults)
        case "pre":
            yield _program(html.unescape("".join(element.itertext())).strip(), faults)
        case "p" if _is_broken_table("".join(element.itertext())):
            yield _no_table("".join(element.itertext()).split("\n")[0], faults)
        case _:
            _check(element, faults)
            attributes = tuple((name, element.get(name, "")) for name in _ATTRIBUTES if element.get(name))
            yield Element(element.tag, tuple(_children(element, faults)), attributes)


def _raw(words: str, faults: list[Fault]) -> str:
    """The tag as text; a beginning is a fault, an end is not another."""
    if not (words.startswith("</") and any(fault.code == "raw-html" for fault in faults)):
        way_out = "write Markdown (**bold**, *italic*), or '\\<' for the sign '<'"
        faults.append(Fault("raw-html", words, "HTML cannot be used here", way_out))
    return words


def _program(words: str, faults: list[Fault]) -> Element:
    message = "this paragraph is indented so far that it becomes program code"
    faults.append(Fault("code-block", words.split("\n", maxsplit=1)[0], message, "remove the spaces before it"))
    return Element("p", (" ".join(words.split()),))


def _no_table(words: str, faults: list[Fault]) -> Element:
    message = "this looks like a table, but is not one"
    way_out = "write headings, a line of dashes and rows, with as many '|' in each and no empty line between"
    faults.append(Fault("broken-table", words, message, way_out))
    return Element("p", (words,))


def _check(element: XmlElement, faults: list[Fault]) -> None:
    """What would be lost of an element that is otherwise sound."""
    if element.tag == "tr" and element.get("lost"):
        message = "this row has more cells than the table has columns: some would not be printed"
        faults.append(Fault("broken-table", element.get("lost", ""), message, "add a column to the first two rows"))
    if element.tag == "img" and not element.get("alt", "").strip():
        message = "this image has no text for those who cannot see it"
        faults.append(
            Fault("missing-alt", f"]({element.get('src', '')}", message, "write what it shows: ![a map](map.png)")
        )
    if element.tag == "a" and (not element.get("href") or not (element.text or len(element))):
        words = f"[{element.text or ''}]({element.get('href', '')})"
        faults.append(Fault("bad-link", words, "this link has no text or no address", "write [text](address)"))

    if element.tag == "span" and not is_language(element.get("lang", "")):
        message = f"'{element.get('lang', '')}' is not a language code"
        way_out = "write a code such as cy (Welsh) or de (German) behind 'lang='"
        faults.append(Fault("bad-language", f"{{lang={element.get('typed', '')}}}", message, way_out))


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
