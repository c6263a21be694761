"""The review page in a browser: it can be searched, walked by keys and read without JavaScript, it asks for nothing,
and axe and the Nu HTML checker find nothing wrong. With five letters, with 2,000, and with values that look like code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import webpages
from click.testing import CliRunner
from conftest import ROOT

from lettergen.cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
CASES = ROOT / "tests" / "cases"
MANY = 2_000
RECORD = """\
- id: r{n}
  name: {name} {n}
  salutation: {name}
  address: [{n} Mill Lane, Leeds]
  work: '*school* number {n}'
  variants: [{variant}]
"""
TEMPLATE = """\
---
date: 2020-10-13
variants: {thanks: is thanked, rare: one letter only}
---
{% block body %}
I write about {{ recipient.work | markdown }}.
{% if 'thanks' in variants %}

Thank you for your help.
{% elif 'rare' in variants %}

You have not answered (2015).
{% endif %}
{% endblock %}
"""
WIDER = "document.scrollingElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The review pages of several folders; that of the example with its letters beside it."""
    many = tmp_path_factory.mktemp("project")
    (many / "templates").mkdir()
    (many / "templates" / "letter.md.j2").write_text(TEMPLATE, encoding="utf-8")
    (many / "recipients.yaml").write_text("".join(map(_record, range(MANY))), encoding="utf-8")
    folders = {"example": ROOT, "many": many, "literal": CASES / "review-literal", "page": CASES / "review-page"}
    folders["languages"] = CASES / "language-two-in-one-letter"
    return {name: _reviewed(root, tmp_path_factory.mktemp(name), name) for name, root in folders.items()}


def _record(n: int) -> str:
    variant = "rare" if n == 1234 else "thanks" if n % 3 else ""
    return RECORD.format(n=n, name=("Zoë Barker", "Liam Cole", "Iris Dixon")[n % 3], variant=variant)


def _reviewed(root: Path, output: Path, name: str) -> Path:
    command = ["build"] if name == "example" else ["review"]
    ran = CliRunner().invoke(cli, [*command, "-C", str(root), "--output", str(output)], catch_exceptions=False)
    assert ran.exit_code == 0, ran.stderr
    return output / "index.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from webpages.browser()


@pytest.fixture
def show(browser: Browser, pages: dict[str, Path]) -> Iterator[Callable[..., Page]]:
    """Opens a page once its script is ready; one that asks for anything else or complains is a failure."""
    asked, said = list[str](), list[str]()

    def opened(name: str, *, width: int = 1280, dark: bool = False, script: bool = True) -> Page:
        scheme = "dark" if dark else "light"
        context = browser.new_context(color_scheme=scheme, java_script_enabled=script)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(pages[name].as_uri())
        if script:
            page.locator("#tools").wait_for(state="visible")
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    folders = {one.parent.as_uri() for one in pages.values()}
    assert {address.rpartition("/")[0] for address in asked if not address.startswith("data:")} <= folders
    assert said == []


def _count(page: Page, words: str) -> None:
    page.locator("#count", has_text=words).wait_for()


@pytest.mark.parametrize(
    ("name", "width", "dark"),
    [
        ("page", 320, False),
        ("page", 1280, True),
        ("example", 1280, False),
        ("example", 320, True),
        ("languages", 1280, True),
        ("many", 1280, False),
    ],
)
def test_axe(name: str, width: int, dark: bool, show: Callable[..., Page]) -> None:
    """Every kind of page, both schemes and both widths, though not each with each."""
    page = show(name, width=width, dark=dark)
    assert webpages.violations(page) == []
    page.locator("#rows .open").first.click()
    assert webpages.violations(page) == []


def test_nu(pages: dict[str, Path]) -> None:
    assert webpages.nu_errors(list(pages.values())) == []


@pytest.mark.parametrize("name", ["example", "many", "literal", "page", "languages"])
def test_nothing_is_lost_on_a_phone(name: str, show: Callable[..., Page]) -> None:
    page = show(name, width=320)
    assert page.evaluate(WIDER) <= 0
    page.locator("#rows .open").first.click()
    assert page.evaluate("document.getElementById('reader').scrollWidth - innerWidth") <= 0


def test_search(show: Callable[..., Page]) -> None:
    """By name without its accents, by id, by a value; the value that was found is shown."""
    page = show("many")
    _count(page, "2,000 letters")
    for words, count in (("zoe", "667 of"), ("r1999", "1 of"), ("NUMBER 77", "38 of"), ("cole mill", "667 of")):
        page.fill("#query", words)
        _count(page, f"{count} 2,000 letters")
    page.fill("#query", "school 77 zoe 777")
    _count(page, "1 of 2,000 letters")
    assert page.text_content(".hit") == "work: school number 777"
    page.fill("#query", "nobody of that name")
    _count(page, "0 of 2,000 letters")
    assert page.text_content("#more") == "No letter has all of these words."


def test_filter(show: Callable[..., Page]) -> None:
    page = show("many")
    page.select_option("#by-variant", "rare")
    _count(page, "1 of 2,000 letters")
    assert page.locator("#rows tr").count() == 1
    page.select_option("#by-variant", "")
    page.select_option("#by-shape", "1")
    _count(page, "667 of 2,000 letters")
    assert page.locator("#rows tr").count() == 50


def test_turning_over(show: Callable[..., Page]) -> None:
    page = show("many")
    page.get_by_role("button", name="Further").click()
    assert page.locator("#rows .open").first.text_content() == "Iris Dixon 50"
    assert "51 to 100 of 2,000" in (page.text_content("#more") or "")


def test_keys(show: Callable[..., Page]) -> None:
    page = show("example")
    page.keyboard.press("/")
    page.keyboard.type("mayor")
    _count(page, "2 of 5 letters")
    page.keyboard.press("Enter")  # to the first of them
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Sophie Linden"
    page.keyboard.press("Enter")
    assert page.text_content("#reader-title") == "Sophie Linden"
    page.keyboard.press("k")
    assert page.text_content("#reader-title") == "The Rt Hon. the Baroness Hughes of Stretford"
    page.keyboard.press("Escape")
    assert not page.locator("#reader").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "The Rt Hon. the Baroness Hughes of Stretford"
    page.locator(".help summary").click()
    page.uncheck("#keys")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "keys"


def test_every_letter_reads_as_it_is_written(show: Callable[..., Page], pages: dict[str, Path]) -> None:
    """The text that is put together in the browser is that of the letter's own page, values and notes included."""
    page = show("example")
    beside = show("example")
    for index in range(5):
        page.locator("#rows .open").nth(index).click()
        identity = (page.text_content("#reader-facts") or "").partition(" ")[0]
        page.evaluate("document.querySelectorAll('#reader .from, #reader .heard').forEach(one => one.remove())")
        shown = " ".join((page.text_content("#reader-sheet") or "").split())
        beside.goto(pages["example"].with_name(f"{identity}.html").as_uri())
        beside.evaluate("document.querySelectorAll('.title, .back').forEach(one => one.remove())")
        assert shown.replace(" ", "") == "".join((beside.text_content("article") or "").split())
        page.keyboard.press("Escape")
    beside.close()


def test_values_are_literal(show: Callable[..., Page]) -> None:
    page = show("literal")
    page.locator("#rows .open").first.click()
    assert page.text_content("#reader-title") == "</script><script>alert(1)</script>"
    text = page.locator("#reader-sheet").inner_text()
    for value in (
        "</script><script>alert(1)</script>",
        "<b>4 Mill Lane</b>",
        "<!-- & --> \"quoted\" 'single'",
        "one </mark>",
    ):
        assert value in text
    page.click("#next")
    assert '<mark class="own" data-slot="0"></mark>' in page.locator("#reader-sheet").inner_text()
    assert "{{ recipient.name }}" in page.locator("#reader-sheet").inner_text()


def test_without_javascript(show: Callable[..., Page]) -> None:
    """The letter with its marks, the differences, and each letter's own values."""
    page = show("example", script=False)
    assert not page.locator("#tools").is_visible()
    assert page.locator("#letter mark.own").count() > 5
    assert page.locator("#shapes ins").count() > 3
    page.locator("#rows summary").nth(3).click()
    assert "unit recipients.yaml:56" in " ".join(page.locator("#rows tr").nth(3).inner_text().split())
    many = show("many", script=False)
    assert many.locator("#rows tr").count() == 100
    assert "first 100 of 2,000 letters" in (many.text_content("#more") or "")
    assert "1 of 2,000 letters adds You have not answered (2015)." in " ".join(many.inner_text("#rare").split())
