"""Pages: each note on the page of its first reference, and the signature never alone, wherever a page ends."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING

import fontpkg_ibm_plex_mono
import pikepdf
import pytest
from composing import composition
from pdf import page_texts

from lettergen.pipeline.typesetting import Made, set_one
from lettergen.render.paper import to_paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from lettergen.pipeline.compose import Composition

NOTES = (
    "a: First note\nb: Second note\nc: Third note, which is as long as a line or two of this narrow foot of the page\n"
)
SENTENCE = "A sentence of some length that fills about a line of the page. "


def _typeset(made: Composition) -> Made:
    return set_one(to_paper(made.letters[0], made.images), made.style)


BODY = "\n\n".join(
    [
        SENTENCE * 14 + "One[^a]. " + SENTENCE * 2 + "Two[^b].",
        SENTENCE * 4 + "Three[^c] " + SENTENCE * 2,
        SENTENCE * 5,
        SENTENCE * 6,
        SENTENCE * 4,
        SENTENCE * 9,
        "The end.",
    ]
)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 150, 15))
def test_wherever_the_page_ends(first: int) -> None:
    """The text moves down the page millimetre by millimetre."""
    made = composition(BODY, notes=NOTES)
    paper = to_paper(made.letters[0], made.images)
    for shift in range(first, first + 15):
        style = made.style._replace(own=f".date_line {{ padding-top: {shift}mm }}")
        result = set_one(paper, style)
        assert result.complaints == (), shift
        pages = page_texts(result.content)
        for number, words in enumerate(("First note", "Second note", "Third note"), 1):
            where = [index for index, text in enumerate(pages) if words in text]
            calls = [index for index, text in enumerate(pages) if re.search(rf"(One|Two|Three){number}\b", text)]
            assert where == calls[:1], shift
        closing = next(text for text in pages if "Yours sincerely," in text)
        assert "The end." in closing, shift


@pytest.mark.parametrize(
    ("css", "words"),
    [
        (".body p { position: running(x) }", "footnote-lost"),
        (".note { display: none }", "footnote-lost"),
        (".body { colr: red }", "stylesheet"),
    ],
)
def test_a_stylesheet_that_hides_or_errs(css: str, words: str) -> None:
    from lettergen.problems import Source

    made = composition("Text[^a].", notes=NOTES)
    made = made._replace(style=made.style._replace(own=css, sources=(Source("templates/letter.css", css),)))
    result = _typeset(made)
    assert [complaint.code for complaint in result.complaints] == [words]


def test_bytes_do_not_depend_on_what_was_set_before() -> None:
    one, other = (composition(body, notes=NOTES) for body in ("Text[^a].", "Other text[^b]. Ŵ ß €"))
    alone = _typeset(one).content
    assert _typeset(other).content != alone
    assert _typeset(one).content == alone


def test_nothing_is_fetched() -> None:
    """Neither a file nor the network is asked, whatever the paper says."""
    made = composition("Text.")
    for address in ("file:///etc/hostname", "http://127.0.0.1:9/x.png", "/etc/hostname"):
        paper = to_paper(made.letters[0], {})
        html = paper.html.replace("</article>", f'<img src="{address}" alt="x"></article>')
        result = set_one(paper._replace(html=html), made.style)
        assert [complaint.code for complaint in result.complaints] == ["typesetting"]


def test_a_stylesheet_errs_in_every_letter() -> None:
    """The engine reads it once a process, and says only then what it passes over."""
    made = composition("Text.")
    style = made.style._replace(own=".body { colour: navy }")
    first, second = (set_one(to_paper(made.letters[0], made.images), style) for _ in range(2))
    assert [complaint.code for complaint in first.complaints] == ["stylesheet"]
    assert second.complaints == first.complaints


def test_a_project_brings_its_own_font(example: Path, lettergen: Callable[..., Ran]) -> None:
    """A file in templates/ is embedded; a font that only the computer may have is not taken."""
    font = fontpkg_ibm_plex_mono.ROOT / "files" / "IBMPlexMono-Regular.ttf"
    shutil.copy(font, example / "templates" / "Own.ttf")
    sheet = example / "templates" / "letter.css"
    sheet.write_text(
        '@font-face { font-family: Own; src: url("Own.ttf") }\n.letter { font-family: Own }', encoding="utf-8"
    )
    assert _fonts(lettergen("show", "essex", "--format", "pdf").stdout_bytes) == {"Own", "IBM-Plex-Serif"}
    sheet.write_text(".letter { font-family: 'DejaVu Sans', 'Liberation Serif', 'IBM Plex Serif' }", encoding="utf-8")
    assert _fonts(lettergen("show", "essex", "--format", "pdf").stdout_bytes) == {
        "IBM-Plex-Serif",
        "IBM-Plex-Serif-Bold",
    }


def _fonts(content: bytes) -> set[str]:
    """The names of the fonts in a PDF, without the sign of a subset."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = (str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one)
        return {name.partition("+")[2] for name in names}
