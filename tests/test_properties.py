"""The promises that must hold for any input: numbers in reading order, letters that do not know each other."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from composing import FOOTNOTES, HEAD, MAIN, RECIPIENTS, composed, quoted, sound
from drawing import Leaf, blocks, examples, lines, templates
from hypothesis import example, given
from hypothesis import strategies as st
from pdf import page_texts

from lettergen.model import CLOSE, OPEN, PARTS, Element, Letter, Node, Reference, Token, Value
from lettergen.model.tree import plain_text, walk
from lettergen.render.markdown import to_markdown
from lettergen.render.page import to_page
from lettergen.render.paper import to_paper
from lettergen.text.converting import Converted, convert
from lettergen.text.engine import read
from lettergen.text.filling import fill
from lettergen.text.paragraphs import pieces
from lettergen.text.simple import simple

if TYPE_CHECKING:
    from lettergen.pipeline.compose import Composition

ROOT = Path(__file__).parent.parent

# --- on paper ---

_SIGNS = {chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x180))} | set("‘’‚“”„‹›–—…€")
_LETTERS = sorted(_SIGNS - {"\xad"})  # a soft hyphen shows only where a line ends with it
_WORD = st.text(_LETTERS, min_size=1, max_size=9)
# Whoever reads a PDF's text takes a hyphen at a line's end for a word that was cut.
_EUROPEAN = st.lists(_WORD, min_size=1, max_size=3).map(" ".join).filter(lambda text: not text.endswith("-"))
EVERY = ["".join(_LETTERS[start : start + 12]) for start in range(0, len(_LETTERS), 12)]
ON_PAPER = """
{% for value in recipient.texts %}
- a{{ value }}b
- *{{ value }}*
- x `{{ value }}`
{% endfor %}
"""


@examples(2)
@given(st.lists(_EUROPEAN, min_size=30, max_size=60))
@example(EVERY)
def test_european_text_is_printed_literally_on_paper(values: list[str]) -> None:
    """Many values in one letter, since a letter takes a while to set."""
    from lettergen.pipeline.typesetting import set_one

    listed = "".join(f"\n  - {quoted(value)}" for value in values)
    body = "{% block body %}\n" + ON_PAPER + "{% endblock %}\n"
    record = f"- name: Ada\n  salutation: Ada\n  address: [x]\n  texts:{listed}\n"
    made = sound(composed({RECIPIENTS: record, MAIN: HEAD + body}))
    set_ = set_one(to_paper(made.letters[0], made.images), made.style)
    assert not set_.complaints
    printed = [line for page in page_texts(set_.content) for line in page.split("\n")]
    for value in values:
        assert {f"a{value}b", value, f"x {value}"} <= set(printed)


# --- numbers ---

NOTES = "".join(f"{name}: Note *{name}*\n" for name in "abcd")
_FIELD = st.just("{{ recipient.field | markdown }}")
_WORDS = st.sampled_from(["words", "and"])
_NOTED = Leaf(st.sampled_from(["[^a]", "[^b]", "[^c]", "[^d]"]) | _WORDS | _FIELD, _WORDS)
_REFERRING = st.lists(st.sampled_from(["*x [^a]*", "[^b]", "words", "**[^c]**", "[^d][^a]"]), min_size=1, max_size=4)
_DOCUMENTS = templates(
    {
        "salutation": lines(Leaf(_WORDS, _WORDS)),
        "subject_line": lines(_NOTED),
        "body": blocks(_NOTED),
        "enclosures": blocks(_NOTED),
        "copies": blocks(_NOTED),
    }
)


@examples(20)
@given(template=_DOCUMENTS, field=_REFERRING.map(" ".join))
@example("{% block body %}\nx[^a]([^b])\n{% endblock %}\n", "words")
def test_notes_are_numbered_in_reading_order(template: str, field: str) -> None:
    """1 to n in each letter, whatever its variants; in the tree and in all that is written from it."""
    for noted, worded in zip(_letters(template, field), _letters(_worded(template), _worded(field)), strict=True):
        read = re.findall("note-([a-d])", " ".join(plain_text(part.nodes) for part in worded.parts))
        first = list(dict.fromkeys(read))
        numbers = [first.index(name) + 1 for name in read]
        assert _references(noted) == list(zip(read, numbers, _ordinals(read), strict=True))
        assert [(note.number, note.id, plain_text(note.nodes)) for note in noted.notes] == [
            (number, name, f"Note {name}") for number, name in enumerate(first, 1)
        ]
        assert [part.name for part in noted.parts] == [name for name in PARTS if name in _names(noted)]
        _check_written(noted, numbers)


def _letters(template: str, field: str) -> tuple[Letter, ...]:
    """A letter for each choice of the two variants."""
    chosen = [
        ", ".join(name for name, is_on in zip("vw", on, strict=True) if is_on) for on in product([0, 1], repeat=2)
    ]
    record = "- {{name: P{0}, salutation: P, address: [x], variants: [{1}], field: {2}}}\n"
    records = "".join(record.format(n, names, quoted(field)) for n, names in enumerate(chosen))
    other = "- {name: Other, salutation: O, address: [x], field: x, nothing: at all}\n"
    files = {RECIPIENTS: records + other, FOOTNOTES: NOTES, MAIN: HEAD + template, "sign.svg": "<svg/>"}
    return sound(composed(files)).letters


def _names(made: Letter) -> set[str]:
    return {part.name for part in made.parts}


def _worded(text: str) -> str:
    """The same with a word for each reference: what is read, by a way that knows no notes."""
    return re.sub(r"\[\^([a-d])\]", r"note-\1", text)


def _references(made: Letter) -> list[tuple[str, int, int]]:
    met = (node for part in made.parts for node in walk(part.nodes) if isinstance(node, Reference))
    return [(reference.id, reference.number, reference.ordinal) for reference in met]


def _ordinals(read: list[str]) -> list[int]:
    return [read[: index + 1].count(name) for index, name in enumerate(read)]


def _check_written(made: Letter, numbers: list[int]) -> None:
    """The three formats say the same numbers in the same order, and each note once, in order."""
    each = sorted(set(numbers))
    page, paper, (text, *notes) = to_page(made, "", {}), to_paper(made, {}).html, _cut(to_markdown(made))
    assert _numbers(r"\[\^(\d+)\]", text) == numbers
    assert _numbers(r"^\[\^(\d+)\]: Note", "\n".join(notes)) == each
    assert _numbers(r'href="#note-\d+"[^>]*>(\d+)</a></sup>', page) == numbers
    assert _numbers(r'<li id="note-(\d+)">Note', page) == each
    assert _numbers(r'<a class="reference"[^>]*>(\d+)</a>', paper) == numbers
    assert _numbers(r'<span class="note" id="[a-z0-9-]+\.note-(\d+)">', paper) == each


def _cut(text: str) -> list[str]:
    """The Markdown file without its notes, and each of them."""
    return re.split(r"^(?=\[\^\d+\]: )", text, flags=re.MULTILINE)


def _numbers(pattern: str, text: str) -> list[int]:
    return [int(found) for found in re.findall(pattern, text, re.MULTILINE)]


_LINES = st.sampled_from(
    [
        "word",
        "*word*",
        "- item",
        "- other",
        "1. one",
        "2. two",
        "    indented",
        "> quote",
        "",
        "",
        "# head",
        "a | b",
        "--|--",
        "***",
        "word  ",
    ]
)


@examples(400)
@given(st.lists(_LINES, max_size=10).map("\n".join))
def test_pieces_read_as_the_whole_does(text: str) -> None:
    """Cutting a part where it is cached does not change how it reads."""
    apart = [node for piece in pieces("body", text) for node in convert(piece).nodes]
    assert apart == list(convert(text.strip("\n")).nodes)


# What a sentence may begin with or hold; blanks, words and stars more often than the rest.
_SENTENCE = [
    *("word", "a", "É", "2", "1.", "1)", " ", " ", " ", " ", " ", "*", "*", "**", "***", "*a*", "**b**", "*c d*"),
    *"-+#=:~|!'\"“‘(){}/@,.&[]<>_`\\\n\t\x02\u00a0\u2028\u0301\u200b",
    *("  ", "& ", "&amp", "http://x.org", "www.x.org", "a@b.org", "{lang=cy}", "klzzwxh:0001", f"{OPEN}12{CLOSE}"),
    *("\n", "  \n", "word\nA", "word  \nword", "\n2 ", "\n*a* ", "\n(b) ", "- ", "---", "===", "|", "# ", "!"),
    *("[^a]", "[^a-b]", "[^É]", "[^a b]", "[^", "]", "(", ")", "[a](http://x.org/a-b?c=d)", "[a\nb](mailto:a@b.org)"),
    *(
        f"[{OPEN}1{CLOSE}](mailto:{OPEN}2{CLOSE})",
        "[a  \nb](tel:1)",
        "[](tel:1)",
        "[a](b)",
        "[a *b*](tel:1)",
        "[a][b]",
        "[a]: b",
    ),
]


@examples(1000)
@given(st.lists(st.sampled_from(_SENTENCE), max_size=12).map("".join))
@example("A *simple* sentence, with **two** words in stars - and no other sign (as “most” are).")
@example("[^a b](https://example.org)")
def test_a_simple_sentence_reads_as_in_markdown(text: str) -> None:
    """What is read without Python-Markdown is what Python-Markdown reads."""
    nodes = simple(text)
    assert nodes is None or read(text) == Converted(nodes, ())


def test_most_sentences_are_simple() -> None:
    assert simple("meets *patients* at 3 bedsides, and “beyond” (often)") is not None


def test_the_example_needs_no_python_markdown() -> None:
    """Or each command would take a fifth longer to start."""
    code = "import sys, lettergen.__main__ as m\ntry: m.main()\nfinally: print('markdown' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, "check", "-C", str(ROOT)], capture_output=True, check=False)
    assert done.stdout == b"False\n", done.stderr


# What a passage may be made of; `@` is a value.
_PHRASES = (
    *("words @ and @", "*@*", "a **b @ c** d", "`@ c`", "[a @](https://e.org/@/b)", "![@ b](@.png)", "[^n]", "\\'@"),
    *("[@]{lang=cy}", "'@'", "\n\n", "\n\n@\n\n", "\n\n- @\n- a @\n\n", "\n\n> @\n\n", "\n\n## @ b\n\n"),
)


@examples(300)
@given(form=st.lists(st.sampled_from(_PHRASES), max_size=6).map(" ".join), is_markdown=st.booleans())
@example(form="[a @](https://e.org/@/b) @[^n]", is_markdown=False)
def test_a_filled_form_reads_as_if_typed(*, form: str, is_markdown: bool) -> None:
    """Values that are read once and filled in afterwards stand as the same words do where they were typed."""
    count = form.count("@")
    pieces_of = form.split("@")
    text = pieces_of[0] + "".join(f"{OPEN}{number}{CLOSE}{piece}" for number, piece in enumerate(pieces_of[1:]))
    faults: list[str] = []
    made = fill(text, "en", [Token("XX", is_markdown)] * count, lambda fault, _: faults.append(fault.code))
    typed = fill(form.replace("@", "XX"), "en", [], lambda fault, _: faults.remove(fault.code))
    assert _joined(made) == _joined(typed)
    assert not faults


def _joined(nodes: tuple[Node, ...]) -> list[Node]:
    """The nodes with neighbouring texts and values as one text."""
    made: list[Node] = []
    for node in nodes:
        words = node.text if isinstance(node, Value) else node
        if isinstance(words, str) and made and isinstance(made[-1], str):
            made[-1] += words
        elif isinstance(words, Element):
            made.append(Element(words.tag, tuple(_joined(words.children)), words.attributes))
        else:
            made.append(words)
    return made


# --- neighbours ---

# All that a template can keep: what one letter leaves in it must be gone before the next.
KEEPING = """
{% import 'shared.j2' as shared %}
{% from 'shared.j2' import counted, language with context %}
{% set kept = namespace(count=0, last='nobody') %}
{% set turn = cycler('odd', 'even') %}
{% set comma = joiner(' and ') %}
{% macro item(text) %}{% set kept.count = kept.count + 1 %}{{ comma() }}{{ turn.next() }} {{ text }}{% endmacro %}
{% block body %}
{{ language }} {{ shared.counted() }} {{ counted() }} {{ recipient.extra | default('none') }} {{ kept.last }}
{% for text in recipient.list %}{{ item(text) }}, {{ item(text | upper) }}{% endfor %} {{ kept.count }}
{% if 'v' in variants %}{{ recipient.text | markdown }}[^a]{% endif %}
{% if 'w' in variants %}{% include 'included.j2' %}[^b]{% endif %}
{% set kept.last = recipient.name %}
{% endblock %}
{% block letterhead %}{{ sender.email or 'none' }} {% include 'included.j2' %}{% endblock %}
{% block date_line %}{{ letter.date }} {{ letter.reference or 'none' }} {{ '2020-10-13' | long_date }}{% endblock %}
{% block reference_line %}{% from 'shared.j2' import counted as own %}{{ own() }}{% endblock %}
{% block complimentary_close %}{{ letter.closing }}{{ self.salutation() }}{% endblock %}
{% block enclosures %}{{ super() }}{% for item in variants %}{{ item }}{% endfor %}{% endblock %}
{% block copies %}{{ letter.subject or 'none' }} {{ item(letter.closing) }}{% endblock %}
"""
SHARED = """
{% set language = letter.language %}
{% set seen = namespace(count=0) %}
{% macro counted() %}{% set seen.count = seen.count + 1 %}{{ recipient.name }} {{ seen.count }}{% endmacro %}
"""
INCLUDED = "{% set kept.count = kept.count + 1 %}{{ kept.count }} {{ recipient.extra or letter.date }}"
_RECORD = st.fixed_dictionaries(
    {"text": st.sampled_from(["*x*", "x[^b]", "x[^a] and [^b]"]), "list": st.lists(st.sampled_from("abc"), max_size=3)},
    optional={
        "extra": st.sampled_from(["one", "two"]),
        "variants": st.sampled_from([["v"], ["w"], ["v", "w"], []]),
        "language": st.sampled_from(["cy", "de", "en-GB"]),
        "date": st.sampled_from(["2021-01-01", "2022-12-31"]),
        "subject": st.sampled_from(["a", "b"]),
        "enclosures": st.sampled_from([["a"], ["b", "c"]]),
    },
)


@examples(12)
@given(records=st.lists(_RECORD, min_size=2, max_size=5), defaults=_RECORD, data=st.data())
def test_order_of_records_does_not_matter(
    records: list[dict[str, object]], defaults: dict[str, object], data: st.DataObject
) -> None:
    """A letter's bytes do not depend on its neighbours, nor on whether they are made."""
    named = [{"name": f"Person {n}", "salutation": "P", "address": ["x"], **record} for n, record in enumerate(records)]
    forward = _written(_of_records(named, defaults))
    assert _written(_of_records(data.draw(st.permutations(named)), defaults)) == forward
    assert _written(_of_records(named, defaults, "person-1")).items() <= forward.items()


def _of_records(
    records: list[dict[str, object]], defaults: dict[str, object], only_id: str | None = None
) -> Composition:
    """The letters of these records, which JSON writes as YAML."""
    known = {"id": "known", "name": "K", "salutation": "K", "address": ["x"], "extra": "x", "list": ["x"], "text": "x"}
    files = {
        RECIPIENTS: json.dumps({"defaults": defaults, "recipients": [*records, known]}),
        FOOTNOTES: NOTES,
        MAIN: HEAD + KEEPING,
        "templates/shared.j2": SHARED,
        "templates/included.j2": INCLUDED,
    }
    return sound(composed(files, only_id=only_id))


def _written(made: Composition) -> dict[str, tuple[str, str]]:
    """Each letter's Markdown and HTML."""
    return {one.id: (to_markdown(one), to_page(one, made.style.screen, made.images)) for one in made.letters}
