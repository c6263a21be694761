"""Markdown means to us what it means to cmark-gfm, or it is a problem.

Run as a script, it counts the texts of the project and drawn ones that differ: `python tests/test_commonmark.py 5000`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from drawing import examples
from htmlblocks import read, seen
from hypothesis import example, given
from hypothesis import strategies as st

from lettergen.model import TOKEN
from lettergen.pipeline.compose import Request, compose
from lettergen.text.converting import convert

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
_OPTIONS = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE

# What a line may be made of, and what a text may be made of.
LINES = [
    *(
        "word",
        "*word*",
        "word  ",
        "word\\",
        "\tword",
        "  word",
        "    deep",
        "     x",
        "",
        "",
        "",
        "===",
        "---",
        "***",
        "- - -",
    ),
    *("- item", "- ", "-", "+ plus", "* star", "1. one", "1) one", "2. two", "2) x", "10. ten", "  - in", "   - in"),
    *(
        "-\tword",
        "1. - x",
        "- 1. x",
        "- # h",
        "- > q",
        "> quote",
        ">",
        "> - a",
        "> > b",
        ">     c",
        "# head",
        "## h ##",
        "#",
    ),
    *("a | b", "|a|b|", "--|--", "|:-|-:|", "| a |", "- a | b", "  --|--"),
]
WORDS = [
    *(
        "word",
        "a",
        "b c",
        " ",
        "x_y",
        "2",
        "é",
        "€",
        "“",
        "”",
        "\n",
        "  \n",
        "\\\n",
        "\\",
        "\\*",
        "\\&",
        "`c`",
        "`",
        "[^n]",
    ),
    *"**_.,()[]-+!#:'\"~=",
    *("**", "***", "__", "[a](http://x.y)", "[a *b*](http://x.y 't')", "![i *j*](k.png)", "&amp;", "&copy;", "&#42;"),
    *("<http://x.y/z_a_>", "<a@b.cd>", " http://x.y/a_b ", " (www.x.y) ", " a@b.cd, "),
]
_TEXTS = st.one_of(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=8).map("\n".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map("".join),
)
# Where we differ on purpose (docs/markdown.md), or cmark-gfm is wrong: a table in an item makes its list loose, and a
# run of backticks without an end hides later code; strong within strong is strong once.
_INTENDED = re.compile(
    r"\[\^\w+\][(:]|\[\^[^\]\n]* |\{lang="  # notes and phrases
    r"|(?:http|www|@)[^\s<]*(?:[\\`\[“”\]]|&amp;)|\\<http|\]\(<"  # bare addresses
    r"|(?m:^ *(?:[-+*] +)?(?:--\||\|:-))|``|\*{4}|_{4}"
    r"|_[^\w]+_|_[)\]}]"  # blanks to fill in
)
_BRACKETS = re.compile(r"!?\[[^\[\]]*\]\([^)]*\)|\[\^\w+\]")
_OPEN = re.compile(r"\[.*(?:http|www)", re.DOTALL)
_SAMPLE = re.compile(r"{% block \w+ %}(.*?){% endblock %}", re.DOTALL)
_TAG = re.compile(r"{[%#].*?[%#]}\n?|{{.*?}}", re.DOTALL)


def differs(text: str) -> bool:
    """Whether cmark-gfm reads another letter in it; a problem is no letter."""
    converted = convert(text)
    names = list(dict.fromkeys(re.findall(r"\[\^([^\]\n]+)\]", text)))
    noted = text + "".join(f"\n\n[^{name}]: {name}" for name in names)
    theirs = cmarkgfm.markdown_to_html_with_extensions(noted, _OPTIONS, ["table", "autolink"])
    return not converted.faults and seen(converted.nodes, names) != read(theirs)


def is_intended(text: str) -> bool:
    """Whether the text holds what we read otherwise on purpose; an address in brackets is a link to us."""
    return _INTENDED.search(text) is not None or _OPEN.search(_BRACKETS.sub("", text)) is not None


def corpus() -> Iterator[str]:
    """What is merged in the cases and in the example, and the samples of the documentation."""
    for folder in [ROOT, *sorted(path for path in CASES.iterdir() if (path / "templates").is_dir())]:
        if folder.name != "shape-ten-thousand":
            readings = compose(Request(folder)).mailing.readings
            passages = [passage for reading in readings for passage in reading.passages]
            yield from (TOKEN.sub("value", passage.text) for passage in passages)
            yield from (str(token.text) for passage in passages for token in passage.tokens if token.is_markdown)
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "lettergen/problems/codes.md"]:
        for sample in _SAMPLE.findall(path.read_text(encoding="utf-8")):
            yield _TAG.sub("", sample).strip("\n")


@pytest.mark.slow
def test_the_projects_own_texts() -> None:
    assert [text for text in dict.fromkeys(corpus()) if differs(text) and not is_intended(text)] == []


@examples(500)
@given(_TEXTS)
@example("- a\n---")
@example("*a **b** c* ***d*** **e*f*g**")
def test_drawn_texts(text: str) -> None:
    assert is_intended(text) or not differs(text)


def _count(number: int) -> None:
    """Print how many texts differ, of the project's own and of drawn ones, with what is intended."""
    random = Random(1)  # noqa: S311
    drawn = [
        sign.join(random.choices(few, k=random.randint(1, 8)))
        for few, sign in ((LINES, "\n"), (WORDS, ""))
        for _ in range(number)
    ]
    for name, texts in (("own", list(dict.fromkeys(corpus()))), ("drawn", drawn)):
        found = [text for text in texts if differs(text)]
        unintended = [text for text in found if not is_intended(text)]
        sys.stdout.write(f"{name}: {len(texts)} texts, {len(found)} differ, {len(unintended)} not on purpose\n")


if __name__ == "__main__":
    _count(int(sys.argv[1]))
