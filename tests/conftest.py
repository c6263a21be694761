"""What all tests share: the real command, run in a folder of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from lettergen.cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
EXAMPLE = ("recipients.yaml", "footnotes.yaml", "templates")


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    stdout: str
    stderr: str
    stdout_bytes: bytes


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files of tests/cases/")


@pytest.fixture
def lettergen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run a command in the test's folder; an exception that reaches the user fails the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)

    def run(*arguments: str) -> Ran:
        result = CliRunner().invoke(cli, arguments, catch_exceptions=False, prog_name="lettergen")
        output = result.stdout_bytes.decode("utf-8", errors="replace")
        return Ran(result.exit_code, output, result.stderr, result.stdout_bytes)

    return run


UNSIGNED = "{% block signature_block %}{% endblock %}\n"  # on purpose


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The shipped example, copied into the test's folder."""
    for name in EXAMPLE:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Write a small sound project, and what the test puts in its place, into the test's folder."""

    def write(**files: str) -> Path:
        default = {
            "recipients": "- name: Ada Lovelace\n  salutation: Ada\n  address: [1 High Street, London]\n",
            "letter": f"---\ndate: 2020-10-13\n---\n{{% block body %}}\nHello.\n{{% endblock %}}\n{UNSIGNED}",
        }
        names = {"recipients": "recipients.yaml", "letter": "templates/letter.md.j2", "footnotes": "footnotes.yaml"}
        (tmp_path / "templates").mkdir(exist_ok=True)
        for key, text in (default | files).items():
            (tmp_path / names.get(key, key)).write_text(text, encoding="utf-8")
        return tmp_path

    return write
