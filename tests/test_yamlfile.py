"""YAML -> values: what you type is what you print, and every mistake has a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.model import Fields, Items, Text
from lettergen.problems import Problem, Source
from lettergen.yamlfile import load


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


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: Item #1 is free\n", "swallowed-comment", 1, 9),
        ("- #1 first\n", "swallowed-comment", 1, 3),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
        ("a:\n\tb: c\n", "tab-indent", 2, 1),
        ("a: b: c\n", "yaml-syntax", 1, 5),
        ("a: 'it's'\n", "yaml-syntax", 1, 8),
        ('a: "open\nb: c\n', "yaml-syntax", 1, 4),
        ("a: [open\n", "yaml-syntax", 1, 4),
        ("a: @home\n", "yaml-syntax", 1, 4),
        ("a: *bold* text\n", "yaml-syntax", 1, 4),
        ("a: *bold\n", "yaml-alias", 1, 4),
        ("a: &bold b\n", "yaml-alias", 1, 4),
        ("a: !!python/name:os.system x\n", "yaml-tag", 1, 4),
        ("<<: {a: b}\n", "merge-key", 1, 1),
        ("a: b\n---\nc: d\n", "second-document", 2, 1),
        ("a: {{ name }}\n", "jinja-in-data", 1, 5),
        ("? [a]\n: b\n", "complex-key", 1, 3),
        ('a: "\\x07"\n', "control-character", 1, 4),
        ("[" * 30_000, "too-deep", 1, 21),
        ("{a: " * 30_000, "too-deep", 1, 81),
    ],
)
def test_mistake(text: str, code: str, line: int, column: int) -> None:
    _, problems = _load(text)
    assert [(problem.code, problem.place.line, problem.place.column) for problem in problems] == [(code, line, column)]


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
    stripped = text.strip(" \t\r\n\x0b\x0c\x85\u2028\u2029")
    assert loaded == {"key": stripped} or "\u2028" in text or "\u2029" in text or "\ufeff" in text
