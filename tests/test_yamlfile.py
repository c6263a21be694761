"""YAML -> values: what you type is what you print, and every mistake has a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lettergen.files import UNPRINTABLE
from lettergen.model import Fields, Items, Text
from lettergen.model.values import trimmed
from lettergen.problems import Problem, Source
from lettergen.yamlfile import load

if TYPE_CHECKING:
    from collections.abc import Iterator


def _load(text: str) -> tuple[object, list[Problem]]:
    return load(Source("recipients.yaml", text))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("02134", "02134"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("1.10", "1.10"),
        ("+441234", "+441234"),
        ("2026-02-30", "2026-02-30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("True", "True"),
        ("NULL", "NULL"),
        ('"true"', "true"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("~", "~"),
        ('""', ""),
        ("'  trimmed '", "trimmed"),
        ("a  # a comment", "a"),
        ("O'Neil & Sons", "O'Neil & Sons"),
        ("'it''s'", "it's"),
        ("|\n  one\n  two\n", "one\ntwo"),
    ],
)
def test_scalar(typed: str, value: object) -> None:
    loaded, problems = _load(f"key: {typed}\n")
    assert loaded == {"key": value}
    assert [problem.code for problem in problems] == (["tilde"] if typed == "~" else [])


def test_every_value_has_its_place() -> None:
    loaded, _ = _load("- name: Ada\n  lines: [one, 'two']\n  none:\n")
    assert isinstance(loaded, Items)
    record = loaded[0]
    assert isinstance(record, Fields)
    name, lines = record["name"], record["lines"]
    assert isinstance(name, Text)
    assert isinstance(lines, Items)
    assert str(name.place) == "recipients.yaml:1:9"
    assert str(record.key_places["lines"]) == "recipients.yaml:2:3"
    assert [str(place) for place in lines.places] == ["recipients.yaml:2:11", "recipients.yaml:2:16"]
    assert str(record.places["none"]) == "recipients.yaml:3:8"


# What somebody typed -> the code, the place (line:column) and words of the message.
_MISTAKES = [
    # the colon
    ("- a: b\n  salutation Ms\n  c: d\n", "yaml-syntax", "2:3", "no colon after the name"),
    ("- name Ada\n  role: b\n", "yaml-syntax", "1:3", "no colon after the name"),
    ("- a: b\n  salutation:Ms\n  c: d\n", "yaml-syntax", "2:13", "a space is missing after this colon"),
    ("- a: b\n  salutation:\u00a0Ms\n  c: d\n", "yaml-syntax", "2:14", "not an ordinary space"),
    ("- a: b\n  role：c\n  d: e\n", "yaml-syntax", "2:7", "'：' is not a colon"),
    ("- name; Ada\n  b: c\n", "yaml-syntax", "1:7", "';' is not a colon"),
    ("- name = Ada\n  b: c\n", "yaml-syntax", "1:8", "'=' is not a colon"),
    ("a: b: c\n", "yaml-syntax", "1:5", "a second colon"),
    ("a: “b: c”\n", "yaml-syntax", "1:6", "a second colon"),
    (": a\n", "yaml-syntax", "1:1", "cannot begin with ':'"),
    (f"{'a' * 2000}: b\n", "yaml-syntax", "1:2001", "too long"),
    # the dash
    ("– name: Ada\n  b: c\n", "yaml-syntax", "1:1", "'–' is not a hyphen"),
    ("a:\n  - b\n  • c\nd: e\n", "yaml-syntax", "3:3", "'•' is not a hyphen"),
    ("- a: b\n-name: c\n", "yaml-syntax", "2:1", "a space is missing after this '-'"),
    ("-name: c\n", "yaml-syntax", "1:1", "a space is missing after this '-'"),
    ("-- name: Ada\n   b: c\n", "yaml-syntax", "1:1", "type one '-'"),
    ("a: - b\n", "yaml-syntax", "1:4", "cannot begin with '-'"),
    ("- a: b\nc: d\n", "yaml-syntax", "2:1", "not part of the list"),
    ("a: b\n- c: d\n", "yaml-syntax", "2:1", "an item of a list begins here"),
    ("To be done\n- a: b\n- c: d\n", "yaml-syntax", "1:1", "no colon after the name"),
    # the indentation
    ("- a: b\n    c: d\n", "yaml-syntax", "2:1", "indented further"),
    ("- a: [b]\n    c: d\n", "yaml-syntax", "2:1", "indented further"),
    ("- a: b\n c: d\n", "yaml-syntax", "2:1", "indented less"),
    ("- a:\n    - b\n - a: c\n", "yaml-syntax", "3:1", "further than the others of its list"),
    ("a:\n\tb: c\n", "tab-indent", "2:1", "a tab or an unusual space"),
    ("-\ta: b\n  c: d\n", "yaml-syntax", "1:2", "there is a tab here"),
    ("- a: |\n  text\n  b: c\n", "yaml-syntax", "2:1", "this text has to be indented"),
    # quotes
    ('a: "open\nb: c\n', "yaml-syntax", "1:4", "opened here and never closed"),
    ('a: "open\nb: c\nd: "e"\n', "yaml-syntax", "1:4", "not closed in its line"),
    ("a: 'it's'\n", "yaml-syntax", "1:7", "this apostrophe ends the text"),
    ('a: "b" c\n', "yaml-syntax", "1:8", "the quote before this closes the text"),
    ('- "a": "b",\n  "c": "d"\n', "yaml-syntax", "1:11", "the quote before this closes the text"),
    ('a: "C:\\docs"\n', "yaml-syntax", "1:7", "'\\' in double quotes"),
    ('a: "C:\\Users"\n', "yaml-syntax", "1:7", "'\\' in double quotes"),
    ('a: "\\ud800"\n', "yaml-syntax", "1:5", "'\\' in double quotes"),
    ('a: "C:\\"\nb: c\n', "yaml-syntax", "1:4", "opened here and never closed"),
    ('a: "x\n---\ny"\n', "yaml-syntax", "1:4", "never closed"),
    # brackets
    ("a: [open\n", "yaml-syntax", "1:4", "a bracket is opened here and never closed"),
    ("- a: [b, c\n- d: [e]\n", "yaml-syntax", "1:6", "a bracket is opened here and never closed"),
    ("a: [b}\n", "yaml-syntax", "1:4", "opened here and never closed"),
    ("a: [b]]\n", "yaml-syntax", "1:7", "something follows the closing bracket"),
    ("a: [b] c\n", "yaml-syntax", "1:8", "something follows the closing bracket"),
    ("a: [b],\n", "yaml-syntax", "1:7", "something follows the closing bracket"),
    ("a: [b, # c]\n", "yaml-syntax", "1:8", "'#' begins a comment here"),
    ("- a: [b, #2, c]\n- d: e\n", "yaml-syntax", "1:10", "'#' begins a comment here"),
    ("a: [b,\n- c\n]\n", "yaml-syntax", "2:1", "cannot begin with '-'"),
    ("a: {b: c: d}\n", "yaml-syntax", "1:9", "second colon"),
    ("a: ['b' 'c']\n", "yaml-syntax", "1:9", "a comma is missing"),
    ("a: [b,, c]\n", "yaml-syntax", "1:7", "there is nothing before this comma"),
    ("a: [- b]\n", "yaml-syntax", "1:5", "cannot begin with '-'"),
    ("a: {b, c: d}\n", "yaml-syntax", "1:5", "is alone between commas"),
    ("[" * 30_000, "too-deep", "1:21", "lists within lists"),
    ("{a: " * 30_000, "too-deep", "1:81", "lists within lists"),
    ("{" * 30_000, "too-deep", "1:21", "lists within lists"),
    ("- " * 3_000 + "a\n", "too-deep", "1:41", "lists within lists"),
    ("- a: b\n  c: [d, " + "[" * 30_000, "too-deep", "2:27", "lists within lists"),
    ("- [\n" + "[" * 30_000, "too-deep", "2:19", "lists within lists"),
    ("a: [open", "yaml-syntax", "1:4", "a bracket is opened here and never closed"),
    # signs
    ("a: @home\n", "yaml-syntax", "1:4", "cannot begin with '@'"),
    ("a: %5\n", "yaml-syntax", "1:4", "cannot begin with '%'"),
    ("a: `b`\n", "yaml-syntax", "1:4", "cannot begin with '`'"),
    ("a: *bold* text\n", "yaml-syntax", "1:4", "cannot begin with '*'"),
    ("a: &c. and\n", "yaml-syntax", "1:4", "cannot begin with '&'"),
    ("a: *bold\n", "yaml-alias", "1:4", "cannot begin with '*'"),
    ("a: &bold b\n", "yaml-alias", "1:4", "cannot begin with '&'"),
    ("a: !new b\n", "yaml-tag", "1:4", "cannot begin with '!'"),
    ("a: !!python/name:os.system x\n", "yaml-tag", "1:4", "cannot begin with '!'"),
    ("a: !x!y z\n", "yaml-tag", "1:4", "cannot begin with '!'"),
    ("a: !%zz b\n", "yaml-tag", "1:4", "cannot begin with '!'"),
    ("a: | b\n", "yaml-syntax", "1:4", "cannot begin with '|'"),
    ("a: > b\n", "yaml-syntax", "1:4", "cannot begin with '>'"),
    ("a: |0\n  b\n", "yaml-syntax", "1:4", "cannot begin with '|'"),
    ("a: ? b\n", "yaml-syntax", "1:4", "cannot begin with '?'"),
    ("a: , b\n", "yaml-syntax", "1:4", "cannot begin with ','"),
    ("%YAML 9.9\n---\na: b\n", "yaml-syntax", "1:1", "cannot begin with '%'"),
    ("%TAG x\n---\na: b\n", "yaml-syntax", "1:1", "cannot begin with '%'"),
    ("%5 more\na: b\n", "yaml-syntax", "1:1", "cannot begin with '%'"),
    ("a: {{ name }}\n", "jinja-in-data", "1:4", "cannot begin with '{{'"),
    ("a: {{ name }} b\n", "jinja-in-data", "1:4", "cannot begin with '{{'"),
    ("a: {% if b %}c{% endif %}\n", "jinja-in-data", "1:4", "cannot begin with '{%'"),
    ("a: {# b #}\n", "jinja-in-data", "1:4", "cannot begin with '{#'"),
    # what the parser takes for something else
    ("a: Item #1 is free\n", "swallowed-comment", "1:9", "'#1 is free' is taken for a comment"),
    ("- #1 first\n", "swallowed-comment", "1:3", "'#1 first' is taken for a comment"),
    ("a: 1\nb: 2\na: 3\n", "duplicate-key", "3:1", "'a' appears twice"),
    ("- a: 1\n  b: 2\n  a: 3\n  b: 4\n", "duplicate-key", "3:3", "'a', 'b' appear twice"),
    ("<<: {a: b}\n", "merge-key", "1:1", "does not take over"),
    ("a: b\n---\nc: d\n", "second-document", "2:1", "this line '---' ends the file"),
    ("a: b\n...\nc: d\n", "yaml-syntax", "2:1", "does not belong to what comes before"),
    ("? [a]\n: b\n", "complex-key", "1:3", "this cannot be the name"),
    ('a: "\\x07"\n', "control-character", "1:4", "U+0007"),
]


@pytest.mark.parametrize(("text", "code", "place", "words"), _MISTAKES)
def test_mistake(text: str, code: str, place: str, words: str) -> None:
    """Each is one problem at the very sign, in words of ours, with a way out."""
    _, problems = _load(text)
    assert [(problem.code, str(problem.place)) for problem in problems] == [(code, f"recipients.yaml:{place}")]
    assert words in problems[0].message
    assert problems[0].help


def test_a_mistake_long_before_the_place_where_the_parser_gives_up_is_named_with_both() -> None:
    """The quote that was not closed, and the one that ends the text instead."""
    _, (problem,) = _load('a: "open\nb: c\nd: "e"\n')
    assert [(str(related.place), related.label) for related in problem.related] == [
        ("recipients.yaml:3:4", "it is closed only here")
    ]


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("a: b: c\n", "put the whole text in quotes: 'b: c'"),
        ("a: *it's* b\n", "put the whole text in quotes: '*it''s* b'"),
        ('a: "b" c\n', "put the whole text in single quotes: '\"b\" c'"),
        ("a:b\nc: d\n", "write 'a: b'"),
        ("- a: 1\n  b: 2\n  a: 3\n  b: 4\n", "is the '- ' missing that begins the next record?"),
        ("a:\n- b\na:\n- c\n", "put both into one 'a', or remove one"),
    ],
)
def test_the_way_out_shows_what_to_type(text: str, way_out: str) -> None:
    """With the text of the line itself."""
    _, (problem,) = _load(text)
    assert problem.help == way_out


def test_the_text_that_cannot_be_read_stands_in_its_place() -> None:
    """So that nothing is said to be missing."""
    loaded, _ = _load("a: *b\nc: #d\n")
    assert loaded == {"a": "*b", "c": "#d"}


@pytest.mark.parametrize("text", [text for text, *_ in _MISTAKES])
def test_the_words_of_the_parser_count_for_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every version of it has others."""
    source, parse = Source("recipients.yaml", text), yaml.parse
    _, problems = load(source)

    def silenced(text: str, parser: type) -> Iterator[object]:
        try:
            yield from parse(text, parser)
        except yaml.MarkedYAMLError as error:
            error.context = error.problem = "x"
            raise

    monkeypatch.setattr(yaml, "parse", silenced)
    assert load(source)[1] == problems


@pytest.mark.parametrize("parser", [yaml.SafeLoader, yaml.CSafeLoader])
@pytest.mark.parametrize("text", [text for text, *_ in _MISTAKES if len(text) < 1000])
def test_no_words_of_the_parser_are_shown(text: str, parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of the one in C nor of the one in Python, which takes its place where there is none."""
    monkeypatch.setattr("lettergen.yamlfile.loader._PARSER", parser)
    _, problems = _load(text)
    for problem in problems:
        assert not re.search(r"expected|found|token|scalar|mapping|indicator|anchor|alias", problem.message)
        assert problem.message != "this cannot be read as 'name: value'"


_NASTY = st.text(alphabet=st.sampled_from("ab:-#'\"[]{}&*!|>%@`~?,\n\t \\<=.0é\u00a0\x07\ue000"), max_size=60)


@given(_NASTY | st.text(max_size=60))
def test_loading_never_raises_and_every_place_exists(text: str) -> None:
    source = Source("recipients.yaml", text)
    for problem in load(source)[1]:
        place = problem.place
        assert 0 <= place.line <= len(source.lines)
        assert (place.line, place.column) <= (place.end_line, place.end_column)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=40))
def test_quoted_text_comes_back(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    loaded, problems = _load(f"key: {quoted}\n")
    assert problems == []
    assert loaded == {"key": trimmed(text)} or UNPRINTABLE.search(text) or "\ufeff" in text
