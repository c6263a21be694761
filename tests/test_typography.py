"""Marks, dashes and no-break spaces by language: what is changed, and what is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from composing import letter
from drawing import examples
from hypothesis import given
from hypothesis import strategies as st

from lettergen.model import Element, Node, Reference, Value
from lettergen.model.tree import plain_text, walk
from lettergen.text.converting import convert
from lettergen.text.filling import fill
from lettergen.text.typography import set_signs

if TYPE_CHECKING:
    from collections.abc import Iterator

LINK = ("href", "https://x.org")
NO_BREAK = "~"  # as it is written here


def _shown(nodes: tuple[Node, ...]) -> str:
    return plain_text(nodes).replace("\u00a0", NO_BREAK)


def _set(markdown: str, language: str) -> str:
    return _shown(fill(markdown, language, (), lambda fault, _: pytest.fail(fault.message)))


# What is typed, in each language, and what it makes.
MARKS = [
    ("en-GB", "“a” ‘b’"),
    ("cy", "“a” ‘b’"),
    ("es", "“a” ‘b’"),
    ("nl", "“a” ‘b’"),
    ("de", "„a“ ‚b‘"),
    ("de-AT", "„a“ ‚b‘"),
    ("cs", "„a“ ‚b‘"),
    ("lt", "„a“ ‚b‘"),
    ("fr", "«~a~» “b”"),
    ("fr-CA", "«~a~» “b”"),
    ("fr-CH", "«a» ‹b›"),
    ("it", "«a» “b”"),
    ("pt", "“a” ‘b’"),
    ("pt-PT", "«a» “b”"),
    ("sv", "”a” ’b’"),
    ("nb", "«a» ‘b’"),
    ("pl", "„a” «b»"),
    ("hu", "„a” »b«"),
    ("sr-Latn-RS", "„a” ’b’"),
    ("sr", "\"a\" 'b'"),
    ("el", "\"a\" 'b'"),
]


@pytest.mark.parametrize(("language", "made"), MARKS)
def test_marks_of_the_language(language: str, made: str) -> None:
    assert _set("\"a\" 'b'", language) == made


ENGLISH = [
    ('He said "no".', "He said “no”."),
    ("\"'No' is no answer,\" she said.", "“‘No’ is no answer,” she said."),
    ('"*Emphasis*" and **"more"**', "“Emphasis” and “more”"),
    ('["linked"](https://x.org/"a") ("both")', "“linked” (“both”)"),
    ('a "b"-"c"/"d" e', "a “b”-“c”/“d” e"),
    ('"a", "b"; "c"', "“a”, “b”; “c”"),
    ('"one\n\nand another"', "“oneand another”"),
    ("don't, o'clock, O'Neil's", "don’t, o’clock, O’Neil’s"),
    ("the tenants' homes", "the tenants’ homes"),
    ("the '90s and the class of '99", "the ’90s and the class of ’99"),
    ("rock 'n' roll, 'tis", "rock ’n’ roll, ’tis"),
    ("'90 per cent of it' is 'mine'", "‘90 per cent of it’ is ‘mine’"),
    ('5\' 10" tall, 6\'4", 12" wide', '5\' 10" tall, 6\'4", 12" wide'),
    ('"in 2019"', "“in 2019”"),
    ("a ' b \" c", "a ' b \" c"),
    ("\\\"a\\\" \\'b\\' c \\- d", "\"a\" 'b' c - d"),
    ("`\"a\" -- 'b' 5 kg`", "\"a\" -- 'b' 5 kg"),
    ("see https://x.org/it's--a-5 or o'neil@x.org", "see https://x.org/it's--a-5 or o'neil@x.org"),
    ("“typed” ‘so’ – as—it ’tis", "“typed” ‘so’ – as—it ’tis"),
    ("one - two -- three", "one~– two~– three"),
    ("one --- two, one---two, one--two", "one—two, one—two, one–two"),
    ("the London--Leeds line, *one*--two", "the London–Leeds line, one–two"),
    ("see report--final.docx, (v2--final), src/a--b, a_b--c", "see report--final.docx, (v2--final), src/a--b, a_b--c"),
    ("use --option, x --option, (--option), a -- b", "use --option, x --option, (--option), a~– b"),
    ("U.K.--based", "U.K.--based"),
    ("1995--1999, (5--7), £1.5--£2.5, 9:00--9:30", "1995–1999, (5–7), £1.5–£2.5, 9:00–9:30"),
    ("5--7.pdf, v2--3, 1--2--3, 1,--2, May--5", "5--7.pdf, v2--3, 1--2--3, 1,--2, May--5"),
    ("the years 2019-2021, 2024-25", "the years 2019–2021, 2024–25"),
    ("2009-10 is a month; 2021-2019", "2009-10 is a month; 2021-2019"),
    ("0161 496-2000, 020 7946-2021, 2020-10-13", "0161 496-2000, 020 7946-2021, 2020-10-13"),
    ("GT-12-3, x-y, GT-2019-2021, 5 - 3", "GT-12-3, x-y, GT-2019-2021, 5 - 3"),
    ('1066-1087 and (2019-2021), "2019-20".', "1066–1087 and (2019–2021), “2019–20”."),
    ("2019-2100, 2019-2101, 999-1001, 2019-2019", "2019–2100, 2019-2101, 999-1001, 2019-2019"),
    ("Plan 2019-2021, the EU's 2019-2024 term", "Plan 2019–2021, the EU’s 2019–2024 term"),
    ("order 2019-4521, claim 1234-5678, ISSN 1476-4687", "order 2019-4521, claim 1234-5678, ISSN 1476-4687"),
    ("BS EN 1504-2009, BS 1504-2009:2013, 1504-2009(E)", "BS EN 1504-2009, BS 1504-2009:2013, 1504-2009(E)"),
    ("Order (2019-2020), claim *2019-2020*, (ref: 2019-20)", "Order (2019-2020), claim 2019-2020, (ref: 2019-20)"),
    ("e.g. 2019-2020, c. 1750-1800, pp. 1501-1520", "e.g. 2019-2020, c. 1750-1800, pp.~1501-1520"),
    ("no 2019-2020, Nr 2019-2020, n° 2019-2020", "no 2019-2020, Nr 2019-2020, n° 2019-2020"),
    ("#2019-2020, §2019-2020, n°2019-2020, x:2019-2020", "#2019-2020, §2019-2020, n°2019-2020, x:2019-2020"),
    ("1800-555-2020, tel 1850-1890, ISBN 978-0-306-40615-7", "1800-555-2020, tel 1850-1890, ISBN 978-0-306-40615-7"),
    ("on 13 October 2020 and 1st Nov.", "on 13~October 2020 and 1st~Nov."),
    ("on October 13, 2020 (3 October)", "on October~13, 2020 (3~October)"),
    ("in October 2020, 10 days, 5 a", "in October 2020, 10 days, 5 a"),
    ("Mr Babbage, Dame Sara, St James, Prof. X", "Mr~Babbage, Dame~Sara, St~James, Prof.~X"),
    ("we miss London, Dr no", "we miss London, Dr no"),
    ("20 kg, 5 mm, (10 km), 5 %, £5 million", "20~kg, 5~mm, (10~km), 5~%, £5~million"),
    ("5 people, GT3 kg", "5 people, GT3 kg"),
    ("No. 5, p. 5, pp. 5-7, Section 45, para. 3, § 5", "No.~5, p.~5, pp.~5-7, Section~45, para.~3, §~5"),
    ("No. Five, the Section of", "No. Five, the Section of"),
    ("Mr *Smith*, 5 **kg**", "Mr~Smith, 5~kg"),
    ("13  \nOctober", "13 October"),
]
OTHERS = [
    ("en-US", "report--final.docx, London--Leeds", "report--final.docx, London—Leeds"),
    ("de", "Bestell-Nr 2019-2020, Kundennummer: 2019-2020", "Bestell-Nr 2019-2020, Kundennummer: 2019-2020"),
    ("de", "Auftrag 2019-2020, die Jahre 2019-2020", "Auftrag 2019-2020, die Jahre 2019–2020"),
    ("fr", "commande 2019-2020, les années 2019-2020", "commande 2019-2020, les années 2019–2020"),
    ("en-US", "one -- two, one--two - three", "one—two, one—two~– three"),
    ("cy", "Mae'n a'ch 'r 'n Mr Jones, 13 Hydref", "Mae’n a’ch ’r ’n Mr~Jones, 13~Hydref"),
    ("de", "\"Er sagt: 'Nein'\", Hans' Haus, '68", "„Er sagt: ‚Nein‘“, Hans’ Haus, ’68"),
    ("de", "am 13. Oktober um 12 Uhr, Nr. 5, Abs. 2", "am 13.~Oktober um 12~Uhr, Nr.~5, Abs.~2"),
    ("de", "Herr Meier - Frau Dr. Kern", "Herr~Meier~– Frau~Dr.~Kern"),
    ("fr", 'Quoi ? Oui! L\'an : a;b "x".', "Quoi~? Oui~! L’an~: a~;b «~x~»."),
    ("fr", "le 1er octobre à 12:30, M. Dupont, n° 5", "le 1er~octobre à 12:30, M.~Dupont, n°~5"),
    ("fr", 'l\'"Europe" ?! «x» « y »', "l’«~Europe~»~?! «~x~» «~y~»"),
    ("fr-CA", 'Quoi? Oui : "x"', "Quoi? Oui~: «~x~»"),
    ("it", "l'\"Europa\" c'è", "l’«Europa» c’è"),
    ("es", "el 13 de octubre de 2020", "el 13~de~octubre de 2020"),
    ("nl", "'s avonds, 't is", "’s avonds, ’t is"),
    ("pl", "dnia 13 października", "dnia 13~października"),
    ("el", "a - b", "a - b"),
]


@pytest.mark.parametrize(("language", "typed", "made"), [*(("en-GB", typed, made) for typed, made in ENGLISH), *OTHERS])
def test_typed_text(language: str, typed: str, made: str) -> None:
    assert _set(typed, language) == made


# What stands beside a value depends on what the value is.
BESIDE = [
    ('"{{ recipient.x }}"', "O'Neil", "“O'Neil”"),
    ("{{ recipient.x }}'s '{{ recipient.x }}'", 'A"', 'A"’s ‘A"’'),
    ("Mr {{ recipient.x }}", "Smith", "Mr~Smith"),
    ("{{ recipient.x }} kg, {{ recipient.x }} October", "12", "12~kg, 12~October"),
    ("{{ recipient.x }} kg, {{ recipient.x }} October", "many", "many kg, many October"),
    ("No. {{ recipient.x }}", "12", "No.~12"),
    ("{{ recipient.x }} 2019-2021", "Essex", "Essex 2019–2021"),
    ("{{ recipient.x }} 1504-2009", "BS EN", "BS EN 1504-2009"),
    ("{{ recipient.x }} 2019-2021", "Order No.", "Order No. 2019-2021"),
    ("a - {{ recipient.x }} -- b", "x - y", "a~– x - y~– b"),
    ("{{ recipient.x | markdown }} - *a*", '*"x"* -- y', '"x" -- y~– a'),
    ("{{ recipient.x | markdown }}", '"a" -- b\n\n5 kg', '"a" -- b5 kg'),
    ("{{ \"'\" }}a' {{ '\"' }}b", "x", "'a’ \"b"),
    ("https://x.org/{{ recipient.x }}'s, a 'b'", "x", "https://x.org/x's, a ‘b’"),
]


@pytest.mark.parametrize(("typed", "value", "made"), BESIDE)
def test_values_stay_as_typed(typed: str, value: str, made: str) -> None:
    body = letter(typed, fields={"x": value}).parts[-2]
    assert body.name == "body"
    assert _shown(body.nodes) == made


def test_a_date_in_an_address_has_common_blanks() -> None:
    (paragraph,) = letter("[x](https://x.org/{{ letter.date }}) {{ letter.date }}").parts[-2].nodes
    link = Element("a", ("x",), (("href", "https://x.org/13%20October%202020"),))
    assert paragraph == Element("p", (link, " ", Value("13\u00a0October 2020")))


# --- for any text ---

_LANGUAGES = ["en-GB", "en-US", "cy", "de", "fr", "fr-CA", "fr-CH", "it", "sv", "pl", "hu", "es", "nl", "el"]
_WORDS = st.sampled_from(
    ["a", "B", "5", "12", "2019", "2021", "May", "kg", "%", "Mr", "No.", "s", "n", "'90s", "x'y", "5'", '6"', "X", "p."]
)
_SIGNS = st.sampled_from([*"\"\"\"'''-–—“”„‘’‚«»‹›:;!?.,() \u00a0", " - ", "--", " -- ", "---", " ", " ", " "])
_STRETCH = st.lists(_WORDS | _SIGNS, max_size=9).map("".join).filter(bool)
_LEAF: st.SearchStrategy[Node] = _STRETCH | _STRETCH | _STRETCH.map(Value) | st.just(Element("br"))


def _holding(tag: str, nodes: list[Node], **attributes: str) -> Element:
    return Element(tag, tuple(nodes), tuple(attributes.items()))


_INLINE = st.recursive(
    _LEAF,
    lambda inner: (
        st.builds(_holding, st.sampled_from(["em", "a"]), st.lists(inner, min_size=1, max_size=3))
        | st.builds(
            lambda nodes, language: _holding("span", nodes, lang=language),
            st.lists(inner, min_size=1, max_size=2),
            st.sampled_from(_LANGUAGES),
        )
    ),
    max_leaves=6,
)
_BLOCKS = st.lists(st.lists(_INLINE, min_size=1, max_size=4).map(lambda nodes: _holding("p", nodes)), max_size=3)
_CHANGED = "\"'-– —“”„‘’‚«»‹›\u00a0"  # what typography takes, and what it makes


def _shape(nodes: tuple[Node, ...]) -> Iterator[object]:
    """The tree with of its text only what typography never changes."""
    for node in nodes:
        match node:
            case str():
                yield re.sub(f"[{re.escape(_CHANGED)}]", "", node)
            case Element(tag, children):
                yield tag, node.attributes, tuple(_shape(children))
            case _:
                yield node


@examples(300)
@given(blocks=_BLOCKS.map(tuple), language=st.sampled_from(_LANGUAGES))
def test_nothing_else_is_changed(blocks: tuple[Node, ...], language: str) -> None:
    """Values and every other sign of the text survive, in their order; a second time changes nothing more.

    Unless a phrase is in another language: a mark that one of them makes can be one that the other asks for.
    """
    once = set_signs(blocks, language)
    assert tuple(_shape(once)) == tuple(_shape(blocks))
    if "'lang'" not in repr(blocks):
        assert set_signs(once, language) == once


@examples(300)
@given(text=st.lists(_WORDS | _SIGNS, max_size=15).map("".join), language=st.sampled_from(_LANGUAGES))
def test_typed_marks_stay(text: str, language: str) -> None:
    """No proper mark is lost or changed: only straight ones and hyphens are turned into others."""
    made = _shown(set_signs((text,), language))
    for mark in "“”„‘’‚«»‹›–—":
        assert made.count(mark) >= text.count(mark)


# --- phrases in another language ---


PHRASES: list[tuple[str, str, tuple[Node, ...]]] = [
    ("[Mae'r *gair*]{lang=cy}", "cy", ("Mae’r ", Element("em", ("gair",)))),
    ('["x" [y](https://x.org)[^n]]{lang="de-AT"}', "de-AT", ("„x“ ", Element("a", ("y",), (LINK,)), Reference("n"))),
    ("[« x »: [y]]{lang=fr}", "fr", ("«\u00a0x\u00a0»\u00a0: [y]",)),
]


@pytest.mark.parametrize(("typed", "language", "made"), PHRASES)
def test_phrase(typed: str, language: str, made: tuple[Node, ...]) -> None:
    paragraph = fill(f"a {typed} 'b'", "en-GB", (), lambda fault, _: pytest.fail(fault.message))
    assert paragraph == (Element("p", ("a ", Element("span", made, (("lang", language),)), " ‘b’")),)


@pytest.mark.parametrize("typed", ["[x] {lang=cy}", "[x]{.cy}", "\\[x]{lang=cy}", "`[x]{lang=cy}`", "[x]{lang=c{y}"])
def test_no_phrase(typed: str) -> None:
    nodes = convert(typed).nodes
    assert not [node for node in walk(nodes) if isinstance(node, Element) and node.tag == "span"]
    assert plain_text(nodes) == typed.strip("\\`")


KEPT: list[tuple[str, Node]] = [
    ("\\'", Value("'")),
    ("[^a\\-b]", Reference("a-b")),
    ('[x](https://x.org "it\\\'s")', Element("a", ("x",), (LINK, ("title", "it's")))),
    ("![it\\'s](x.png)", Element("img", (), (("src", "x.png"), ("alt", "it's")))),
]


@pytest.mark.parametrize(("typed", "made"), KEPT)
def test_a_kept_sign_is_itself_everywhere(typed: str, made: Node) -> None:
    """No trace of what stands for it within Python-Markdown, nor of the backslash."""
    assert convert(f"a {typed}") == ((Element("p", ("a ", made)),), ())
