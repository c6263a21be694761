"""What is staged comes into place, all of it or, for all that anybody can see, nothing."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.pipeline.lines import Lines
from lettergen.pipeline.manifest import NAME
from lettergen.pipeline.output import clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from lettergen.pipeline.manifest import Entry
    from lettergen.pipeline.output import OutputFolder

_DRAFT = "draft.jsonl"


class Placed:
    """How many files were put into place, the names of those that were removed, and the folders that lost any."""

    def __init__(self) -> None:
        self.written, self.removed, self.folders = 0, list[str](), set[Path]()


def place(folder: OutputFolder, placed: Placed) -> None:
    """Put the staged files into place and remove those without a line in the manifest to come, which is written then.

    An OSError may leave a part of it done; the next build does the rest.
    """
    folder.staging.sync()
    _announce(folder)
    with _uninterrupted():
        for identity in sorted(folder.staging.lines.spans):
            _swap(folder, identity, placed)
        _write(folder, folder.coming.texts(folder.coming.ids))
    _tidy(folder.path, placed.folders)
    folder.seen.now = clock(folder.path)
    for identity in sorted(folder.staging.lines.spans):
        for entry in folder.coming.of(identity):
            folder.seen.note(entry)


def _announce(folder: OutputFolder) -> None:
    """The manifest with both old and new while the files change places: after a crash all are still known as ours."""
    draft = folder.staging.path / _DRAFT
    with draft.open("w+b") as file:
        if folder.manifest.file:
            folder.manifest.file.seek(0)
            shutil.copyfileobj(folder.manifest.file, file)
        lines = Lines(file)
        for identity in sorted(folder.staging.lines.spans):
            new = {entry.path: entry for entry in folder.coming.of(identity)}
            old = {entry.path: entry for entry in folder.manifest.of(identity)}
            lines.add(identity, {**old, **new}.values())
        _finish(file, draft, folder.path)


def _write(folder: OutputFolder, texts: Iterator[bytes]) -> None:
    draft = folder.staging.path / _DRAFT
    with draft.open("wb") as file:
        file.writelines(texts)
        _finish(file, draft, folder.path)


def _finish(file: BinaryIO, draft: Path, folder: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    draft.replace(folder / NAME)


def _swap(folder: OutputFolder, identity: str, placed: Placed) -> None:
    """Put the files of an id into place; what was only moved keeps its bytes."""
    new, old = folder.coming.of(identity), folder.manifest.of(identity)
    for entry in new:
        target = folder.path / entry.path
        target.parent.mkdir(exist_ok=True)
        try:
            (folder.staging.path / entry.name).replace(target)
            placed.written += 1
        except FileNotFoundError:  # it is in its place already, or in another
            _move(folder.path, entry, old)
    names, forms = {entry.path for entry in new}, {entry.format for entry in new}
    for entry in old:
        if entry.path not in names:
            _remove(folder.path / entry.path, placed, "" if entry.format in forms else entry.path)


def _move(folder: Path, entry: Entry, old: tuple[Entry, ...]) -> None:
    for other in old:
        is_same = (other.format, other.sha256) == (entry.format, entry.sha256)
        if is_same and other.path != entry.path and not (folder / entry.path).exists():
            with suppress(FileNotFoundError):
                (folder / other.path).replace(folder / entry.path)


def _remove(file: Path, placed: Placed, name: str) -> None:
    """Remove a file; it is named unless it is now somewhere else."""
    placed.folders.add(file.parent)
    with suppress(FileNotFoundError):
        file.unlink()
        placed.removed += [name] if name else []


def _tidy(output: Path, folders: set[Path]) -> None:
    """Remove the folders that nothing is left in."""
    for folder in folders - {output}:
        with suppress(OSError):
            folder.rmdir()


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
