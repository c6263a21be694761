"""Merging: what a template may say, and what each mistake is called."""

from __future__ import annotations

import pytest
from composing import composition, letter

from lettergen.model.tree import plain_text

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
        ("{% set x = 'a' %}{{ x }}", "a"),
        ("{% set x %}*a* {{ recipient.text }}{% endset %}{{ x }}", "a a *b*"),
        ("{% macro m(a) %}*{{ a }}*{% endmacro %}{{ m(recipient.text) }}", "a *b*"),
        ("{% for n in [1, 2] %}{{ loop.index }}{% endfor %}", "12"),
        ("{{ recipient.day | long_date }}", "2 January 2021"),
        ("{{ letter.date }} {{ letter.language }}", "13 October 2020 en-GB"),
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
        ("a {{ recipient.name.upper }}", "unprintable", 6),
        ("{{ (recipient.name | markdown) | upper }}", "merged-text", 34),
        ("{{ (recipient.name | markdown)[0:3] }}", "merged-text", 1),
        ("{{ (recipient.name | markdown).upper() }}", "merged-text", 32),
        ("{{ 'a' * 999999999 }}", "template-error", 1),
        ("{{ 1 + 'a' }}", "template-error", 1),
        ("{{ ().__class__.__mro__ }}", "undefined-field", 7),
        ("{% include 'nothing.j2' %}", "missing-file", 1),
        ("{% include '../recipients.yaml' %}", "missing-file", 1),
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
def test_shape(template: str, code: str, tmp_path: object) -> None:
    from pathlib import Path

    from lettergen.pipeline.compose import Request, compose

    root = Path(str(tmp_path))
    (root / "templates").mkdir()
    (root / "recipients.yaml").write_text("- {name: A, salutation: A, address: [x]}\n", encoding="utf-8")
    (root / "templates/letter.md.j2").write_text(f"---\ndate: 2020-10-13\n---\n{template}\n", encoding="utf-8")
    assert [problem.code for problem in compose(Request(root)).problems] == [code]


def test_ten_mistakes_in_one_run() -> None:
    body = "\n".join(f"{{{{ recipient.field{number} }}}}" for number in range(10))
    problems = [problem for problem in composition(body).problems if problem.is_error]
    assert [problem.place.line for problem in problems] == list(range(6, 16))


def test_the_same_mistake_in_many_letters_is_one() -> None:
    more = "".join(f"- {{name: Bob {n}, salutation: B, address: [x]}}\n" for n in range(399))
    problems = composition("{{ recipient.nmae }}", more=more).problems
    assert [(problem.code, problem.more) for problem in problems if problem.is_error] == [("undefined-field", 399)]
