"""Every folder of tests/cases/: a whole project, and everything that the command made of it.

A case's file `command` holds the arguments (default: `build`). Where git cannot store the case, or only a
process of its own can show it, `run.sh` stands instead: a shell script that runs in the copied folder, as
a user who is not the machine's administrator. A script that builds twice keeps what it had before as
`before/` (`cp -Rp output before`).

`expected/` holds stdout, stderr, the exit code, and every file of the output folder: a page without its
stylesheet, a PDF as the text of its pages, a print job's lists without sums of bytes; where there is no other
file, the review page as the text that it shows. `pytest --update-golden`
rewrites them. After an error the output folder is as it was before.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import Ran
from pdf import page_texts
from reviewpages import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CASES = Path(__file__).parent / "cases"
ASIDE = ("command", "expected")
HIDDEN = ".lettergen"  # how the names of lettergen's own notes begin: what a stopped build has made is kept there

# Read by a small Python before the script begins: root gives up its right to read and write everything
# (PR_CAPBSET_DROP of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH), and signals are as a shell has them.
AS_A_USER = """
import ctypes, os, signal
for number in (signal.SIGPIPE, signal.SIGXFSZ):
    signal.signal(number, signal.SIG_DFL)
for right in (1, 2):
    if hasattr(ctypes.CDLL(None), "prctl"):
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)
os.execvp("sh", ["sh", "run.sh"])
"""


@pytest.fixture
def folder(case: str, tmp_path: Path) -> Iterator[Path]:
    """A copy of the case's project, which can be removed afterwards whatever its script did."""
    copy = tmp_path / "project"
    shutil.copytree(CASES / case, copy, ignore=shutil.ignore_patterns(*ASIDE))
    yield copy
    for path in (copy, *copy.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)


@pytest.fixture
def run(case: str, folder: Path, monkeypatch: pytest.MonkeyPatch, lettergen: Callable[..., Ran]) -> Callable[[], Ran]:
    """Run the case's script, or its command within this process."""
    monkeypatch.chdir(folder)
    if (folder / "run.sh").exists():
        return lambda: _run_script(folder)
    command = CASES / case / "command"
    arguments = shlex.split(command.read_text(encoding="utf-8") if command.exists() else "build")
    return lambda: lettergen(*arguments)


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_case(case: str, folder: Path, run: Callable[[], Ran], request: pytest.FixtureRequest) -> None:
    """The command's answer and its files are those that are kept beside the case."""
    before = _contents(folder / "output")
    ran = run()
    before = _contents(folder / "before") or before
    made = {"exit": f"{ran.code}\n", "stdout": ran.stdout, "stderr": ran.stderr} | _output(folder / "output")
    made = {name: text for name, text in made.items() if text}
    expected = CASES / case / "expected"
    if request.config.getoption("--update-golden"):
        _write(expected, made)
    kept = {str(path.relative_to(expected)): path.read_text(encoding="utf-8") for path in sorted(expected.glob("*"))}
    assert made == kept
    assert "Traceback" not in ran.stderr
    assert str(folder) not in ran.stdout + ran.stderr, "the user reads of a path that only this machine has"
    assert ran.code == 0 or _contents(folder / "output") == before, "something was written in spite of the error"


def _run_script(folder: Path) -> Ran:
    """The script's answer; `lettergen` is the one of the Python that runs the tests."""
    home = folder.parent / "home"
    home.mkdir()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(home)}
    environment.pop("CI", None)
    command = [sys.executable, "-I", "-S", "-c", AS_A_USER]
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=100
    )
    stdout, stderr = (stream.decode("utf-8", errors="replace") for stream in (done.stdout, done.stderr))
    return Ran(done.returncode, stdout, stderr, done.stdout)


def _contents(folder: Path) -> dict[str, str]:
    """What the folder holds: each path and what it leads to, or the file's sha256."""
    if not folder.is_dir():
        return {}
    paths = (path for path in sorted(folder.rglob("*")) if HIDDEN not in str(path.relative_to(folder)))
    return {str(path.relative_to(folder)): _content(path) for path in paths}


def _content(path: Path) -> str:
    if path.is_symlink():
        return str(path.readlink())
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"


def _output(folder: Path) -> dict[str, str]:
    """The output folder's files as texts that can be read in a review."""
    files = {}
    for path in sorted(folder.glob("*")):
        if path.name == "index.html":
            continue
        if path.suffix == ".pdf":
            files[f"{path.name}.txt"] = "\f\n".join(page_texts(path.read_bytes()))
        elif path.suffix == ".html":
            files[path.name] = re.sub(
                r"<style>.*?</style>", "<style></style>", path.read_text(encoding="utf-8"), flags=re.DOTALL
            )
        elif path.suffix == ".md":
            files[path.name] = path.read_text(encoding="utf-8")
        elif path.suffix in (".csv", ".json"):  # another version of the engine makes other bytes
            files[path.name] = re.sub(r"\b[0-9a-f]{64}\b", "<sha256>", path.read_text(encoding="utf-8"))
    page = folder / "index.html"
    return files or ({"index.txt": shown(page.read_text(encoding="utf-8"))} if page.exists() else {})


def _write(expected: Path, made: dict[str, str]) -> None:
    shutil.rmtree(expected, ignore_errors=True)
    expected.mkdir()
    for name, text in made.items():
        (expected / name).write_text(text, encoding="utf-8")
