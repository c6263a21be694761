"""Whatever a folder holds: no exception, no letter that cannot be written, and each problem at a line that is there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from composing import FOOTNOTES, MAIN, RECIPIENTS, composed, sound
from drawing import examples
from hypothesis import given
from hypothesis import strategies as st
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from lettergen.files import UNPRINTABLE
from lettergen.model import STANDARD_KEYS, Element, Reference
from lettergen.model.tree import walk
from lettergen.problems.machine import to_github, to_json
from lettergen.problems.text import to_text
from lettergen.render.markdown import to_markdown
from lettergen.render.page import to_page

if TYPE_CHECKING:
    from lettergen.model import Letter
    from lettergen.pipeline.compose import Composition
    from lettergen.problems import Place, Problem

Files: TypeAlias = dict[str, bytes]

OF_PYTHON = re.compile(
    r"<class|Undefined|Traceback|object at 0x|Markup\(|NoneType|jinja2\.|slice\((?:None|\d)|',\)|positional"
)
STYLE, INCLUDED, SHARED = "templates/letter.css", "templates/included.j2", "templates/shared.j2"
SMALL = {
    RECIPIENTS: """\
defaults: {role: Trustee, variants: [v]}
recipients:
  - name: Ada Lovelace
    address: [1 High Street, "Flat #3"]
    salutation: Ada
    work: your *notes*[^a]
    born: 1815-12-10
    list:
      - one
      - two
  - id: charles
    name: Charles Babbage
    address:
      - 1 Dorset Street
    salutation: Mr Babbage
    language: cy
    date: 2021-01-01
    enclosures: [a, b]
    work: >-
      the engine, and
      what it does
""",
    FOOTNOTES: "a: A *note*\nb: 'Another: [one](https://example.org/)'\n",
    MAIN: """\
---
date: 2020-10-13
sender: {name: Michael Faraday, address: [London], email: m@example.org, signature: sign.svg, signature_alt: x}
variants:
  v: is told more
  w: is told less
copies:
  - Mary Somerville
---
{% from 'shared.j2' import signed with context %}
{% set day = '2020-10-13' | long_date %}
{% macro row(text) %}
| {{ text }} | {{ text | upper }} |
{% endmacro %}
{% block subject_line %}
**{{ letter.subject or 'Your work' }}**[^b]
{% endblock %}
{% block body %}
## {{ recipient.name }}

I have read {{ recipient.work | markdown }} on {{ day }}
{% if recipient.born %}({{ recipient.born | long_date }}){% endif %}.
{% if 'v' in variants and recipient.list %}

| a | b |
|---|--:|
{% for item in recipient.list %}
{{ row(item) }}
{%- endfor %}
{% elif 'w' in variants %}
1. *less*
    - [here](https://example.org/{{ recipient.id }})
{% endif %}

{% include 'included.j2' %}
{{ signed(recipient.role) }}
{% endblock %}
""",
    INCLUDED: "> {{ letter.date }} **or** `{{ recipient.salutation ~ '!' }}`[^a]\n",
    SHARED: "{% macro signed(role) %}\n{{ role | default('none') }} {{ sender.address | join }}\n{% endmacro %}\n",
    STYLE: "@page { margin: 20mm }\n.body { color: red; background: url(../sign.svg) }\n",
    "sign.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}
HOUSING = Path(__file__).parent / "cases" / "housing"


def _sound_projects() -> list[Files]:
    small = {name: text.encode("utf-8") for name, text in SMALL.items()}
    names = [RECIPIENTS, FOOTNOTES, "assets/signature.svg"]
    names += [f"templates/{path.name}" for path in sorted((HOUSING / "templates").iterdir())]
    return [small, {name: (HOUSING / name).read_bytes() for name in names}]


PROJECTS = _sound_projects()


# --- what must hold ---


def examine(files: Files) -> None:
    """The folder composed, its problems checked, and its letters written if they are sound."""
    made = composed(files)
    for one in made.letters if made.is_sound else ():
        _check_letter(made, one)
    for handle in made.ids[:1]:
        shown = composed(files, only_id=handle)
        assert shown.letters or not shown.is_sound, f"'show {handle}' has no letter, and does not say why"
    for problem in made.problems:
        for place in (problem.place, *(related.place for related in problem.related)):
            assert _exists(place, files.get(place.source.name, b"")), (place, problem)
        _check_words(problem)
        _check_written(problem)


def _check_letter(made: Composition, letter: Letter) -> None:
    """It can be written, and nothing is missing in it that somebody would miss."""
    to_page(letter, made.style.screen, made.images).encode("utf-8")
    to_markdown(letter).encode("utf-8")
    nodes = [node for part in letter.parts for node in walk(part.nodes)]
    assert "body" in {part.name for part in letter.parts}
    assert {node.id for node in nodes if isinstance(node, Reference)} == {note.id for note in letter.notes}
    assert all(made.images[node.get("src")] for node in nodes if isinstance(node, Element) and node.tag == "img")


def _exists(place: Place, content: bytes) -> bool:
    """Whether the file has these lines and columns; the end may stand behind a line's last character."""
    if place.line == 0:
        return (place.column, place.end_line, place.end_column) == (0, 0, 0)
    lines = re.split(r"\r\n|\r|\n", content.decode("utf-8-sig", errors="replace"))
    if not 1 <= place.line <= place.end_line <= len(lines):
        return False
    start, end = (place.line, place.column), (place.end_line, place.end_column)
    return start <= end and all(1 <= column <= len(lines[line - 1]) + 1 for line, column in (start, end))


def _check_words(problem: Problem) -> None:
    """A sentence of ours, whatever went wrong."""
    assert re.search(r"\w{2}", problem.message), problem
    assert not problem.message.endswith((":", ": ", ",")), problem
    for words in (problem.message, problem.help):
        assert not OF_PYTHON.search(words), problem


def _check_written(problem: Problem) -> None:
    """One problem in each of the three formats, which no text of the project can break."""
    text, line, command = to_text(problem), to_json(problem), to_github(problem)
    heading, arrow, *_ = text.split("\n")
    assert heading == f"{problem.severity}[{problem.code}]: {problem.message}"
    assert arrow.strip() == f"--> {problem.place}"
    assert json.loads(line)["message"].startswith(problem.message)
    assert re.fullmatch(r"::(error|warning) file=[^,]+,title=[a-z0-9-]+(,\w+=\d+)*::[^\n]+", command), command
    for written in (text.replace("\n", ""), line, command):
        assert not UNPRINTABLE.search(written), written


@pytest.mark.parametrize("files", PROJECTS, ids=["small", "housing"])
def test_the_projects_are_sound(files: Files) -> None:
    """Or nothing would be said by what happens to them."""
    sound(composed(files))


# --- what was found ---

FRONT = "---\ndate: 2020-10-13\n---\n"
DEEP = 2000


def _body(text: str) -> dict[str, str]:
    return {MAIN: FRONT + "{% block body %}\n" + text + "\n{% endblock %}\n"}


def _work(text: str) -> dict[str, str]:
    return {RECIPIENTS: f"- {{name: A, address: [x], salutation: S, role: r, work: '{text}'}}\n"}


FOUND: dict[str, dict[str, str]] = {
    "quotes in quotes, in a template": _body(">" * DEEP + " x"),
    "quotes in quotes, in a note": {FOOTNOTES: f"a: '{'> ' * DEEP}x'\nb: x\n"},
    "quotes in quotes, in a field": _work("> " * DEEP + "x"),
    "many dots": _body("{{ x" + ".x" * DEEP + " }}"),
    "many filters": _body("{{ x" + " | upper" * DEEP + " }}"),
    "a long sum in an included template": {INCLUDED: "{{ 1" + " + 1" * DEEP + " }}"},
    "brackets in brackets, in a stylesheet": {STYLE: "a{b:" + "(" * DEEP},
    "a condition that the compiler works out": _body("{% autoescape 'x'.y %}x{% endautoescape %}"),
    "a template that includes itself, and a mistake": {INCLUDED: "{{ nothing }}{% include 'included.j2' %}"},
    "the same mistake in many lines": _body("{{ recipient.nothing }}\n" * DEEP),
    "the same link in many lines": _body("[x](y)\n" * DEEP),
    "the last value is empty, and the last line has no end": {RECIPIENTS: "- name: A\n  address: [x]\n  salutation:"},
    "the last key has no colon": {FOOTNOTES: "a: x\nb\n"},
    "one sign": {RECIPIENTS: "%"},
    "the stylesheet ends too early": {STYLE: "a {}\n}\n"},
    "the template is empty": {MAIN: ""},
    "the template is one empty line": {MAIN: "\n"},
    "a block is not closed before an empty line": {MAIN: FRONT + "{% block body %}\n{% if x %}\n\n"},
    "line ends of old, and no UTF-8": {FOOTNOTES: "a: x\rb: \udcff\r"},
    "a part of a list that is no list": _body("{{ recipient.born[:][1:] }}{{ (1)[1:] }}{{ recipient[1:] }}"),
    "a list for a key": _body("{{ recipient[recipient.list] }}{{ recipient.list[dict] }}"),
    "a list for a date": _body("{{ recipient.list | long_date }}{{ [1] | long_date }}"),
    "lines for a number": _body("{% filter float %}\na\n\nb\n{% endfilter %}"),
    "a filter without what it needs": _body("{{ recipient.list | slice }}{{ recipient.list | batch(none) | list }}"),
    "text that turns its direction": _body("{{ recipient.\u202enothing }}"),
    "a separator of lines": {FOOTNOTES: "a: x\u2028y\nb: \ue000\n"},
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found(name: str) -> None:
    """Inputs that have failed."""
    changed = {path: text.encode("utf-8", errors="surrogateescape") for path, text in FOUND[name].items()}
    examine(PROJECTS[0] | changed)


# --- sound projects, damaged ---

# By bars and line ends; BAR is a bar.
_PIECES = r"""
: |: x|- |-|  - |?|? x|[|]|{|}|,|&a |*a|<<: *a|!!python/object:x |!x |%|@|`|~|null|true|#|#x| #x|'|"|''|---|...|\t
"\x1b[31m"|"\e[31m"|"\ud800"|"\ue000"|'{{ x }}'|id: x|id: CON|name: ''|name:|language: xx|date: x|date: 2020-02-30
variants: x|variants: {}|address: x|copies: [[x]]|sender: x|recipients: []|defaults: []|id: charles|: BAR| >| "
{{|}}|{%|%}|{#|#}|{{ x }}|{{ recipient }}|{{ recipient.x }}|{{ recipient.list }}|{{ variants }}|{{ sender.x.y }}|{{}}
{{ recipient.name BAR nothing }}|{{ recipient.name BAR markdown BAR upper }}|{{ '[^x]' BAR markdown }}|{{ 1 / 0 }}
{{ [] + {} }}|{{ range(9) }}|{{ recipient.name() }}|{{ recipient.name[0:2] }}|{{ recipient['name'] }}|{{ self.body() }}
{{ super() }}|{{ caller() }}|{{ loop.index }}|{{ 'x' * 999999 }}|{{ 2 ** 9999 }}|{{ '%s' % x }}|{{ '\ue000' }}|{{ -x }}
{{ recipient.work BAR markdown ~ 'x' }}|{{ (recipient.work BAR markdown)[1:] }}|{{ x.__class__ }}|{{ ''.join(x) }}
{% if %}|{% if x %}|{% else %}|{% endif %}|{% for a in recipient.list %}|{% for %}|{% endfor %}|{% block body %}
{% block x %}|{% endblock %}|{% include 'x' %}|{% include 'letter.md.j2' %}|{% include 'included.j2' %}|{% raw %}
{% include x %}|{% extends 'shared.j2' %}|{% import 'shared.j2' as y %}|{% from 'shared.j2' import nothing %}
{% set x = recipient %}|{% set x %}|{% endset %}|{% macro m(x) %}|{% endmacro %}|{% call m() %}|{% filter upper %}
{% with %}|{% do x %}|{% if 'nobody' in variants %}|{% autoescape false %}|{{ signed() }}|{{ signed }}
{{ row(1, 2, 3) }}|*|**|_|```|~~~|[^a]|[^x]|[^b]: x|[^|[x](|[x](y)|[x](javascript:x)
![x](y.png)|![x](https://x.y/z.png)|[x]: y
<b>|</b>
<!-- x -->|&amp;|&#0;|&#xd800;|&#xe000;|    |\n\n|\n|> |# |1. |1986. |+ |BAR|BARBARBAR|a BAR b|---BAR---|***|\\|  \n
@import "x";|url(x)|url(x.png)|url("https://x.y")|url(data:x)|;|/*|@page {|content: "x"|\x00|\x1b|\u2028|\u202e|\ue000
é|😀|e\u0301|\u00a0|\u3000|\ufeff|\r|\r\n|\U000e0001|\ufdd0|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
"""


def _piece(typed: str) -> str:
    """The piece with the characters that it names."""
    signs = {"n": "\n", "r": "\r", "t": "\t"}
    pattern = r"\\(?:([nrt])|x(..)|u([^d]...)|U(.{8}))"
    return re.sub(pattern, lambda found: signs.get(found[1]) or chr(int(found[found.lastindex or 2], 16)), typed)


PIECES = [_piece(typed).replace("BAR", "|") for typed in re.split(r"[|\n]", _PIECES.strip("\n"))]
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]+")


@st.composite
def _damaged(draw: st.DrawFn) -> Files:
    """A sound project, one to four times hit by accident."""
    files = dict(draw(st.sampled_from([PROJECTS[0], PROJECTS[0], PROJECTS[1]])))  # the other takes ten times as long
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        files[name] = _hit(draw, files[name].decode("utf-8", errors="surrogateescape"))
    return files


def _hit(draw: st.DrawFn, text: str) -> bytes:
    """The file after one accident, at a character, a word or a line."""
    cut = draw(st.sampled_from([list, _TOKEN.findall, lambda whole: whole.splitlines(keepends=True)]))
    units: list[str] = cut(text)
    start, other = (draw(st.integers(0, len(units))) for _ in range(2))
    end = min(len(units), start + draw(st.integers(0, 3)))
    piece = draw(st.sampled_from(PIECES) | st.text(max_size=3))
    accidents = {
        "put": [*units[:start], piece, *units[start:]],
        "replaced": [*units[:start], piece, *units[end:]],
        "deleted": [*units[:start], *units[end:]],
        "twice": [*units[:end], *units[start:end], *units[end:]],
        "moved": [*units[:other], *units[start:end], *units[other:]],
        "cut off": units[:start],
    }
    broken = "".join(accidents[draw(st.sampled_from(sorted(accidents)))])
    whole = broken.encode("utf-8", errors="surrogateescape")
    return (
        whole[: len(whole) // 2] + draw(st.binary(max_size=2)) + whole[len(whole) // 2 :] if start == other else whole
    )


@examples(40)
@given(_damaged())
def test_a_damaged_project(files: Files) -> None:
    """Every problem names lines and columns that exist."""
    examine(files)


# --- anything at all ---


@examples(30)
@given(name=st.sampled_from([name for name in SMALL if name != "sign.svg"]), content=st.binary() | st.text())
def test_any_file(name: str, content: bytes | str) -> None:
    """Bytes or text in the place of one file; and behind a front matter, where a template begins."""
    whole = content if isinstance(content, bytes) else content.encode("utf-8")
    examine(PROJECTS[0] | {name: whole})
    examine(PROJECTS[0] | {MAIN: b"---\ndate: 2020-10-13\n---\n{% block body %}\n" + whole + b"\n{% endblock %}\n"})


_SCALAR = st.sampled_from(
    [None, True, 0, -1.5, "", "x", "a b", "2020-10-13", "cy", "v", "[^a]", "{{ x }}", "~", "é", "a: b"]
)
_VALUE = st.recursive(
    _SCALAR,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "v", "a", "", "x y"]), inner, max_size=2)
    ),
    max_leaves=5,
)


def _mapping(*keys: str) -> st.SearchStrategy[dict[str, object]]:
    """A mapping that has some of these keys, each with any value, and perhaps one more."""
    return st.dictionaries(st.sampled_from([*keys, *keys, "nothing", "recipients", ""]), _VALUE, max_size=len(keys))


_SENDER = _mapping("name", "honours", "title", "address", "telephone", "email", "signature", "signature_alt")
_RECORD = st.builds(
    lambda whole, other: {"name": "N", "address": ["x"], "salutation": "S"} | other if whole else other,
    st.booleans(),
    _mapping(*STANDARD_KEYS, "work", "list", "born"),
)
_RECORDS = st.lists(_RECORD | _VALUE, max_size=3)
_SETTINGS = st.builds(
    lambda other, sender: {"date": "2020-10-13"} | other | ({"sender": sender} if sender else {}),
    _mapping("date", "language", "sender", "reference", "subject", "closing", "enclosures", "copies", "variants"),
    _SENDER,
)
_TOP = _RECORDS | st.fixed_dictionaries({"recipients": _RECORDS | _VALUE, "defaults": _RECORD | _VALUE}) | _VALUE


@examples(60)
@given(records=_TOP, settings=_SETTINGS, notes=_mapping("a", "b", "x y") | _VALUE)
def test_any_value_under_any_key(records: object, settings: object, notes: object) -> None:
    """The wrong types everywhere; what JSON writes is YAML."""
    template = SMALL[MAIN].partition("---\n{%")[2]
    files = {RECIPIENTS: json.dumps(records), FOOTNOTES: json.dumps(notes)}
    files[MAIN] = "---\n" + json.dumps(settings, indent=1) + "\n---\n{%" + template
    examine(PROJECTS[0] | {name: text.encode("utf-8") for name, text in files.items()})


# --- any expression ---

_NAMES = st.sampled_from(
    ["recipient", "recipient.name", "recipient.list", "recipient.work", "recipient.x", "sender", "sender.address",
     "letter", "letter.date", "letter.words.dear", "variants", "x", "y", "loop", "loop.index", "range", "dict", "m",
     "namespace", "joiner", "cycler", "self", "self.body", "shared", "caller", "varargs", "none", "true", "1", "0",
     "-2.5", "'x'", "''", "[]", "{}", "[1, 'a']", "{'a': 1}", "99999999"]
)  # fmt: skip
_FILTER = st.sampled_from(sorted([*FILTERS, "markdown", "long_date", "nothing"]))
_TEST = st.sampled_from(sorted([*TESTS, "nothing"]))
_OPERATORS = st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "~", "==", "<", "in", "not in", "and", "or"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An expression made of smaller ones."""
    arguments = st.lists(inner, max_size=2).map(", ".join)
    return st.one_of(
        st.builds("({} {} {})".format, inner, _OPERATORS, inner),
        st.builds("{} | {}".format, inner, _FILTER),
        st.builds("({} | {}({}))".format, inner, _FILTER, arguments),
        st.builds("({} is {})".format, inner, _TEST),
        st.builds("({} is {}({}))".format, inner, _TEST, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("{}({})".format, inner, arguments),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({})[{}:{}]".format, inner, inner, inner),
        st.builds("({}).{}".format, inner, st.sampled_from(["name", "items", "x", "__class__", "format", "index"])),
    )


_EXPRESSION = st.recursive(_NAMES, _larger, max_leaves=4)


def _tags(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Text under a tag."""
    return st.one_of(
        st.builds("{{% if {} %}}\n{}\n{{% else %}}\n{}\n{{% endif %}}".format, _EXPRESSION, inner, inner),
        st.builds("{{% for x in {} %}}\n{}\n{{% endfor %}}".format, _EXPRESSION, inner),
        st.builds("{{% for x, y in {} recursive %}}\n{}{{{{ loop(x) }}}}\n{{% endfor %}}".format, _EXPRESSION, inner),
        st.builds("{{% set x = {} %}}\n{}".format, _EXPRESSION, inner),
        st.builds("{{% set x | {} %}}\n{}\n{{% endset %}}\n{{{{ x }}}}".format, _FILTER, inner),
        st.builds("{{% set x = namespace(y={}) %}}{{% set x.y = {} %}}{}".format, _EXPRESSION, _EXPRESSION, inner),
        st.builds("{{% macro m(x, y={}) %}}\n{}\n{{% endmacro %}}\n{{{{ m(1) }}}}".format, _EXPRESSION, inner),
        st.builds("{{% call(x) {} %}}\n{}\n{{% endcall %}}".format, _EXPRESSION, inner),
        st.builds("{{% filter {} %}}\n{}\n{{% endfilter %}}".format, _FILTER, inner),
        st.builds("{{% with y = {} %}}\n{}\n{{% endwith %}}".format, _EXPRESSION, inner),
        st.builds("{{% autoescape {} %}}\n{}\n{{% endautoescape %}}".format, _EXPRESSION, inner),
        st.builds("{{% include {} %}}{}".format, _EXPRESSION, inner),
        st.builds("{{% import {} as shared %}}{}".format, _EXPRESSION, inner),
        st.builds("{}\n\n{}".format, inner, inner),
    )


_TEMPLATE = st.recursive(st.builds("{{{{ {} }}}}".format, _EXPRESSION) | st.sampled_from(PIECES), _tags, max_leaves=3)


@examples(40)
@given(_TEMPLATE)
def test_any_expression(template: str) -> None:
    """Whatever Jinja can be asked to do, in a part and above all parts."""
    head, _, rest = SMALL[MAIN].partition("{% block body %}")
    text = head + "{% block body %}\n" + template + "\n" + rest
    examine(PROJECTS[0] | {MAIN: text.encode("utf-8")})
    above = head + "{% set top %}\n" + template + "\n{% endset %}\n{% block body %}{{ top }}{% endblock %}"
    examine(PROJECTS[0] | {MAIN: above.encode("utf-8")})
