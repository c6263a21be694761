"""The output folder: each file appears whole or not at all, and only our own are touched."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lettergen.pipeline.lines import Coming, Lines, read_manifest
from lettergen.pipeline.manifest import NAME
from lettergen.pipeline.seen import NAME as SEEN
from lettergen.pipeline.seen import Seen
from lettergen.pipeline.staging import FOLDER, REVIEW, Staging
from lettergen.pipeline.versions import KEPT
from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from lettergen.pipeline.manifest import Entry

LOCK = ".lettergen.lock"
_OWN = (LOCK, NAME, SEEN, KEPT, FOLDER, REVIEW)
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

    def __init__(self, path: Path, manifest: Lines, now: int) -> None:
        self.path, self.manifest = path, manifest
        self.seen, self.staging = Seen(path, now), Staging(path)

    def stranger(self, name: str, ours: Collection[str] = ()) -> Iterator[Problem]:
        """A problem if there is in the way what no build wrote; a folder of ours is a folder."""
        file = self.path / name
        try:
            mode = file.lstat().st_mode
        except OSError:
            return
        if not (stat.S_ISREG(mode) if file.suffix else stat.S_ISDIR(mode)) or (file.suffix and name not in ours):
            yield _in_the_way(file)

    def close(self) -> None:
        """Let go of the manifests."""
        self.manifest.close()
        self.staging.lines.close()

    def content(self, entry: Entry) -> bytes:
        """A file of the manifest to come: staged, in its place, or still in another."""
        alike = [
            one.path for one in self.manifest.of(entry.id) if (one.format, one.sha256) == (entry.format, entry.sha256)
        ]
        paths = (self.staging.path / entry.name, *(self.path / path for path in (entry.path, *alike)))
        return next(path for path in paths if path.exists()).read_bytes()

    @property
    def coming(self) -> Coming:
        """The manifest to come."""
        return Coming(self.manifest, self.staging.lines)


@contextmanager
def opened(path: Path) -> Iterator[OutputFolder | Problem]:
    """The folder, made if need be and locked; or the problem that stands in the way."""
    from filelock import FileLock, Timeout  # only where files are written

    here = Source(str(path)).whole()
    links = [path / name for name in _OWN if (path / name).is_symlink()]
    if links:  # a build makes none, and would write wherever it leads
        yield _in_the_way(links[0])
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / LOCK)
        lock.acquire(timeout=0)
    except Timeout:
        message = f"another build is writing to '{path}'"
        yield Problem("build-running", message, here, "wait until it is done, and build again")
        return
    except OSError as error:
        yield write_problem(path, error)
        return
    folder = _opened(path)
    try:
        yield folder
    finally:
        if isinstance(folder, OutputFolder):
            folder.close()
        lock.release()


def _opened(path: Path) -> OutputFolder | Problem:
    """The locked folder; a problem if there is something in it that cannot be read."""
    try:
        manifest, problems = read_manifest(path)
        return problems[0] if problems else OutputFolder(path, manifest, clock(path))
    except OSError as error:
        return write_problem(path, error)


def clock(folder: Path) -> int:
    """What time the folder's disk has: by it, not by the computer's, its files are dated."""
    os.utime(folder / LOCK)
    return (folder / LOCK).stat().st_mtime_ns


def _in_the_way(file: Path) -> Problem:
    message = f"'{file}' is in the way; it was not written by a build"
    return Problem("stranger-file", message, Source(str(file)).whole(), "move it away or rename it, and build again")


def write_problem(path: Path, error: OSError) -> Problem:
    """What the system said against writing."""
    reason, way_out = _REASONS.get(error.errno or 0, (str(error.strerror or error), "see who may write there"))
    message = f"'{path}' cannot be written: {reason}"
    way_out += ", or choose another folder with '--output FOLDER'"
    return Problem("write-failed", message, Source(str(path)).whole(), way_out)
