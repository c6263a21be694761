"""The project folder as git knows it: its files at a revision, put into a folder that is removed afterwards.

Only git's own store is read (`rev-parse`, `ls-tree`, `cat-file`): no filter, hook or pager of anybody's runs,
and nothing is fetched. (`git archive` would run filters, and leave files out that are marked so.)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from lettergen.problems import near

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINK, _FILES = "120000", ("100644", "100755")
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone fetches nothing either
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
# Which a hook of git has, and which would name another folder than the project's.
_OTHER_PLACE = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE"),
}
_SHALLOW = "this is a clone without its history, as CI makes it; let it fetch all of it"


class _NoRevisionError(Exception):
    """Why the folder cannot be had as it was, and the way out."""


class _Blob(NamedTuple):
    """A file as git lists it."""

    mode: str
    name: str
    path: str


@contextmanager
def files_at(root: Path, revision: str) -> Iterator[Path | str]:
    """The project folder as it was, without its output; or why it cannot be had, and the way out."""
    with tempfile.TemporaryDirectory(prefix="lettergen-") as made:
        wrong = ""
        try:
            _put(root, revision, Path(made))
        except _NoRevisionError as error:
            wrong = str(error)
        except OSError as error:
            wrong = (
                f"the files of '{revision}' cannot be written to {made}: {error.strerror}; see whether there is room"
            )
        except subprocess.CalledProcessError as error:
            wrong = f"git cannot read the files of '{revision}': {_words(error)}; see what 'git fsck' says"
        yield wrong or Path(made)


def _put(root: Path, revision: str, place: Path) -> None:
    if revision.startswith(("-", "^")):
        raise _NoRevisionError(f"'{revision}' is not the name of a revision; write one such as 'HEAD' or 'HEAD~1'")
    folder = _asked(root, "rev-parse", "--show-prefix")
    commit = _commit(root, revision)
    try:
        listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", f"{commit}:{folder}")
    except subprocess.CalledProcessError as error:
        if not folder:  # the whole of the repository, so that it was there
            raise
        way_out = "it was not committed yet, or had another name; choose another revision, or '--against output'"
        message = f"at '{revision}' there is no folder '{folder.rstrip('/')}': {way_out}"
        raise _NoRevisionError(message) from error
    _write(root, list(_blobs(listed)), place)


def _commit(root: Path, revision: str) -> str:
    try:
        named = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return _git(root, *named).decode().strip()
    except subprocess.CalledProcessError as error:
        names = _asked(root, "for-each-ref", "--format=%(refname:short)").split()
        way_out = near(revision, [*names, "HEAD"]) if names else "nothing has been committed yet"
        if _asked(root, "rev-parse", "--is-shallow-repository") == "true":
            way_out += f" ({_SHALLOW})"
        message = f"git knows no revision '{revision}'; {way_out}"
        raise _NoRevisionError(message) from error


def _asked(root: Path, *arguments: str) -> str:
    """Git's answer about the folder, which must be in a repository."""
    if not shutil.which("git"):
        raise _NoRevisionError("git is not installed; install it, or compare with the last build: '--against output'")
    try:
        return _git(root, *arguments).decode("utf-8", errors="surrogateescape").rstrip("\n")
    except subprocess.CalledProcessError as error:
        above = (root.absolute(), *root.absolute().parents)
        is_inside = any((folder / ".git").exists() for folder in above)
        words = _words(error) if is_inside else "the folder is in no git repository"
        message = f"{words}; compare with the last build: '--against output'"
        raise _NoRevisionError(message) from error


def _words(error: subprocess.CalledProcessError) -> str:
    lines = error.stderr.decode("utf-8", errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "git says nothing more"


def _blobs(listed: bytes) -> Iterator[_Blob]:
    """Files and links, these last; a path that would lead elsewhere is passed over."""
    rows = (row.decode("utf-8", errors="surrogateescape").partition("\t") for row in listed.split(b"\0") if row)
    heads = ((head.split(), path) for head, _, path in rows)
    blobs = [_Blob(mode, name, path) for (mode, _, name), path in heads]
    for blob in sorted(blobs, key=lambda blob: blob.mode == _LINK):
        parts = PurePosixPath(blob.path).parts
        is_inside = parts and ".." not in parts and not Path(blob.path).is_absolute()
        if is_inside and parts[0] != "output" and blob.mode in (_LINK, *_FILES):
            yield blob


def _write(root: Path, blobs: list[_Blob], place: Path) -> None:
    """All files from one call of git, one after the other."""
    with tempfile.TemporaryFile() as contents:
        _git(root, "cat-file", "--batch", given="".join(f"{blob.name}\n" for blob in blobs).encode(), into=contents)
        contents.seek(0)
        for blob in blobs:
            content = _next(contents, blob)
            file = place / blob.path
            file.parent.mkdir(parents=True, exist_ok=True)
            if blob.mode == _LINK:
                file.symlink_to(os.fsdecode(content))
            else:
                file.write_bytes(content)


def _next(contents: IO[bytes], blob: _Blob) -> bytes:
    """The next of the files: a line with its size, the bytes, a line end."""
    head = contents.readline().split()
    if len(head) < 3:  # noqa: PLR2004 - of a partial clone, or a damaged one
        raise _NoRevisionError(f"git has not got the file '{blob.path}' of that time; let it fetch its whole history")
    content = contents.read(int(head[2]))
    contents.read(1)
    return content


def _git(root: Path, *arguments: str, given: bytes = b"", into: IO[bytes] | int = subprocess.PIPE) -> bytes:
    """What git says about the folder."""
    environment = {name: value for name, value in os.environ.items() if name not in _OTHER_PLACE} | _QUIET
    command = [shutil.which("git") or "git", "--no-pager", "-C", str(root), *arguments]
    done = subprocess.run(command, input=given, env=environment, check=True, stdout=into, stderr=subprocess.PIPE)
    return done.stdout or b""
