"""Every folder of tests/cases/: a whole project, and everything that the command made of it.

A case's file `command` holds the arguments (default: `build`). `expected/` holds stdout, stderr, the
exit code, and every file of the output folder: a page without its stylesheet, a PDF as the text of its
pages. `pytest --update-golden` rewrites them.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pdf import page_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CASES = Path(__file__).parent / "cases"
ASIDE = ("command", "expected")


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_case(case: str, tmp_path: Path, lettergen: Callable[..., Ran], request: pytest.FixtureRequest) -> None:
    """The command's answer and its files are those that are kept beside the case."""
    folder = CASES / case
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*ASIDE))
    command = folder / "command"
    ran = lettergen(*shlex.split(command.read_text(encoding="utf-8") if command.exists() else "build"))
    made = {"exit": f"{ran.code}\n", "stdout": ran.stdout, "stderr": ran.stderr} | _output(tmp_path / "output")
    made = {name: text for name, text in made.items() if text}
    expected = folder / "expected"
    if request.config.getoption("--update-golden"):
        _write(expected, made)
    kept = {str(path.relative_to(expected)): path.read_text(encoding="utf-8") for path in sorted(expected.glob("*"))}
    assert made == kept


def _output(folder: Path) -> dict[str, str]:
    """The output folder's files as texts that can be read in a review."""
    files = {}
    for path in sorted(folder.glob("*")):
        if path.suffix == ".pdf":
            files[f"{path.name}.txt"] = "\f\n".join(page_texts(path.read_bytes()))
        elif path.suffix == ".html":
            files[path.name] = re.sub(
                r"<style>.*?</style>", "<style></style>", path.read_text(encoding="utf-8"), flags=re.DOTALL
            )
        elif path.suffix == ".md":
            files[path.name] = path.read_text(encoding="utf-8")
    return files


def _write(expected: Path, made: dict[str, str]) -> None:
    shutil.rmtree(expected, ignore_errors=True)
    expected.mkdir()
    for name, text in made.items():
        (expected / name).write_text(text, encoding="utf-8")
