"""Make the README's picture: page one of a letter of the shipped example.

.venv/bin/python docs/picture.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parent.parent
LETTER = "essex"
SCALE = 1.5  # pixels a point; 893 pixels for the width of A4


def main() -> None:
    """Write docs/letter.png."""
    command = [sys.executable, "-m", "lettergen", "show", LETTER, "--format", "pdf", "-C", str(ROOT)]
    pdf = subprocess.run(command, check=True, capture_output=True).stdout
    page = pypdfium2.PdfDocument(pdf)[0]
    page.render(scale=SCALE).to_pil().convert("L").save(ROOT / "docs" / "letter.png", optimize=True)


if __name__ == "__main__":
    main()
