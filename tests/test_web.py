"""The page for the screen: axe and the Nu HTML checker find nothing, and nobody loses anything of it.

The pages are those of the shipped example, of the rent letters, and of `every-construct`, whose letter
holds all that a letter may.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import webpages
from conftest import ROOT

from lettergen.model import Layout
from lettergen.pipeline.compose import Request, compose
from lettergen.render.page import to_page
from lettergen.render.style import read_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
CASES = ROOT / "tests" / "cases"
FOLDERS = {"example": ROOT, "housing": CASES / "housing", "every-construct": CASES / "every-construct"}
# WCAG 1.4.12: what a reader may set without losing anything.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
# What Tab has reached, and how thick its ring is, in pixels.
REACHED = """() => {
  const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
  return [document.activeElement.tagName, outlineStyle === "none" ? 0 : parseFloat(outlineWidth)];
}"""
SIZES = """elements => elements.map(element => {
  const {width, height} = element.getBoundingClientRect();
  return Math.min(width, height);
})"""
NAMES = "elements => elements.map(element => element.getAttribute('aria-label'))"
LINKED = "elements => elements.map(element => [element.id, element.getAttribute('href').slice(1)])"
HEADINGS = "elements => elements.map(element => Number(element.tagName[1]))"
REMOTE = "http://127.0.0.1:9/x"
# Stylesheets that are sound, and what they could make a browser ask for.
SOUND = [
    f".letter {{ content: '{REMOTE}' }} /* {REMOTE} </style><img src={REMOTE}> */",
    f".a {{ content: '</style><img src={REMOTE}>' }}",
    r".\<\/style\>\<img\ src\=\/\/127\.0\.0\.1\:9\/x {}",
    rf".letter {{ background: url('data:image/svg+xml,x\')}}.letter{{background:url({REMOTE})}}/*') }}",
    rf".letter {{ background: url('data:image/svg+xml,x\22 )}}.letter{{background:url({REMOTE})}}/*') }}",
    rf".letter {{ background: url('data:image/svg+xml,\5c') }} .a {{ x: ')}}.letter{{background:url({REMOTE})}}' }}",
    f'.letter {{ background: url("data:image/svg+xml,</style><img src={REMOTE}>") }}',
    f":root {{ --x: '{REMOTE}' }} .letter {{ background: url(var(--x)) }}",
    rf".letter {{ background: url(data:image/png;base64,x\);background:url({REMOTE}) }}",
    f"@namespace '{REMOTE}'; .letter {{ filter: x(src='{REMOTE}'); width: expression(x('{REMOTE}')) }}",
    f".a {{ x: '\n;background:u r l({REMOTE})' }}",
]
PIECES = [
    *(rf"{name}(" for name in ("url", r"u\72l", "image-set", "src", "image", "")),
    *("var(--x)", "--x:", "@import ", "{", "}", ".letter{", "background:", ")", ";", " ", "\n", "u+0", "@", "1x"),
    *(
        "'",
        '"',
        "\\",
        r"\'",
        r"\"",
        r"\22 ",
        r"\5c ",
        r"\a ",
        "/*",
        "*/",
        "<!--",
        "</style>",
        "data:image/png,",
        "data:",
    ),
    *(REMOTE, f"url({REMOTE})", f"'{REMOTE}'", "//127.0.0.1:9/x"),
]
DEFECTS = {
    "image-alt": "<p><img src='data:,'></p>",
    "color-contrast": "<p style='color: #999'>grey words</p>",
    "heading-order": "<h6>a level that is far too low</h6>",
    "link-name": "<p><a href='https://www.example.org/'></a></p>",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The files of all letters, by folder."""
    return {name: _written(root, tmp_path_factory.mktemp(name)) for name, root in FOLDERS.items()}


def _written(root: Path, output: Path) -> list[Path]:
    composition = compose(Request(root))
    assert composition.is_sound, composition.problems
    for letter in composition.letters:
        html = to_page(letter, composition.style.screen, composition.images)
        (output / f"{letter.id}.html").write_text(html, encoding="utf-8")
    return sorted(output.iterdir())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from webpages.browser()


@pytest.fixture
def shown(browser: Browser, pages: dict[str, list[Path]]) -> Iterator[Callable[..., Iterator[tuple[str, Page]]]]:
    """Shows each page of a folder in a window of some width; one that asks for anything or complains is a failure."""
    context = browser.new_context()

    def show(folder: str, width: int) -> Iterator[tuple[str, Page]]:
        page, asked, said = context.new_page(), list[str](), list[str]()
        page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
        page.on("console", lambda message: said.append(message.text))
        page.set_viewport_size({"width": width, "height": 800})
        for path in pages[folder]:
            page.goto(path.as_uri())
            yield path.stem, page
        assert set(asked) <= {"file", "data"}
        assert asked.count("file") == len(pages[folder])
        assert said == []

    yield show
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("folder", FOLDERS)
def test_axe(folder: str, width: int, shown: Callable[..., Iterator[tuple[str, Page]]]) -> None:
    for name, page in shown(folder, width):
        assert webpages.violations(page) == [], name


def test_nu(pages: dict[str, list[Path]], tmp_path: Path) -> None:
    """Of all files, only the one with a planted error has any."""
    html = pages["example"][0].read_text(encoding="utf-8")
    planted = tmp_path / "planted.html"
    planted.write_text(html.replace("</main>", '<p id="note-1">Another of that id.</p></main>'), encoding="utf-8")
    errors = webpages.nu_errors([planted, *(path for paths in pages.values() for path in paths)])
    assert {error.partition(":")[0] for error in errors} == {"planted.html"}
    assert any("Duplicate ID" in error for error in errors)


def test_no_stylesheet_asks_for_anything(browser: Browser, example: Path) -> None:
    """Whatever is written in it; without the page's policy, which would forbid it."""
    page, asked = browser.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    random = Random(7)  # noqa: S311 - the same ones each time
    drawn = ["".join(random.choices(PIECES, k=random.randint(2, 12))) for _ in range(400)]
    written, kept = 0, compose(Request(example))
    for css in (*SOUND, *drawn):
        (example / "templates" / "letter.css").write_text(css, encoding="utf-8")
        style, problems = read_style(kept.folder, "templates/letter.css", Layout())
        is_sound = not any(problem.is_error for problem in problems)
        assert is_sound or css not in SOUND, problems
        if is_sound and ("9/x" in style.screen):
            html = to_page(kept.letters[0], style.screen, kept.images)
            page.set_content(html.replace("default-src", "x-default-src"))
            assert asked == [], css
            written += 1

    page.set_content(f"<style>.letter {{ background: url({REMOTE}) }}</style><p class=letter>x")
    assert (asked, written > len(SOUND)) == ([REMOTE], True)
    page.close()


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_seen(defect: str, shown: Callable[..., Iterator[tuple[str, Page]]]) -> None:
    _, page = next(shown("example", 1280))
    page.evaluate("html => document.querySelector('.body').insertAdjacentHTML('beforeend', html)", DEFECTS[defect])
    assert {found.partition(":")[0] for found in webpages.violations(page)} == {defect}


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_lost(folder: str, shown: Callable[..., Iterator[tuple[str, Page]]]) -> None:
    """On a phone, with text of twice the size, and with wider spacing there is nothing beside the window."""
    for width, size in [(320, 100), (640, 200), (1280, 200)]:
        for name, page in shown(folder, width):
            page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
            assert webpages.lost(page) == [], (name, width, size)
            page.add_style_tag(content=SPACING)
            assert webpages.lost(page) == [], (name, width, size, "spaced")


def test_what_is_lost_is_seen(shown: Callable[..., Iterator[tuple[str, Page]]]) -> None:
    _, page = next(shown("example", 320))
    page.add_style_tag(content=".body { min-width: 30rem } .salutation { overflow: hidden; height: 4px }")
    assert webpages.lost(page)[0] == "the page itself"
    assert any('class="salutation"' in element for element in webpages.lost(page))


@pytest.mark.parametrize("folder", FOLDERS)
def test_keyboard(folder: str, shown: Callable[..., Iterator[tuple[str, Page]]]) -> None:
    """Tab reaches each link and each table in their order, with a ring of two pixels or more."""
    for name, page in shown(folder, 320):
        reached = []
        for _ in range(page.locator("a, .table").count()):
            page.keyboard.press("Tab")
            tag, ring = page.evaluate(REACHED)
            assert ring >= 2, name
            reached.append(tag)
        assert reached == page.locator("a, .table").evaluate_all("all => all.map(one => one.tagName)"), name
        assert min(page.locator(".back").evaluate_all(SIZES)) >= 24, name


@pytest.mark.parametrize("folder", FOLDERS)
def test_outline_and_names(folder: str, shown: Callable[..., Iterator[tuple[str, Page]]]) -> None:
    """One first heading, no level left out; each reference, way back and table has a name of its own."""
    for name, page in shown(folder, 1280):
        levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(HEADINGS)
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        for kind in (".reference", ".back", ".table"):
            names = page.locator(kind).evaluate_all(NAMES)
            assert len(set(names)) == len(names), name
            assert all(names), name
        there = page.locator(".reference").evaluate_all(LINKED)
        back = page.locator(".notes li").evaluate_all(
            "notes => notes.flatMap(note => [...note.querySelectorAll('.back')]"
            ".map(link => [link.getAttribute('href').slice(1), note.id]))"
        )
        assert sorted(there) == sorted(back), name


def test_print(pages: dict[str, list[Path]], browser: Browser) -> None:
    """A4, addresses spelt out once, notes at the end without ways back."""
    page = browser.new_page()
    page.goto(next(path for path in pages["every-construct"] if path.stem == "subject").as_uri())
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    text = "".join(paper.get_textpage().get_text_bounded() for paper in document)
    text = "".join(text.split())
    assert "alink<https://www.example.org/in-emphasis>init" in text
    assert text.count("https://www.example.org/as/it/stands") == 1
    assert "↩" not in text
    document.close()
    page.close()
