"""The Markdown file is read alike by four readers: cmark-gfm, pandoc's two dialects, Python-Markdown."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote as quote_address
from urllib.parse import unquote

import cmarkgfm
import html5lib
import pypandoc
import pytest
from cmarkgfm.cmark import Options
from composing import FOOTNOTES, HEAD, MAIN, RECIPIENTS, composed, quoted, sound
from drawing import VALUES, Leaf, blocks, examples, lines, nasty, templates
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from lettergen.model import Element, Letter, Node, Note, Part, Reference, Value, one_line
from lettergen.render.markdown import to_markdown
from lettergen.render.page import to_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Blocks: TypeAlias = tuple[Any, ...]
Run: TypeAlias = tuple[tuple[Any, ...], Any]  # the styles (em, strong, code, a link), and the text or thing in them

_INLINE = {"em", "strong", "code", "a", "img", "br", "sup", "note", "span", "del", "sub", "input", "mark"}
_VOID = {"br", "hr", "img", "col", "input"}
EXAMPLES = 30  # thousands were drawn when this was written
SHARE = 3  # a place is tried with every third value, its neighbour with the next; 1 for all: 30 seconds
_BACK = {"footnote-backref", "footnote-back"}

PANDOC = """
for line in io.lines() do
  local format, size = line:match('(%S+) (%d+)')
  local read = pandoc.read(io.read(tonumber(size)), format)
  local page = pandoc.write(read, 'html', {wrap_text = 'none'})
  io.write(#page, '\\n', page)
  io.flush()
end
"""


@dataclass(eq=False)
class Xml:
    """An element of what a reader made of the file."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Xml | str] = field(default_factory=list)

    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


# --- the readers ---


class Pandoc:
    """One pandoc process that is asked again and again."""

    def __init__(self, folder: Path) -> None:
        script = folder / "read.lua"
        script.write_text(PANDOC, encoding="utf-8")
        command = [pypandoc.get_pandoc_path(), "lua", str(script)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def read(self, text: str, dialect: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        sent = text.encode()
        self.process.stdin.write(f"{dialect} {len(sent)}\n".encode() + sent)
        self.process.stdin.flush()
        return self.process.stdout.read(int(self.process.stdout.readline())).decode()

    def close(self) -> None:
        self.process.communicate()


def cmark(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE))


_PYTHON_MARKDOWN = Markdown(extensions=["tables", "footnotes", "sane_lists"])


def python_markdown(text: str) -> str:
    _PYTHON_MARKDOWN.reset()
    return _PYTHON_MARKDOWN.convert(text)


# --- what was read, as blocks that can be compared ---


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


def _xml(nodes: tuple[Node, ...]) -> list[Xml | str]:
    made: list[Xml | str] = []
    for node in nodes:
        match node:
            case str():
                made.append(node)
            case Value(text):
                made.append(text)
            case Reference(_, number):
                made.append(Xml("note", {"number": str(number)}))
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
    found = re.fullmatch(r"#fn[-:]?(\d+)", link.attributes.get("href", ""))
    return found[1] if found and ("footnote-ref" in link.classes() | element.classes()) else ""


# --- the letters ---


def _element(tag: str, *children: Node, **attributes: str) -> Element:
    return Element(tag, children, tuple(attributes.items()))


_TAGS = ("p", "em", "strong", "code", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")
p, em, strong, code, li, ul, ol, quote, h1, h2, h3, h4, h5, h6 = (partial(_element, tag) for tag in _TAGS)
a = partial(_element, "a", href="https://x.y/z_1?a=b&copy=c*d")
phrase = partial(_element, "span", lang="cy")
br, hr = Element("br"), Element("hr")


def table(*rows: tuple[Element | Node, ...]) -> Element:
    """A table: the first row is its head; what is no cell is put into one."""
    head, *others = (_row(row, "th" if index == 0 else "td") for index, row in enumerate(rows))
    return _element("table", _element("thead", head), _element("tbody", *others))


def _row(row: tuple[Node, ...], tag: str) -> Element:
    aligns: tuple[dict[str, str], ...] = ({}, {"align": "right"}, {"align": "center"})
    cells = zip(row, aligns, strict=False)
    return _element("tr", *(_element(tag, *_inline(cell), **align) for cell, align in cells))


def _inline(cell: Node) -> tuple[Node, ...]:
    return cell.children if isinstance(cell, Element) and cell.tag == "p" else (cell,)


Place: TypeAlias = "Callable[[Node, Reference], tuple[Node, ...]]"

# Where a value `v` can stand; `n` is a footnote reference.
PLACES: dict[str, Place] = {
    "alone": lambda v, _: (p(v), p(v)),
    "sentence": lambda v, _: (p(v, " b"), p("a ", v, " b"), p("a ", v), p("a", v, "b"), p("(", v, ")."), p(v, v)),
    "hard break": lambda v, _: (p("a", br, v), p(v, br, "b"), p(v, br, v, br, v)),
    "code": lambda v, _: (p(code(v)), p("a", code(v), "b"), p(v, code("x"), v), p(v, code(v), code(v))),
    "link": lambda v, _: (p(a(v)), p("a", a(v), "b"), p(v, a("x"), v), p(a(v), a(v)), p(v, a(em(v)), v)),
    "link title": lambda v, _: (p("a ", a("x", title=_text(v)), ' "b"'), p(a(v, title=_text(v)))),
    "image": lambda v, _: (p(image(_text(v))), p(v, image(_text(v), title=_text(v)), v), p(a(image(_text(v))))),
    "emphasis": lambda v, _: _emphasis(v, em),
    "strong": lambda v, _: _emphasis(v, strong),
    "strong in em": lambda v, _: _emphasis(v, lambda *nodes: em(strong(*nodes))),
    "em in strong": lambda v, _: _emphasis(v, lambda *nodes: strong(em(*nodes))),
    "link in em": lambda v, _: _emphasis(v, lambda *nodes: em(a(*nodes))),
    "part of em": lambda v, _: (p("a ", em("b ", strong(v), " c")), p(em("b ", v, br, code(v), " c"), " d")),
    "part of strong": lambda v, _: (p("a ", strong("b ", em(v), " c")), p(strong("b ", a(v), " c"), " d")),
    "phrase": lambda v, _: _emphasis(v, phrase),
    "parts of phrase": lambda v, n: (
        p(phrase(v, em(v), a(v)), v),
        p(em(phrase(v), strong(v))),
        p(phrase(br, v, n, code(v), br)),
    ),
    "reference": lambda v, n: (p(v, n), p(n, v), p("a", n, v, n, " b"), p(em(v, n), v), p(v, n, a(v)), p(n, n, v)),
    "heading": lambda v, _: (h1(v), h2(v), h3(v), h4(v), h5(v), h6(v), h2("a", v), h3(v, br, em(v)), h4("a ", code(v))),
    "table": lambda v, _: (p(v), table((v, "b"), ("c", v)), p(v)),
    "cell": lambda v, n: (table((v,), (code(v),), (p("a", v, br, v, "b"),)), table((v, v, v), (em(v), a(v), p(v, n)))),
    "tight list": lambda v, n: (p(v), ul(li(v), li("a ", v, br, v)), p(v), ol(li(v), li(v, n), start="9"), p(v)),
    "loose list": lambda v, _: (ul(li(p(v)), li(p("a ", v))), p(v), ol(li(p(v)), li(p(v, br, v)), start="99")),
    "nested list": lambda v, _: (ul(li(v, ul(li(v, ol(li(v), li(v))), li(v))), li(v)), ol(li(v, ul(li(v))))),
    "nested loose list": lambda v, _: (ul(li(p(v), ul(li(p(v)), li(p(v)))), li(p(v), ol(li(v), li(v))), li(p(v))),),
    "blocks in item": lambda v, _: (ol(li(p(v), p(v)), li(p("b"), quote(p(v)), h2(v)), li(p(v), table((v,), (v,)))),),
    "long number": lambda v, _: (ol(li(p(v), p(v), ul(li(v), li(v))), li(p(v)), start="1986"),),
    "quote": lambda v, _: (p(v), quote(p(v), p("a ", v, br, v)), quote(p(v), quote(p(v)), p(v)), p(v)),
    "list in quote": lambda v, _: (quote(ul(li(v), li(v))), quote(ol(li(p(v)), li(p(v), p(v)))), quote(h2(v), p(v))),
    "neighbours": lambda v, _: (ul(li(v)), ul(li(v)), ol(li(v)), ol(li(v)), ul(li(v)), quote(p(v)), quote(p(v))),
    "rule": lambda v, _: (p(v), hr, p(v), hr, ul(li(v))),
}


def image(alt: str, **attributes: str) -> Element:
    return _element("img", src="sign (1)_*.png", alt=alt, **attributes)


def _emphasis(v: Node, style: Callable[..., Element]) -> tuple[Node, ...]:
    single = (p(style(v)), p("a ", style(v), " b"), p("a", style(v), "b"), p("(", style(v), ")."))
    return (*single, p(v, style("x"), v), p(v, " ", style(v), " ", v), p(style(v), style(v)), p(v, style(v), v))


def _text(node: Node) -> str:
    return node.text if isinstance(node, Value) else str(node)


def _letter(blocks: Iterable[Node], *notes: tuple[Node, ...]) -> Letter:
    numbered = tuple(Note(number, str(number), note, "en") for number, note in enumerate(notes, 1))
    return Letter("x", "X", "en", "title", "date", (), (Part("body", tuple(blocks), "en"),), numbered)


# --- the tests ---


@pytest.fixture(scope="module")
def pandoc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pandoc]:
    """One process for all tests of this file."""
    process = Pandoc(tmp_path_factory.mktemp("pandoc"))
    yield process
    process.close()


def check(letter: Letter, pandoc: Pandoc) -> None:
    """All readers see the letter's own tree in the Markdown file.

    One thing cannot be prevented: cmark-gfm links a bare e-mail address, however it is written.
    """
    text, tree = to_markdown(letter), expected(letter)
    assert read(cmark(text), links_mail=True) == expected(letter, links_mail=True), text
    assert read(python_markdown(text)) == tree, text
    assert read(pandoc.read(text, "gfm")) == tree, text
    assert read(pandoc.read(text, "markdown-smart")) == tree, text


@pytest.mark.parametrize("place", PLACES)
def test_values_at_a_place(place: str, pandoc: Pandoc) -> None:
    """Many values in one file: readers are quick with a long one, and slow with many."""
    first = list(PLACES).index(place) % SHARE
    values = [Value(text) for text in nasty()[first::SHARE]]
    blocks = [node for value in values for node in (*PLACES[place](value, Reference("1", 1)), hr)]
    check(_letter(blocks, ("note",)), pandoc)


@pytest.mark.parametrize("place", ["alone", "heading", "table"])
def test_values_at_the_start_of_the_file(place: str, pandoc: Pandoc) -> None:
    for text in nasty()[::SHARE] if place != "alone" else nasty():
        check(_letter(PLACES[place](Value(text), Reference("1"))[:1]), pandoc)


def test_values_in_notes(pandoc: Pandoc) -> None:
    notes = [note for text in map(Value, nasty()) for note in ((text,), ("a ", text, br, text), (em(text), a(text)))]
    check(_letter([p("a", *(Reference(str(n), n) for n, _ in enumerate(notes, 1)))], *notes), pandoc)


# --- any text at any place of a template ---

NEUTRAL = {"one": "Zebra", "two": "Quagga", "three": "Okapi", "four": "Tapir"}  # words that stand nowhere else
_FIELD = st.sampled_from([f"{{{{ recipient.{name} }}}}" for name in NEUTRAL])
_PRINTED = Leaf(_FIELD, _FIELD)
_NOTED = Leaf(_FIELD | st.just("[^note]"), _FIELD)
PARTS = {
    "letterhead": lines(_PRINTED),
    "inside_address": lines(_PRINTED),
    "salutation": lines(_PRINTED),
    "subject_line": lines(_NOTED),
    "body": blocks(_NOTED),
    "signature_block": lines(_PRINTED),
    "enclosures": blocks(_NOTED),
}
RECORD = """
  - {{id: {id}, name: {one}, role: {two}, address: [{two}, {one}], salutation: {three}, reference: {four},
     subject: {one}, enclosures: [{three}, {two}], copies: [{four}],
     one: {one}, two: {two}, three: {three}, four: {four}}}"""


def _letters(template: str, *records: dict[str, str]) -> tuple[Letter, ...]:
    """The letters of records that have these values wherever a plain field can stand."""
    known = "defaults: {nothing: null}\nrecipients:"
    each = [{name: quoted(value) for name, value in record.items()} for record in records]
    listed = "".join(RECORD.format(id=f"r{number}", **values) for number, values in enumerate(each))
    files = {RECIPIENTS: known + listed, FOOTNOTES: "note: A *note*", MAIN: HEAD + template, "sign.svg": "<svg/>"}
    return sound(composed(files)).letters


def _put(text: str, values: dict[str, str]) -> str:
    """The text with the values in place of the neutral ones."""
    known = {NEUTRAL[name]: one_line(value) for name, value in values.items()}
    return re.sub("|".join(known), lambda found: known[found[0]], text)


def _with(nodes: tuple[Node, ...], values: dict[str, str]) -> Iterator[Node]:
    """The tree with the values in place of the neutral ones; in an address they are percent-encoded."""
    encoded = {name: quote_address(one_line(value), safe="@") for name, value in values.items()}
    for node in nodes:
        match node:
            case Value(text):
                yield Value(_put(text, values))
            case Element(tag, children):
                attributes = tuple(
                    (name, _put(text, encoded if name == "href" else values)) for name, text in node.attributes
                )
                yield Element(tag, tuple(_with(children, values)), attributes)
            case _:
                yield node


@pytest.mark.slow
@examples(EXAMPLES)
@given(template=templates(PARTS), values=st.fixed_dictionaries(dict.fromkeys(NEUTRAL, VALUES)))
def test_any_text_at_any_place(pandoc: Pandoc, template: str, values: dict[str, str]) -> None:
    """Literal for every reader, and nothing around it is other than it is with a neutral value."""
    plain, made = _letters(template, NEUTRAL, values)
    assert made.parts == tuple(Part(part.name, tuple(_with(part.nodes, values)), part.language) for part in plain.parts)
    assert made.title == _put(plain.title, values)
    check(made, pandoc)
    # A heading or a head of blanks alone is none; tables of one name are told apart by a number.
    if all(map(str.strip, values.values())) and len(set(map(one_line, values.values()))) == len(values):
        assert _page(made, NEUTRAL) == _page(plain, values)


def _page(letter: Letter, values: dict[str, str]) -> list[object]:
    """What a strict reader of HTML finds in the page, with these values in place of the neutral ones."""
    written = to_page(letter, "", {}).replace(' class="spelt"', "")  # a link's words may happen to say its address
    page = html5lib.HTMLParser(strict=True).parse(written)
    encoded = {name: quote_address(one_line(value), safe="@") for name, value in values.items()}
    found: list[object] = []
    for element in page.iter():
        attributes = {name: _put(text, encoded if name == "href" else values) for name, text in element.items()}
        found.append((element.tag, attributes, *(_put(text or "", values) for text in (element.text, element.tail))))
    return found
