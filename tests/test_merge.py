"""Merging: what a template may say, and what each mistake is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from composing import composition, letter

from lettergen.model.tree import plain_text
from lettergen.pipeline.compose import Request, compose
from lettergen.render.markdown import to_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

MORE = """\
  list: [a, b]
  map: {key: value}
  flag: true
  none: null
- {name: Bob, salutation: B, address: [x], vru: y}
"""


def _body(text: str) -> str:
    made = letter(text, fields={"text": "a *b*", "day": "2021-01-02", "empty": "x"})
    return plain_text(next(part.nodes for part in made.parts if part.name == "body"))


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        ("{{ recipient.text }}", "a *b*"),
        ("{{ recipient.text | upper }}", "A *B*"),
        ("{{ recipient.text ~ '!' }}", "a *b*!"),
        ("{{ recipient.text + '!' }}", "a *b*!"),
        ("{{ recipient['text'] }}", "a *b*"),
        ("{{ recipient.text | markdown }}", "a b"),
        ("{{ (recipient.text | markdown) ~ recipient.text }}", "a ba *b*"),
        ("{{ (recipient.text | markdown) + recipient.text }}", "a ba *b*"),
        ("{{ [recipient.text, recipient.text | markdown] | join('*') }}", "a *b**a b"),
        ("{{ '*x*' }}", "*x*"),
        ("{{ '*x*' | markdown }}", "x"),
        ("{{ '%s & %s' | format('<', '>') }}", "< & >"),
        ("{{ 1 + 2 }}", "3"),
        ("{{ ('9' | int | string) + '1' }}", "91"),
        (
            "{% macro m() %}{{ caller() if caller }}a{% endmacro %}{{ m() }}{% call m() %}b{% endcall %}",
            "aba",
        ),
        ("{% for n in range(1, 3) %}\n{{ n }}. item\n{% endfor %}", "itemitem"),
        ("{% for n in range(1 + '1' | int) %}\n{{ n }}, line\n{% endfor %}", "0, line 1, line"),
        ("{{ ('1,234.56' | number * 12 / 52 * 6) | round(2) }}", "1709.39"),
        ("{{ (100 * (1 / 3)) | round(2) }} {{ (100 / 3 * 3) | round(0, 'floor') }} {{ 1 / 7 * 7 }}", "33.33 100 1"),
        ("{{ '12345678901234567890123456789.50' | number + 1 }}", "12345678901234567890123456790.50"),
        ("{% set x = 'a' %}{{ x }}", "a"),
        ("{% set x %}*a* {{ recipient.text }}{% endset %}{{ x }}", "a a *b*"),
        ("{% macro m(a) %}*{{ a }}*{% endmacro %}{{ m(recipient.text) }}", "a *b*"),
        ("{% macro m(a, b=a if a else 'x') %}{{ b }}{% endmacro %}{{ m(recipient.text) }}", "a *b*"),
        ("{% for n in [1, 2] %}{{ loop.index }}{% endfor %}", "12"),
        ("{{ recipient.day | long_date }}", "2\u00a0January 2021"),
        ("{% if letter.date == '13 October 2020' %}same{% endif %}", "same"),
        ("{{ letter.date }} {{ letter.language }}", "13\u00a0October 2020 en-GB"),
        ("{{ recipient.other | default('none') }}", "none"),
        ("{% if recipient.other is defined %}a{% else %}b{% endif %}", "b"),
        ("{{ 'yes' if 'v' in variants else 'no' }}", "no"),
        ("{{ 'no' if 'w' in variants else 'yes' }}{{ '' if true else 'x' }}", "yes"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
    ],
)
def test_printed(body: str, printed: str) -> None:
    assert _body(body) == printed


@pytest.mark.parametrize(
    ("body", "code", "column"),
    [
        ("{{ recipient.nmae }}", "undefined-field", 14),
        ("{{ recipient.items }}", "undefined-field", 14),
        ("{% if recipient.values %}x{% endif %}", "undefined-field", 17),
        ("{{ sender.fax }}", "undefined-field", 11),
        ("{{ letter.page }}", "undefined-field", 11),
        ("{{ recipient.map.kee }}", "undefined-field", 18),
        ("{{ recipent.name }}", "undefined-name", 4),
        ("{{ recipient.vru }}", "missing-value", 14),
        ("{{ recipient.none }}", "missing-value", 14),
        ("{{ recipient.vru | upper }}", "missing-value", 14),
        ("{{ recipient.vru | markdown }}", "missing-value", 14),
        ("{% for x in recipient.vru %}{{ x }}{% endfor %}", "missing-value", 23),
        ("a {{ recipient.list }}", "unprintable", 6),
        ("a {{ recipient.map }}", "unprintable", 6),
        ("a {{ recipient.flag }}", "unprintable", 6),
        ("{{ 'a' ~ recipient.flag }}", "unprintable", 4),
        ("{{ 'a' ~ recipient.none }}", "missing-value", 20),
        ("{{ [recipient.flag, 1] | join }}", "unprintable", 4),
        ("{{ recipient.list | upper }}", "unprintable", 4),
        ("{{ recipient.name.place.source.text }}", "undefined-field", 19),
        ("{{ recipient.address.places }}", "undefined-field", 22),
        ("{{ recipient.address[9] }}", "undefined-field", 1),
        ("{{ '\\ud800' }}", "unprintable", 4),
        ("![x[^act]](a.png)", "footnote-here", 1),
        ("a {{ recipient.name.upper }}", "unprintable", 6),
        ("{{ (recipient.name | markdown) | upper }}", "merged-text", 34),
        ("{{ (recipient.name | markdown)[0:3] }}", "merged-text", 1),
        ("{{ (recipient.name | markdown).upper() }}", "merged-text", 32),
        ("{{ 'a' * 999999999 }}", "too-large", 4),
        ("{{ 9 ** 9999 }}", "too-large", 4),
        ("{{ '%999999999d' | format(1) }}", "too-large", 4),
        ("{{ '%.*f' | format(99999, 1) }}", "too-large", 4),
        ("{{ '{:>999999999}'.format(1) }}", "too-large", 4),
        ("{{ 'a' | replace('', 'b' * 99999) }}", "too-large", 4),
        ("{{ 'abc' | slice(999999999) | first }}", "too-large", 4),
        ("{{ range(999999999) | last }}", "too-large", 4),
        ("{{ 'a'.ljust(999999999) }}", "undefined-field", 8),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "too-large", 1),
        ("{% for a in range(999) %}{% for b in range(9999) if b < 0 %}{% endfor %}{% endfor %}", "too-large", 1),
        ("{% for a in range(9999) %}{{ 'twenty letters more' }}{% endfor %}" * 30, "too-large", 1),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "too-large", 1),
        (
            "{% set n = namespace(x='a') %}{% for a in range(9) %}{% set n.x = n.x ~ n.x * 99 %}{% endfor %}",
            "too-large",
            1,
        ),
        ("{% set n = namespace(x=99) %}{% for a in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}", "too-large", 1),
        ("{{ 1 + 'a' }}", "text-as-number", 4),
        ("{{ ().__class__.__mro__ }}", "undefined-field", 7),
        ("{% include 'nothing.j2' %}", "missing-file", 12),
        ("{% include '../recipients.yaml' %}", "missing-file", 12),
        ("{{ recipient.name | uper }}", "template-syntax", 21),
        ("{% if %}", "template-syntax", 1),
        ("{% if 'x' in variants %}{% endif %}", "undeclared-variant", 7),
        ("<b>bold</b>", "raw-html", 1),
        ("    indented", "code-block", 5),
        ("[x](javascript:alert)", "bad-link", 4),
        ("[x](page.html)", "bad-link", 4),
        ("Hello[^x]", "unknown-footnote", 6),
        ("# Head[^act]", "footnote-here", 7),
        ("[^act]: An Act", "footnote-definition", 1),
        ("![x](nothing.png)", "missing-asset", 6),
        ("![x](../x.png)", "outside-folder", 6),
        ("![x](https://x.y/z.png)", "missing-asset", 6),
    ],
)
def test_mistake(body: str, code: str, column: int) -> None:
    """The code, and the column in the template's line of the body."""
    made = composition("Text.\n\n" + body, notes="act: An Act\n", more=MORE)
    found = [(problem.code, problem.place.line, problem.place.column) for problem in made.problems if problem.is_error]
    assert (code, 8, column) in found


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("Text without a part.", "text-outside-part"),
        ("{% block boody %}x{% endblock %}", "unknown-part"),
        ("{% if true %}{% block body %}x{% endblock %}{% endif %}", "conditional-part"),
        ("{% block body %}x{% endblock %}\nStray.", "text-outside-part"),
        ("{% block body %}x{% endblock %}\n{{ recipient.name }}", "text-outside-part"),
        ("{% block body %}x{% endblock %}\n{% if true %}Stray.{% endif %}", "text-outside-part"),
        ("{% extends 'x' %}{% block body %}x{% endblock %}", "own-extends"),
        ("", "empty-file"),
    ],
)
def test_shape(template: str, code: str, project: Callable[..., Path]) -> None:
    root = project(letter=f"---\ndate: 2020-10-13\n---\n{template}\n")
    assert [problem.code for problem in compose(Request(root)).problems if problem.code != "unsigned"] == [code]


def test_ten_mistakes_in_one_run() -> None:
    body = "\n".join(f"{{{{ recipient.field{number} }}}}" for number in range(10))
    problems = [problem for problem in composition(body).problems if problem.is_error]
    assert [problem.place.line for problem in problems] == list(range(6, 16))


def test_the_same_mistake_in_many_letters_is_one() -> None:
    more = "".join(f"- {{name: Bob {n}, salutation: B, address: [x]}}\n" for n in range(399))
    problems = composition("{{ recipient.nmae }}", more=more).problems
    assert [(problem.code, problem.more) for problem in problems if problem.is_error] == [("undefined-field", 399)]


def test_a_mistake_in_defaults_is_one(project: Callable[..., Path], lettergen: Callable[..., Ran]) -> None:
    records = "".join(f"  - {{name: Bob {n}, address: [x]}}\n" for n in range(20))
    project(recipients="defaults: {salutation: [Sir]}\nrecipients:\n" + records)
    ran = lettergen("check")
    assert ran.stderr.count("error[wrong-type]") == 1
    assert "and 19 more records" in ran.stderr


def test_one_mistake_twice_in_one_letter_speaks_of_no_other_record() -> None:
    found = [one for one in composition("A[^x] and B[^x].").problems if one.is_error]
    assert [(one.code, one.place.column, one.more) for one in found] == [
        ("unknown-footnote", 2, 0),
        ("unknown-footnote", 12, 0),
    ]


INNER = "{% macro one() %}\n<i>\n{% endmacro %}\n"


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("{% if false %}<b>{% endif %}\n<b>", ["letter:6:1"]),
        ("<b> and <b>", ["letter:5:1", "letter:5:9"]),
        ("{% for n in (1, 2) %}\n<b>\n{% endfor %}", ["letter:6:1"]),
        ("{% from 'inner.j2' import one %}\n<i>\n{{ one() }}", ["inner:2:1", "letter:6:1"]),
        ("Text.\n\n    {{ recipient.name }}", ["letter:7:5"]),
        ("![x]({{ recipient.link }})", ["recipients:4:9"]),
        ("{{ recipient.picture | markdown }}", ["recipients:5:18"]),
        ("Text[^{{ recipient.link }}].", ["recipients:4:9"]),
        ("[x]({{ recipient.link }})", ["recipients:4:9"]),
    ],
)
def test_place_of_what_stands_in_the_text(project: Callable[..., Path], body: str, places: list[str]) -> None:
    """In the branch that was taken, in the file whose words they are, at each occurrence."""
    root = project(
        letter=f"---\ndate: 2020-10-13\n---\n{{% block body %}}\n{body}\n{{% endblock %}}\n",
        recipients="- name: A\n  salutation: A\n  address: [x]\n  link: nothing.png\n  picture: '![x](gone.png)'\n",
        **{"templates/inner.j2": INNER},
    )
    found = [problem.place for problem in compose(Request(root)).problems if problem.code != "unsigned"]
    assert sorted(f"{Path(place.file).name.partition('.')[0]}:{place.line}:{place.column}" for place in found) == places


@pytest.mark.parametrize(
    ("included", "code"),
    [("{{ x | uper }}", "template-syntax"), ("{% if %}", "template-syntax"), ("{% include 'no.j2' %}", "missing-file")],
)
def test_a_branch_that_no_letter_takes(
    project: Callable[..., Path], lettergen: Callable[..., Ran], included: str, code: str
) -> None:
    """What it includes is checked all the same."""
    body = "{% block body %}{% if false %}{% include 'inner.j2' %}{% endif %}x{% endblock %}"
    project(letter=f"---\ndate: 2020-10-13\n---\n{body}\n", **{"templates/inner.j2": included})
    ran = lettergen("check")
    assert ran.code == 1
    assert f"error[{code}]" in ran.stderr
    assert " --> templates/inner.j2:1:" in ran.stderr


MODULE = """\
{% set office = '*the office*' | markdown %}
{% set both %}{{ 'A & B' }} of {{ recipient.name }}{% endset %}
{% set counter = namespace(n=0) %}
{% macro count() %}{% set counter.n = counter.n + 1 %}{{ counter.n }}{% endmacro %}
"""
STATEFUL = """\
---
date: 2020-10-13
---
{% import 'm.j2' as m %}
{% from 'm.j2' import count %}
{% set top = namespace(n=0) %}
{% block body %}
{% set top.n = top.n + 1 %}
{{ m.office }}, {{ m.both }}, {{ m.count() }}{{ count() }}{{ top.n }},
{{ recipient.extra | markdown }}[^{{ recipient.note }}]
{% endblock %}
{% block signature_block %}{% endblock %}
"""


def test_a_letter_does_not_depend_on_those_before_it(project: Callable[..., Path]) -> None:
    """Merged alone or after others, with modules, counters, Markdown and notes: the same letter."""
    note = ("a", "b")
    records = "".join(
        f"- {{name: Bob {n}, salutation: B, address: [x], extra: 'the *{n}*[^b]', note: {note[n % 2]}}}\n"
        for n in range(4)
    )
    root = project(
        recipients=records, letter=STATEFUL, footnotes="a: Note a\nb: Note b\n", **{"templates/m.j2": MODULE}
    )
    together = compose(Request(root))
    assert together.problems == ()
    for one in together.letters:
        assert compose(Request(root, only_id=one.id)).letters == (one,)
    text = to_markdown(together.letters[3])
    assert "*the office*, A & B of Bob 3, 111, the *3*[^1][^2]" in text.replace("[^1][^1]", "[^1][^2]")
