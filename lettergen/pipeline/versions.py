"""What letters are made with: our own code, libraries and fonts, each in a few words that change when it does."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KEPT = ".lettergen-code"

# The distributions whose version shows in every format, in a PDF, and in the review page.
TEXT = ("markdown",)
PAPER = (
    "weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "fonttools", "pillow",
    "fontpkg_ibm_plex_serif", "fontpkg_ibm_plex_mono",
)  # fmt: skip
PAGE = ("jinja2", "pypdfium2", "pillow")
# The system's libraries as the engine finds them: the function that tells the version, and the names of its file.
_LIBRARIES = {
    "Pango": (
        "pango_version_string",
        ("libpango-1.0-0", "pango-1.0-0", "pango-1.0", "libpango-1.0.so.0", "libpango-1.0.dylib"),
    ),
    "PangoFT2": ("pango_version_string", ("libpangoft2-1.0-0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib")),
    "HarfBuzz": (
        "hb_version_string",
        ("libharfbuzz-0", "harfbuzz", "harfbuzz-0.0", "libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    ),
    "HarfBuzz-subset": (
        "hb_version_string",
        ("libharfbuzz-subset-0", "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    ),
    "fontconfig": (
        "FcGetVersion",
        ("libfontconfig-1", "fontconfig-1", "fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib"),
    ),
}


def code(folder: Path) -> str:
    """The sum of our own files: whoever edits one makes all letters anew.

    It is kept in the output folder with what the disk said of them, since reading them all takes 15 ms.
    """
    try:
        files = sorted(_files(str(Path(__file__).parent.parent)))
    except OSError:  # not in a folder: whoever packed it has numbered it
        return __version__
    told = ((path, found.st_size, found.st_mtime_ns, found.st_ctime_ns) for path, found in files)
    facts = _sum(repr(one).encode() for one in told)  # an installer may set the other time to what it likes
    kept = folder / KEPT
    try:
        known, _, content = kept.read_text(encoding="ascii").partition(" ")
    except (OSError, UnicodeDecodeError):
        known = content = ""
    if known != facts:
        content = _sum(Path(path).read_bytes() for path, _ in files)
        with suppress(OSError):
            kept.write_text(f"{facts} {content}", encoding="ascii")
    return content


@cache
def distributions(names: tuple[str, ...]) -> tuple[str, ...]:
    """Their versions, from the names of the folders that installers leave: importlib.metadata takes 30 ms."""
    found = {name: name for name in names}
    for place in reversed([place or "." for place in sys.path if Path(place).is_dir()]):
        for folder in os.listdir(place):  # noqa: PTH208 - names alone
            name = folder.partition("-")[0].lower()
            if name in found and folder.endswith((".dist-info", ".egg-info")):
                found[name] = folder
    return tuple(found.values())


@cache
def libraries() -> Mapping[str, str]:
    """The versions of the system's libraries, by name."""
    return {name: _version(*told) for name, told in _LIBRARIES.items()}


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path) if entry.name != "__pycache__" else ()
            else:
                yield entry.path, entry.stat()


def _sum(pieces: Iterable[bytes]) -> str:
    return blake2b(b"\0".join(pieces), digest_size=8).hexdigest()


def _version(function: str, names: tuple[str, ...]) -> str:
    for name in names:
        try:
            told = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        told.restype = ctypes.c_int if function == "FcGetVersion" else ctypes.c_char_p
        return str(told())
    return ""  # the engine will say so
