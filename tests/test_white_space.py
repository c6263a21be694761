"""White space is what plain Jinja prints, but that a line with a tag that prints nothing leaves no trace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jinja2
from composing import FOOTNOTES, HEAD, MAIN, RECIPIENTS, composed, sound
from drawing import examples
from hypothesis import given
from hypothesis import strategies as st

from lettergen.model import Element
from lettergen.model.tree import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Node

DATA = {"city": "London", "stops": ["Kew", "Bow"]}
RECORDS = """
- {name: Ada, salutation: Ada, address: [x], city: London, stops: [Kew, Bow]}
- {name: Bob, salutation: Bob, address: [x], city: Leeds, stops: [Kew, Bow], none: here}
"""
FILES = {
    "boxes.md.j2": "{% macro plain() %}[{{ caller() }}]{% endmacro %}\n"
    "{% macro lined(x='') %}\n{{ x }} {{ caller() }}\n{% endmacro %}\n"
    "{% macro word(x) %}w{{ x }}{% endmacro %}\n"
    "{% macro own(x) %}\n{% if x %}\nw{{ x }}\n{% endif %}\n{% endmacro %}\n",
    "short.md.j2": "inc{# a comment #}",
    "lined.md.j2": "{# a comment #}\n{% if recipient.city %}\ninc {{ recipient.city }}\n{% endif %}\n",
    "empty.md.j2": "{% if recipient.none %}never{% endif %}\n",
}
IMPORT = "{% import 'boxes.md.j2' as m with context %}\n"


def paragraphs(body: str) -> list[str]:
    """The blocks of Ada's letter, each as its words."""
    files = {f"templates/{name}": text for name, text in FILES.items()}
    main = f"{HEAD}{IMPORT}{{% block body %}}\n{body}\n{{% endblock %}}\n"
    made = sound(composed({RECIPIENTS: RECORDS, FOOTNOTES: "", MAIN: main, **files}, only_id="ada"))
    nodes = next((part.nodes for part in made.letters[0].parts if part.name == "body"), ())
    return [" ".join(plain_text((block,)).split()) for block in _leaves(nodes)]


def _leaves(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Element) and node.tag in ("ul", "ol", "li", "blockquote"):
            yield from _leaves(node.children)
        else:
            yield node


def oracle(body: str, *, trim: bool = False) -> str:
    """What plain Jinja prints, with nothing trimmed or with `trim_blocks` and `lstrip_blocks`."""
    environment = jinja2.Environment(  # noqa: S701 - words, no HTML
        keep_trailing_newline=True, trim_blocks=trim, lstrip_blocks=trim, loader=jinja2.DictLoader(FILES)
    )
    return environment.from_string(IMPORT + body).render(recipient=DATA)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


# --- templates ---

_WORD = st.sampled_from(["one", "two", "three"])
_GAP = st.sampled_from(["", "", " ", " ", "  "])
_VALUE = st.sampled_from(
    [
        *("{{ recipient.city }}", "{{ ' and' }}", "{{ 'not ' }}", "{{ ' ' }}", "{{ '' }}", "{{ ' mid ' }}"),
        *("{{ 'yes' if recipient.city }}", "{{ ' no' if recipient.none else ' so' }}", "{{ ' of ' ~ recipient.city }}"),
        *("{{ m.word('x') }}", "{{ m.word(' x ') }}", "{{ m.own('x') }}", "{{ m.own('') }}", "{# comment #}"),
        *("{% set s = ' set ' %}{{ s }}", "{% set s %} block {% endset %}{{ s }}", "{% include 'short.md.j2' %}"),
        *("{% raw %} raw {% endraw %}", "{% include 'lined.md.j2' %}", "{% include 'empty.md.j2' %}", "{{ 3 }}"),
    ]
)
_ROUND = st.sampled_from(
    [
        ("{% if recipient.city %}", "{% endif %}"),
        ("{% if recipient.none %}", "{% endif %}"),
        ("{% if recipient.none %}no{% elif recipient.city %}", "{% else %}never{% endif %}"),
        ("{% for stop in recipient.stops %}", "{{ ', ' if not loop.last }}{% endfor %}"),
        ("{% for stop in recipient.stops %}{{ loop.index }}", "{{ stop }}{% endfor %}"),
        ("{% call m.plain() %}", "{% endcall %}"),
        ("{% call m.lined('l') %}", "{% endcall %}"),
        ("{% with y = 'with ' %}{{ y }}", "{% endwith %}"),
        ("{% set captured %}", "{% endset %}{{ captured }}"),
        ("{% macro inner() %}", "{% endmacro %}{{ inner() }}"),
        ("{% filter trim %}", "{% endfilter %}"),
    ]
)


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    piece = st.one_of(_WORD, _VALUE, st.builds(lambda tags, text: text.join(tags), _ROUND, inner))
    return st.lists(st.tuples(_GAP, piece), min_size=1, max_size=4).map(lambda pairs: "".join(map("".join, pairs)))


LINES = st.recursive(_WORD, _inline, max_leaves=8)  # tags that open and close in one line


def _over_lines(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Tags on lines of their own and within lines, round several lines."""
    joint = st.sampled_from(["\n", "\n", "\n\n", "", " "])
    piece = st.one_of(
        LINES, st.builds(lambda tags, one, text, two: tags[0] + one + text + two + tags[1], _ROUND, joint, inner, joint)
    )
    return st.lists(st.tuples(piece, joint), min_size=1, max_size=3).map(lambda pairs: "".join(map("".join, pairs)))


TEMPLATES = st.recursive(LINES, _over_lines, max_leaves=6)


@examples(150)
@given(body=TEMPLATES)
def test_words_are_those_of_jinja(body: str) -> None:
    """No word is lost, glued or torn, wherever tags and blanks stand."""
    body = f"first\n{body}\nlast"
    assert words(" ".join(paragraphs(body))) == words(oracle(body))


@examples(100)
@given(lines=st.lists(LINES.filter(lambda line: not re.search("lined|own", line)) | st.just(""), max_size=5))
def test_paragraphs_of_lines(lines: list[str]) -> None:
    """Lines that print something stay, and so do empty lines; lines with a tag that print nothing leave no trace."""
    lines = ["first", *lines, "last"]
    printed = [(line, oracle(line).removeprefix("\n").strip()) for line in lines]
    kept = "\n".join(text for line, text in printed if text or not line)
    expected = [words(paragraph) for paragraph in re.split(r"\n\n+", kept) if paragraph]
    assert [words(paragraph) for paragraph in paragraphs("\n".join(lines))] == expected


_OWN_LINES = st.sampled_from(
    [
        ("if recipient.city", "endif"),
        ("if recipient.none", "endif"),
        ("if recipient.none", "else", "endif"),
        ("for stop in recipient.stops", "endfor"),
        ("with y = 'w'", "endwith"),
    ]
)
_DASH = st.sampled_from([("", ""), ("", ""), ("-", ""), ("", "-"), ("-", "-")])
_INDENT = st.sampled_from(["", "", "  "])


@st.composite
def _on_own_lines(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """Tags that stand alone on their lines, some with `-`, round whole lines."""
    made = []
    for tag in draw(_OWN_LINES):
        before, after = draw(_DASH)
        lines = draw(st.lists(inner, min_size=1, max_size=3)) if not tag.startswith("end") else []
        made += [f"{draw(_INDENT)}{{%{before} {tag} {after}%}}", *lines]
    return "\n".join(made)


_PLAIN_LINE = st.sampled_from(["one", "two {{ recipient.city }}", "{{ ' three ' }}four", "", "{{ m.word('x') }} five"])


@examples(150)
@given(body=st.lists(st.recursive(_PLAIN_LINE, _on_own_lines, max_leaves=6), min_size=1, max_size=4).map("\n".join))
def test_tags_on_lines_of_their_own(body: str) -> None:
    """They are as Jinja has them with `trim_blocks` and `lstrip_blocks`, `-` or not."""
    body = f"first\n{body}\nlast"
    expected = [words(paragraph) for paragraph in re.split(r"\n[ \t]*\n", oracle(body, trim=True))]
    assert [words(paragraph) for paragraph in paragraphs(body)] == [paragraph for paragraph in expected if paragraph]
