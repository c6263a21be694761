"""The README is true: its example makes what it shows, and it names every command and option."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import click
import pytest
from conftest import ROOT

from lettergen.cli import cli
from lettergen.model import PARTS, STANDARD_KEYS
from lettergen.records.settings import KEYS, SENDER_TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)
EXPLAINED = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"^```console\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The README's example, typed in."""
    (tmp_path / "templates").mkdir()
    for name, text in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _commands(session: str) -> list[tuple[str, str]]:
    """Each command of a session, with what it prints."""
    pieces = re.split(r"^\$ lettergen (.*)\n", session, flags=re.MULTILINE)
    return list(zip(pieces[1::2], pieces[2::2], strict=True))


@pytest.mark.parametrize(("command", "printed"), _commands(SESSIONS[0]))
def test_example(folder: Path, lettergen: Callable[..., Ran], command: str, printed: str) -> None:
    assert folder.exists()
    ran = lettergen(*shlex.split(command))
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == printed


def test_the_explained_letter(folder: Path, lettergen: Callable[..., Ran]) -> None:
    """What docs/explain.md shows is the letter of the README's example."""
    assert folder.exists()
    session = EXPLAINED.split("```console\n")[1].split("```")[0]
    ((command, printed),) = _commands(session)
    assert lettergen(*shlex.split(command)).stdout == printed


def test_example_is_sound(folder: Path, lettergen: Callable[..., Ran]) -> None:
    assert lettergen("check", "--strict").code == 0
    assert lettergen("build").code == 0
    assert sorted(path.suffix for path in (folder / "output").glob("ada.*")) == [".html", ".md", ".pdf"]


def test_problem(folder: Path, lettergen: Callable[..., Ran]) -> None:
    """The misspelt field, made in the example, is reported as shown."""
    path = folder / "templates" / "letter.md.j2"
    path.write_text(path.read_text(encoding="utf-8").replace("recipient.work", "recipient.wrok"), encoding="utf-8")
    ((command, printed),) = _commands(SESSIONS[1])
    assert printed in lettergen(command).stderr


def test_every_command_and_option_is_named() -> None:
    assert isinstance(cli, click.Group)
    for name, command in cli.commands.items():
        assert f"`lettergen {name}" in README
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert max(parameter.opts, key=len) in README, parameter.opts
                assert parameter.help


@pytest.mark.parametrize("word", [*PARTS, *STANDARD_KEYS, *KEYS, *SENDER_TEXTS])
def test_every_part_and_key_is_named(word: str) -> None:
    assert f"`{word}`" in README


def test_every_dependency_is_named() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", text, flags=re.DOTALL | re.MULTILINE)
    assert listed
    built_on = README.partition("## Built on")[2].lower()
    for name in re.findall(r'"([a-z0-9-]+)>=', listed[1]):
        assert name in built_on, name


def test_files_that_it_points_to_exist() -> None:
    for target in re.findall(r'\]\(([^)#:]+)\)|src="([^"]+)"', README):
        assert (ROOT / "".join(target)).exists(), target
