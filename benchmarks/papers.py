"""What a project's PDFs are set from, written to a file: `python papers.py PROJECT FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lettergen.pipeline.compose import Request, compose
from lettergen.pipeline.rendering import text_of
from lettergen.render.pdf.metadata import VARIANT
from lettergen.render.pdf.sheets import _font_faces


def main(project: Path, file: Path) -> None:
    """Write the variant, the stylesheet and the HTML of each letter as JSON."""
    made = compose(Request(project))
    letters = {letter.id: text_of(made, letter, "pdf", project) for letter in made.letters}
    css = f"{_font_faces()}\n{made.style.paper}\n{made.style.own}"
    file.write_text(json.dumps({"variant": VARIANT, "css": css, "letters": letters}), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
