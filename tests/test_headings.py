"""What a screen reader walks by: levels of headings, tables' heads, the language of each part."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from composing import composition, letter
from drawing import examples
from hypothesis import given
from hypothesis import strategies as st

from lettergen.model import Element, Letter
from lettergen.model.tree import heard, walk
from lettergen.render.headings import HEADINGS, structured
from lettergen.render.page import to_page


def _headings(made: Letter, top: int) -> list[tuple[int, str]]:
    nodes = [node for part in structured(made.parts, top) for node in walk(part.nodes)]
    found = [node for node in nodes if isinstance(node, Element) and node.tag in HEADINGS]
    return [(int(node.tag[1]), heard(node.children)) for node in found]


def _page(body: str, notes: str = "") -> str:
    return to_page(letter(body, notes=notes), "", {})


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ([2], [2]),
        ([1, 2, 3], [2, 3, 4]),
        ([2, 3, 2, 3], [2, 3, 2, 3]),
        ([4, 2, 4, 3, 6], [2, 2, 3, 3, 4]),
        ([6, 1], [2, 2]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_levels(typed: list[int], levels: list[int]) -> None:
    made = letter("\n\n".join(f"{'#' * level} Heading" for level in typed))
    assert [level for level, _ in _headings(made, 2)] == levels


@examples(40)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=12), st.integers(1, 2))
def test_no_level_is_left_out(typed: list[int], top: int) -> None:
    """Nor a heading; and a deeper one of two neighbours is never the higher one on the page."""
    made = letter("\n\n".join(f"{'#' * level} {number}" for number, level in enumerate(typed)))
    levels = [level for level, _ in _headings(made, top)]
    assert [words for _, words in _headings(made, top)] == [str(number) for number in range(len(typed))]
    assert levels[0] == top
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for (shallow, deep), (before, after) in zip(pairwise(typed), pairwise(levels), strict=True):
        assert (before < after) == (shallow < deep) or before == after == 6


def test_a_heading_without_words_is_none() -> None:
    made = composition("## ![](a.png)\n\nText.").letters[0]
    assert _headings(made, 2) == []


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("| a | b |\n|---|---|\n| c | d |", "th col a, th col b, td c, td d"),
        ("|   | b |\n|---|---|\n| c | d |", "td, th col b, th row c, td d"),
        ("|   |   |\n|---|---|\n| c | d |", "th row c, td d"),
        ("| a |   |\n|---|---|\n| c | d |\n| | e |", "th col a, td, td c, td d, td, td e"),
    ],
)
def test_heads_of_a_table(table: str, cells: str) -> None:
    nodes = (node for part in structured(letter(table).parts, 2) for node in walk(part.nodes))
    found = [node for node in nodes if isinstance(node, Element) and node.tag in ("th", "td")]
    assert ", ".join(" ".join(filter(None, (c.tag, c.get("scope"), heard(c.children)))) for c in found) == cells


def test_tables_have_names_of_their_own() -> None:
    page = _page("\n\ntext\n\n".join(["| a | b |\n|---|---|\n| c | d |"] * 3))
    assert re.findall(r'role="region" aria-label="([^"]*)"', page) == ["a, b", "a, b (2)", "a, b (3)"]


def test_notes_that_are_referred_to_often() -> None:
    page = _page("One[^a], two[^b]," + " again[^a]" * 27 + ".", "a: First\nb: Second\n")
    names = re.findall(r'role="doc-noteref".*?aria-label="([^"]*)"', page)
    assert names[:3] == ["Note 1 a", "Note 2", "Note 1 b"]
    assert names[-3:] == ["Note 1 z", "Note 1 27", "Note 1 28"]
    backs = re.findall(r'role="doc-backlink" href="([^"]*)" aria-label="([^"]*)">(.*?)</a>', page)
    assert backs[0] == ("#ref-1-1", "Back to the text (Note 1 a)", "↩ a")
    assert backs[-1] == ("#ref-2-1", "Back to the text (Note 2)", "↩")
    assert len(backs) == 29


def test_parts_in_another_language() -> None:
    """They say so, and the names of their notes are in it."""
    made = letter("One[^a].", notes="a: First\n")
    parts = tuple(part._replace(language="cy") if part.name == "body" else part for part in made.parts)
    page = to_page(made._replace(parts=parts, notes=(made.notes[0]._replace(language="cy"),)), "", {})
    assert page.count(' lang="cy"') == 2
    assert '<div class="body second" lang="cy">' in page
    assert '<li id="note-1" lang="cy">' in page
    assert 'aria-label="Nodyn 1"' in page
    assert 'aria-label="Yn ôl i’r testun (Nodyn 1)"' in page


@pytest.mark.parametrize(
    ("block", "heading"),
    [
        ("A *subject*", "<h1>A <em>subject</em></h1>"),
        ("## A subject", "<h1><strong>A subject</strong></h1>"),
        ("A subject\n\nof two paragraphs", '<h1 class="title">A subject of two paragraphs</h1>'),
        ("", '<h1 class="title">Letter to Ada Lovelace, 13\u00a0October 2020</h1>'),
    ],
)
def test_first_heading(block: str, heading: str) -> None:
    """The subject line, if it is one paragraph; else a title that is not seen."""
    made = letter("Text.\n{% endblock %}\n{% block subject_line %}\n" + block)
    page = to_page(made, "", {})
    assert heading in page
    assert page.count("<h1") == 1


def test_first_heading_stands_before_the_others() -> None:
    made = letter("Text.\n{% endblock %}\n{% block letterhead %}\n# Us\n{% endblock %}\n{% block subject_line %}\nThis")
    page = to_page(made, "", {})
    assert re.findall(r"<h\d.*?</h\d>", page) == ['<h1 class="title">This</h1>', "<h2>Us</h2>"]


@pytest.mark.parametrize(
    ("link", "is_spelt"),
    [
        ("[https://example.org/a](https://example.org/a)", True),
        ("[example.org/a](https://www.example.org/a/)", True),
        ("[the page example.org/a](https://example.org/a)", True),
        ("<ada@example.org>", True),
        ("[a](https://example.org/a)", False),
        ("[our page](https://example.org/a)", False),
    ],
)
def test_links_that_say_where_they_lead(link: str, is_spelt: bool) -> None:
    """They are marked: a print, which spells out the others' addresses, says none twice."""
    assert ('class="spelt"' in _page(link)) == is_spelt
