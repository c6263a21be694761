"""What the review page is made of: shapes, wordings and their differences; and what it does to the output folder."""

from __future__ import annotations

import base64
import json
import re
import zlib
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lettergen.model import Element, Reference, Value
from lettergen.pipeline import reviewpage
from lettergen.pipeline.compose import Request, compose
from lettergen.pipeline.manifest import NAME as MANIFEST
from lettergen.pipeline.reviewpage import NAME as PAGE
from lettergen.pipeline.reviewpage import Files, review_page
from lettergen.problems import Problem
from lettergen.render.review.page import LISTED
from lettergen.review.comparing import Change, changes, runs
from lettergen.review.shapes import families, shapes_of
from lettergen.review.worded import Field, Word, Wording, wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from lettergen.model import Node

RECORDS = "".join(
    f"- {{id: {identity}, name: {identity.title()}, salutation: X, address: [x], variants: [{variants}]}}\n"
    for identity, variants in (("ada", "far"), ("bob", ""), ("cleo", ""), ("dan", ""), ("eve", "near"))
)
LETTER = """\
---
date: 2020-10-13
variants: {far: lives far away, near: lives near}
---
{% block body %}
Please come to see us{% if 'far' in variants %} by train{% elif 'near' in variants %} on foot{% endif %}.
{% endblock %}
"""


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        (("one two",), ["one", "two"]),
        (("to ", Element("mark", (Value("Ada"),), (("token", "0"),)), ", all"), ["to", "<name>", ",", "all"]),
        (("to ", Element("mark", (Value("a b"),), (("token", "1"),))), ["to", "a", "b"]),
        (("law", Reference("act", 3, 1), " it"), ["law", "[^act]", "it"]),
        ((Element("a", ("here",), (("href", "https://example.org"),)),), ["here", "(https://example.org)"]),
        ((Element("a", ("here",), (("href", "https://example.org/Ada"),)),), ["here", "(https://example.org/‹name›)"]),
        ((Element("img", (), (("alt", "a bus"),)),), ["[a bus]"]),
    ],
)
def test_words(nodes: tuple[Node, ...], words: list[str]) -> None:
    signs = {"": "{0}", "value": "<{1}>", "note": "[^{1}]", "link": "({1})"}
    said = wording("body", "en", nodes, {"0": Field("name", "Ada")}).words
    assert [signs[word.kind].format(word.text.strip(), word.name) for word in said] == words


def test_lines_of_an_address_are_one(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """However many lines an address has: that is no other wording."""
    project(
        recipients="- {id: a, name: A, salutation: A, address: [x, y, z]}\n"
        "- {id: b, name: B, salutation: B, address: [x]}\n- {id: c, name: C, role: R, salutation: C, address: [x]}\n"
    )
    assert lettergen("review").code == 0
    page = (project() / "output" / PAGE).read_text(encoding="utf-8")
    assert len(re.findall(r'<figure class="passage">', page)) == 1


_TEXTS = st.lists(st.sampled_from(["a", "b", "c", "the", "of"]), min_size=1, max_size=40)


@given(_TEXTS, _TEXTS)
def test_runs_are_both_wordings(before: list[str], after: list[str]) -> None:
    """What stays and what is deleted is the one, what stays and what is inserted the other, a gap aside."""
    old, new = _wording(before), _wording(after)
    shown = runs(Change(old, new))
    for kind, words in (("del", before), ("ins", after)):
        pattern = "".join(
            "(?:[a-z]+ )*" if run.kind == "gap" else "".join(f"{word.text.strip()} " for word in run.words)
            for run in shown
            if run.kind in ("same", "gap", kind)
        )
        assert re.fullmatch(pattern, "".join(f"{word} " for word in words))


@given(st.lists(_TEXTS, max_size=5), st.lists(_TEXTS, max_size=5))
def test_changes_make_the_other(before: list[list[str]], after: list[list[str]]) -> None:
    """No change if both are alike; else each passage of either side that the other lacks is in one of them."""
    old, new = list(map(_wording, before)), list(map(_wording, after))
    assert not list(changes(old, old))
    found = list(changes(old, new))
    assert [one.reverse.reverse for one in found] == found
    assert {one.key for one in new} - {one.key for one in old} <= {one.after.key for one in found if one.after}
    assert {one.key for one in old} - {one.key for one in new} <= {one.before.key for one in found if one.before}


def _wording(words: list[str]) -> Wording:
    return Wording("body", "en", tuple(Word(f"{word} ") for word in words))


def test_shapes(project: Callable[..., Path]) -> None:
    """The most usual one comes first, whatever the order of the records."""
    mailing = compose(Request(project(recipients=RECORDS, letter=LETTER))).mailing
    shapes = shapes_of(mailing.readings)
    assert [(shape.name, shape.ids) for shape in shapes] == [
        ("A", ("bob", "cleo", "dan")),
        ("B", ("ada",)),
        ("C", ("eve",)),
    ]


def test_letters_of_another_text(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """They are not compared with the first one, but shown whole, and compared with each other."""
    records = RECORDS.replace("id: eve", "language: cy, id: eve").replace("id: ada", "language: cy, id: ada")
    root = project(recipients=records, letter=LETTER)
    assert [len(family) for family in families(shapes_of(compose(Request(root)).mailing.readings)).values()] == [1, 2]
    assert lettergen("review").code == 0
    page = (root / "output" / PAGE).read_text(encoding="utf-8")
    assert page.count("Another text (letter.md.j2, language cy): read it whole") == 1
    assert page.count('<figure class="passage">') == 1


def test_values_within_addresses_of_links(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """They are shown behind the link, but not where its words say them."""
    link = (
        "[us](https://example.org/{{ recipient.id }}) [{{ recipient.name }}](https://example.org/{{ recipient.name }})"
    )
    root = project(recipients=RECORDS, letter=LETTER.replace("come to see us", f"see {link}"))
    assert lettergen("review").code == 0
    page = (root / "output" / PAGE).read_text(encoding="utf-8").partition('id="coverage"')[0]
    assert page.count('<mark class="own"><span class="at">→ bob</span></mark>') == 1
    assert "→ Bob" not in page


def test_many_conditions(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Those that nobody takes are listed first, and all of them are counted."""
    ways = "".join(f"{{% if recipient.name == 'N{number}' %}} {number}{{% endif %}}" for number in range(LISTED + 5))
    records = "".join(
        f"- {{id: r{number}, name: N{number}, salutation: X, address: [x]}}\n" for number in range(LISTED + 4)
    )
    root = project(recipients=records, letter=LETTER.replace("{% if 'far'", ways + "{% if 'far'"))
    lettergen("review")
    page = (root / "output" / PAGE).read_text(encoding="utf-8")
    rows = re.findall('<tr( class="nobody")?><th scope="row"><code>(?:el)?if', page)
    assert rows == [' class="nobody"'] * 3 + [""] * (len(rows) - 3)
    assert "those that nobody takes come first" in page


def test_a_rare_first_shape(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """What only the first shape says is rare too."""
    few = "".join(f"- {{id: r{n}, name: N, salutation: N, address: [x], sign: s{n}}}\n" for n in range(4))
    arms = "".join(f"{{% if recipient.sign == 's{n}' %}}{sign}{{% endif %}}" for n, sign in enumerate("!?;:"))
    letter = LETTER.replace("us{%", f"us{arms}{{%")
    root = project(recipients=few, letter=letter)
    assert lettergen("review").code == 0
    page = (root / "output" / PAGE).read_text(encoding="utf-8")
    assert page.count("1 of 4 letters</strong>") == 4


def test_review_touches_nothing_else(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """It links only to what is up to date, and leaves all else where it is."""
    root = project(recipients=RECORDS, letter=LETTER)
    assert lettergen("build", "--format", "md").code == 0
    built = (root / "output" / PAGE).read_bytes()
    before = _files(root)
    assert lettergen("review").stdout == f"output/{PAGE}\n"
    assert _files(root) == before
    assert 'href="ada.md"' in built.decode("utf-8")
    project(recipients=RECORDS, letter=LETTER.replace("by train", "by bus"))
    assert lettergen("review").code == 0
    after = _files(root)
    assert {name for name, content in after.items() if before[name] != content} == {PAGE, MANIFEST}
    page = after[PAGE].decode("utf-8")
    assert 'href="bob.md"' in page
    assert 'href="ada.md"' not in page


def test_only(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """The page shows all letters, and survives; it is listed as what it is."""
    root = project(recipients=RECORDS, letter=LETTER)
    assert lettergen("build", "--format", "md", "--only", "ada").code == 0
    page = (root / "output" / PAGE).read_text(encoding="utf-8")
    assert page.count("<summary>") >= 5
    assert re.findall(r'href="([a-z]+\.md)"', page) == ["ada.md"]
    lines = (root / "output" / MANIFEST).read_text(encoding="utf-8").splitlines()
    entries = {entry["id"]: (entry["format"], entry["path"], entry["pages"]) for entry in map(json.loads, lines)}
    assert entries == {"ada": ("md", "ada.md", None), "index": ("html", PAGE, None)}


def test_same_bytes_from_anywhere(
    lettergen: Callable[..., Ran], project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the folder is called as it is seen from here, and whoever asks."""
    root = project(recipients=RECORDS.replace("salutation: X", "salutation: '*X*'"), letter=LETTER)
    assert lettergen("review").code == 0
    first = (root / "output" / PAGE).read_bytes()
    monkeypatch.chdir("/")
    assert lettergen("review", "-C", str(root)).code == 0
    assert (root / "output" / PAGE).read_bytes() == first
    assert str(root) not in first.decode("utf-8")


def test_pictures(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Of PDFs that are up to date; the same PDF makes the same picture."""
    root = project(recipients=RECORDS, letter=LETTER)
    assert lettergen("build", "--format", "pdf", "--only", "bob", "--only", "ada").code == 0
    page = (root / "output" / PAGE).read_text(encoding="utf-8")
    assert re.findall(r'data-picture="([a-z]+)"', page) == ["bob", "ada"]
    assert lettergen("review").code == 0
    assert (root / "output" / PAGE).read_text(encoding="utf-8") == page


def test_ignored(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """What nobody wants to read is not on the page either."""
    root = project(recipients=RECORDS.replace("salutation: X", "salutation: '*X*'"), letter=LETTER)
    assert lettergen("review").code == 0
    assert "plain-markdown" in (root / "output" / PAGE).read_text(encoding="utf-8")
    assert lettergen("review", "--ignore", "plain-markdown").code == 0
    assert "plain-markdown" not in (root / "output" / PAGE).read_text(encoding="utf-8")


def test_after_an_error(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    root = project(recipients=RECORDS, letter=LETTER.replace("us{%", "us {{ recipient.nobody }}{%"))
    ran = lettergen("review")
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.endswith("nothing was written: 1 error and 0 warnings\n")
    assert not (root / "output").exists()


def _files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "output").glob("[!.]*")}


_CODE = ("</script>", "<script>", "<!--", "-->", "]]>", "</style>", "<mark>", "<mark/data-slot=0></mark>", "&lt;")
_SIGNS = ("'", '"', "{{", "%}", "\\", "é")
_NASTY = st.lists(st.sampled_from([*_CODE, *_SIGNS]), min_size=1, max_size=6).map(" ".join)


@given(_NASTY, _NASTY)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_values_are_text_whatever_they_hold(project: Callable[..., Path], name: str, field: str) -> None:
    """They end no element and begin none, and stand in the page's data as they are. (A line separator, which would
    end a line of JavaScript, is refused in every file.)
    """
    records = [{"id": "a", "name": name, "salutation": field, "address": ["x"]}]
    composition = compose(Request(project(recipients=json.dumps(records), letter=LETTER)))
    content = review_page(composition, composition.problems, Files(lambda _: (), lambda _: ""))
    page = content.decode("utf-8")
    assert len(re.findall("<script", page)) == 2
    assert len(re.findall("</script>", page)) == 2
    assert page.count("<!--") == 0
    packed = page.partition('id="data">')[2].partition("<")[0]
    data = json.loads(zlib.decompress(base64.b64decode(packed, validate=True)))
    shown = {" ".join(unescape(value).split()) for value in data["values"]}
    assert {" ".join(name.split()), " ".join(field.split())} <= shown


def test_a_page_of_too_many_letters_holds_some(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that a problem names, and of each shape the first ones; it counts them all, and says so."""
    monkeypatch.setattr(reviewpage, "TEXTS", 4)
    records = [{"name": f"Ada {number}", "salutation": "Ada", "address": ["x"]} for number in range(9)]
    letter = LETTER.replace("{% endblock %}", "{% if recipient.name == 'Ada 8' %}More.{% endif %}{% endblock %}")
    composition = compose(Request(project(recipients=json.dumps(records), letter=letter)))
    named = Problem("overflow", "x", composition.places["ada-6"])
    content = review_page(composition, [named], Files(lambda _: (), lambda _: "")).decode("utf-8")
    packed = content.partition('id="data">')[2].partition("<")[0]
    data = json.loads(zlib.decompress(base64.b64decode(packed, validate=True)))
    assert data["letters"][0] == ["ada-0", "ada-1", "ada-6", "ada-8"]
    assert "There are 9 letters: too many for one page. Here are 4 of them" in content
    assert "8 of 9 letters" in content
