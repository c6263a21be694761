"""What a reader of Markdown made of a text, as blocks that can be compared with a letter's own tree."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options

from lettergen.model import Element, Letter, Node, Reference, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Blocks: TypeAlias = tuple[Any, ...]
Run: TypeAlias = tuple[tuple[Any, ...], Any]  # the styles (em, strong, code, a link), and the text or thing in them

_INLINE = {"em", "strong", "code", "a", "img", "br", "sup", "note", "span", "del", "sub", "input", "mark"}
_VOID = {"br", "hr", "img", "col", "input"}
_BACK = {"footnote-backref", "footnote-back"}


def cmark(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE))


@dataclass(eq=False)
class Xml:
    """An element of what a reader made of the file."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Xml | str] = field(default_factory=list)

    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


class _Parser(HTMLParser):
    """HTML as elements; no mending."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Xml("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Xml(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str, *, links_mail: bool = False) -> Blocks:
    """The blocks of a reader's HTML; what a reader that `links_mail` has linked by itself is text."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    root = parser.open[0]
    if links_mail:
        _without_mail_links(root)
    notes = {}
    for child in list(root.children):
        if isinstance(child, Xml) and child.classes() & {"footnotes", "footnote"}:
            root.children.remove(child)
            notes = dict(_notes(child))
    return _blocks(root.children, notes)


def expected(letter: Letter, *, links_mail: bool = False) -> Blocks:
    """The blocks of the letter's own tree."""
    texts = {str(note.number): Xml("p", {}, _xml(note.nodes)) for note in letter.notes}
    root = Xml("root", {}, [node for part in letter.parts for node in _xml(part.nodes)])
    for element in (root, *texts.values()) if links_mail else ():
        _without_mail_links(element)
    return _blocks(root.children, {number: _blocks([text], {}) for number, text in texts.items()})


def seen(nodes: tuple[Node, ...], names: Iterable[str]) -> Blocks:
    """The blocks of a text's nodes, where the text of each note is its name."""
    return _blocks(_xml(nodes), {name: _blocks([Xml("p", {}, [name])], {}) for name in names})


def _xml(nodes: tuple[Node, ...]) -> list[Xml | str]:
    made: list[Xml | str] = []
    for node in nodes:
        match node:
            case str():
                made.append(node)
            case Value(text):
                made.append(text)
            case Reference(identity, number):
                made.append(Xml("note", {"number": str(number or identity)}))
            case Element(tag, children):
                made.append(Xml(tag, dict(node.attributes), _xml(children)))
    return made


def _without_mail_links(element: Xml) -> None:
    for index, child in enumerate(element.children):
        if isinstance(child, Xml):
            address = child.attributes.get("href", "")
            if len(child.children) == 1 and "@" in address and child.children[0] in (address, address[7:]):
                element.children[index] = child.children[0]
            _without_mail_links(child)


def _notes(section: Xml) -> Iterator[tuple[str, Blocks]]:
    for item in _elements(_elements(section.children, "ol")[0].children, "li"):
        _without_back_links(item)
        yield re.sub(r"^fn[-:]?", "", item.attributes["id"]), _blocks(item.children, {})


def _without_back_links(element: Xml) -> None:
    kept = [child for child in element.children if isinstance(child, str) or not child.classes() & _BACK]
    is_python = any("title" in link.attributes for link in _elements(element.children) if link not in kept)
    for child in _elements(kept):
        _without_back_links(child)
    if is_python:  # it puts a space before the first link
        texts = [index for index, child in enumerate(kept) if isinstance(child, str)]
        last = [index for index in texts if str(kept[index]).endswith("\u00a0")][-1]
        kept[last] = str(kept[last])[:-1]
    element.children = kept


def _elements(children: list[Xml | str], *tags: str) -> list[Xml]:
    return [child for child in children if isinstance(child, Xml) and (not tags or child.tag in tags)]


def _blocks(children: list[Xml | str], notes: dict[str, Blocks]) -> Blocks:
    """Each block; a run of inline nodes is a `plain` one. Paragraphs that hold nothing but a comment are none."""
    made: list[Any] = []
    run: list[Xml | str] = []
    for child in [*children, None]:
        if child is not None and (isinstance(child, str) or child.tag in _INLINE):
            run.append(child)
            continue
        if runs := _runs(run, notes):
            made.append(("plain", runs))
        run = []
        if child is not None:
            made += _block(child, notes)
    return tuple(made)


def _block(element: Xml, notes: dict[str, Blocks]) -> Iterator[Any]:
    match element.tag:
        case "p":
            if runs := _runs(element.children, notes):
                yield "p", runs
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            yield element.tag, _runs(element.children, notes)
        case "table":
            yield "table", tuple(_rows(element, notes))
        case "ol":
            kind = element.attributes.get("start", "1"), element.attributes.get("type", "1")
            yield "ol", kind, _blocks(element.children, notes)
        case _:
            yield element.tag, _blocks(element.children, notes)


def _rows(table: Xml, notes: dict[str, Blocks]) -> Iterator[Any]:
    for part in _elements(table.children, "thead", "tbody"):
        for row in _elements(part.children, "tr"):
            yield tuple((cell.tag, _alignment(cell), _runs(cell.children, notes)) for cell in _elements(row.children))


def _alignment(cell: Xml) -> str:
    found = re.search(r"text-align: ?(\w+)", cell.attributes.get("style", ""))
    return found[1] if found else cell.attributes.get("align", "")


def _runs(children: list[Xml | str], notes: dict[str, Blocks]) -> tuple[Run, ...]:
    """Inline nodes as runs of one style; blanks are of no style, and none stands at an end."""
    runs: list[Run] = []
    for styles, piece in _pieces(children, (), notes):
        if not isinstance(piece, str):
            _trim(runs) if piece == ("br",) else None
            runs.append((styles, piece))
            continue
        for found in re.finditer(r"[ \t\r\n\f]+|[^ \t\r\n\f]+", piece):
            _add(runs, styles, found[0])
    _trim(runs)
    return tuple((styles, _composed(piece) if isinstance(piece, str) else piece) for styles, piece in runs)


def _add(runs: list[Run], styles: tuple[Any, ...], text: str) -> None:
    last = runs[-1] if runs else ((), ("br",))
    if text.isspace() and text[0] in " \t\r\n\f":
        if last[1] not in (" ", ("br",)):
            runs.append(((), " "))
    elif isinstance(last[1], str) and last[0] == styles and last[1] != " ":
        runs[-1] = (styles, last[1] + text)
    else:
        runs.append((styles, text))


def _trim(runs: list[Run]) -> None:
    if runs and runs[-1][1] == " ":
        runs.pop()


def _pieces(children: list[Xml | str], styles: tuple[Any, ...], notes: dict[str, Blocks]) -> Iterator[Run]:
    for child in children:
        if isinstance(child, str):
            yield styles, child
        elif number := _note_number(child):
            yield styles, ("note", notes[number])
        elif child.tag == "br":
            yield styles, ("br",)
        elif child.tag == "img":
            yield styles, ("img", _composed(child.attributes["alt"]), *_address(child, "src"))
        elif child.tag == "a":
            link = ("a", *_address(child, "href"))
            yield from _pieces(child.children, (*styles, link), notes)
        else:
            style = (child.tag, child.attributes["lang"]) if child.tag == "span" else child.tag
            yield from _pieces(child.children, (*styles, style), notes)


def _address(element: Xml, name: str) -> tuple[str, str]:
    """Where it leads, and its title: unusual spaces there are common ones for pandoc and Python-Markdown."""
    title = " ".join(element.attributes.get("title", "").split())
    return unquote(element.attributes.get(name, "")), _composed(title)


def _composed(text: str) -> str:
    """The text with accents and arrows as pandoc writes them; it looks the same."""
    return unicodedata.normalize("NFC", text).replace("\ufe0e", "")


def _note_number(element: Xml) -> str:
    if element.tag == "note":
        return element.attributes["number"]
    link = element
    if element.tag == "sup" and len(element.children) == 1 and isinstance(element.children[0], Xml):
        link = element.children[0]
    found = re.fullmatch(r"#fn[-:]?(.+)", link.attributes.get("href", ""))
    return found[1] if found and ("footnote-ref" in link.classes() | element.classes()) else ""
