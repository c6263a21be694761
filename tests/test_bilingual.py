"""Letters in two languages: which main document serves which half, and notes that are numbered through both."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel import Locale
from composing import FOOTNOTES, RECIPIENTS, composed, sound
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from lettergen.model.labels import LANGUAGES
from lettergen.model.languages import lookup, named_language, usual_case
from lettergen.model.tree import plain_text
from lettergen.pipeline.compose import Request, compose
from lettergen.problems import SEVERITIES
from lettergen.render.markdown import to_markdown
from lettergen.render.page import to_page
from lettergen.render.paper import to_paper

MARKS = re.compile(r"\]\([^)]*\)|<head>.*</head>|</?[a-z][a-z0-9]*(?: [^>]*)?>", re.DOTALL)
NOTES = ("a", "b", "c")
PLAIN, WELSH, ENGLISH = (f"templates/letter{tag}.md.j2" for tag in ("", ".cy", ".en"))


def document(body: str, more: str = "") -> str:
    return f"---\ndate: 2024-03-01\n{more}---\n{{% block body %}}\n{body}\n{{% endblock %}}\n"


def recipients(more: str) -> str:
    return f"- {{name: Ada Lovelace, salutation: Ada, address: [x], {more}}}\n"


def bodies(files: dict[str, str]) -> list[tuple[str, str]]:
    """Language and body of each half of the one letter."""
    made = sound(composed(files)).letters[0]
    return [(part.language, plain_text(part.nodes)) for part in made.parts if part.name == "body"]


@pytest.mark.parametrize(
    ("language", "served"),
    [
        ("language: cy", [("cy", "Welsh")]),
        ("language: cy-GB", [("cy-GB", "Welsh")]),
        ("language: CY-gb", [("cy-GB", "Welsh")]),
        ("language: en", [("en", "plain")]),
        ("language: fr", [("fr", "plain")]),
        ("role: x", [("en-GB", "plain")]),
        ("language: []", [("en-GB", "plain")]),
        ("language: [cy]", [("cy", "Welsh")]),
        ("language: [cy, en]", [("cy", "Welsh"), ("en", "plain")]),
        ("language: [en-GB, cy]", [("en-GB", "plain"), ("cy", "Welsh")]),
    ],
)
def test_the_document_of_a_language_is_its_own_or_the_one_for_all(language: str, served: list[tuple[str, str]]) -> None:
    files = {RECIPIENTS: recipients(language), PLAIN: document("plain"), WELSH: document("Welsh")}
    assert bodies(files) == served


def test_one_document_with_a_language_in_its_name_serves_who_names_none() -> None:
    """In that language, with its date."""
    made = sound(composed({RECIPIENTS: recipients("role: x"), WELSH: document("Helo.")})).letters[0]
    assert (made.language, made.long_date) == ("cy", "1\u00a0Mawrth 2024")


def test_fields_by_language_serve_each_half() -> None:
    """A half has its own value, or that of the language without its region; the address stands once."""
    fields = (
        "language: [cy, en-GB], role: {cy: Clerc, EN-gb: Clerk, en: x}, copies: {cy: [Y Llys], en: [The Court, '']}"
    )
    body = document("{{ recipient.role }}: {{ letter.copies | join }}")
    made = sound(composed({RECIPIENTS: recipients(fields), WELSH: body, ENGLISH: body})).letters[0]
    said = [(part.name, plain_text(part.nodes)) for part in made.parts if part.name in ("body", "inside_address")]
    assert said == [("inside_address", "Ada Lovelace Clerc x"), ("body", "Clerc: Y Llys"), ("body", "Clerk: The Court")]


references = st.lists(st.sampled_from(NOTES), max_size=6)


@settings(deadline=None, max_examples=25)
@given(welsh=references, english=references, plain=st.sets(st.sampled_from(NOTES)))
def test_notes_are_numbered_on_through_both_halves(welsh: list[str], english: list[str], plain: set[str]) -> None:
    """In reading order; each half has its own, in its own language; every link in the page leads somewhere."""
    texts = (
        f"{name}: {name} any\n" if name in plain else f"{name}: {{cy: {name} cy, en: {name} en}}\n" for name in NOTES
    )
    files = {RECIPIENTS: recipients("language: [cy, en]"), FOOTNOTES: "".join(texts)}
    for file, names in ((WELSH, welsh), (ENGLISH, english)):
        files[file] = document("Text" + "".join(f"[^{name}]" for name in names) + ".")
    letter = sound(composed(files)).letters[0]
    uses = dict.fromkeys([*((name, "cy") for name in welsh), *((name, "en") for name in english)])
    expected = [
        (number, name, language, f"{name} any" if name in plain else f"{name} {language}")
        for number, (name, language) in enumerate(uses, 1)
    ]
    assert [(note.number, note.id, note.language, plain_text(note.nodes)) for note in letter.notes] == expected
    for html in (to_page(letter, "", {}), to_paper(letter, {}).html):
        anchors = Counter(re.findall(r' id="([^"]*)"', html))
        assert set(anchors.values()) <= {1}
        assert set(re.findall(r' href="#([^"]*)"', html)) <= set(anchors)
        assert len(re.findall(r' id="(?:[a-z-]+\.)?ref-', html)) == len(welsh) + len(english)
    body, *definitions = re.split(r"(?m)^\[\^(?=\d+\]: )", to_markdown(letter))
    assert len(re.findall(r"\[\^\d+\]", body)) == len(welsh) + len(english)
    assert [text.strip() for text in definitions] == [f"{number}]: {text}" for number, _, _, text in expected]


def test_the_page_names_the_language_of_what_is_in_another() -> None:
    """Its parts and notes; the words round its notes are in that language too."""
    files = {
        RECIPIENTS: recipients("language: [cy, en]"),
        FOOTNOTES: "a: {cy: Deddf, en: Act}\n",
        WELSH: document("Helo[^a]."),
        ENGLISH: document("Hello[^a]."),
    }
    html = to_page(sound(composed(files)).letters[0], "", {})
    assert '<html lang="cy">' in html
    assert re.findall(r'class="([^"]*)" lang="en"', html)[0] == "date_line second"
    assert 'aria-label="Nodyn 1">' in html
    assert 'aria-label="Note 2">' in html
    assert '<li id="note-2" lang="en">Act' in html


def _letters_of(text: str) -> str:
    """Without blanks, signs and digits: the numbers of notes stand elsewhere in each format."""
    return re.sub(r"[\W\d_]+", "", text)


def test_each_half_says_the_same_in_all_formats() -> None:
    """Its words in one run; the address stands once."""
    built = ROOT / "tests" / "cases" / "language-two-in-one-letter" / "expected"
    composition = sound(compose(Request(built.parent)))
    for letter in composition.letters:
        files = [(built / f"{letter.id}.{ending}").read_text(encoding="utf-8") for ending in ("md", "html", "pdf.txt")]
        texts = [_letters_of(MARKS.sub("", text)) for text in files]
        for language in letter.languages:
            half = _letters_of("".join(plain_text(part.nodes) for part in letter.half(language)))
            assert [half in text for text in texts] == [True, True, True]
        address = _letters_of(next(plain_text(part.nodes) for part in letter.parts if part.name == "inside_address"))
        assert [text.count(address) for text in texts] == [1, 1, 1]


def test_the_page_about_languages_is_true() -> None:
    """Its files make sound letters, its codes exist, and it names every language with words."""
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    records, notes = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    body = document("{{ recipient.role | default('') }}[^measure] [^report]")
    made = composed({RECIPIENTS: records, FOOTNOTES: notes, WELSH: body, ENGLISH: body})
    assert [letter.languages for letter in made.letters] == [("cy", "en"), ("en",)]
    assert made.problems == ()
    assert set(re.findall(r"^\| `([a-z-]+)`", page, re.MULTILINE)) <= set(SEVERITIES)
    named = page.rpartition("## ")[2]
    languages = [str(Locale(tag).get_display_name("en")) for tag in LANGUAGES]
    assert [name for name in languages if name.removesuffix(" Bokmål") not in named] == []


@pytest.mark.parametrize(
    ("language", "among", "found"),
    [
        ("cy", ["cy", "en"], "cy"),
        ("cy-GB", ["cy", "en"], "cy"),
        ("zh-Hans-CN", ["zh", "zh-Hans"], "zh-Hans"),
        ("en", ["en-GB"], None),
        ("", ["en"], None),
    ],
)
def test_lookup(language: str, among: list[str], found: str | None) -> None:
    assert lookup(language, among) == found


@pytest.mark.parametrize(
    ("file", "language"),
    [
        ("templates/letter.cy.md.j2", "cy"),
        ("templates/letter.EN-gb.md.j2", "en-GB"),
        ("templates/letter.md.j2", None),
        ("templates/letter.old.md.j2", None),
        ("templates/cy.md.j2", None),
    ],
)
def test_named_language(file: str, language: str | None) -> None:
    assert named_language(file) == language


def test_usual_case() -> None:
    assert [usual_case(tag) for tag in ("EN-gb", "ZH-hans-cn", "Cy")] == ["en-GB", "zh-Hans-CN", "cy"]
