"""What people who know Word type into a template, and what they are told: the place, the words, the way out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from composing import FOOTNOTES, MAIN, RECIPIENTS, composed, composition
from jinja2 import TemplateSyntaxError

from lettergen.files import Folder
from lettergen.merge.environment import MergeEnvironment
from lettergen.merge.mistakes.tags import StoppedError
from lettergen.merge.shape import read_shape
from lettergen.problems import Problem, Source

MORE = "  list: [a, b]\n  seats: 5\n  last-letter: yesterday\n"
BODY = 6  # the line of the body's first


def _errors(body: str) -> list[Problem]:
    return [problem for problem in composition(body, more=MORE).problems if problem.is_error]


@pytest.mark.parametrize(
    ("body", "place", "words"),
    [
        # Signs that do not close
        ("{{ recipient.name }.", "1:19", "write {{ recipient.name }}"),
        ("{{ recipient.name } }", "1:19", "'}}' is missing"),
        ("{{ recipient.name %}", "1:19", "'%}' does not close '{{'"),
        ("Dear {{ recipient.name\nand all", "1:6", "'}}' is missing"),
        ("{{ recipient.name {{ recipient.name }}", "1:1", "'}}' is missing"),
        ("{% if recipient.role }\nx{% endif %}", "1:22", "write {% if recipient.role %}"),
        ("{% for x in recipient.list % }{{ x }}{% endfor %}", "1:28", "'%}' is missing"),
        ("{% if recipient.role %}x{% endif }", "1:34", "write {% endif %}"),
        ("{%if}", "1:5", "'%}' is missing"),
        ("{{{ recipient.name }}}", "1:1", "one brace too many"),
        ("{{ recipient.name }}}", "1:21", "'}' closes nothing"),
        ("{# not closed", "1:1", "'#}' is missing"),
        ("{# a {# b #} c #}", "1:6", "a comment cannot hold another"),
        ("{% raw %} x", "1:1", "{% endraw %} is missing"),
        ("{{ }}", "1:1", "write a field"),
        ("{% %}", "1:1", "there is nothing in this tag"),
        # Tags
        ("{% if recipient.role %}a\n{% elseif recipient.name %}b{% endif %}", "2:4", "did you mean 'elif'?"),
        ("{% if recipient.role %}a{% else if recipient.name %}b{% endif %}", "1:25", "write {% elif recipient.name %}"),
        ("{% if recipient.role %}a{% end if %}", "1:28", "did you mean 'endif'?"),
        ("{% if recipient.role %}a{% end %}", "1:28", "did you mean 'endif'?"),
        ("{% if recipient.role %}a{% endfor %}", "1:25", "did you mean {% endif %}?"),
        ("{% for x in recipient.list %}{% if x %}a\n{% endfor %}", "2:1", "{% endif %} is missing"),
        ("{% IF recipient.role %}a{% ENDIF %}", "1:4", "did you mean 'if'?"),
        ("{% fi recipient.role %}a{% endif %}", "1:4", "did you mean 'if'?"),
        ("{% foreach x in recipient.list %}", "1:4", "did you mean 'for'?"),
        ("{% comment %}a{% endcomment %}", "1:4", "there is no tag 'comment'"),
        ("{% whatever %}", "1:4", "there is no tag 'whatever'"),
        ("a\n{% else %}", "2:1", "belongs to no condition"),
        ("a{% endif %}", "1:2", "does not close the part 'body'"),
        ("{{ if recipient.role }}a", "1:1", "write {% if recipient.role %}"),
        ("{% recipient.name %}", "1:1", "write {{ recipient.name }}"),
        ("{% if recipient.role %}a", "2:1", "{% endif %} is missing"),
        # What stands in a tag
        ("{% if %}a{% endif %}", "1:1", "{% if recipient.role %}"),
        ("{% if recipient.role and %}a{% endif %}", "1:22", "missing after 'and'"),
        ("{% if recipient.role = 'y' %}a{% endif %}", "1:22", "write '==' to compare"),
        ("{% if recipient.role is 'y' %}a{% endif %}", "1:22", "write '==' to compare"),
        ("{% if recipient.role <> 'y' %}a{% endif %}", "1:22", "write '!='"),
        ("{% if recipient.role && recipient.name %}a{% endif %}", "1:22", "write 'and'"),
        ("{% if recipient.role then %}a{% endif %}", "1:22", "'then' does not belong here"),
        ("{% if (recipient.role %}a{% endif %}", "1:24", "')' is missing"),
        ("{% for x recipient.list %}{{ x }}{% endfor %}", "1:10", "{% for line in recipient.address %}"),
        ("{% for x in %}{{ x }}{% endfor %}", "1:10", "missing after 'in'"),
        ("{% set x recipient.name %}", "1:10", "{% set word = 'text' %}"),
        ("{% set recipient.name = 'x' %}", "1:8", "cannot be changed"),
        ("{% for loop in recipient.list %}a{% endfor %}", "1:8", "choose another name"),
        ("{% include other.md.j2 %}", "1:12", "put quotes round it"),
        ("{% include my file.md.j2 %}", "1:15", "{% include 'other.md.j2' %}"),
        ("{% for x = recipient.list %}{{ x }}{% endfor %}", "1:10", "'in' is missing"),
        ("{% if recipient.name contains 'x' %}a{% endif %}", "1:22", "turn it round"),
        ("{{ recipient name }}", "1:14", "did you mean recipient.name?"),
        ("{{ recipient.post town }}", "1:19", "write recipient['post town']"),
        ("{{ recipient.2nd }}", "1:15", "write recipient['2nd']"),
        ("{{ recipient.name sender.name }}", "1:19", "give each field its own"),
        ("{{ sender['name'] recipient.name }}", "1:19", "give each field its own"),
        ("{% if 'a' 'v' in variants recipient.name %}x{% endif %}", "1:27", "join two conditions"),
        ("{{ recipient->name }}", "1:14", "{{ recipient.name }}"),
        ("{{ recipient:name }}", "1:13", "{{ recipient.name }}"),
        ("{{ recipient..name }}", "1:13", "the name of a field is missing"),
        ("{{ recipient.name. }}", "1:18", "the name of a field is missing"),
        ("{{ recipient.name; }}", "1:18", "remove it"),
        ("{{ recipient.name, }}", "1:18", "remove it"),
        ("{{ recipient.name, recipient.role }}", "1:18", "give each its own"),
        ("{{ recipient.last-letter }}", "1:4", "write recipient['last-letter']"),
        ("{{ recipient.last–letter }}", "1:18", "means nothing in a tag"),
        ("{{ recipient@name }}", "1:13", "'@'"),
        ("{{ recipient's name }}", "1:13", "remove it"),
        ("{{ recipient['name }}", "1:14", "close it with '"),
        ("{% if recipient.role == 'Clerk %}\nYou don't.{% endif %}", "1:25", "close it with '"),
        ("{% if recipient.role == ‘Clerk’ %}a{% endif %}", "1:25", "type straight quotes"),
        ("{{ 'it's' }}", "1:8", "the quotes here are not in pairs"),
        ("{{ 'a }} and {{ b' }}", "1:4", "not closed"),
        ("{% if v in variants %}a{% endif %}", "1:7", "put quotes round it: {% if 'v' in variants %}"),
        ("{% block my-part %}x{% endblock %}", "1:12", "{% block body %}"),
        ("{% set 'x' = 1 %}", "1:8", "{% set word = 'text' %}"),
        ("{% for a, 1 in recipient.list %}x{% endfor %}", "1:9", "',' does not belong here"),
        ("{{ (recipient.seats | int + ) }}", "1:27", "missing after '+'"),
        ("{{ (recipient.seats] }}", "1:20", "')' is missing before this"),
        ("{{ recipient.name) }}", "1:18", "closes nothing"),
        # Filters and tests
        ("{{ recipient.name | }}", "1:19", "the name of a filter is missing"),
        ("{{ recipient.name | 'upper' }}", "1:19", "without quotes"),
        ("{{ recipient.name | uper }}", "1:21", "did you mean 'upper'?"),
        ("{{ recipient.name | safe }}", "1:21", "'| markdown' makes its Markdown count"),
        ("{{ recipient.name | urlize }}", "1:21", "remove it"),
        ("{{ recipient.name | defined }}", "1:21", "write 'is defined'"),
        ("{% if recipient.name is defind %}a{% endif %}", "1:25", "did you mean 'defined'?"),
        # Half tags, which Jinja would print
        ("{recipient.name}", "1:1", "did you mean '{{ recipient.name }}'?"),
        ("a { { recipient.name } } b", "1:3", "did you mean '{{ recipient.name }}'?"),
        ("[recipient.name]", "1:1", "did you mean '{{ recipient.name }}'?"),
        ("<<name>>", "1:1", "did you mean '{{ recipient.name }}'?"),
        ("«Name»", "1:1", "did you mean '{{ recipient.name }}'?"),
        ("«AddressBlock»", "1:1", "did you mean '{{ recipient.address | join(', ') }}'?"),
        ("{ MERGEFIELD Town }", "1:1", "did you mean '{{ recipient.town }}'?"),
        ("Dear recipient.name,", "1:6", "did you mean '{{ recipient.name }}'?"),
        ("% if recipient.role %}", "1:1", "did you mean '{% if recipient.role %}'?"),
        ("{ % if recipient.role % }", "1:1", "did you mean '{% if recipient.role %}'?"),
        ("{ endif %}", "1:1", "did you mean '{% endif %}'?"),
        ("a }} b", "1:3", "closes nothing"),
    ],
)
@pytest.mark.parametrize("jinja", ["with its words", "without"])
def test_syntax(body: str, place: str, words: str, jinja: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One problem, where it is, with the way out, whatever the words of Jinja are."""
    made = TemplateSyntaxError.__init__

    def silent(self: TemplateSyntaxError, message: str, lineno: int, *more: str | None) -> None:
        made(self, message if isinstance(self, StoppedError) else "x", lineno, *more)

    if jinja == "without":
        monkeypatch.setattr(TemplateSyntaxError, "__init__", silent)
    _is_one(_errors(body), "template-syntax", place, words)


@pytest.mark.parametrize(
    ("body", "code", "place", "words"),
    [
        ("{{ recipient.name() }}", "template-error", "1:14", "remove the brackets"),
        ("a {{ recipient('name') }}", "template-error", "1:6", "remove the brackets"),
        ("{{ recipient.seats + 1 }}", "text-as-number", "1:4", "'| number'"),
        ("{% if recipient.seats > 3 %}a{% endif %}", "text-as-number", "1:4", "'| number'"),
        ("{% if recipient.name %}{{ recipient.seats * 2 }}{% endif %}", "text-as-number", "1:27", "'5' is text"),
        ("{% if recipient.seats == 5 %}a{% endif %}", "template-error", "1:26", "put quotes round it: '5'"),
        ("{{ recipient.name | replace('a') }}", "template-error", "1:21", "it is written 'replace(old, new, count)'"),
        ("{{ recipient.name | upper('a') }}", "template-error", "1:21", "it is written 'upper'"),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "template-error", "1:34", "the macro is written m(a)"),
        ("{% macro m(a) %}{% endmacro %}{{ m(b=1) }}", "template-error", "1:36", "the macro is written m(a)"),
        (
            "{% macro m() %}x{% endmacro %}\n{% call m() %}y{% endcall %}",
            "template-error",
            "2:9",
            "the brackets after 'm'",
        ),
        ("{% macro m(a) %}\n{{ a }}\n{% endmacro %}\n{{ m() }}", "undefined-name", "2:4", "without a value for 'a'"),
        (
            "{% set n = recipient.seats %}{{ recipient.name }} {{ n + 1 }}",
            "text-as-number",
            "1:54",
            "'+' needs numbers",
        ),
        ("{% set n = recipient.name %}{{ n.replace('a') }}", "template-error", "1:34", "too few values"),
        ("{% set n = recipient.name %}{{ n.upper(1) }}", "template-error", "1:34", "too few values, too many"),
        ("{% set n = 1 %}{{ n() }}", "template-error", "1:19", "remove the brackets"),
        ("{{ 1 / 0 }}", "template-error", "1:4", "divides by zero"),
        ("{% for a, b in recipient.list %}x{% endfor %}", "template-error", "1:4", "more names than items"),
        ("{% for x in recipient.list %}{{ x.year }}{% endfor %}", "undefined-field", "1:35", "this is text"),
        ("{{ recipient.name.uper }}", "undefined-field", "1:19", "did you mean 'upper()'?"),
        ("{{ recipient.list.first }}", "undefined-field", "1:19", "'| first'"),
        ("{{ recipient.naïve }}", "undefined-field", "1:14", "did you mean 'name'?"),
        ("{{ Recipient.name }}", "undefined-name", "1:4", "did you mean 'recipient'?"),
        ("{% macro m() %}\na {{ m() }}\n{% endmacro %}\n{{ m() }}", "too-large", "2:6", "uses itself"),
        ("{{ " + "(" * 500 + "1" + ")" * 500 + " }}", "too-deep", "1:503", "nested too deep"),
        ("{{ " + " + ".join(["1"] * 2000) + " }}", "too-deep", "1:1", "too long"),
    ],
)
def test_what_cannot_work(body: str, code: str, place: str, words: str) -> None:
    """Found in the template, or where it is merged."""
    _is_one(_errors(body), code, place, words)


@pytest.mark.parametrize(
    ("template", "code", "place", "words"),
    [
        ("{% block body %}\nx", "template-syntax", "4:1", "{% endblock %} is missing: the part 'body'"),
        ("{% block body %}x{% endblock boddy %}", "template-syntax", "4:30", "'boddy' does not belong here"),
        ("{% block Body %}x{% endblock %}", "unknown-part", "4:10", "did you mean 'body'?"),
        ("{% block adress %}x{% endblock %}", "unknown-part", "4:10", "did you mean 'inside_address'?"),
        ("{% block greeting %}x{% endblock %}", "unknown-part", "4:10", "did you mean 'salutation'?"),
        ("{% block date-line %}x{% endblock %}", "template-syntax", "4:14", "'-' does not belong here"),
        ("{% block %}x{% endblock %}", "template-syntax", "4:10", "{% block body %}"),
        ("{% block body %}x{% endblock %}\n{% block body %}y{% endblock %}", "template-syntax", "5:10", "file twice"),
        ("{% block body %}\n{% block copies %}x{% endblock %}{% endblock %}", "conditional-part", "5:10", "'body'"),
        ("{% if true %}\n{% block body %}x{% endblock %}{% endif %}", "conditional-part", "5:10", "inside the part"),
        ("{% block body %}x{% endblock %}\n\nBye", "text-outside-part", "6:1", "before its {% endblock %}"),
        ("{% block body %}{% extends 'x' %}{% endblock %}", "own-extends", "4:1", "remove it"),
    ],
)
def test_parts(template: str, code: str, place: str, words: str) -> None:
    """Parts that are not closed, not known, or stand where they cannot."""
    files = {RECIPIENTS: "- {name: A, salutation: A, address: [x]}\n", FOOTNOTES: ""}
    made = composed({**files, MAIN: f"---\ndate: 2020-10-13\n---\n{template}\n"})
    _is_one([problem for problem in made.problems if problem.is_error], code, place, words, first=1)


@pytest.mark.parametrize(
    "body",
    [
        "{sic} [sic] {for example} {if any} 100 % and 5 % of {a, b} «Haus» « date » <https://x.org>",
        "{10 % for members} {20 % if paid early}",
        "{% raw %}{recipient.name} }}{% endraw %}",
        "\\{recipient.name\\}",
        "{# {recipient.name} #}x",
        "{{ '{{' }} {{ 'a }}' }}",
        "In my letter.please and recipient.Then",
        "{% set box = namespace(n=0) %}{% set box.n = 1 %}{{ box.n - 1 }} {{ 3 - 2 }}",
        "{% set x = 'v' %}{% if x in variants %}a{% endif %}{{ x }}",
        "{% macro m(a, b='x') %}{{ a }}{{ b }}{{ varargs | join }}{% endmacro %}{{ m('a', 'b', 'c') }}",
        "{{ recipient.seats | int + 1 }} {{ recipient.seats | int > 3 and 'a' or 'b' }}",
        "{{ recipient.seats | number * 2 }} {{ recipient['last-letter'] }} {{ recipient . name }}",
        "{% for letter in recipient.list %}{{ letter.upper() }}{% endfor %}",
        "{{ recipient.list | map('upper') | join(', ') }} {{ recipient.name | truncate(5, true) }}",
        "{% with a = 'x' %}{{ a }}{% endwith %}",
        "{% for k in recipient.list recursive %}{{ loop.index }}{% else %}x{% endfor %}",
        "{%- if recipient.name -%} x {%- else -%} y {%- endif +%}",
    ],
)
def test_no_false_alarm(body: str) -> None:
    """What a letter may say, and Jinja can do."""
    assert [problem.message for problem in _errors(body)] == []


def test_all_in_one_run() -> None:
    """What is wrong behind a tag that cannot be read is found all the same."""
    body = "{{ recipient.name }\n{{ recipient name }}\n{% if a = b %}x{% endif %}\n{recipient.x}\n{{ x | uper }}"
    assert [problem.place.line for problem in _errors(body)] == [6, 7, 8, 9, 10]


@pytest.mark.parametrize("depth", [0, 7, 100])
def test_a_circle_has_one_place(depth: int) -> None:
    """However deep the stack is when the template is merged."""
    body = "{% macro a() %}\n\n{{ b() }}{% endmacro %}\n{% macro b() %}\n\n{{ a() }}{% endmacro %}\n{{ a() }}"
    (problem,) = _deeper(depth, body)
    places = [problem.place, *(related.place for related in problem.related[:-1])]
    assert [(place.line, place.column) for place in places] == [(11, 4), (8, 4), (12, 4)]


SOUND = """\
{% from 'm.j2' import line as own_line %}
{% set greeting = 'Hello' ~ recipient.name %}
{% macro thanks(name, word='thanks') %}{{ word | upper }}, {{ name }}{{ caller() if caller is defined }}{% endmacro %}
{% block body %}
{% if 'v' in variants and recipient.role != "Clerk" or not recipient.role is defined %}
{{ thanks(recipient['name'], word="it's") }} {# a comment #}
{% elif recipient.role == 'Clerk' %}{% for a, b in [(1, 2)] if a %}{{ loop.index }}{% else %}-{% endfor %}
{% else %}{% raw %}{{ x }}{% endraw %}{% endif %}{% include 'a.j2' ignore missing %}
{%- set text %}{{ {'a': 1}['a'] }}{% endset -%}{% call thanks('x') %}y{% endcall %}{{ text }}
{% endblock body %}
"""
MACROS = "{% macro line(words) %}{{ words }}{% endmacro %}"
JINJAS = re.compile(r"expected token|unexpected|Encountered|Jinja|statement block|Expected an|got '|identifier")


def test_the_template_that_slips_are_made_in_is_sound() -> None:
    """Read, merged and printed."""
    files = {RECIPIENTS: "- {name: A, salutation: A, address: [x]}\n", FOOTNOTES: "", "templates/m.j2": MACROS}
    made = composed({**files, MAIN: f"---\ndate: 2020-10-13\nvariants: {{v: one}}\n---\n{SOUND}"})
    assert [problem.message for problem in made.problems if problem.is_error] == []


@pytest.mark.parametrize("change", ["", " ", "{", "}", "%", "'", "(", "|", ".", "=", "x", "“", "\n"])
def test_no_slip_of_a_finger_is_answered_in_words_of_jinja(change: str) -> None:
    """Many a sign of a sound template is left out, or has another before it."""
    for index in range(len(change) + ord(change or "-") % 4, len(SOUND), 4):
        text = SOUND[:index] + change + SOUND[index + (not change) :]
        source = Source("templates/letter.md.j2", text)
        environment = MergeEnvironment(Folder(Path()), "letter.md.j2", (source, text))
        for problem in read_shape(environment, source, text)[1]:
            assert not JINJAS.search(problem.message + problem.help), text
            assert problem.help, (problem.message, text)
            assert 1 <= problem.place.line <= len(source.lines)
            assert 1 <= problem.place.column <= len(source.lines[problem.place.line - 1]) + 1


def _deeper(depth: int, body: str) -> list[Problem]:
    return _deeper(depth - 1, body) if depth else _errors(body)


def _is_one(problems: list[Problem], code: str, place: str, words: str, first: int = BODY) -> None:
    offset = 0 if first == 1 else first - 1
    found = [f"{problem.place.line - offset}:{problem.place.column}" for problem in problems]
    said = "\n".join(f"{problem.code}: {problem.message} -> {problem.help}" for problem in problems)
    assert (found, [problem.code for problem in problems]) == ([place], [code]), said
    assert words in said
