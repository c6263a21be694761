"""`show --explain`: nothing of the letter is lost, and each word is where the templates have it."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
import html5lib
import pytest
import webpages
from click.testing import CliRunner
from composing import FOOTNOTES, HEAD, MAIN, RECIPIENTS, quoted, sound
from conftest import ROOT
from drawing import VALUES, Leaf, blocks, examples, lines, templates
from hypothesis import given
from hypothesis import strategies as st

from lettergen.cli import cli
from lettergen.model import Element
from lettergen.model.tree import plain_text, walk
from lettergen.pipeline.compose import Composition, Request, compose
from lettergen.pipeline.explaining import explain
from lettergen.render.explained_page import to_explained_page
from lettergen.render.explained_text import to_lines
from lettergen.render.page import to_page
from lettergen.render.wrapping import Span, sign, wrap
from lettergen.review.origins.aligning import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element as Tag

    from playwright.sync_api import Browser

    from lettergen.model.explaining import Explained, Explanation, Key

CASES = ROOT / "tests" / "cases"
XHTML = "{http://www.w3.org/1999/xhtml}"


def explained(files: Mapping[str, str], only_id: str = "ada") -> tuple[Composition, Explanation]:
    """The one letter of a folder with these files, and what is said of it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return of_folder(Path(folder), only_id)


def of_folder(root: Path, only_id: str) -> tuple[Composition, Explanation]:
    request = Request(root, only_id=only_id)
    composition = sound(compose(request))
    return composition, explain(request, composition)


def body(text: str, record: str = "", **files: str) -> list[Explained]:
    """The body's passages of a letter to Ada, who has the variant v and a loop's items."""
    known = "- id: ada\n  name: Ada\n  salutation: Ada\n  address: [x]\n  variants: [v]\n"
    more = {f"templates/{name}.md.j2": content for name, content in files.items()}
    main = f"{HEAD}{{% block body %}}\n{text}\n{{% endblock %}}\n"
    _, found = explained({RECIPIENTS: known + record, MAIN: main, FOOTNOTES: "note: A note", **more})
    return [passage for passage in found.passages if passage.part == "body"]


def marked(passages: list[Explained]) -> list[tuple[str, Key]]:
    """The words of each mark, and its key."""
    return [
        (plain_text(node.children), passage.keys[int(node.get("key")) - 1])
        for passage in passages
        for node in walk(passage.nodes)
        if isinstance(node, Element) and node.tag == "mark"
    ]


# --- which sign of the merged text a word was ---


@pytest.mark.parametrize(
    ("merged", "shown", "found"),
    [
        ("a **b** c", "a b c", "a b c"),
        ("**a** a", "a a", "a a"),
        ('"a" -- b', "“a” – b", '"a" - b'),
        ("[the plan](https://x/the-plan) and the plan", "the plan and the plan", "the plan and the plan"),
        ("_very_ good", "very good", "very good"),
        ("[x \ue0000\ue001](y://b?b=\ue0001\ue001) b", "x \ue0000\ue001 b", "x \ue0000\ue001 b"),
        ("in[^in] in", "in[^in] in", "in[^in] in"),
    ],
)
def test_alignment(merged: str, shown: str, found: str) -> None:
    pairs = {at: merged[was] for at, was in aligned(merged, shown)}
    assert "".join(pairs.get(at, " ") for at in range(len(shown))) == found
    offsets = [was for _, was in sorted(aligned(merged, shown))]
    assert offsets == sorted(offsets)


def test_a_link_is_not_its_target() -> None:
    """Though the same words stand there."""
    assert dict(aligned("[x](b) b", "x b")) == {0: 1, 2: 7}


# --- why text stands there ---


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a {% if 'v' in variants %}b{% endif %} c", [("b", "if 'v' in variants")]),
        ("a {% if 'w' in variants %}b{% else %}c.{% endif %} d", [("c.", "if 'w' in variants … else")]),
        ("a{% if 'v' in variants %}2015{% endif %}b", [("2015", "if 'v' in variants")]),
        ("a{% if 'v' in variants %}[^note]{% endif %} b", [("", "if 'v' in variants")]),
        ("a *b {% if 'v' in variants %}c{% endif %}*", [("c", "if 'v' in variants")]),
        ("a{% if 'v' in variants %} *b*, [c](tel:1){% endif %} d", [("b, c", "if 'v' in variants")]),
        (
            "a {% if 'v' in variants %}b {% for x in 'cd' %}{{ x }}{% endfor %}{% endif %}",
            [
                ("b cd", "if 'v' in variants"),
                ("cd", "for x in 'cd'"),
                ("c", "{{ x }}"),
                ("d", "{{ x }}"),
            ],
        ),
        (
            "- a\n{% if 'v' in variants %}\n- b\n- c\n{% endif %}",
            [("b", "if 'v' in variants"), ("c", "if 'v' in variants")],
        ),
        ("a {% include 'more.md.j2' %}", [("b c", "{% include 'more.md.j2' %}"), ("c", "if 'v' in variants")]),
        ("a {{ 'b' if 'v' in variants else 'c' }}", [("b", "{{ 'b' if 'v' in variants else 'c' }}")]),
        (
            "{% set x %}{% if 'v' in variants %}b{% endif %}{% endset %}a {{ x ~ '!' }}",
            [("b!", "{{ x ~ '!' }}"), ("b", "if 'v' in variants"), ("!", "{{ x ~ '!' }}")],
        ),
        ("{% raw %}{{ a }}{% endraw %} b {#- c -#}\n {%- if true -%} d {%- endif %}", [("d", "if true")]),
        ("{{ recipient['name'] }} {{ letter.words.dear }}", [("Ada", "name"), ("Dear", "{{ letter.words.dear }}")]),
    ],
)
def test_arms(text: str, found: list[tuple[str, str]]) -> None:
    passages = body(text, more="b {% if 'v' in variants %}c{% endif %}")
    assert [(words, key.name) for words, key in marked(passages)] == found


def test_a_whole_paragraph_is_said_to_be_conditional_once() -> None:
    first, second = body(
        "{% if 'v' in variants %}\nOne.\n\n{% if 'w' not in variants %}\nTwo.\n{% endif %}\n{% endif %}"
    )
    assert [key.name for key in first.because] == ["if 'v' in variants"]
    assert [key.name for key in second.because] == ["if 'v' in variants", "if 'w' not in variants"]
    assert (first.lines, second.lines, marked([first, second])) == ("7", "10", [])


def test_lines_are_those_of_each_word() -> None:
    (passage,) = body("one\n{# a remark\nof two lines #}\n  {%- if true %} two\n{% endif %}\n   **three**")
    found = {
        plain_text(node.children): node.get("at")
        for node in walk(passage.nodes)
        if isinstance(node, Element) and node.tag == "line"
    }
    assert found == {"one": "6", "two": "9", "three": "11"}


# --- nothing lost, nothing added ---

_FIELD = st.sampled_from([f"{{{{ recipient.{name} }}}}" for name in ("one", "two")] + ["{{ m.x(recipient.one) }}"])
_PRINTED = Leaf(_FIELD, _FIELD)
_NOTED = Leaf(_FIELD | st.just("[^note]"), _FIELD)
PARTS = {
    "inside_address": lines(_PRINTED),
    "subject_line": lines(_NOTED),
    "body": blocks(_NOTED),
    "enclosures": blocks(_NOTED),
}


def drawn(template: str, one: str, two: str) -> tuple[Composition, Explanation]:
    record = f"- {{id: ada, name: {one}, address: [{two}], salutation: x, one: {one}, two: {two}}}"
    known = "defaults: {nothing: null}\nrecipients:\n"
    return explained(
        {
            RECIPIENTS: known + record,
            FOOTNOTES: "note: A *note*",
            MAIN: HEAD + "{% import 'm.md.j2' as m %}" + template,
            "templates/m.md.j2": "{% macro x(y) %}b{{ y }}{% endmacro %}",
            "sign.svg": "<svg/>",
        }
    )


def bare(text: str) -> str:
    """The words without white space, which a line's end may stand for."""
    return "".join(text.split())


@examples(15)
@given(template=templates(PARTS), one=VALUES.map(quoted), two=VALUES.map(quoted), width=st.integers(40, 200))
def test_the_words_are_those_of_the_letter(template: str, one: str, two: str, width: int) -> None:
    """On the terminal and in the page."""
    made, found = drawn(template, one, two)
    nodes = tuple(node for part in made.letters[0].parts for node in part.nodes)
    notes = tuple(node for note in made.letters[0].notes for node in note.nodes)
    shown = "".join(span.text for line in to_lines(found, width) for span in line if not span.is_sign)
    assert bare(shown) == bare(plain_text((*nodes, *notes)))
    page = html5lib.parse(to_explained_page(found, made.style.screen, made.images))
    plain = html5lib.parse(to_page(made.letters[0], made.style.screen, made.images))
    assert [bare(words) for words in words_of(page)] == [bare(words) for words in words_of(plain)]


def words_of(page: Tag) -> list[str]:
    """What the letter on the page says, and its notes; not what is said of it."""
    article = next(element for element in page.iter(f"{XHTML}article"))
    notes = list(page.iter(f"{XHTML}section"))
    letter = "".join("".join(_texts(element, notes)) for element in article)
    return [letter, *("".join(_texts(element, [])) for element in notes)]


def _texts(element: Tag, without: list[Tag]) -> Iterator[str]:
    if element in without or element.get("class", "").split(" ")[0] in ("n", "origin", "legend", "what", "title"):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, without)
        yield child.tail or ""


@examples(15)
@given(template=templates(PARTS))
def test_each_word_is_in_its_line(template: str) -> None:
    """Every word of a template's own text stands in the line that is named."""
    made, found = drawn(template, "One", "Two")
    sources = {source.folder + source.name: source for source in made.sources}
    for passage in found.passages:
        for node in walk(passage.nodes):
            if isinstance(node, Element) and node.tag == "line" and node.get("at"):
                file, _, line = node.get("at").rpartition(":")
                text = sources[file or passage.file].lines[int(line) - 1]
                assert set(re.findall(r"\w+", plain_text(node.children))) <= set(re.findall(r"\w+", text))


@examples(15)
@given(template=templates(PARTS), value=VALUES.map(quoted))
def test_every_value_is_marked(template: str, value: str) -> None:
    """With the field that it comes from, and the line that prints it."""
    made, found = drawn(template, value, value)
    printed = [passage for reading in made.mailing.readings for passage in reading.passages]
    tokens = sum(len(passage.tokens) for passage in printed)
    keys = [key for _, key in marked(list(found.passages)) if key.kind not in ("arm", "from")]
    assert len(keys) == tokens
    assert {key.kind for key in keys} <= {"record", "settings", "word"}
    assert all(passage.file for passage in found.passages)


# --- the terminal ---


@pytest.mark.parametrize(
    ("spans", "width", "written"),
    [
        (["one two three"], 7, ["one two", "three"]),
        (["one", "two three"], 7, ["onetwo", "three"]),
        (["one ", " two"], 80, ["one two"]),
        (["a\nb"], 80, ["a b"]),
        (["overlong words"], 4, ["overlong", "words"]),
        (["漢字 漢字"], 8, ["漢字", "漢字"]),
        (["e\u0301e\u0301 e\u0301"], 4, ["e\u0301e\u0301 e\u0301"]),
        (["1\u00a0m 2"], 3, ["1\u00a0m", "2"]),
        ([], 80, []),
    ],
)
def test_wrapping(spans: list[str], width: int, written: list[str]) -> None:
    lines_ = wrap(map(Span, spans), width)
    assert ["".join(span.text for span in line) for line in lines_] == written


def test_a_line_break_is_kept() -> None:
    assert len(list(wrap([Span("a"), sign("\n"), Span("b")], 80))) == 2


def test_colours_are_for_terminals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """And change nothing but the colours."""
    arguments = ["show", "ada", "--explain", "-C", str(CASES / "explain-every-origin")]
    written = {color: CliRunner().invoke(cli, arguments, color=color).stdout for color in (True, False)}
    assert click.unstyle(written[True]) == written[False] != written[True]
    monkeypatch.setenv("NO_COLOR", "1")
    assert CliRunner().invoke(cli, arguments, color=True).stdout == written[False]


# --- the page in a browser ---

PAGES = {
    "ada": CASES / "explain-every-origin",
    "subject": CASES / "every-construct",
    "tomos": CASES / "language-two-in-one-letter",
    "essex": ROOT,
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The explained page of one letter of each folder."""
    output = tmp_path_factory.mktemp("pages")
    files = {name: output / f"{name}.html" for name in PAGES}
    for name, file in files.items():
        made, found = of_folder(PAGES[name], name)
        file.write_text(to_explained_page(found, made.style.screen, made.images), encoding="utf-8")
    return files


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from webpages.browser()


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, width: int, pages: dict[str, Path], browser: Browser) -> None:
    """Axe finds nothing, nothing is fetched or lost, and every number stands in the letter and beside it."""
    page, asked = browser.new_page(viewport={"width": width, "height": 900}), list[str]()
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page.goto(pages[name].as_uri())
    assert webpages.violations(page) == []
    assert webpages.lost(page) == []
    assert (asked.count("file"), set(asked) <= {"file", "data"}) == (1, True)
    for row in page.query_selector_all(".passage"):
        inside, beside = (
            {chip.inner_text() for chip in row.query_selector_all(f"{where} .n")}
            for where in (":scope > :not(.origin)", ".origin")
        )
        assert inside == beside - {"all"}
    page.close()


@pytest.mark.slow
def test_pages_are_valid(pages: dict[str, Path]) -> None:
    assert webpages.nu_errors(list(pages.values())) == []
