"""The output folder: each file appears whole or not at all, and only our own are touched."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.pipeline.manifest import NAME, Entry, read_manifest, to_lines
from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_STAGING = ".lettergen-staging-"
_LOCK = ".lettergen.lock"
_RIGHTS = ("you may not write there", "ask for permission to write there")
_FULL = ("there is no room for the letters", "make room on the disk")
_A_FILE = ("there is a file in the place of the folder", "move that file away")
_REASONS = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _RIGHTS),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR), _A_FILE),
    errno.ELOOP: ("it is a link that leads back to itself", "remove the link"),
}


class OutputFolder:
    """An output folder that this process alone writes; made by `opened`."""

    def __init__(self, path: Path, entries: dict[str, Entry]) -> None:
        self.path, self.entries = path, entries
        self.replaced: list[str] = []

    def strangers(self, names: Iterable[str]) -> Iterator[Problem]:
        """A problem for each file in the way that a build did not write."""
        for name in names:
            file = self.path / name
            if os.path.lexists(file) and (name not in self.entries or not file.is_file() or file.is_symlink()):
                message = f"'{file}' is in the way; it was not written by a build"
                way_out = "move it away or rename it, and build again"
                yield Problem("stranger-file", message, Source(str(file)).whole(), way_out)

    def write(self, contents: Mapping[str, bytes], entries: Mapping[str, Entry], stale: Iterable[str]) -> None:
        """Replace the named files, remove the stale ones, and say so in the manifest."""
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=self.path))
        try:
            for name, content in contents.items():
                _write_through(staging / name, content)
            # Both old and new while the files change places: after a crash, all of them are still known as ours.
            self._write_manifest(staging, {**self.entries, **entries})
            with _uninterrupted():
                self._swap(staging, contents, stale)
                self._write_manifest(staging, entries)
        finally:
            shutil.rmtree(staging, ignore_errors=True)

    def _swap(self, staging: Path, names: Iterable[str], stale: Iterable[str]) -> None:
        for name in names:
            (staging / name).replace(self.path / name)
            self.replaced.append(name)
        for name in stale:
            (self.path / name).unlink(missing_ok=True)

    def _write_manifest(self, staging: Path, entries: Mapping[str, Entry]) -> None:
        draft = staging / NAME
        _write_through(draft, to_lines(entries.values()).encode("utf-8"))
        draft.replace(self.path / NAME)


@contextmanager
def opened(path: Path) -> Iterator[OutputFolder | Problem]:
    """The folder, made if need be and locked; or the problem that stands in the way."""
    from filelock import FileLock, Timeout  # only where files are written

    here = Source(str(path)).whole()
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / _LOCK)
        lock.acquire(timeout=0)
    except Timeout:
        message = f"another build is writing to '{path}'"
        yield Problem("build-running", message, here, "wait until it is done, and build again")
        return
    except OSError as error:
        yield write_problem(path, error)
        return
    try:
        for leftover in path.glob(f"{_STAGING}*"):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
        entries, problems = read_manifest(path)
        yield problems[0] if problems else OutputFolder(path, entries)
    finally:
        lock.release()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C and its like wait until this is done: it takes no time, and half of it is worse than all."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def write_problem(path: Path, error: OSError) -> Problem:
    """What the system said against writing."""
    reason, way_out = _REASONS.get(error.errno or 0, (str(error.strerror or error), "see who may write there"))
    message = f"'{path}' cannot be written: {reason}"
    way_out += ", or choose another folder with '--output FOLDER'"
    return Problem("write-failed", message, Source(str(path)).whole(), way_out)


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
