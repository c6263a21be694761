"""Pages: each note on the page of its first reference, and the signature never alone, wherever a page ends."""

from __future__ import annotations

import io
import re
import shutil
from base64 import b64encode
from time import process_time
from typing import TYPE_CHECKING
from zlib import crc32

import fontpkg_ibm_plex_mono
import pikepdf
import pytest
from composing import MAIN, RECIPIENTS, composed, composition, sound
from pdf import page_texts

from lettergen.pipeline.rendering import render
from lettergen.pipeline.typesetting import Made, set_one
from lettergen.render.paper import to_paper
from lettergen.render.pdf import typesetting
from lettergen.render.pictures import pixels

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


def _svg(inner: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">{inner}</svg>'


def _nested(name: str, inner: str, link: str) -> str:
    """Eight definitions, each of which shows the one before it ten times."""
    shown = [inner.format(link.format(n - 1) if n else "") for n in range(9)]
    defined = "".join(f'<{name} id="a{n}">{shown[n] * 10}</{name}>' for n in range(8))
    return _svg(f"<defs>{defined}</defs>{shown[8]}")


_GRADIENT = '<defs><{0} id="g" {1}="1e-7" spreadMethod="repeat"><stop/><stop offset="1" stop-color="red"/></{0}></defs>'
HUGE = {
    "use": _nested("g", "<use{}/><path/>", ' href="#a{}"'),
    "text": _nested("g", "<use{}/><text>x</text>", ' href="#a{}"'),
    "mask": _nested("mask", '<rect width="9" height="9" fill="red"{}/>', ' mask="url(#a{})"'),
    "clip": _nested("clipPath", '<rect width="9" height="9"{}/>', ' clip-path="url(#a{})"'),
    "gradient": _svg(_GRADIENT.format("radialGradient", "r") + '<rect width="99" height="50" fill="url(#g)"/>'),
    "line": _svg(_GRADIENT.format("linearGradient", "x2") + '<rect width="99" height="50" fill="url(#g)"/>'),
    "words": _svg(f"<text>{'many words ' * 90_000}</text>"),
    "turns": _svg(f'<path d="M0 0" transform="{"rotate(" * 50_000}"/>'),
}


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.parametrize("where", ["letter", "sheet"])
def test_an_image_that_takes_too_long(name: str, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, with the others of its letter set; no second letter waits for it."""
    monkeypatch.setattr(typesetting, "DRAWING", 0.3)
    sheet = '.letter { background: url("../huge.svg") }' if where == "sheet" else ""
    body = "![Bus](huge.svg)" if where == "letter" else "Text."
    files = {"huge.svg": HUGE[name], "templates/letter.css": sheet}
    records = "".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(3))
    main = f"---\ndate: 2020-10-13\n---\n{{% block body %}}{body}{{% endblock %}}"
    made = sound(composed({RECIPIENTS: records, MAIN: main, **files}))
    started = process_time()
    for letter in made.letters:
        content, problems = render(made, letter, "pdf", made.folder.root)
        assert content == b""
        (problem,) = problems
        assert "huge.svg': it takes more than 0 seconds or 1 GB of memory" in problem.message
        assert problem.place.source.name == ("templates/letter.css" if where == "sheet" else "templates/letter.md.j2")
    assert process_time() - started < 5


@pytest.mark.slow
def test_letters_with_an_image_that_is_too_large(project: Callable[..., Path], lettergen: Callable[..., Ran]) -> None:
    """By one process and by two: 1 GB of memory is used up in a few seconds."""
    project(
        recipients="".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(20)),
        letter="---\ndate: 2020-10-13\n---\n{% block body %}![Bus](bus.svg){% endblock %}",
        **{"bus.svg": HUGE["gradient"]},
    )
    for jobs in "12":
        ran = lettergen("build", "--format", "pdf", "--jobs", jobs)
        assert ran.code == 1
        assert "cannot draw the image 'bus.svg': it takes more than 10 seconds or 1 GB of memory" in ran.stderr
        assert "and 19 more records" in ran.stderr


@pytest.mark.parametrize("inside", ["AAA_", "AA=A", "A===", "=AAA", "A", "%41%42"])
def test_an_address_that_is_no_sound_base64_has_no_pixels(inside: str) -> None:
    assert pixels(f"data:image/png;base64,{inside}".encode()) == 0


def test_an_image_with_too_many_pixels(project: Callable[..., Path], lettergen: Callable[..., Ran]) -> None:
    """Its head says so; nobody unpacks it."""
    head = b"IHDR" + (20_000).to_bytes(4, "big") + (9_000).to_bytes(4, "big") + b"\x08\x02\0\0\0"
    chunks = [(len(one) - 4).to_bytes(4, "big") + one + crc32(one).to_bytes(4, "big") for one in (head, b"IEND")]
    frame = b"\xff\xd8\xff\xc0\0\x11\x08" + (9_000).to_bytes(2, "big") + (20_000).to_bytes(2, "big") + b"\x03"
    body = "![Bus](bus.png) ![Map](map.jpg) ![In](inside.svg)"
    root = project(letter=f"---\ndate: 2020-10-13\n---\n{{% block body %}}{body}{{% endblock %}}")
    (root / "bus.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    (root / "map.jpg").write_bytes(frame + b"\0" * 30 + b"\xff\xd9")
    inside = f"data:image/png;base64,{b64encode((root / 'bus.png').read_bytes()).decode()}"
    (root / "inside.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{inside}"/></svg>')
    (root / "templates" / "letter.css").write_text(f".letter {{ background: url({inside}) }}")
    ran = lettergen("check")
    assert (ran.code, ran.stderr.count("has 180 million pixels; in a letter an image has at most 50")) == (1, 4)


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
