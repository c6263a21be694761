"""The benchmarks run, and each part prints its rows; how fast anything is, no test says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Part -> how each of its rows begins.
ROWS = {
    "start": ("`lettergen --help`", "`lettergen show essex`", "`lettergen check`"),
    "cold": ("bare WeasyPrint loop", "cold build of 3 PDFs", "the same, a further letter", "two processes"),
    "again": ("`build` of 3, nothing changed", "`build`, one record changed", "`show`", "`show --format pdf`"),
    "check": ("`check` of 20 records",),
    "growth": ("`check`, 1 ", "`check`, 2 ", *("`build --format md",) * 2),
    "engines": ("Typst", "LibreOffice", "WeasyPrint, a command", "pandoc", "Chromium"),
}


@pytest.mark.parametrize("part", ROWS)
def test_each_part_prints_its_rows(part: str, tmp_path: Path) -> None:
    """With the fewest letters, and on a machine without any other engine: those rows say so."""
    command = [sys.executable, str(ROOT / "benchmarks" / "bench.py"), "--smoke", "--part", part]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("| ") and not line.startswith("| ---")][1:]
    assert done.stderr == ""
    assert len(lines) == len(ROWS[part])
    assert all(line.startswith(f"| {begin}") for line, begin in zip(lines, ROWS[part], strict=True)), lines
    assert done.returncode == ("**missed**" in done.stdout)
    assert ("not installed" in done.stdout) == (part == "engines")
