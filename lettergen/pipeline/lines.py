"""Files of entries, a manifest and what is to become one: read line by line, and never held in memory whole."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.manifest import NAME, entries_in, to_text
from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from lettergen.pipeline.manifest import Entry

_BEGIN = re.compile(rb'\{"id": "([a-z0-9.-]+)", ')
_WAY_OUT = "move the output folder away, and build again"
_LONGEST = 24  # bits of a span's length: a span is a number, for it takes the least memory
_MOST = (1 << _LONGEST) - 1
_PIECE = 1 << 20  # bytes that are read together


class Lines:
    """A file of entries. Memory holds but where each id's lines stand: of an id that is there twice, the last ones."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        """`is_sorted` unless the file is one that a build was stopped in."""
        self.file, self.is_sorted = file, True
        self.spans: dict[str, int] = {}
        if file:
            self._read(file)

    def of(self, identity: str) -> tuple[Entry, ...]:
        """The entries of an id; none if there are none, or if they are not ours."""
        return self.at(self.spans.get(identity))

    def says(self, identity: str) -> bool:
        """Whether there is any line of an id."""
        return bool(self.spans[identity] & _MOST)

    def at(self, span: int | None) -> tuple[Entry, ...]:
        """The entries that stand there."""
        if span is None:
            return ()
        return entries_in(self._piece(span >> _LONGEST, (span >> _LONGEST) + (span & _MOST)))

    def add(self, identity: str, entries: Iterable[Entry]) -> None:
        """Write the entries of an id at the end, be they none; they are in the file at once."""
        if self.file:
            text = to_text(entries)
            end = self.file.seek(0, 2)
            self.file.write(b"\n" + text)  # apart from whatever a crash has left
            self.file.flush()
            self._note(identity, end + 1, len(text))

    def texts(self, ids: Iterable[str]) -> Iterator[bytes]:
        """The lines of these ids; what stands together is read together."""
        start = end = 0
        for identity in ids:
            span = self.spans.get(identity)
            if span is None:
                continue
            if span >> _LONGEST != end or end - start > _PIECE:
                yield self._piece(start, end)
                start = span >> _LONGEST
            end = (span >> _LONGEST) + (span & _MOST)
        yield self._piece(start, end)

    def close(self) -> None:
        """Let go of the file, and of a line for which the disk had no room."""
        with suppress(OSError):
            if self.file:
                self.file.close()

    def _piece(self, start: int, end: int) -> bytes:
        if self.file is None:
            return b""
        self.file.seek(start)
        text = self.file.read(end - start)
        return text if text[-1:] in (b"", b"\n") else text + b"\n"  # somebody's editor took the last one

    def _read(self, file: BinaryIO) -> None:
        file.seek(0)
        here = start = 0
        before = ""
        for line in file:
            found = _BEGIN.match(line)
            identity = found[1].decode("ascii") if found else ""
            if identity != before:  # a letter's lines stand together
                self._end(before, start, here)
                start, before = here, identity
            self.is_sorted = self.is_sorted and bool(identity)
            here += len(line)
        self._end(before, start, here)

    def _end(self, identity: str, start: int, end: int) -> None:
        if identity:
            self.is_sorted = self.is_sorted and identity > next(reversed(self.spans), "")
            self._note(identity, start, end - start)

    def _note(self, identity: str, start: int, length: int) -> None:
        self.spans[identity] = start << _LONGEST | min(length, _MOST)


class Coming(NamedTuple):
    """The manifest to come: the old one's lines, but for the ids that have new ones, be they none."""

    old: Lines
    new: Lines

    @property
    def ids(self) -> list[str]:
        """In the order of the manifest."""
        return sorted(
            one for one in {*self.old.spans, *self.new.spans} if one not in self.new.spans or self.new.says(one)
        )

    def of(self, identity: str) -> tuple[Entry, ...]:
        """The entries of an id."""
        return (self.new if identity in self.new.spans else self.old).of(identity)

    def texts(self, ids: Iterable[str]) -> Iterator[bytes]:
        """The lines of these ids."""
        for is_new, some in groupby(ids, self.new.spans.__contains__):
            yield from (self.new if is_new else self.old).texts(some)


def read_manifest(output: Path) -> tuple[Lines, list[Problem]]:
    """The folder's manifest, empty where there is none. A line that was cut short by a crash is passed over."""
    path = output / NAME
    if not path.exists():
        return Lines(), []
    try:
        lines = Lines(path.open("rb"))
    except OSError:
        message = f"'{path}' cannot be read, so it is not known which files may be overwritten"
        return Lines(), [Problem("bad-manifest", message, Source(str(path)).whole(), _WAY_OUT)]
    if path.stat().st_size and not any(map(lines.of, lines.spans)):
        lines.close()
        message = f"'{path}' was not written by a build"
        return Lines(), [Problem("bad-manifest", message, Source(str(path)).whole(), _WAY_OUT)]
    return lines, []
