"""What is done to set a letter faster: it changes no byte of it."""

from __future__ import annotations

import gc
import inspect
import re
from typing import TYPE_CHECKING

import pytest
import weasyprint
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.layout import inline, preferred
from weasyprint.text import fonts, line_break
from weasyprint.text.fonts import FontConfiguration

from lettergen.model import Asked
from lettergen.pipeline.compose import Composition, Request, compose
from lettergen.pipeline.rendering import paper_of
from lettergen.render.paper import Paper
from lettergen.render.pdf import remembered_lines, sheets, typeset, typesetting, warm
from lettergen.render.pdf.calling import in_one_piece
from lettergen.render.pdf.remembered_lines import Lines, remember

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.render.pdf import Typeset

CASES = ROOT / "tests" / "cases"
FOLDERS = {
    "example": Request(ROOT),
    "large print": Request(ROOT, asked=Asked(edition="large-print")),
    "print": Request(ROOT, asked=Asked(edition="print")),
    "two languages": Request(CASES / "language-two-in-one-letter"),
    "every construct": Request(CASES / "every-construct"),
    "torture": Request(CASES / "torture"),
    "typography": Request(CASES / "typography"),
    "envelope": Request(CASES / "preset-din-5008-a"),
}
LARGE, SLOW = ("every construct", "torture"), pytest.mark.slow
WORDS = "Responsibilities of the commissioners: un\xadimaginably <em>long-winded</em> undertakings. "
LONG = f"<p>{WORDS * 5}</p>"
BODIES = {  # HTML, and a stylesheet of one's own
    "justified": (LONG * 2, ".letter p { text-align: justify; hyphens: auto }"),
    "hyphens": (LONG * 2, ".letter p { width: 21mm; hyphens: auto } .letter p + p { hyphenate-limit-chars: 5 2 2 }"),
    "limit zone": (LONG * 2, "p { hyphens: auto; hyphenate-limit-zone: calc(1% + 1em) } p + p { font-size: 20pt }"),
    "spaced": (
        LONG * 2,
        ".letter p { letter-spacing: 1pt } .letter p + p { word-spacing: 3pt; letter-spacing: -1pt }",
    ),
    "first letter": (LONG * 2, "p::first-letter { font-size: 3em; float: left } p::first-line { font-weight: bold }"),
    "right to left": (f'<p dir="rtl" lang="he">{"שלום עולם 12 (abc) " * 30}</p>' * 2 + LONG, ""),
    "no glyphs": ("<p>" + "😀 ☃ 漢字 e\u0301 \u200b " * 30 + "</p>" + LONG, ""),
    "tabs": ("<pre>a\tb\n\tc  d\r\n</pre>" * 2, "pre { white-space: pre-wrap } pre + pre { tab-size: 3 }"),
    "break anywhere": (f"<p>{'x' * 400}</p>" * 3, "p { overflow-wrap: anywhere } p + p { word-break: break-all }"),
    "decorated": (LONG + f"<p><u>{LONG}</u></p>", "em { text-decoration: line-through } p + p { font-kerning: none }"),
    "features": (LONG * 2, 'p { font-variant-caps: small-caps } p + p { font-feature-settings: "lnum" 1, "smcp" 1 }'),
    "variables": (LONG * 2, ":root { --w: 40mm } p { width: var(--w) } p + p { width: calc(var(--w) + 5% + 2ch) }"),
    "viewport": (LONG * 2, "p { font-size: 2vw; width: 30vh } p + p { letter-spacing: .1vmin; tab-size: 3vw }"),
    "columns": (LONG * 3, ".letter { columns: 2 } p { text-indent: 2em }"),
    "flexible": (f'<div class="row">{LONG * 2}</div>', ".row { display: flex } .row p { max-width: 30mm }"),
    "table": (f"<table><tr><td>{LONG}</td><td>{LONG[:90]}</td></tr><tr><td>1</td><td>2</td></tr></table>" * 2, ""),
    "page margins": (LONG * 12, "@page { @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages) } }"),
}


@pytest.fixture
def afresh() -> Iterator[None]:
    """Sheets and fonts are read anew, by this test and by the one after it."""
    sheets.sheets.cache_clear()
    yield
    sheets.sheets.cache_clear()


@pytest.fixture(scope="module")
def example() -> Composition:
    return compose(Request(ROOT))


def _body(html: str) -> Paper:
    return Paper(f'<html lang="en"><title>T</title><article class="letter">{html}</article>', (), {})


def _thrice(made: Composition, papers: list[Paper], monkeypatch: pytest.MonkeyPatch) -> list[list[Typeset]]:
    """What the papers are without memory; with it; and once more, when each line is remembered."""
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "remember", lambda _: False)
        plain = [typeset(paper, made.style) for paper in papers]
    sheets.sheets.cache_clear()
    return [plain, *([typeset(paper, made.style) for paper in papers] for _ in range(2))]


@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize("folder", [pytest.param(name, marks=SLOW if name in LARGE else ()) for name in FOLDERS])
def test_remembered_lines_are_those_of_the_engine(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = compose(FOLDERS[folder])
    papers = [paper_of(made, letter) for letter in made.letters[:1]]
    plain, first, second = _thrice(made, papers, monkeypatch)
    assert plain == first == second
    assert all(one.content for one in plain)


@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize("body", BODIES)
def test_remembered_lines_depend_on_nothing_else(
    body: str, example: Composition, monkeypatch: pytest.MonkeyPatch
) -> None:
    html, own = BODIES[body]
    made = example._replace(style=example.style._replace(own=own))
    plain, first, second = _thrice(made, [_body(html)], monkeypatch)
    assert plain == first == second
    assert plain[0].content


def test_letters_of_somebody_else_are_not_remembered(example: Composition) -> None:
    found = sheets.sheets(example.style.paper, example.style.own)
    count = len(remembered_lines._lines[found.fonts])  # noqa: SLF001 - what is to be seen
    fonts_of_another = FontConfiguration()
    weasyprint.HTML(string=LONG).write_pdf(font_config=fonts_of_another)
    assert len(remembered_lines._lines[found.fonts]) == count  # noqa: SLF001
    assert fonts_of_another not in remembered_lines._lines  # noqa: SLF001


@pytest.mark.usefixtures("afresh")
def test_lines_are_broken_once(example: Composition) -> None:
    """Without this, the tests above would compare the engine with itself."""
    paper = _body(LONG)
    kept = remembered_lines._lines  # noqa: SLF001 - what is to be seen
    typeset(paper, example.style)
    found = sheets.sheets(example.style.paper, example.style.own)
    count = len(kept[found.fonts])
    assert count > 5
    typeset(paper, example.style)
    assert len(kept[found.fonts]) == count
    typeset(_body(LONG.replace("long", "lo\xadng")), example.style)
    assert len(kept[found.fonts]) > count


def test_every_property_that_line_breaking_reads_is_told_apart() -> None:
    asked = (
        line_break.split_first_line,  # the engine's own, behind ours
        *(line_break.first_line_metrics, line_break.Layout, line_break.create_layout, line_break.line_size),
        fonts.get_font_description,
    )
    read = re.findall(r"style\['(\w+)'\]", "".join(map(inspect.getsource, asked)))
    assert {*read} == {*remembered_lines.PROPERTIES, remembered_lines.DECORATION}


@pytest.fixture
def untouched(monkeypatch: pytest.MonkeyPatch) -> object:
    """The engine as it comes, for the test; and what it breaks lines with."""
    original = inspect.unwrap(line_break.split_first_line)
    for module in (line_break, inline, preferred):
        monkeypatch.setattr(module, "split_first_line", original)
    return original


def _is_untouched(original: object) -> bool:
    return all(module.split_first_line is original for module in (line_break, inline, preferred))


def test_the_engine_that_is_known_is_changed_once(untouched: object) -> None:
    assert remember(FontConfiguration())
    first = line_break.split_first_line
    assert remember(FontConfiguration())
    assert first is line_break.split_first_line is inline.split_first_line is preferred.split_first_line
    assert inspect.unwrap(first) is untouched
    assert first.__wrapped__ is untouched


@pytest.mark.parametrize("version", ["69.0", "71.0", "700.1"])
def test_an_engine_of_another_version_is_left_alone(
    version: str, untouched: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weasyprint, "__version__", version)
    assert not remember(FontConfiguration())
    assert _is_untouched(untouched)


def test_an_engine_with_other_names_is_left_alone(untouched: object, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.delattr(preferred, "split_first_line")
        assert not remember(FontConfiguration())
    with monkeypatch.context() as patch:
        patch.setattr(line_break, "Layout", lambda: None)
        assert not remember(FontConfiguration())
    with monkeypatch.context() as patch:
        patch.setattr(remembered_lines, "line_break", None)  # as after an import that failed
        assert not remember(FontConfiguration())
    assert _is_untouched(untouched)


def test_an_engine_with_other_parameters_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def split_first_line(text: str) -> int:
        return len(text)

    for module in (line_break, inline, preferred):
        monkeypatch.setattr(module, "split_first_line", split_first_line)
    assert not remember(FontConfiguration())
    assert _is_untouched(split_first_line)


@given(st.lists(st.integers(0, 12), max_size=60), st.integers(1, 8))
def test_lines_are_bounded_and_the_newest_stay(keys: list[int], limit: int) -> None:
    lines = Lines(limit)
    for key in keys:
        assert lines.get(key) in (None, str(key))
        lines.keep(key, str(key))
        assert lines.get(key) == str(key)
        assert len(lines) <= 2 * limit
    newest = list(dict.fromkeys(reversed(keys)))[:limit]
    assert [lines.get(key) for key in newest] == [str(key) for key in newest]


@pytest.mark.usefixtures("afresh")
def test_objects_that_are_made_once_are_those_of_the_writer(
    example: Composition, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = paper_of(example, example.letters[0])
    ours = typeset(paper, example.style)
    monkeypatch.setattr(typesetting, "made_once", lambda _: None)
    assert typeset(paper, example.style) == ours


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # pytest would keep what an unclosed file leads to
def test_a_letter_leaves_nothing_behind(example: Composition) -> None:
    paper = paper_of(example, example.letters[0])
    typeset(paper, example.style)
    gc.collect()
    typeset(paper, example.style)
    assert gc.isenabled()
    assert not any(isinstance(one, weasyprint.Document) for one in gc.get_objects())


@pytest.mark.usefixtures("afresh")
def test_a_warm_process_makes_the_same_and_hears_the_same(example: Composition) -> None:
    style = example.style._replace(own=".body { colour: red }")
    paper = paper_of(example, example.letters[0])
    cold = typeset(paper, style)
    assert [complaint.words for complaint in cold.complaints] == ["'colour' has no effect here: unknown property"]
    sheets.sheets.cache_clear()
    warm(style)
    try:
        assert typeset(paper, style) == cold
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("own", ["}}", "@page { size: 1mm }", "* { display: none }", "@font-face { src: x }"])
@pytest.mark.usefixtures("afresh")
def test_no_stylesheet_stops_a_process_from_getting_warm(own: str, example: Composition) -> None:
    warm(example.style._replace(own=own))
    gc.unfreeze()


def test_a_call_in_one_piece_is_a_call() -> None:
    @in_one_piece
    def depth(left: int, *, fails: bool = False) -> int:
        if fails and not left:
            raise ValueError("at the bottom")
        return 1 + depth(left - 1, fails=fails) if left else 0

    assert depth(99) == 99
    with pytest.raises(ValueError, match="at the bottom"):
        depth(9, fails=True)
    assert depth.__name__ == "depth"


def test_a_call_in_one_piece_asks_the_system_for_memory_once() -> None:
    """At whatever depth it begins. Without it, each of the thousand calls does so where a piece of the stack ends."""
    resource = pytest.importorskip("resource")

    def faults() -> int:
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)

    @in_one_piece
    def many_calls() -> int:
        before = faults()
        for number in range(1000):
            _is_untouched(number)
        return faults() - before

    def below(depth: int) -> int:
        return below(depth - 1) if depth else many_calls()

    assert max(map(below, range(0, 200, 2))) < 500
