"""What more than 2,000 records make of a command: the same as fewer, for all its files are read again and again."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lettergen.cli import _failure
from lettergen.files import ChangedError, Folder
from lettergen.pipeline import batch, compose
from lettergen.pipeline.build import Order, build_all
from lettergen.pipeline.compose import Request
from lettergen.records import recipients
from lettergen.yamlfile import pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CASES = Path(__file__).parent / "cases"
COMMANDS = {path.parent.name: path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*/command"))}
PLAIN = [case for case, command in COMMANDS.items() if not command.startswith(("build", "show", "review"))]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single record is too many to be kept."""
    monkeypatch.setattr(batch, "KEPT", 0)
    monkeypatch.setattr(Folder.read_lines, "__defaults__", ("", -1))
    monkeypatch.setattr(pieces.pieces, "__defaults__", (2,))
    for read in (recipients.read_recipients, recipients.read_listing):
        monkeypatch.setattr(read, "__defaults__", ((), None, 0))


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("case", PLAIN)
def test_many_are_checked_as_few(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lettergen: Callable[..., Ran]
) -> None:
    shutil.copytree(CASES / case, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    ran = lettergen(*shlex.split(COMMANDS[case]))
    expected = {path.name: path.read_text(encoding="utf-8") for path in (CASES / case / "expected").glob("std*")}
    assert {"stdout": ran.stdout, "stderr": ran.stderr} == {"stdout": "", "stderr": ""} | expected


@pytest.mark.usefixtures("many")
def test_many_letters_of_a_revision(example: Path, lettergen: Callable[..., Ran]) -> None:
    """Its files lie in a folder of their own, which stays until the last of them is compared."""
    for arguments in ("init -q", "add .", "-c user.name=A -c user.email=a@example.org commit -q -m x"):
        subprocess.run(["git", *arguments.split()], cwd=example, check=True)  # noqa: S607
    text = (example / "recipients.yaml").read_text(encoding="utf-8")
    (example / "recipients.yaml").write_text(text.replace("salutation: ", "salutation: dear ", 1), encoding="utf-8")
    ran = lettergen("diff", "--against", "HEAD")
    assert (ran.code, "1 of " in ran.stderr) == (0, True)


def _saved(root: Path) -> None:
    (root / "recipients.yaml").write_text("- name: Ada\n", encoding="utf-8")


def _removed(root: Path) -> None:
    (root / "recipients.yaml").unlink()


def _drawn(root: Path) -> None:
    (root / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="2"/>', encoding="utf-8")


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("change", "name"), [(_saved, "recipients.yaml"), (_removed, "recipients.yaml"), (_drawn, "a.svg")]
)
def test_a_file_that_is_saved_while_letters_are_made(
    change: Callable[[Path], None], name: str, project: Callable[..., Path]
) -> None:
    """The build ends with the file's name, and writes nothing."""
    letter = "---\ndate: 2020-10-13\n---\n{% block body %}\nHello.\n\n![A line](a.svg)\n{% endblock %}\n"
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1"/>'
    root = project(letter=letter, **{"a.svg": drawing})
    composition = compose.compose(Request(root))
    assert composition.is_sound
    composition.images._address.cache_clear()  # type: ignore[attr-defined]  # noqa: SLF001 - as after a hundred others
    change(root)
    order = Order(root / "output", composition.ids, ("md", "html"))
    with pytest.raises(ChangedError, match=name):
        build_all(composition, order, lambda *_: None)
    assert [path for path in (root / "output").glob("*") if not path.name.startswith(".")] == []


def test_it_is_told_in_a_line() -> None:
    words = "'recipients.yaml' was saved while letters were made from it; run the command again"
    assert _failure(ChangedError("recipients.yaml")) == words
