"""Editions: the same letters in large print, for paper alone, and as a project wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from conftest import ROOT
from pdf import page_texts
from verapdf import LEVELS, failures

from lettergen.model import EDITIONS, Asked
from lettergen.pipeline.compose import Composition, Request, compose
from lettergen.pipeline.rendering import paper_of
from lettergen.pipeline.typesetting import Made, set_one

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

FOLDERS = {"example": ROOT, "torture": ROOT / "tests" / "cases" / "torture"}


def _made(root: Path, edition: str) -> tuple[Composition, list[Made]]:
    composition = compose(Request(root, asked=Asked(edition=edition)))
    assert composition.is_sound
    return composition, [set_one(paper_of(composition, one), composition.style) for one in composition.letters]


def _sizes(content: bytes) -> set[float]:
    """The heights of type in the file, in points."""
    document = pypdfium2.PdfDocument(content)
    sizes = set()
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                sizes.add(round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, index), 1))
    return sizes


@pytest.mark.parametrize("edition", sorted(EDITIONS.keys() - {"standard"}))  # which has a test of its own
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_edition_is_accessible_and_fit_for_the_archive(folder: str, edition: str) -> None:
    for made in _made(FOLDERS[folder], edition)[1]:
        assert made.complaints == ()
        assert [failures(made.content, level) for level in LEVELS] == [[], []]


@pytest.mark.parametrize("folder", FOLDERS)
def test_large_print_has_no_smaller_letter(folder: str) -> None:
    """Notes, their numbers, and what the pages say included; the standard edition has smaller ones."""
    for made in _made(FOLDERS[folder], "large-print")[1]:
        assert min(_sizes(made.content)) >= 16
    assert min(_sizes(_made(FOLDERS[folder], "standard")[1][0].content)) < 10


def test_a_stylesheet_of_the_project_does_not_undo_large_print(example: Path) -> None:
    (example / "templates" / "letter.css").write_text(".letter, .note { font-size: 11pt }", encoding="utf-8")
    assert min(_sizes(_made(example, "large-print")[1][0].content)) >= 16


def test_print_spells_out_addresses_and_has_even_pages(example: Path) -> None:
    notes = example / "footnotes.yaml"
    text = notes.read_text(encoding="utf-8").replace("https://www.gov.uk/", "https://www.gov.uk/a?b=1&c=2")
    notes.write_text(text, encoding="utf-8")
    letter = example / "templates" / "letter.md.j2"
    words = letter.read_text(encoding="utf-8")
    letter.write_text(words[: words.index("Late in 2019")] + "One page[^funding].\n{% endblock %}\n", encoding="utf-8")
    _, made = _made(example, "print")
    for one in made:
        first, blank = page_texts(one.content)
        assert "announced <www.gov.uk/a?b=1&c=2>" in first
        assert "Page 1 of 1" in first
        assert not blank.strip()
    assert all(len(page_texts(one.content)) == 1 for one in _made(example, "standard")[1])


def test_commands(example: Path, lettergen: Callable[..., Ran]) -> None:
    """Each edition has its folder, and PDFs alone unless others are asked for."""
    ran = lettergen("build", "--edition", "large-print", "--only", "essex")
    assert (ran.code, ran.stderr) == (
        0,
        "1 letter: wrote 2 files to output/large-print/; 4 PDF pages; index.html shows what differs\n",
    )
    assert lettergen("build", "--edition", "print", "--only", "essex", "--format", "md").code == 0
    assert lettergen("build", "--only", "essex", "--format", "md").code == 0
    found = {path.relative_to(example).as_posix() for path in (example / "output").rglob("essex.*")}
    assert found == {"output/large-print/essex.pdf", "output/print/essex.md", "output/essex.md"}
    shown = lettergen("show", "essex", "--edition", "large-print", "--format", "pdf").stdout_bytes
    assert shown == (example / "output/large-print/essex.pdf").read_bytes()


def test_wrong_calls(example: Path, lettergen: Callable[..., Ran]) -> None:
    ran = lettergen("check", "--edition", "large-prnt")
    assert ran.code == 2
    assert "there is no edition 'large-prnt'; did you mean 'large-print'?" in ran.stderr
    (example / "templates" / "letter.md.j2").rename(example / "templates" / "print.md.j2")
    ran = lettergen("build", "--template", "print")
    assert ran.code == 2
    assert "an edition is called 'print' too" in ran.stderr


@pytest.mark.parametrize(
    ("edition", "layout"), [("print", "{editions: {print: {even_pages: false}}}"), ("standard", "{max_pages: 3}")]
)
def test_what_was_built_with_other_settings_is_not_kept(
    edition: str, layout: str, example: Path, lettergen: Callable[..., Ran]
) -> None:
    """A PDF that was set, or found right, by another rule is yesterday's."""
    main = example / "templates" / "letter.md.j2"
    text = main.read_text(encoding="utf-8")
    command = ("build", "--edition", edition, "--format", "pdf")
    assert lettergen(*command).code == 0
    main.write_text(text.replace("language: en-GB", f"language: en-GB\nlayout: {layout}"), encoding="utf-8")
    assert "removed 4 with yesterday's wording" in lettergen(*command, "--only", "essex").stderr


def test_a_blank_page_does_not_count(example: Path, lettergen: Callable[..., Ran]) -> None:
    """A letter of three pages may have so many in print too, where it has four sides."""
    main = example / "templates" / "letter.md.j2"
    text = main.read_text(encoding="utf-8")
    text = text[: text.index("Late in 2019")] + "One more.\n\n" * 60 + "{% endblock %}\n"
    for most, code in ((3, 0), (2, 1)):
        layout = f"layout: {{editions: {{print: {{max_pages: {most}}}}}}}"
        main.write_text(text.replace("language: en-GB", f"language: en-GB\n{layout}"), encoding="utf-8")
        ran = lettergen("build", "--edition", "print", "--only", "essex", "--ignore", "unused-footnote")
        assert ran.code == code, ran.stderr
        assert ("4 PDF pages" if code == 0 else "3 pages; 'max_pages' allows 2") in ran.stderr
