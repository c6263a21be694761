"""One process: our letter with all its checks against the bare engine's, from the same HTML, sheets and fonts.

python benchmarks/engine.py [ROUNDS]: CPU time by turns, ten letters at a time, each letter another one.
"""

from __future__ import annotations

import gc
import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from weasyprint import HTML

from lettergen.pipeline.compose import Request, compose
from lettergen.pipeline.rendering import paper_of
from lettergen.render.pdf import typeset, warm
from lettergen.render.pdf.metadata import VARIANT
from lettergen.render.pdf.sheets import fetcher, orphans, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from lettergen.render.paper import Paper
    from lettergen.render.style import Style

EXAMPLE = Path(__file__).parent.parent
BLOCK = 10  # letters: two of each office


def letters(count: int) -> tuple[list[Paper], Style]:
    """As many different letters of the shipped example, and their style."""
    records = (EXAMPLE / "recipients.yaml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(EXAMPLE / "templates", Path(folder, "templates"))
        shutil.copy(EXAMPLE / "footnotes.yaml", folder)
        more = "".join(_changed(records, number) for number in range(-(-count // 5)))
        Path(folder, "recipients.yaml").write_text(more, encoding="utf-8")
        made = compose(Request(Path(folder)))
        return [paper_of(made, letter) for letter in made.letters[:count]], made.style


def _changed(records: str, number: int) -> str:
    """The records with other names, and with a few words more of what each office does."""
    words = "in early " * (number % 7) + f"year {number}"
    records = re.sub(r"(- id: \S+|  name: .*)", rf"\1-{number}", records)
    return re.sub(r"(initiative: (?:>-\s+)?)", rf"\1in {words} ", records)


def ratio(rounds: int = 5) -> dict[str, float]:
    """Milliseconds of CPU for a letter of the bare engine and for ours, and their ratio: medians of the rounds."""
    papers, style = letters((rounds + 1) * BLOCK)
    warm(style)
    own = read(style.paper, style.own)
    options = {"stylesheets": [own.theme, orphans(2), own.own], "font_config": own.fonts, "pdf_variant": VARIANT}
    found = []
    for start in range(0, len(papers), BLOCK):
        some = papers[start : start + BLOCK]
        bare = _milliseconds(lambda one: HTML(string=one.html, url_fetcher=fetcher()).write_pdf(**options), some)
        ours = _milliseconds(lambda one: typeset(one, style), some)
        found.append((bare, ours, ours / bare))
    return dict(zip(("bare", "ours", "ratio"), map(median, zip(*found[1:], strict=True)), strict=True))


def _milliseconds(way: Callable[[Paper], object], papers: list[Paper]) -> float:
    gc.collect()
    start = process_time()
    for paper in papers:
        way(paper)
    return (process_time() - start) * 1000 / len(papers)


if __name__ == "__main__":
    for what, number in ratio(*map(int, sys.argv[1:])).items():
        print(f"{what:5} {number:6.2f}")
