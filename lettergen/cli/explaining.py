"""`show ID --explain`: the letter with the origin of each value, for the terminal or as a page."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from lettergen.pipeline.explaining import explain
from lettergen.render.explained_text import to_lines

if TYPE_CHECKING:
    from lettergen.pipeline.compose import Composition, Request

_NARROW, _USUAL = 40, 80
# Kind -> how a terminal shows it.
_STYLES: dict[str, dict[str, Any]] = {
    "record": {"fg": "green"},
    "defaults": {"fg": "green", "underline": True},
    "settings": {"fg": "cyan"},
    "word": {"fg": "blue"},
    "date": {"fg": "cyan", "underline": True},
    "computed": {"fg": "magenta"},
    "arm": {"fg": "yellow"},
    "from": {"fg": "yellow", "underline": True},
    "note": {"fg": "blue"},
    "part": {"bold": True},
    "place": {"dim": True},
}


def show_explained(request: Request, composition: Composition, form: str) -> None:
    """Print the letter; what is on stdout is the letter and its explanations, nothing else."""
    explanation = explain(request, composition)
    if form == "html":
        from lettergen.render.explained_page import to_explained_page

        page = to_explained_page(explanation, composition.style.screen, composition.images)
        click.echo(page.encode("utf-8"), nl=False)
        return
    width = max(_NARROW, shutil.get_terminal_size().columns) if sys.stdout.isatty() else _USUAL
    for line in to_lines(explanation, width):
        written = "".join(click.style(span.text, **_STYLES.get(span.kind, {})) for span in line)
        click.echo(written.rstrip(), color=False if os.environ.get("NO_COLOR") else None)
