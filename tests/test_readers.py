"""The Markdown file is read alike by four readers: cmark-gfm, pandoc's two dialects, Python-Markdown."""

from __future__ import annotations

import re
import subprocess
from functools import partial
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote as quote_address

import html5lib
import pypandoc
import pytest
from composing import FOOTNOTES, HEAD, MAIN, RECIPIENTS, composed, quoted, sound
from drawing import VALUES, Leaf, blocks, examples, lines, nasty, templates
from htmlblocks import cmark, expected, read
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from lettergen.model import Element, Letter, Node, Note, Part, Reference, Value, one_line
from lettergen.model.values import trimmed
from lettergen.render.markdown import to_markdown
from lettergen.render.page import to_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


EXAMPLES = 30  # thousands were drawn when this was written
SHARE = 3  # a place is tried with every third value, its neighbour with the next; 1 for all: 30 seconds

PANDOC = """
for line in io.lines() do
  local format, size = line:match('(%S+) (%d+)')
  local read = pandoc.read(io.read(tonumber(size)), format)
  local page = pandoc.write(read, 'html', {wrap_text = 'none'})
  io.write(#page, '\\n', page)
  io.flush()
end
"""


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


_PYTHON_MARKDOWN = Markdown(extensions=["tables", "footnotes", "sane_lists"])


def python_markdown(text: str) -> str:
    _PYTHON_MARKDOWN.reset()
    return _PYTHON_MARKDOWN.convert(text)


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
    flat = {name: " ".join(trimmed(value).split("\n")) for name, value in values.items()}
    plain, made, broken = _letters(template, NEUTRAL, flat, values)  # a value with line breaks breaks lines
    assert made.parts == tuple(Part(part.name, tuple(_with(part.nodes, flat)), part.language) for part in plain.parts)
    assert made.title == _put(plain.title, flat)
    check(made, pandoc)
    check(broken, pandoc)
    # A heading or a head of blanks alone is none; tables of one name are told apart by a number.
    if all(map(str.strip, flat.values())) and len(set(map(one_line, flat.values()))) == len(flat):
        assert _page(made, NEUTRAL) == _page(plain, flat)


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
