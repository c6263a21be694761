"""The promises that must hold for any input: literal fields, reading order, pieces that read alike."""

from __future__ import annotations

import html5lib
import pytest
from composing import letter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lettergen.model import Element, Letter, Node, Reference, Value, one_line
from lettergen.model.tree import walk
from lettergen.render.html import to_page
from lettergen.text.engine import convert
from lettergen.text.paragraphs import pieces

PLACES = """
{{ recipient.value }} begins a paragraph, and **{{ recipient.value }}** and *a{{ recipient.value }}b* go on.

- {{ recipient.value }}
- {{ recipient.value }} in a list
    1. {{ recipient.value }}

> {{ recipient.value }}

## {{ recipient.value }}

| head | {{ recipient.value }} |
|------|-----|
| `{{ recipient.value }}` | x{{ recipient.value }}y |

[{{ recipient.value }}](https://example.org/{{ recipient.value }}) and {{ recipient.value }}{{ recipient.value }}

{{ recipient.value }}
{{ recipient.value }}
"""
_SIGNS = st.sampled_from(list("*_`[](){}<>#+-.!|~^$@&=:;'\"\\/%0123456789abcAZ éß€—\u00a0\u200d"))
_WORDS = st.sampled_from(
    ["[^act]", "<b>", "javascript:", "&amp;", "{{ x }}", "{% if %}", "http://", "](", "```", "4. "]
)
_TEXTS = st.lists(_SIGNS | _WORDS, min_size=1, max_size=12).map("".join).filter(lambda text: bool(one_line(text)))


def _shape(nodes: tuple[Node, ...]) -> object:
    """The tree without its words."""
    return [(node.tag, _shape(node.children)) if isinstance(node, Element) else type(node).__name__ for node in nodes]


def _tree(made: Letter) -> list[object]:
    return [(part.name, _shape(part.nodes)) for part in made.parts]


@settings(max_examples=60, deadline=None)
@given(_TEXTS)
def test_a_plain_field_is_printed_literally_and_changes_nothing(value: str) -> None:
    """In the tree, and in the page as a strict reader of HTML sees it."""
    plain, made = (letter(PLACES, fields={"value": text}) for text in ("plain", value))
    assert _tree(made) == _tree(plain)
    values = [node.text for part in made.parts for node in walk(part.nodes) if isinstance(node, Value)]
    assert values.count(one_line(value)) >= 15
    pages = [_page_text(one) for one in (plain, made)]
    assert pages[1] == pages[0].replace("plain", one_line(value))


def _page_text(made: Letter) -> str:
    page = html5lib.HTMLParser(strict=True).parse(to_page(made, "", {}))
    article = page.find(".//{http://www.w3.org/1999/xhtml}article")
    return "".join(article.itertext())


_INLINE = st.recursive(
    st.sampled_from(["[^a]", "[^b]", "[^c]", "[^d]", "words"]),
    lambda inner: st.one_of(
        inner.map(lambda text: f"**x {text}**"), st.lists(inner, min_size=1, max_size=3).map(" and ".join)
    ),
    max_leaves=4,
)
_BLOCK = st.one_of(
    _INLINE,
    st.lists(_INLINE, min_size=1, max_size=3).map(lambda rows: "\n".join(f"- {row}" for row in rows)),
    st.lists(_INLINE, min_size=1, max_size=3).map(lambda rows: "- x\n" + "\n".join(f"    1. {row}" for row in rows)),
    st.lists(_INLINE, min_size=2, max_size=2).map(lambda cells: f"| a | b |\n|---|---|\n| {cells[0]} | {cells[1]} |"),
    _INLINE.map(lambda text: f"> {text}"),
    _INLINE.map(
        lambda text: "{% if 'v' in variants %}\n" + text + "\n{% endif %}\n{% if 'w' not in variants %}x{% endif %}"
    ),
    st.just("{{ recipient.field | markdown }}"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_BLOCK, min_size=1, max_size=6), _INLINE)
def test_notes_are_numbered_in_reading_order(blocks: list[str], field: str) -> None:
    """1 to n, in the order in which a reader of the page meets them; each note once, with its own text."""
    notes = "".join(f"{name}: Note {name}\n" for name in "abcd")
    made = letter("\n\n".join(blocks), fields={"field": field}, notes=notes)
    met = [node for part in made.parts for node in walk(part.nodes) if isinstance(node, Reference)]
    first = list(dict.fromkeys(reference.id for reference in met))
    assert [reference.number for reference in met] == [first.index(reference.id) + 1 for reference in met]
    assert [(note.number, note.id) for note in made.notes] == list(enumerate(first, 1))
    assert [note.nodes for note in made.notes] == [(f"Note {name}",) for name in first]
    for name in first:
        ordinals = [reference.ordinal for reference in met if reference.id == name]
        assert ordinals == list(range(1, len(ordinals) + 1))


_LINES = st.sampled_from(
    [
        "word",
        "*word*",
        "- item",
        "- other",
        "1. one",
        "2. two",
        "    indented",
        "> quote",
        "",
        "",
        "# head",
        "a | b",
        "--|--",
        "***",
        "word  ",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_LINES, max_size=10).map("\n".join))
def test_pieces_read_as_the_whole_does(text: str) -> None:
    """Cutting a part where it is cached does not change how it reads."""
    apart = [node for piece in pieces("body", text) for node in convert(piece).nodes]
    assert apart == list(convert(text.strip("\n")).nodes)


@pytest.mark.parametrize("name", ["recipients", "templates"])
def test_order_of_records_does_not_matter(name: str) -> None:
    """A letter does not depend on its neighbours."""
    from composing import composition

    records = [f"- {{name: Person {n}, salutation: P, address: [x], extra: '{name} {n}'}}\n" for n in range(5)]
    body = "{{ recipient.extra | default('none') }}"
    forward, backward = (composition(body, more="".join(order)).letters for order in (records, records[::-1]))
    assert {one.id: one for one in forward} == {one.id: one for one in backward}
