"""Markdown -> nodes, by Python-Markdown without raw HTML; tokens pass through as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import Element, Node, Reference, Value, is_language
from lettergen.text.blocks import blocks
from lettergen.text.converting import Converted
from lettergen.text.dialect import engine
from lettergen.text.faults import DEFINITION, Fault, refused
from lettergen.text.limits import DEPTH, depth, is_deep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element as XmlElement

_SPACE = re.compile(r"[ \t\n]+")
_NAMED = re.compile(r"(?<=[\w=%/-])&amp;(?=[\w.%-]+=)")  # between the fields of an address
_ROW = re.compile(r"\|.*\|[ ]*(\n|$)")
_ATTRIBUTES = ("href", "title", "src", "alt", "start", "align", "lang")


def read(text: str) -> Converted:
    """The blocks, and what is wrong with them, whatever the text."""
    try:
        root, faults = _parsed(text)
    except RecursionError:
        message = "brackets, quotations or lists are nested too deeply"
        way_out = "look for a sign that was typed again and again, or use fewer levels"
        found = re.search(r"(?:[\[(>] ?){4,20}", text) or re.search(r"\S+", text)
        return Converted((), (Fault("too-deep", found[0] if found else "", message, way_out),))
    faults += refused(text)
    return Converted(tuple(_children(root, faults)), tuple(faults))


def _parsed(text: str) -> tuple[XmlElement, list[Fault]]:
    """Return the blocks with their inline text read; raise RecursionError for what is nested too deeply."""
    if is_deep(text):
        raise RecursionError
    root, faults = blocks(_NAMED.sub("&", re.sub(DEFINITION, "", text)))
    if depth(root) <= DEPTH:
        for name in ("inline", "unescape"):
            engine().treeprocessors[name].run(root)
    if depth(root) > DEPTH:
        raise RecursionError
    return root, faults


def _children(element: XmlElement, faults: list[Fault]) -> Iterator[Node]:
    """The element's children; no blank stands behind a line's end."""
    yield from _text(element.text)
    for child in element:
        is_plain = child.tag == "group" or child.get("tight")
        yield from (_children if is_plain else _node)(child, faults)
        yield from _text((child.tail or "").lstrip(" \n") if child.tag == "br" else child.tail)


def _node(element: XmlElement, faults: list[Fault]) -> Iterator[Node]:
    match element.tag:
        case "footnote":
            yield Reference(str(element.text))
        case "code":
            yield Element("code", (str(element.text or ""),))
        case "kept":
            yield Value(str(element.text))
        case "raw":
            yield _raw(str(element.text), faults)
        case "stars":
            yield _stars(element, faults)
        case "pre":
            yield _program(str(element.text), faults)
        case "p" if element.get("table") == "broken" or _ROW.match("".join(element.itertext())):
            yield _no_table("".join(element.itertext()).split("\n")[0], faults)
        case _:
            if element.tag == "img":
                element.set("alt", " ".join("".join(element.itertext()).split()))
                del element[:]
                element.text = None
            _check(element, faults)
            attributes = tuple((name, element.get(name, "")) for name in _ATTRIBUTES if element.get(name))
            yield Element(element.tag, tuple(_children(element, faults)), attributes)


def _raw(words: str, faults: list[Fault]) -> str:
    """The tag as text; a beginning is a fault, an end is not another."""
    if not (words.startswith("</") and any(fault.code == "raw-html" for fault in faults)):
        way_out = "write Markdown (**bold**, *italic*), or '\\<' for the sign '<'"
        faults.append(Fault("raw-html", words, "HTML cannot be used here", way_out))
    return words


def _stars(element: XmlElement, faults: list[Fault]) -> str:
    """The stars as text; the first in a piece are a fault, as the others may be of the same words."""
    if not any(fault.code == "stray-stars" for fault in faults):
        message = "these stars would be printed: they make no bold words"
        way_out = (
            "put the stars right beside the words, with a blank or a full stop on their other side; "
            "or '\\' before each that is to be printed"
        )
        faults.append(Fault("stray-stars", element.get("typed", ""), message, way_out))
    return str(element.text)


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
        words, message = element.get("typed", ""), "this link has no text, or no address without blanks"
        faults.append(Fault("bad-link", words, message, "write [text](address), or '\\[' if it is to be no link"))
    if element.tag == "span" and not is_language(element.get("lang", "")):
        message = f"'{element.get('lang', '')}' is not a language code"
        way_out = "write a code such as cy (Welsh) or de (German) behind 'lang='"
        faults.append(Fault("bad-language", f"{{lang={element.get('code', '')}}}", message, way_out))


def _text(text: str | None) -> Iterator[str]:
    if text:
        yield _SPACE.sub(" ", text)
