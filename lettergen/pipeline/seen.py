"""Which files have not been touched since they were last read, so that they need not be read again to be known."""

from __future__ import annotations

import os
import stat
from array import array
from bisect import bisect_left
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lettergen.pipeline.manifest import Entry

NAME = ".lettergen-seen"
_PIECE = 1 << 20  # bytes that are read at a time


class Seen:
    """The folder's files by what the disk says of them. Eight bytes stand for a file with its content, size and times.

    Only what was last changed before the disk's clock stood at `now` is believed: another change, in the same tick of
    that clock, would not show.
    """

    def __init__(self, folder: Path, now: int) -> None:
        self.folder, self.now = str(folder), now
        self.known, self.noted = array("Q"), array("Q")
        try:
            self.known.frombytes((folder / NAME).read_bytes())
        except (OSError, ValueError):  # then all are read again
            self.known = array("Q")

    def holds(self, entry: Entry) -> bool:
        """Whether the file is there with the bytes of its entry."""
        path = f"{self.folder}/{entry.path}"
        try:
            found = os.lstat(path)
            if not stat.S_ISREG(found.st_mode):
                return False
            token = _token(entry, found)
            place = bisect_left(self.known, token)
            if (place == len(self.known) or self.known[place] != token) and sha256_of(path) != entry.sha256:
                return False
        except OSError:
            return False
        if found.st_mtime_ns < self.now:
            self.noted.append(token)
        return True

    def note(self, entry: Entry) -> None:
        """Remember a file that was written with the bytes of its entry."""
        found = os.lstat(f"{self.folder}/{entry.path}")
        if found.st_mtime_ns < self.now:
            self.noted.append(_token(entry, found))

    def save(self) -> None:
        """For the next build; without it that takes longer, and is right as well."""
        noted = array("Q", sorted(set(self.noted)))
        if noted == self.known:
            return
        draft = f"{self.folder}/{NAME}.tmp"
        try:
            Path(draft).unlink(missing_ok=True)  # a link would be written through
            with open(draft, "wb") as file:  # noqa: PTH123 - a text, as all paths here
                file.write(noted.tobytes())
            os.replace(draft, f"{self.folder}/{NAME}")  # noqa: PTH105
        except OSError:
            return


def sha256_of(path: str | Path) -> str:
    """The check sum of a file, however large."""
    digest = sha256()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _token(entry: Entry, found: os.stat_result) -> int:
    facts = f"{entry.path} {entry.sha256} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
    return int.from_bytes(blake2b(facts.encode("ascii"), digest_size=8).digest(), "big")
