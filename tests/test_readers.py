"""The Markdown file is read alike by four readers: cmark-gfm, pandoc's two dialects, Python-Markdown."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

import cmarkgfm
import pypandoc
from cmarkgfm.cmark import Options
from markdown import Markdown

from lettergen.model import Element, Letter, Node, Reference, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

Blocks: TypeAlias = tuple[Any, ...]
Run: TypeAlias = tuple[tuple[Any, ...], Any]  # the styles (em, strong, code, a link), and the text or thing in them

_INLINE = {"em", "strong", "code", "a", "img", "br", "sup", "note", "span", "del", "sub", "input", "mark"}
_VOID = {"br", "hr", "img", "col", "input"}
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


@dataclass
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
    kept: list[Xml | str] = []
    for child in element.children:
        if isinstance(child, Xml):
            if child.classes() & _BACK:
                if "title" in child.attributes and isinstance(kept[-1], str):  # Python-Markdown's space before it
                    kept[-1] = re.sub("\u00a0$", "", kept[-1])
                continue
            _without_back_links(child)
        kept.append(child)
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
            yield from _pieces(child.children, (*styles, child.tag), notes)


def _address(element: Xml, name: str) -> tuple[str, str]:
    """Where it leads, and its title: unusual spaces there are common ones for pandoc and Python-Markdown."""
    title = " ".join(element.attributes.get("title", "").split())
    return unquote(element.attributes.get(name, "")), _composed(title)


def _composed(text: str) -> str:
    """The text with its accents as pandoc's `gfm` writes them; it looks the same."""
    return unicodedata.normalize("NFC", text)


def _note_number(element: Xml) -> str:
    if element.tag == "note":
        return element.attributes["number"]
    link = element
    if element.tag == "sup" and len(element.children) == 1 and isinstance(element.children[0], Xml):
        link = element.children[0]
    found = re.fullmatch(r"#fn[-:]?(\d+)", link.attributes.get("href", ""))
    return found[1] if found and ("footnote-ref" in link.classes() | element.classes()) else ""


# --- the letters ---

NASTY = r"""*a*|**a**|_a_|__init__|a_b_c|_x|*x|x*|x_|***x***|**x|4.|4. Stock|4) x|1986. x|A. Smith|A.|A)|II. x|IV) x|(a) x|(iv) x
iv. x|i. x|a. x|mix. x|- x|-|--|+ x|+|* x|# x|#1|#|## x ##|C#|> x|>x|[x](y)|[x][y]|[x]|[^1]|[^1]: x|[x]: http://y|![a](b)
<b>x</b>|<div>|</p>|<!-- x|<!-- x -->|<?php|<![CDATA[x|<http://x.y>|<a@b.cd>|&amp;|&copy|&copy;|&#42;|&#x2a;|&|AT&T|A&E;|`x`|``|`|```
\|\*|\\|x\|C:\dir\|\n|~~x~~|~x~|H~2~O|~5|~~~|x^2^|^[x]|^x|$5 and $6|$5|$x$|$$x$$|US$ 5|a$|$|@smith|@|(@)|(@a)|a@b.com|a_b@c.de
http://x.y/z|https://x.y?a=b&c=d|http://a_b_c*d*|www.x.y|WWW.x.y|ftp://x|mailto:x@y.z|xmpp:a@b.c|:smile:|:+1:|a:b:c|12:30:45
BAR|BARxBAR|a BAR b|BAR x|---|===|=|***|___|- - -|* * *|+---+|---BAR---|::: x|: x|:x|:|% x|%|{#id}|x {.c}|{{x}}|{: .c}|{=html}
\begin{x}|\(x\)|\[x\]|"q" 'q'|...|1986\. x|[ ] x|[x] y|Table: x|table: x|Table:|[TOC]|*[x]: y|x!|!|x\|x#|x:|(x)|(x|)x|]|[|)|]x(
😀|a😀|שלום|שלום *x*|e\u0301|\u0301x|\u00a0|\u00a0x|x\u00a0|a\u00a0b|\u00adx|x\u00ad|a\u200db|\u200b|\ufeff|\u2003x|x\u3000|“x”|«x»|…|–|x–|€5|·|½|x²|İ|ß""".replace(
    "\n", "|"
)


def _nasty() -> list[str]:
    """The values that a reader could take for markup."""
    texts = [text.replace("BAR", "|") for text in NASTY.split("|")]
    return [*(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text) for text in texts)]
