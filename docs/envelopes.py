"""Make docs/envelopes.md's table and pictures: the shipped example on each preset, its zones drawn over it.

.venv/bin/python docs/envelopes.py
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image

from lettergen.render.fitting import most_lines
from lettergen.render.presets import GEOMETRY

if TYPE_CHECKING:
    from lettergen.render.geometry import Envelope, Preset

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "envelopes.md"
LETTER = "london"
SCALE = 1.0  # pixels a point
COLOURS = 32
HEAD = "| preset | sheet | envelope and its window | window on the sheet | folds | lines of address |"


def table() -> str:
    """The presets with a window, a row each; all figures in mm."""
    rows = [_row(preset) for preset in GEOMETRY.values() if preset.zones]
    return "\n".join([HEAD, "|" + "---|" * (HEAD.count("|") - 1), *rows]) + "\n"


def sources() -> str:
    """Where the figures are from, and for which presets."""
    named: dict[str, list[str]] = {}
    for preset in GEOMETRY.values():
        for source in preset.sources if preset.zones else ():
            named.setdefault(source, []).append(f"`{preset.name}`")
    return "".join(f"- {', '.join(presets)}: {source}.\n" for source, presets in named.items())


def _row(preset: Preset) -> str:
    if preset.zones is None:
        raise ValueError(preset.name)
    window, folds = preset.zones.window, " and ".join(map(_number, preset.folds))
    cells = [
        f"`{preset.name}`",
        f"{_number(preset.width)} × {_number(preset.height)}",
        _envelope(preset.envelope) if preset.envelope else "Notify's own",
        f"{_span(window.left, window.right)} from the left, {_span(window.top, window.bottom)} from the top",
        folds or "by Notify",
        str(most_lines(preset.zones)),
    ]
    return f"| {' | '.join(cells)} |"


def _envelope(one: Envelope) -> str:
    size = f"{_number(one.width)} × {_number(one.height)}"
    window = f"window {_number(one.window_width)} × {_number(one.window_height)}"
    return f"{size}; {window}, {_number(one.left)} from the left, {_number(one.up)} from below"


def _span(start: float, end: float) -> str:
    return f"{_number(start)} to {_number(end)}"


def _number(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")


def draw(preset: str) -> None:
    """Write the picture of a preset."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("recipients.yaml", "footnotes.yaml"):
            shutil.copy(ROOT / name, project)
        text = (ROOT / "templates" / "letter.md.j2").read_text(encoding="utf-8")
        text = re.sub(r"^closing:", f"layout: {{preset: {preset}}}\nclosing:", text, count=1, flags=re.MULTILINE)
        (project / "templates").mkdir()
        (project / "templates" / "letter.md.j2").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "lettergen", "show", LETTER, "--format", "pdf", "--overlay", "-C", folder]
        pdf = subprocess.run(command, check=True, capture_output=True).stdout
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=SCALE).to_pil().convert("RGB")
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(ROOT / "docs" / f"envelope-{preset}.png", optimize=True)


def main() -> None:
    """Renew the table, the list of sources and the pictures."""
    page = PAGE.read_text(encoding="utf-8")
    page = re.sub(r"(^\|.*\n)+", lambda _: table(), page, count=1, flags=re.MULTILINE)
    page = re.sub(r"(?<=^## Sources\n\n)(^- .*\n)+", lambda _: sources(), page, count=1, flags=re.MULTILINE)
    PAGE.write_text(page, encoding="utf-8")
    for preset in GEOMETRY.values():
        if preset.zones:
            draw(preset.name)


if __name__ == "__main__":
    main()
