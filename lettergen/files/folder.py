"""Reading the files of a project folder: nothing outside it, nothing that is not a file."""

from __future__ import annotations

import errno
import os
import stat
from codecs import BOM_UTF8
from itertools import islice
from pathlib import Path

from lettergen.files.signs import UNPRINTABLE, plain_lines, unprintable
from lettergen.problems import Place, Problem, Source

LARGEST = 100_000_000  # bytes; a larger file is a mistake
STREAMED = 2_000_000_000  # bytes of one that is read piece by piece
KEPT = 1_000_000  # bytes of one that is kept nevertheless
_MOST = 1_000  # characters that are named
_SAVE = "open it in its editor, choose 'Save as', and there the encoding UTF-8"
_SAVE_CSV = "in Excel choose 'Save as', and there the file type 'CSV UTF-8 (Comma delimited)'"
_CSV = (".csv", ".tsv")
_NO_TEXT = {  # how a file begins that is no plain text -> what it is
    b"PK\x03\x04": "a Word or Excel file",
    b"\xd0\xcf\x11\xe0": "a Word or Excel file",
    b"{\\rtf": "a word processor's file (RTF)",
    b"%PDF": "a PDF",
}


class ChangedError(OSError):
    """A file is not the one that was read before: somebody has saved it in the meantime. Its argument is the name."""


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
        text = plain_lines(text)
        source = self.source(name, UNPRINTABLE.sub(" ", text))
        return source, list(islice(unprintable(source, text), _MOST))

    def read_lines(self, name: str, advice: str = "", kept: int = KEPT) -> tuple[Source | None, list[Problem]]:
        """The same for records: of more than `kept` bytes there are only the lines, which are read when asked for."""
        path = self.find(name, self.source(name).whole(), advice, STREAMED)
        if isinstance(path, Problem):
            return None, [path]
        try:
            is_large = path.stat().st_size > kept
            source, problems = _paged(self, name, path) if is_large else self.read_text(name, advice)
        except OSError as error:
            return None, [_unreadable(name, error, self.source(name).whole())]
        return source, [one for one in problems if one.code != "damaged-value"]  # said of values that are used

    def read_bytes(self, name: str, place: Place, advice: str = "") -> bytes | Problem:
        """The file's bytes; a problem stands at `place`, where the file is asked for."""
        path = self.find(name, place, advice)
        try:
            return path if isinstance(path, Problem) else path.read_bytes()
        except OSError as error:
            return _unreadable(name, error, place)

    def find(self, name: str, place: Place, advice: str = "", largest: int = LARGEST) -> Path | Problem:
        """Where the file lies, if it is an ordinary one of at most so many bytes."""
        try:
            path = Path(os.path.realpath(self.root / name))
            if not path.is_relative_to(self.root):
                message = f"'{name}' leads out of the project folder"
                return Problem("outside-folder", message, place, "put a copy of it into the folder")
            if not _lies_there(self.root / name):
                return Problem("missing-file", f"there is no file '{name}'", place, advice)
            found = (self.root / name).stat()
            wrong = _no_file(found, largest)
        except (OSError, ValueError) as error:
            return _unreadable(name, error, place)
        return Problem("unreadable-file", f"'{name}' {wrong[0]}", place, wrong[1]) if wrong else path

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


def _no_file(found: os.stat_result, largest: int) -> tuple[str, str] | None:
    """Why this is not read although it is there, and the way out."""
    if stat.S_ISDIR(found.st_mode):
        return "is a folder; it should be a file", "move the folder away, and put the file in its place"
    if not stat.S_ISREG(found.st_mode):
        return "is not an ordinary file", "move it away, and put the file in its place"
    if found.st_size > largest:
        return f"is larger than {largest // 1_000_000} MB", "see whether it is the right file"
    return None


def _unreadable(name: str, error: OSError | ValueError, place: Place) -> Problem:
    reason, way_out = _reason(error)
    return Problem("unreadable-file", f"'{name}' cannot be read: {reason}", place, way_out)


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


def _no_text(folder: Folder, name: str, content: bytes) -> Problem | None:
    """A problem if the file is not the kind of text that an editor of plain text writes."""
    kind = next((kind for sign, kind in _NO_TEXT.items() if content.startswith(sign)), None)
    if kind:
        message, way_out = f"this is {kind}, not plain text", "save it as plain text, with the encoding UTF-8"
        if name.casefold().endswith(_CSV):
            way_out = f"give its name the ending '.xlsx', if it is a spreadsheet; or {_SAVE_CSV}"
    elif content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:400].count(0) > len(content[:400]) // 3:
        message, way_out = "this file is saved as UTF-16 (also called 'Unicode'), not as UTF-8", _save(name)
    else:
        return None
    return Problem("not-utf8", message, folder.source(name).whole(), way_out)


def _paged(folder: Folder, name: str, path: Path) -> tuple[Source | None, list[Problem]]:
    """The large file as its lines; what is wrong with its signs is found now."""
    from lettergen.files.pages import Paged, Pages  # only for large files

    pages = Pages(path)
    source, problems = Paged(name, "", folder.shown, pages=pages), list[Problem]()
    for first, page in pages.scan():
        problem = None if first else _no_text(folder, name, page)
        try:
            text = plain_lines(page.decode("utf-8"))
        except UnicodeDecodeError as error:
            problem = problem or _not_utf8(folder, name, page, error.start, first)
        if problem:
            return None, [problem]
        problems += islice(unprintable(source, text, first), _MOST - len(problems))
    return (source, problems) if pages.is_whole else folder.read_text(name)


def _not_utf8(folder: Folder, name: str, content: bytes, start: int, first: int = 0) -> Problem:
    """What cannot be read in these bytes, before which the file has so many lines."""
    before = plain_lines(content[:start].decode("utf-8"))
    behind = plain_lines(content[start:].decode("cp1252", errors="replace"))  # the most likely one, for the excerpt
    source = folder.source(name, "\n" * first + UNPRINTABLE.sub(" ", before + behind))
    place = source.place(first + len(before), first + len(before) + 1)
    where = f"line {place.line}, column {place.column}"
    message = f"this file is not saved as UTF-8: the character in {where} cannot be read"
    return Problem("not-utf8", message, place, _save(name))


def _save(name: str) -> str:
    return _SAVE_CSV if name.casefold().endswith(_CSV) else _SAVE
