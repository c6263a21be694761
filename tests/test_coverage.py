"""Which paths through the templates are known to be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from composing import FOOTNOTES, MAIN, RECIPIENTS, composed, sound
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lettergen.model import Coverage, Taken
from lettergen.model.tree import plain_text
from lettergen.problems import Source
from lettergen.review.coverage import coverage_of, percent

if TYPE_CHECKING:
    from lettergen.pipeline.compose import Composition

TOP = "---\ndate: 2020-10-13\nvariants: {v: one, w: two}\n---\n"


def made(records: list[str], body: str, notes: str = "") -> Composition:
    """The letters to A, B and so on, whose records have these further keys."""
    lines = [f"- {{name: {chr(65 + n)}, salutation: x, address: [x], {more}}}" for n, more in enumerate(records)]
    main = f"{TOP}{{% block body %}}\n{body}\n{{% endblock %}}\n"
    return composed({RECIPIENTS: "\n".join(lines), FOOTNOTES: notes, MAIN: main})


def covered(records: list[str], body: str) -> Coverage:
    """The coverage of such letters."""
    return coverage_of(sound(made(records, body)).mailing)


ARMS = {
    "two": ("{% if 'v' in variants %}a{% else %}b{% endif %}", [("if 'v' in variants", "a"), ("else", "bc")]),
    "elif": (
        "{% if 'w' in variants %}a{% elif recipient.id == 'c' %}b{% endif %}.",
        [("if 'w' in variants", ""), ("elif recipient.id == 'c'", "c")],
    ),
    "loop": (
        "{% for one in recipient.copies or [] %}b{% else %}c{% endfor %}",
        [("for one in recipient.copies or []", "b"), ("else", "ac")],
    ),
    "inline": (
        "{{ 'a' if 'v' in variants else 'b' }}",
        [("'a' if 'v' in variants else 'b'", "a"), ("else of 'a' if 'v' in variants else 'b'", "bc")],
    ),
    "two in one expression": (
        "{{ ('a' if 'v' in variants) ~ ('b' if 'w' in variants else 'c') }}",
        [
            ("('a' if 'v' in variants) ~ ('b' if 'w' in variants else 'c')", "a"),
            ("('a' if 'v' in variants) ~ ('b' if 'w' in variants else 'c')", ""),
            ("else of ('a' if 'v' in variants) ~ ('b' if 'w' in variants else 'c')", "abc"),
        ],
    ),
    "macro that is called": (
        "{% macro m(x) %}{% if x == 'A' %}a{% endif %}{% endmacro %}b{{ m(recipient.name) }}",
        [("if x == 'A'", "a")],
    ),
    "macro that nobody calls": ("{% macro m(x) %}{% if x %}a{% endif %}{% endmacro %}b", []),
}


@pytest.mark.parametrize(("body", "arms"), ARMS.values(), ids=ARMS)
def test_arms(body: str, arms: list[tuple[str, str]]) -> None:
    """Each arm of the template, in its order, and the letters that take it."""
    found = covered(["variants: [v]", "copies: [x]", ""], body)
    assert [(arm.name, "".join(arm.letters)) for arm in found.arms] == arms
    assert [(one.name, tuple(one.letters)) for one in found.variants] == [("v", ("a",)), ("w", ())]
    assert found.letters == 3


def test_two_languages() -> None:
    """A letter with two halves counts once, and what both documents include is one arm."""
    body = "{% include 'p.md.j2' %}{% if 'w' in variants %}b{% endif %}"
    main = f"{TOP}{{% block body %}}\n{body}\n{{% endblock %}}\n"
    records = ["{name: A, language: cy}", "{name: B, language: [cy, en], variants: [v]}"]
    files = {
        RECIPIENTS: "defaults: {salutation: x, address: [x]}\nrecipients:\n" + "".join(f"- {one}\n" for one in records),
        "templates/p.md.j2": "x {% if 'v' in variants %}a{% endif %}\n",
        "templates/letter.cy.md.j2": main,
        "templates/letter.en.md.j2": main,
    }
    found = coverage_of(sound(composed(files)).mailing)
    arms = [(arm.place.source.name, tuple(arm.letters)) for arm in found.arms]
    assert arms == [
        ("templates/letter.cy.md.j2", ()),
        ("templates/p.md.j2", ("b",)),
        ("templates/letter.en.md.j2", ()),
    ]
    assert [(one.name, tuple(one.letters)) for one in found.variants] == [("v", ("b",)), ("w", ())]
    assert (found.letters, percent(found)) == (2, 40)


@pytest.mark.parametrize(
    ("taken", "paths", "figure"), [(0, 0, 100), (13, 13, 100), (11, 13, 84), (199, 200, 99), (0, 5, 0)]
)
def test_percent(taken: int, paths: int, figure: int) -> None:
    """Rounded down: all is only all."""
    arms = [Taken("x", Source("x").whole(), ("a",) if number < taken else ()) for number in range(paths)]
    assert percent(Coverage(1, (), tuple(arms), ())) == figure


SAME = {
    "printed": (["x: one"] * 3, "{{ recipient.x }}", ["x"]),
    "asked for": (["x: true"] * 3, "{% if recipient.x %}a{% endif %}", ["x"]),
    "a list": (["x: [one]"] * 3, "{{ recipient.x | join }}", ["x"]),
    "two records": (["x: one"] * 2, "{{ recipient.x }}", []),
    "one differs": (["x: one", "x: one", "x: two"], "{{ recipient.x }}", []),
    "one lacks it": (["x: one", "x: one", ""], "a {% if recipient.x %}{{ recipient.x }}{% endif %}", []),
    "not used": (["x: one"] * 3, "a", []),
    "empty": (["x: null"] * 3, "{% if recipient.x %}a{% endif %}b", []),
}


@pytest.mark.parametrize(("records", "body", "same"), SAME.values(), ids=SAME)
def test_same(records: list[str], body: str, same: list[str]) -> None:
    """The fields of which all records say the same, and the line that makes use of them."""
    found = covered(records, body)
    assert [(one.name, one.place.line) for one in found.same] == [(name, 6) for name in same]


def test_same_by_default() -> None:
    """What stands in `defaults` is meant to be the same."""
    records = "defaults: {salutation: x, address: [x], x: one}\nrecipients: [{name: A}, {name: B}, {name: C}]\n"
    files = {RECIPIENTS: records, FOOTNOTES: "", MAIN: f"{TOP}{{% block body %}}{{{{ recipient.x }}}}{{% endblock %}}"}
    assert coverage_of(sound(composed(files)).mailing).same == ()


WARNED = {
    "a condition": (["", ""], "{% if recipient.name == 'C' %}a{% endif %}", ["if recipient.name == 'C'"]),
    "a loop": (["x: []", ""], "{% for one in recipient.x or [] %}a{% endfor %}", ["for one in recipient.x or []"]),
    "own field": (["x: null", ""], "{% if recipient.x %}a{% endif %}", ["if recipient.x"]),
    "standard field": (["", ""], "{% if recipient.role %}a{% endif %}{% if letter.subject %}b{% endif %}", []),
    "for want of a field": (["x: a", "x: b"], "{% if recipient.x %}a{% else %}b{% endif %}", []),
    "for want of a field, inline": (["x: a", "x: b"], "{{ recipient.x if recipient.x else 'b' }}", []),
    "standard field, inline": ([""], "{{ sender.honours if sender.honours }}{{ 'b' if recipient.role else '' }}", []),
    "inline": ([""], "{{ 'a' if recipient.name == 'C' else 'b' }}", ["'a' if recipient.name == 'C' else 'b'"]),
    "inline within inline": (
        [""],
        "{{ 'a' if recipient.name == 'C' else ('b' if recipient.name == 'D' else 'c') }}",
        ["'a' if recipient.name == 'C' else ('b' if recipient.name == 'D' else 'c')"],
    ),
    "no such field": ([""], "{% if recipient.name == 'C' %}{{ recipient.nmae }}{% endif %}", ["nmae"]),
    "no such field, inline": ([""], "{{ recipient.nmae if recipient.name == 'C' }}", ["nmae"]),
    "every letter has it": (["variants: [v]"] * 2, "{% if 'v' in variants %}a{% else %}b{% endif %}", ["else"]),
    "without it, nobody": (
        ["variants: [v]"] * 2,
        "{% if 'v' not in variants %}a{% endif %}",
        ["if 'v' not in variants"],
    ),
    "an idle variant": (["", ""], "{% if 'v' in variants %}a{% endif %}", []),
    "an idle variant, turned": (["", ""], "{% if 'v' not in variants %}a{% else %}b{% endif %}", []),
    "behind an idle variant": (
        ["", ""],
        "{% if 'v' in variants %}a{% elif recipient.name == 'C' %}b{% endif %}",
        ["elif recipient.name == 'C'"],
    ),
    "within another": (
        ["", ""],
        "{% if recipient.name == 'C' %}{% if recipient.name == 'D' %}a{% endif %}{% endif %}",
        ["if recipient.name == 'C'"],
    ),
    "within an idle variant": (
        ["", ""],
        "{% if 'v' in variants %}{% if recipient.name == 'D' %}a{% endif %}{% endif %}",
        [],
    ),
    "two variants that nobody has both of": (
        ["variants: [v]", "variants: [w]"],
        "{% if 'v' in variants %}{% if 'w' in variants %}a{% endif %}{% endif %}",
        ["if 'w' in variants"],
    ),
}


@pytest.mark.parametrize(("records", "body", "warned"), WARNED.values(), ids=WARNED)
def test_untaken(records: list[str], body: str, warned: list[str]) -> None:
    """The passages that an office is told of."""
    problems = [one for one in made(records, f"Hello. {body}").problems if one.code == "untaken-branch"]
    assert [one.place.source.lines[5][one.place.column - 1 : one.place.end_column - 1] for one in problems] == warned
    assert not any(one.more for one in problems)


PROBED = {
    "renders": ([""], "a{% if 'v' in variants %}a{% endif %}", []),
    "no such field": ([""], "a{% if 'v' in variants %}{{ recipient.nmae }}{% endif %}", ["undefined-field"]),
    "no such note": ([""], "a{% if 'v' in variants %}a[^b]{% endif %}", ["unknown-footnote"]),
    "no such image": ([""], "a{% if 'v' in variants %}![a](a.png){% endif %}", ["missing-asset"]),
    "bad Markdown": ([""], "a{{ 'a' if 'w' in variants }}{% if 'v' in variants %}<b>{% endif %}", ["raw-html"]),
    "a hole of the sender": ([""], "a{% if 'v' in variants %}{{ sender.email }}{% endif %}", ["missing-value"]),
    "all of the body": ([""], "{% if 'v' not in variants %}a{% endif %}", ["empty-body"]),
    "a set name": ([""], "{% set v = 'v' in variants %}a{{ recipient.nmae if v }}", ["undefined-field"]),
    "a field that it will have": (["x: null"], "a{% if 'v' in variants %}{{ recipient.x }}{% endif %}", []),
    "its Markdown": (["x: <b>"], "a{% if 'v' in variants %}{{ recipient.x | markdown }}{% endif %}", []),
    "some render": (
        ["", "x: b"],
        "a{% if 'v' in variants %}{% if recipient.x %}b{% else %}<b>{% endif %}{% endif %}",
        ["raw-html"],
    ),
    "alone only": (
        ["variants: [w]"],
        "a{% if 'w' in variants %}b{% elif 'v' in variants %}<b>{% endif %}",
        ["raw-html"],
    ),
    "beside another only": (
        ["", "variants: [w]"],
        "a{% if 'w' in variants %}b{% if 'v' in variants %}<b>{% endif %}{% endif %}",
        ["raw-html"],
    ),
    "out of reach": (
        ["", "variants: [w]"],
        "a{% if 'w' in variants %}b{% endif %}{% if recipient.name == 'Z' and 'v' in variants %}<b>{% endif %}",
        [],
    ),
    "two alike": (
        ["", ""],
        "a{% if 'v' in variants or 'w' in variants %}<b>{% endif %}",
        ["raw-html"],
    ),
}


@pytest.mark.parametrize(("records", "body", "codes"), PROBED.values(), ids=PROBED)
def test_idle_variants_are_tried(records: list[str], body: str, codes: list[str]) -> None:
    """The errors of letters that nobody gets, each once, at the template's line and with the variant's name."""
    errors = [problem for problem in made(records, body).problems if problem.is_error]
    assert [error.code for error in errors] == codes
    for error in errors:
        assert error.related[-1].label == "tried with variant 'v', which no recipient has"
        assert not error.more


MACRO = "{% macro m(x) %}a{% if x == 'B' %}b{% endif %}{% endmacro %}"


@pytest.mark.parametrize(("top", "warned"), [(MACRO, 1), ("{% from 'm.md.j2' import m %}", 0)], ids=["own", "imported"])
def test_untaken_in_a_macro(top: str, warned: int) -> None:
    """One that is imported may serve other letters."""
    main = f"{TOP}{top}\n{{% block body %}}{{{{ m('A') }}}}{{% endblock %}}\n"
    records = "- {name: A, salutation: x, address: [x]}\n"
    made = composed({RECIPIENTS: records, MAIN: main, "templates/m.md.j2": MACRO})
    assert [one.code for one in made.problems if one.code != "unused-variant"] == ["untaken-branch"] * warned
    assert [tuple(arm.letters) for arm in coverage_of(made.mailing).arms] == [()]


def test_what_is_tried_uses_its_notes() -> None:
    """The note of an idle variant is not idle too."""
    problems = made([""], "a{% if 'v' in variants %}[^b]{% endif %}{{ 'c' if 'w' in variants }}", "b: note\n").problems
    assert [problem.code for problem in problems] == ["idle-variant", "idle-variant"]


def test_one_letter_says_nothing_of_the_others() -> None:
    """What is shown alone is neither tried nor counted."""
    body = "a{{ recipient.nmae if 'v' in variants }}{{ 'c' if 'w' in variants }}"
    main = f"{TOP}{{% block body %}}{body}{{% endblock %}}"
    files = {RECIPIENTS: "- {name: A, salutation: x, address: [x]}\n", FOOTNOTES: "", MAIN: main}
    assert composed(files, only_id="a").problems == ()
    assert [problem.code for problem in composed(files).problems] == ["undefined-field"]


CONDITIONS = st.sampled_from(
    ["'v' in variants", "'w' in variants", "'v' not in variants", "recipient.name == 'A'", "recipient.x", "false"]
)
BODIES = st.recursive(
    st.just("."),
    lambda inner: st.one_of(
        st.builds(
            "{{% if {} %}}#{}{{% elif {} %}}#{}{{% else %}}#{}{{% endif %}}".format, *[CONDITIONS, inner] * 2, inner
        ),
        st.builds("{{% for _ in recipient.x or [] if {} %}}#{}{{% endfor %}}".format, CONDITIONS, inner),
        st.builds("{{{{ '#' if {} else '#' }}}}{}".format, CONDITIONS, inner),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=8,
)
RECORDS = st.sampled_from(["x: [1]", "x: []", "x: [1], variants: [v]", "variants: [w]", "variants: [v, w]"])


@example(["variants: [v]", "x: [1]"], "{{ '#' if 'v' in variants else '#' }}{{ '#' if 'w' in variants else '#' }}")
@settings(deadline=None, max_examples=50)
@given(st.lists(RECORDS, min_size=1, max_size=4), BODIES)
def test_an_arm_is_taken_where_it_shows(records: list[str], body: str) -> None:
    """Each arm has the letters in which its mark is read, in the order of the text."""
    pieces = f"Hello.{body}".split("#")
    marked = pieces[0] + "".join(f"({number}) {piece}" for number, piece in enumerate(pieces[1:]))
    composition = sound(made(["x: []", *records], marked))
    texts = {
        one.id: plain_text(tuple(node for part in one.parts for node in part.nodes)) for one in composition.letters
    }
    found = coverage_of(composition.mailing)
    shown = [tuple(key for key, text in texts.items() if f"({number})" in text) for number in range(len(pieces) - 1)]
    assert [tuple(arm.letters) for arm in found.arms] == shown
    assert 0 <= percent(found) <= 100
    assert (percent(found) == 100) == all(one.letters for one in (*found.arms, *found.variants))


def test_the_page_shows_what_is_printed() -> None:
    """The example of docs/coverage.md is a case."""
    case = ROOT / "tests" / "cases" / "coverage-table" / "expected" / "stdout"
    assert case.read_text(encoding="utf-8") in (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
