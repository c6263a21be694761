"""Reading the files of a project folder: nothing outside it, nothing that is not a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Control characters (those that turn the direction of text too), line ends of other systems, surrogates and
# the private-use characters of tokens.
UNPRINTABLE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff]"
)
_ASIDE = "move it away and put the file in its place"
LARGEST = 100_000_000  # bytes; a larger file is a mistake


class Folder:
    """The project folder: names are read relative to it, and never lead out of it."""

    def __init__(self, root: Path, shown: str = "") -> None:
        """`shown` stands before the names of its files in messages."""
        self.root, self.shown = root.resolve(), shown

    def source(self, name: str, text: str = "") -> Source:
        """A file of this folder, for the places in it."""
        return Source(name, text, self.shown)

    def read_text(self, name: str, advice: str = "") -> tuple[Source | None, list[Problem]]:
        """A UTF-8 file with `\n` line ends; a blank stands for each character that cannot be printed."""
        content = self.read_bytes(name, self.source(name).whole(), advice)
        if isinstance(content, Problem):
            return None, [content]
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return None, [_not_utf8(self, name, content, error.start)]
        raw = self.source(name, text.replace("\r\n", "\n").replace("\r", "\n"))
        return self.source(name, UNPRINTABLE.sub(" ", raw.text)), list(_unprintable(raw))

    def read_bytes(self, name: str, place: Place, advice: str = "") -> bytes | Problem:
        """The file's bytes; a problem stands at `place`, where the file is asked for."""
        try:
            path = (self.root / name).resolve()
            if not path.is_relative_to(self.root):
                return _problem(
                    "outside-folder", f"'{name}' leads out of the project folder", place, "put a copy into it"
                )
            if not path.exists():
                return _problem("missing-file", f"there is no file '{name}'", place, advice)
            if not path.is_file() or path.stat().st_size > LARGEST:
                return _problem("unreadable-file", f"'{name}' is a folder, or no file that can be read", place, _ASIDE)
            return path.read_bytes()
        except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a loop of links
            reason = getattr(error, "strerror", None) or "its links lead round in a circle"
            return _problem("unreadable-file", f"'{name}' cannot be read: {reason}", place, "check its rights")

    def has(self, name: str) -> bool:
        """Whether there is such a file; a problem with reading it shows when it is read."""
        try:
            return (self.root / name).exists()
        except (OSError, ValueError, RuntimeError):
            return False


def _not_utf8(folder: Folder, name: str, content: bytes, start: int) -> Problem:
    before = len(content[:start].decode("utf-8", errors="replace").replace("\r\n", "\n"))
    source = folder.source(name, content.decode("utf-8", errors="replace").replace("\r\n", "\n"))
    return Problem(
        "not-utf8",
        f"this is not UTF-8 text: byte {content[start]:#04x}",
        source.place(before, before + 1),
        "save the file as UTF-8 (in the editor: 'Save with encoding')",
    )


def _unprintable(source: Source) -> Iterator[Problem]:
    for found in UNPRINTABLE.finditer(source.text):
        yield Problem(
            "control-character",
            f"the character U+{ord(found[0]):04X} cannot be printed",
            source.place(*found.span()),
            "remove it; it is often left over from copying out of another program",
            anywhere=True,
        )


def _problem(code: str, message: str, place: Place, advice: str = "") -> Problem:
    return Problem(code, message, place, advice)
