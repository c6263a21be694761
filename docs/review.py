"""Make the picture of the review page: the top of the shipped example's.

.venv/bin/python docs/review.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
SIZE = {"width": 1280, "height": 1200}
COLOURS = 32


def main() -> None:
    """Write docs/review.png."""
    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, "-m", "lettergen", "build", "-q", "-C", str(ROOT), "--output", output]
        subprocess.run(command, check=True)
        page = Path(output, "index.html")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            shown = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
            shown.goto(page.as_uri())
            shown.screenshot(path=ROOT / "docs" / "review.png")
            browser.close()
    picture = ROOT / "docs" / "review.png"
    Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    main()
