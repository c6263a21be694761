"""Lists and tables as people type them."""

from __future__ import annotations

import pytest

from lettergen.model import CLOSE, OPEN, Element, Node
from lettergen.text.converting import convert


def _outline(nodes: tuple[Node, ...]) -> str:
    """`ul(li(a) li(b))`."""
    return " ".join(
        f"{node.tag}({_outline(node.children)})" if isinstance(node, Element) else str(node) for node in nodes
    )


@pytest.mark.parametrize(
    ("text", "outline"),
    [
        ("- a\n- b", "ul(li(a) li(b))"),
        ("- a\n  - b\n- c", "ul(li(a ul(li(b))) li(c))"),
        ("- a\n    - b\n- c", "ul(li(a ul(li(b))) li(c))"),
        ("- a\n - b", "ul(li(a) li(b))"),
        ("1. a\n   - b\n   - c\n2. d", "ol(li(a ul(li(b) li(c))) li(d))"),
        ("1. a\n  - b\n2. d", "ol(li(a)) ul(li(b)) ol(li(d))"),
        ("- a\n  - b\n    - c\n- d", "ul(li(a ul(li(b ul(li(c))))) li(d))"),
        ("Text:\n- a\n- b", "p(Text:) ul(li(a) li(b))"),
        ("Text:\n1. a\n2. b", "p(Text:) ol(li(a) li(b))"),
        ("In the year\n1984. It was", "p(In the year 1984. It was)"),
        ("Text - and\n- more", "p(Text - and) ul(li(more))"),
        ("- a\ngoes on\n- b", "ul(li(a goes on) li(b))"),
        ("- a\n\n  second\n\n- b", "ul(li(p(a) p(second)) li(p(b)))"),
        ("- a\n\nText", "ul(li(a)) p(Text)"),
        ("1. a\n\n- b", "ol(li(a)) ul(li(b))"),
        ("Text:\n| a | b |\n|---|---|\n| 1 | 2 |", "p(Text:) table(thead(tr(th(a) th(b))) tbody(tr(td(1) td(2))))"),
        ("> intro\n> - a\n> - b", "blockquote(p(intro) ul(li(a) li(b)))"),
        ("1) a\n2) b", "ol(li(a) li(b))"),
        ("* a\n\n  para\n* b\n* c", "ul(li(p(a) p(para)) li(p(b)) li(p(c)))"),
        ("0. a\n0. b", "ol(li(a) li(b))"),
        ("2 ** 3, 5*, ****, \\**a", "p(2 ** 3, 5*, ****, **a)"),
        ("Date: __/__/____, [__] Yes [__] No", "p(Date: __/__/____, [__] Yes [__] No)"),
        ("Tel. (____) ____-____, _(a)_", "p(Tel. (____) ____-____,  em((a)))"),
        ("Text\n    goes on\n    \\# a", "p(Text goes on # a)"),
        ("Write to www.", "p(Write to www.)"),
        ("http://a.b/?x=1&amp;y=2", "p(a(http://a.b/?x=1&y=2))"),
        (f"{OPEN}0{CLOSE}. a  \n{OPEN}1{CLOSE}. b", f"p({OPEN}0{CLOSE}. a br() {OPEN}1{CLOSE}. b)"),
        ("#12 in the list", "p(#12 in the list)"),
        ("####### seven", "p(####### seven)"),
        ("# Head #", "h1(Head)"),
        ("> - a\n> - b", "blockquote(ul(li(a) li(b)))"),
        ("a **b**\n- c", "p(a  strong(b)) ul(li(c))"),
    ],
)
def test_outline(text: str, outline: str) -> None:
    converted = convert(text)
    assert _outline(converted.nodes) == outline
    assert converted.faults == ()


@pytest.mark.parametrize("text", ["| a | b |\n|---|---|\n\n| 1 | 2 |", "| a | b |", "a | b\n--|--|--"])
def test_what_looks_like_a_table_and_is_none(text: str) -> None:
    assert "broken-table" in [fault.code for fault in convert(text).faults]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 | LOST |", "broken-table"),
        ("[text][ref]\n\n[ref]: http://example.org", "bad-link"),
        ("[x]()", "bad-link"),
        ("[](http://example.org)", "bad-link"),
        ("```\ncode\n```", "code-block"),
        ("2. Quartal 2025: a\n\n2. Quartal 2026: b", "list-number"),
        ("1995. a\n1995. b", "list-number"),
        (f"Text\n{OPEN}0{CLOSE}. a\n{OPEN}1{CLOSE}. b", "list-number"),
        ("Bring:\n    - a\n    - b", "code-block"),
        ("Bring:\n    1. a", "code-block"),
        ("Text\n    # Head", "code-block"),
        ("1. a\n        - b", "code-block"),
        ("Text\n\t| a | b |", "code-block"),
        ("**Name: **Ada", "stray-stars"),
        ("** Note** text", "stray-stars"),
        ("**Term:**30 days", "stray-stars"),
        ("- [**a](http://x.y) b**", "stray-stars"),
    ],
)
def test_what_would_lose_words_or_sense(text: str, code: str) -> None:
    assert code in [fault.code for fault in convert(text).faults]


@pytest.mark.parametrize(
    ("language", "text", "outline"),
    [
        ("de", "1. Okt 2026: a", "p(1. Okt 2026: a)"),
        ("de", "27. Mrz. um elf", "p(27. Mrz. um elf)"),
        ("de-AT", "1. Feber um elf", "p(1. Feber um elf)"),
        ("de", "1. Jan Kern\n2. Mark Lutz\n3. Jan", "ol(li(Jan Kern) li(Mark Lutz) li(Jan))"),
        ("nb", "1. nov", "p(1. nov)"),
        ("da", "1. nov kl. 10", "p(1. nov kl. 10)"),
        ("da", "1. feber", "ol(li(feber))"),
        ("fi", "27. marraskuu on se", "p(27. marraskuu on se)"),
        ("cs", "1. pro vás", "ol(li(pro vás))"),
    ],
)
def test_a_date_begins_no_list(language: str, text: str, outline: str) -> None:
    converted = convert(text, language)
    assert _outline(converted.nodes) == outline
    assert converted.faults == ()
