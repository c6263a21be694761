"""PDF/UA-1 and PDF/A-2a in one file, for every letter, as veraPDF and the structure tree say."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from conftest import ROOT
from verapdf import LEVELS, failures

from lettergen.pipeline.compose import Composition, Request, compose
from lettergen.pipeline.typesetting import Made, set_one
from lettergen.render.paper import Paper, to_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lettergen.model import Letter

CASES = Path(__file__).parent / "cases"
FOLDERS = {
    "example": ROOT,
    **{
        name: CASES / name
        for name in ("every-construct", "footnote-neighbours", "housing", "torture", "literal-fields")
    },
}


@cache
def _letters(name: str) -> list[tuple[Letter, Made]]:
    """Each letter of the folder and its PDF, made once for all tests."""
    made = compose(Request(FOLDERS[name]))
    assert made.is_sound
    return [(letter, set_one(to_paper(letter, made.images), made.style)) for letter in made.letters]


@pytest.mark.parametrize("name", FOLDERS)
def test_every_letter_is_accessible_and_fit_for_the_archive(name: str) -> None:
    for letter, made in _letters(name):
        assert made.complaints == (), letter.id
        for level in LEVELS:
            assert failures(made.content, level) == [], (letter.id, level)


# What is taken out of a sound letter, and the rule of PDF/UA-1 that finds it.
DEFECTS: dict[str, tuple[Callable[[str], str], str]] = {
    "no language": (lambda html: html.replace('<html lang="en-GB">', "<html>"), "7.2-"),
    "no title": (lambda html: html.replace("<title>Every construct</title>", ""), "7.1-9"),
    "an image without words": (lambda html: html.replace('alt="A square"', 'alt=""'), "7.3-1"),
    "a level of heading left out": (lambda html: html.replace("<h2>", "<h4>").replace("</h2>", "</h4>"), "7.4.2-1"),
    "a character without a font": (lambda html: html.replace("Heading one", "Heading 𝄞"), "7.21."),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(defect: str) -> None:
    """The test above can fail."""
    spoil, rule = DEFECTS[defect]
    paper, made = _torture()
    html = spoil(paper.html)
    assert html != paper.html
    broken = set_one(paper._replace(html=html), made.style).content
    assert any(failure.startswith(rule) for failure in failures(broken, "ua1"))


@pytest.mark.parametrize(
    "own",
    [
        ".letter img { image-rendering: auto }",
        ".body { opacity: 0.5 }",
        ".body table, .body td { display: block }",
        ".letter ul, .letter ol { list-style: none }",
        ".body p { transform: rotate(1deg); background: linear-gradient(red, blue) }",
        ".body p::before { content: 'before' } .body a { display: inline-block }",
        ".body a { display: block } .body li::before { content: 'before' }",
        ".letter a::after { content: ' (' attr(href) ')' }",
    ],
)
def test_a_stylesheet_cannot_break_it(own: str) -> None:
    paper, made = _torture()
    content = set_one(paper, made.style._replace(own=own)).content
    assert [failures(content, level) for level in LEVELS] == [[], []]


@pytest.mark.parametrize("own", [".body li { display: inline }", ".body table, .body td { float: left }"])
def test_a_stylesheet_that_takes_something_apart_is_a_problem(own: str) -> None:
    paper, made = _torture()
    done = set_one(paper, made.style._replace(own=own))
    assert (done.content, [complaint.code for complaint in done.complaints]) == (b"", ["typesetting"])


@cache
def _torture() -> tuple[Paper, Composition]:
    made = compose(Request(FOLDERS["torture"]))
    return to_paper(made.letters[0], made.images), made


@pytest.mark.parametrize("name", FOLDERS)
def test_notes_are_read_where_they_are_referred_to(name: str) -> None:
    """Each note is a Note, once, right behind its first reference, and begins with its number as a label."""
    for letter, made in _letters(name):
        with pikepdf.open(io.BytesIO(made.content)) as pdf:
            elements = list(_elements(pdf.Root.StructTreeRoot.K[0]))
            notes = [one for one in elements if one.S == "/Note"]
            assert [str(one.ID) for one in notes] == [f"{letter.id}.note-{note.number}" for note in letter.notes]
            for note in notes:
                siblings = [kid for kid in note.P.K if not isinstance(kid, int)]
                before = siblings[[kid.objgen for kid in siblings].index(note.objgen) - 1]
                assert (before.S, note.K[0].S) == ("/Reference", "/Lbl")


def test_links_say_where_they_lead() -> None:
    paper, made = _torture()
    with pikepdf.open(io.BytesIO(set_one(paper, made.style).content)) as pdf:
        said = {str(one.Contents) for page in pdf.pages for one in page.get("/Annots", [])}
    assert {"Note 1", "Back to the text (Note 1)", "a bold link", "Nothing but a link", "ada@example.org"} <= said
    assert not [words for words in said if "note-" in words or "ref-" in words]


def test_links_to_one_address_are_told_apart() -> None:
    made = compose(Request(ROOT, only_id="essex"))
    content = set_one(to_paper(made.letters[0], made.images), made.style).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        links = [one for page in pdf.pages for one in page.Annots if "/A" in one]
        said = [str(one.Contents) for one in links if "antislaverycommissioner" in str(one.A.URI)]
    assert {"Strategic Plan 2019–2021", "Annual Report", "IASC Blog: A public health approach to modern slavery"} <= {
        words.replace("\xa0", " ") for words in said
    }


def _elements(element: Any) -> Iterator[Any]:  # noqa: ANN401 - pikepdf's objects
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield from _elements(kid)
