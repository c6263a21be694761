"""What a build has made and not yet put into place: files, and a line for each in a manifest of their own.

Whoever stops a build keeps it: the next one goes on from there.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from lettergen.pipeline.lines import Lines
from lettergen.pipeline.manifest import NAME
from lettergen.pipeline.seen import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from lettergen.pipeline.manifest import Entry

FOLDER, REVIEW = ".lettergen-staging", ".lettergen-review"  # that of a build, and of the review page alone
_AT_ONCE = 8  # files that are brought to the disk: one after the other, each takes three times as long


class Staging:
    """The folder within the output folder. `lines` are this build's, `earlier` an interrupted one's."""

    def __init__(self, output: Path, name: str = FOLDER) -> None:
        self.path, self.lines = output / name, Lines()
        self.earlier: Mapping[str, int] = {}
        if self.path.is_dir():
            self._open()

    def add(self, identity: str, entries: Iterable[Entry]) -> None:
        """The lines that an id is to have."""
        if self.lines.file is None:
            self._open()
        self.lines.add(identity, entries)

    def reusable(self, identity: str) -> dict[str, Entry]:
        """An interrupted build's files of a letter that are whole, by format."""
        entries = self.lines.at(self.earlier.get(identity))
        return {entry.format: entry for entry in entries if self._holds(entry)}

    def write(self, name: str, content: bytes) -> None:
        """A file; it reaches the disk at the latest before it is put into place."""
        if self.lines.file is None:
            self._open()
        try:
            (self.path / name).write_bytes(content)
        except OSError:
            self.drop(name)
            raise

    def read(self, name: str) -> bytes:
        """A file's content; nothing if there is no such file."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return b""

    def drop(self, name: str) -> None:
        """Remove a file that nobody needs any more."""
        with suppress(OSError):
            (self.path / name).unlink(missing_ok=True)

    def sync(self) -> None:
        """Wait until all files are on the disk, if there are any."""
        self.path.mkdir(exist_ok=True)
        with ThreadPoolExecutor(_AT_ONCE) as pool, os.scandir(self.path) as files:
            for _ in pool.map(_sync, [file.path for file in files]):
                pass

    def remove(self) -> None:
        """The folder with all that is in it."""
        self.lines.close()
        shutil.rmtree(self.path, ignore_errors=True)

    def _open(self) -> None:
        """Make the folder, or go on with what an interrupted build has left there."""
        self.path.mkdir(exist_ok=True)
        for found in list(os.scandir(self.path)):
            if not found.is_file(follow_symlinks=False):  # a link would be written through
                self.drop(found.name)
        self.lines = Lines((self.path / NAME).open("a+b"))
        self.earlier, self.lines.spans = self.lines.spans, {}
        for file in os.listdir(self.path):  # noqa: PTH208 - names alone
            if file != NAME and file.rpartition(".")[0] not in self.earlier:
                self.drop(file)

    def _holds(self, entry: Entry) -> bool:
        try:
            return sha256_of(self.path / entry.name) == entry.sha256
        except OSError:
            return False


def _sync(path: str) -> None:
    file = os.open(path, os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)
