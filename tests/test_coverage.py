"""Which paths through the templates are known to be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from composing import FOOTNOTES, MAIN, RECIPIENTS, composed, sound

from lettergen.review.coverage import coverage_of, percent

if TYPE_CHECKING:
    from lettergen.model import Coverage

TOP = "---\ndate: 2020-10-13\nvariants: {v: one, w: two}\n---\n"


def covered(records: list[str], body: str, **files: str) -> Coverage:
    """The coverage of letters to A, B and so on, whose records have these further keys."""
    lines = [f"- {{name: {chr(65 + n)}, salutation: x, address: [x], {more}}}" for n, more in enumerate(records)]
    others = {f"templates/{name}.md.j2": text for name, text in files.items()}
    main = f"{TOP}{{% block body %}}\n{body}\n{{% endblock %}}\n"
    return coverage_of(sound(composed({RECIPIENTS: "\n".join(lines), FOOTNOTES: "", MAIN: main, **others})).mailing)


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
    assert [(one.name, one.letters) for one in found.variants] == [("v", ("a",)), ("w", ())]
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
    arms = [(arm.place.source.name, arm.letters) for arm in found.arms]
    assert arms == [
        ("templates/letter.cy.md.j2", ()),
        ("templates/p.md.j2", ("b",)),
        ("templates/letter.en.md.j2", ()),
    ]
    assert [(one.name, one.letters) for one in found.variants] == [("v", ("b",)), ("w", ())]
    assert (found.letters, percent(found)) == (2, 40)


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
