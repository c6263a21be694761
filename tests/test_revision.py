"""The folder at a git revision: nothing but its own files, in a folder that is removed whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from lettergen.pipeline.changes.revision import files_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org")
RECORDS = 3000


def _git(root: Path, *arguments: str, given: bytes = b"") -> str:
    done = subprocess.run(["git", *arguments], cwd=root, input=given, check=True, capture_output=True)  # noqa: S607
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty one, beside an empty folder for temporary files."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    root = tmp_path / "project"
    root.mkdir()
    _git(root, "init", "-q")
    return root


def _tree(root: Path, *entries: tuple[str, str, str]) -> str:
    """A tree as nobody's git would write it; each entry is its mode, name and object."""
    content = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(key) for mode, name, key in entries)
    return _git(root, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=content)


def _commit(root: Path, tree: str) -> str:
    return _git(root, *WHO, "commit-tree", tree, "-m", "x")


def test_files_of_a_revision(repository: Path) -> None:
    """Bytes as they were, links as links, without the output folder; the rest is left alone."""
    for name, content in (("a.bin", b"\0\r\n"), ("templates/a b\u00e9", b""), ("output/x.md", b"x")):
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_bytes(content)
    (repository / "link").symlink_to("a.bin")
    _git(repository, "add", ".")
    _git(repository, *WHO, "commit", "-q", "-m", "x")
    (repository / "a.bin").write_bytes(b"new")
    with files_at(repository, "HEAD") as place:
        assert not isinstance(place, str)
        found = {path.relative_to(place).as_posix(): path for path in place.rglob("*") if not path.is_dir()}
        assert sorted(found) == ["a.bin", "link", "templates/a b\u00e9"]
        assert found["link"].is_symlink()
        assert found["link"].read_bytes() == b"\0\r\n"
    assert not place.exists()
    assert (repository / "a.bin").read_bytes() == b"new"


def test_a_path_that_leads_out_is_passed_over(repository: Path) -> None:
    blob = _git(repository, "hash-object", "-w", "--stdin", given=b"evil")
    inner = _tree(repository, ("100644", "evil", blob))
    tree = _tree(repository, ("40000", "..", inner), ("100644", "good", blob))
    with files_at(repository, _commit(repository, tree)) as place:
        assert not isinstance(place, str)
        assert [path.name for path in place.iterdir()] == ["good"]
    assert list((repository.parent / "tmp").iterdir()) == []


def test_no_file_is_written_through_a_link(repository: Path) -> None:
    """A tree in which a link and a folder have one name."""
    blob = _git(repository, "hash-object", "-w", "--stdin", given=str(repository.parent).encode())
    inner = _tree(repository, ("100644", "evil", blob))
    tree = _tree(repository, ("120000", "templates", blob), ("40000", "templates", inner))
    with files_at(repository, _commit(repository, tree)) as place:
        assert isinstance(place, str)
    assert not (repository.parent / "evil").exists()
    assert list((repository.parent / "tmp").iterdir()) == []


def test_a_file_that_git_has_not_got(repository: Path) -> None:
    """As in a partial clone, which is not completed: nothing is fetched."""
    tree = _tree(repository, ("100644", "recipients.yaml", "0123456789" * 4))
    with files_at(repository, _commit(repository, tree)) as place:
        expected = "git has not got the file 'recipients.yaml' of that time; let it fetch its whole history"
        assert place == expected


def test_a_tree_that_git_has_not_got(repository: Path) -> None:
    tree = _tree(repository, ("40000", "templates", "0123456789" * 4))
    with files_at(repository, _commit(repository, tree)) as place:
        assert isinstance(place, str)
        assert place.startswith("git cannot read the files of '")


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_no_folder_is_left_after_an_interrupt(project: Callable[..., Path], tmp_path: Path, number: str) -> None:
    """The files of the revision are removed, whatever ends the command."""
    root = project(recipients="".join(f"- {{name: A {n}, salutation: A, address: [x]}}\n" for n in range(RECORDS)))
    _git(root, "init", "-q")
    _git(root, "add", "recipients.yaml", "templates")
    _git(root, *WHO, "commit", "-q", "-m", "x")
    made = tmp_path / "tmp"
    made.mkdir()
    environment = {**os.environ, "TMPDIR": str(made)}
    command = [sys.executable, "-m", "lettergen", "diff", "--against", "HEAD"]
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.DEVNULL) as running:
        while not list(made.glob("*/recipients.yaml")):
            assert running.poll() is None
            time.sleep(0.005)
        running.send_signal(getattr(signal, number))
    assert running.returncode == 130
    assert list(made.iterdir()) == []
