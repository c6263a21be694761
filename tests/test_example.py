"""The shipped example: five letters, their shapes, and the same words in all three formats."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from pdf import page_texts

from lettergen.model import Element, Letter, Reference
from lettergen.model.tree import plain_text, walk
from lettergen.pipeline.compose import Request, compose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

IDS = ("essex", "greater-manchester", "south-wales", "london", "northumbria")
BODY_PARAGRAPHS = 7


@cache
def _letters() -> dict[str, Letter]:
    return {letter.id: letter for letter in compose(Request(ROOT)).letters}


def _paragraphs(identity: str) -> list[str]:
    body = next(part for part in _letters()[identity].parts if part.name == "body")
    return [plain_text(node.children) for node in body.nodes if isinstance(node, Element)]


def test_is_sound() -> None:
    composition = compose(Request(ROOT))
    assert composition.problems == ()
    assert composition.ids == IDS


@pytest.mark.parametrize("identity", IDS)
def test_structure_of_every_letter(identity: str) -> None:
    """The parts, seven paragraphs, and five notes in their order, 1 to 3 before the request for documents."""
    letter = _letters()[identity]
    names = [part.name for part in letter.parts]
    assert names == [
        "letterhead",
        "date_line",
        "inside_address",
        "salutation",
        "body",
        "complimentary_close",
        "signature_block",
    ]
    assert [(note.number, note.id) for note in letter.notes] == [
        (1, "funding"),
        (2, "public-health"),
        (3, "in-focus"),
        (4, "section-45"),
        (5, "decisions"),
    ]
    body = next(part for part in letter.parts if part.name == "body")
    assert len(body.nodes) == BODY_PARAGRAPHS
    where = [index for index, node in enumerate(body.nodes) for inner in walk((node,)) if isinstance(inner, Reference)]
    assert where == [1, 2, 3, 5, 5]


def _differences(identity: str) -> set[int]:
    """The paragraphs in which a letter differs from Greater Manchester's, which takes no variant."""
    plain = _paragraphs("greater-manchester")
    return {index for index, text in enumerate(_paragraphs(identity)) if text != plain[index]}


@pytest.mark.parametrize(
    ("identity", "paragraphs"),
    [("essex", {3}), ("south-wales", {3, 4}), ("london", {0, 3, 5}), ("northumbria", {3, 4})],
)
def test_shapes_differ_where_their_variants_say(identity: str, paragraphs: set[int]) -> None:
    """Paragraph 3 names the unit's initiative; the others differ by a variant alone."""
    assert _differences(identity) == paragraphs


def test_strong_lead_in() -> None:
    strong = [identity for identity in IDS if " particularly interested to learn" in _paragraphs(identity)[3]]
    assert strong == ["essex"]


def test_updates_only_asks_for_no_document() -> None:
    asking = [identity for identity in IDS if "a copy of your Problem Profile" in _paragraphs(identity)[4]]
    assert asking == ["essex", "greater-manchester", "london", "northumbria"]


def test_joined_by_and() -> None:
    request = _paragraphs("northumbria")[4]
    assert (
        "Strategic Needs Assessment and your Response Strategy, and any news of progress with delivery as well"
        in request
    )
    assert "as well" not in "".join(_paragraphs("essex"))


def test_without_office_leaves_out_whole_sentences() -> None:
    whole, short = _paragraphs("essex")[0], _paragraphs("london")[0]
    assert whole.startswith(short + " ")
    assert [text.count("Strategic Plan") for text in (whole, short)] == [1, 0]


def test_reviews_known() -> None:
    knowing = [identity for identity in IDS if "you may already know" in _paragraphs(identity)[5]]
    assert knowing == ["london"]


def test_nobody_reads_of_another_unit() -> None:
    units = {
        "essex": "Essex",
        "greater-manchester": "Manchester",
        "south-wales": "Wales Violence",
        "london": "London VRU",
    }
    for identity in IDS:
        named = [other for other, unit in units.items() if unit in _paragraphs(identity)[3]]
        assert named == [identity] * (identity in units)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's output folder."""
    from click.testing import CliRunner

    from lettergen.cli import cli

    output = tmp_path_factory.mktemp("built")
    result = CliRunner().invoke(cli, ["build", "-C", str(ROOT), "--output", str(output)], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == f"5 letters: wrote 16 files to {output}/; 10 PDF pages; index.html shows what differs\n"
    return output


@pytest.mark.parametrize("identity", IDS)
def test_pdf_pages(built: Path, identity: str) -> None:
    """Two pages; notes 1 to 3 at the foot of the first, 4 and 5 of the second; a head from page two on."""
    first, second = page_texts((built / f"{identity}.pdf").read_bytes())
    starts = (
        "Home Office (2019)",
        "IASC Blog",
        "PCCs making a difference",
        "The Modern Slavery Act (2015)",
        "ECPAT UK (2020)",
    )
    assert [text in first for text in starts] == [True, True, True, False, False]
    assert [text in second for text in starts] == [False, False, False, True, True]
    head = f"{_letters()[identity].name}, 13 October 2020"
    assert head not in first
    assert head in second
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    assert second.index("Yours sincerely,") < second.index("Dame Sara Thornton DBE QPM")
    assert "I look forward to hearing from you" in second


class _Words(HTMLParser):
    """A page's text, without its head, its hidden title and what only leads back."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.skipped = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hidden = tag in ("style", "title") or (tag, ("class", "title")) in {
            (tag, pair) for pair in attrs if tag == "h1"
        }
        self.skipped += hidden or ("role", "doc-backlink") in attrs
        self.text += "" if tag in ("a", "em", "sup") else " "

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= bool(self.skipped) and tag in ("style", "title", "h1", "a")

    def handle_data(self, data: str) -> None:
        self.text += "" if self.skipped else data


def _squeezed(text: str) -> str:
    """Without white space and hyphens, which on paper may be those of a word that was cut."""
    return re.sub(r"[\s-]+", "", text)


def _html_words(path: Path) -> str:
    parser = _Words()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.text


def _markdown_words(path: Path) -> str:
    """The file's text, its marks undone."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\[\^(\d+)\](?!:)", r"\1", text)
    text = re.sub(r"^\[\^\d+\]: ", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<([^<>@ ]+@[^<>@ ]+)>", r"\1", text)
    return unescape(text.replace("**", "").replace("*", "").replace("\\", ""))


@pytest.mark.parametrize("identity", IDS)
def test_formats_say_the_same(built: Path, identity: str) -> None:
    """White space aside, the three formats hold the same words in the same order, the notes at the end."""
    markdown = _squeezed(_markdown_words(built / f"{identity}.md"))
    assert _squeezed(_html_words(built / f"{identity}.html")) == markdown
    notes = [_squeezed(plain_text(note.nodes)) for note in _letters()[identity].notes]
    pages = page_texts((built / f"{identity}.pdf").read_bytes())
    assert _pdf_words(pages, _letters()[identity].name, notes) == markdown


def _pdf_words(pages: list[str], name: str, notes: list[str]) -> str:
    """The pages' text without their furniture, the notes moved behind it."""
    body, found = "", ""
    for page in pages:
        text = re.sub(r"Page \d of \d", "", page.replace(f"{name}, 13 October 2020", ""))
        text = _squeezed(text)
        for number, note in enumerate(notes, 1):
            if f"{number}{note}" in text:
                text = text.replace(f"{number}{note}", "")
                found += note
        body += text
    return body + found


def test_same_bytes_twice(built: Path, example: Path, lettergen: Callable[..., Ran]) -> None:
    assert lettergen("build").code == 0
    for path in (example / "output").glob("[!.]*"):
        if path.suffix != ".gitignore":
            assert path.read_bytes() == (built / path.name).read_bytes(), path.name
