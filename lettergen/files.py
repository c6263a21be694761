"""Reading the files of a project folder: nothing outside it, nothing that is not a file."""

from __future__ import annotations

import errno
import os
import re
import stat
from codecs import BOM_UTF8
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

# Control characters (those that turn the direction of text too), line ends of other systems, surrogates and
# the private-use characters of tokens.
UNPRINTABLE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff]"
)
LARGEST = 100_000_000  # bytes; a larger file is a mistake
_MOST = 1_000  # characters that are named
_SAVE = "open it in its editor, choose 'Save as', and there the encoding UTF-8"
_NO_TEXT = {  # how a file begins that is no plain text -> what it is
    b"PK\x03\x04": "a Word or Excel file",
    b"\xd0\xcf\x11\xe0": "a Word or Excel file",
    b"{\\rtf": "a word processor's file (RTF)",
    b"%PDF": "a PDF",
}


class Folder:
    """The project folder: names are read relative to it, and never lead out of it."""

    def __init__(self, root: Path, shown: str = "") -> None:
        """`shown` stands before the names of its files in messages."""
        self.root, self.shown = Path(os.path.realpath(root)), shown

    def source(self, name: str, text: str = "") -> Source:
        """A file of this folder, for the places in it."""
        return Source(name, text, self.shown)

    def read_text(self, name: str, advice: str = "") -> tuple[Source | None, list[Problem]]:
        """A UTF-8 file with `\n` line ends; a blank stands for each character that cannot be printed."""
        content = self.read_bytes(name, self.source(name).whole(), advice)
        if isinstance(content, Problem):
            return None, [content]
        content = content.removeprefix(BOM_UTF8)
        problem = _no_text(self, name, content)
        if problem:
            return None, [problem]
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            return None, [_not_utf8(self, name, content, error.start)]
        text = _lines(text)
        source = self.source(name, UNPRINTABLE.sub(" ", text))
        return source, list(islice(_unprintable(source, text), _MOST))

    def read_bytes(self, name: str, place: Place, advice: str = "") -> bytes | Problem:
        """The file's bytes; a problem stands at `place`, where the file is asked for."""
        try:
            path = Path(os.path.realpath(self.root / name))
            if not path.is_relative_to(self.root):
                message = f"'{name}' leads out of the project folder"
                return Problem("outside-folder", message, place, "put a copy of it into the folder")
            if not _lies_there(self.root / name):
                return Problem("missing-file", f"there is no file '{name}'", place, advice)
            found = (self.root / name).stat()
            wrong = _no_file(found)
            if wrong:
                return Problem("unreadable-file", f"'{name}' {wrong[0]}", place, wrong[1])
            return path.read_bytes()
        except (OSError, ValueError) as error:
            reason, way_out = _reason(error)
            return Problem("unreadable-file", f"'{name}' cannot be read: {reason}", place, way_out)

    def has(self, name: str) -> bool:
        """Whether anything has this name; what is wrong with it shows when it is read."""
        try:
            return os.path.lexists(self.root / name)
        except ValueError:  # a name that no file can have
            return False

    def names(self, folder: str = ".") -> list[str]:
        """What lies in the folder, sorted; nothing if it is none."""
        try:
            return sorted(path.name for path in (self.root / folder).iterdir())
        except (OSError, ValueError):
            return []


def _lies_there(path: Path) -> bool:
    """Whether something has the name, be it a link that leads nowhere."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _no_file(found: os.stat_result) -> tuple[str, str] | None:
    """Why this is not read although it is there, and the way out."""
    if stat.S_ISDIR(found.st_mode):
        return "is a folder; it should be a file", "move the folder away, and put the file in its place"
    if not stat.S_ISREG(found.st_mode):
        return "is not an ordinary file", "move it away, and put the file in its place"
    if found.st_size > LARGEST:
        return f"is larger than {LARGEST // 1_000_000} MB", "see whether it is the right file"
    return None


def _reason(error: OSError | ValueError) -> tuple[str, str]:
    """Why the computer does not read it, and the way out."""
    number = getattr(error, "errno", None)
    if number == errno.ELOOP:
        return "it is a link that leads back to itself", "remove the link, and put the file itself in its place"
    if number == errno.ENOENT:
        return "it is a link that leads nowhere", "remove the link, and put the file itself in its place"
    if number in (errno.EACCES, errno.EPERM):
        return "you have no permission to read it", "ask its owner for permission, or put a copy in its place"
    if number is None:
        return "no file can have this name", "correct the name"
    return getattr(error, "strerror", None) or "the computer gives no reason", "put a copy in its place"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _no_text(folder: Folder, name: str, content: bytes) -> Problem | None:
    """A problem if the file is not the kind of text that an editor of plain text writes."""
    kind = next((kind for sign, kind in _NO_TEXT.items() if content.startswith(sign)), None)
    if kind:
        message, way_out = f"this is {kind}, not plain text", "save it as plain text, with the encoding UTF-8"
    elif content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:400].count(0) > len(content[:400]) // 3:
        message, way_out = "this file is saved as UTF-16 (also called 'Unicode'), not as UTF-8", _SAVE
    else:
        return None
    return Problem("not-utf8", message, folder.source(name).whole(), way_out)


def _not_utf8(folder: Folder, name: str, content: bytes, start: int) -> Problem:
    before = _lines(content[:start].decode("utf-8"))
    behind = _lines(content[start:].decode("cp1252", errors="replace"))  # the most likely one, for the excerpt
    place = folder.source(name, UNPRINTABLE.sub(" ", before + behind)).place(len(before), len(before) + 1)
    where = f"line {place.line}, column {place.column}"
    message = f"this file is not saved as UTF-8: the character in {where} cannot be read"
    return Problem("not-utf8", message, place, _SAVE)


def _unprintable(source: Source, text: str) -> Iterator[Problem]:
    """A problem for each such character of the text, at its place in the source, where it is a blank."""
    for found in UNPRINTABLE.finditer(text):
        yield Problem(
            "control-character",
            f"there is a character here that cannot be printed (U+{ord(found[0]):04X})",
            source.place(*found.span()),
            "delete it; it is often left over from copying out of another program",
            anywhere=True,
        )
