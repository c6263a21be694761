"""What the bytes of a letter depend on besides the letter: machines that render together must have it in common."""

from __future__ import annotations

import ctypes
import platform
import zlib
from ctypes.util import find_library
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PACKAGES = (
    "weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "pillow", "fonttools", "markdown",
)  # fmt: skip
_FONTS = ("fontpkg-ibm-plex-serif", "fontpkg-ibm-plex-mono")
_LIBRARIES = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}  # -> what tells the version


@cache
def likeness() -> Mapping[str, str]:
    """The versions of what this machine sets letters with, and the sums of our code and the fonts, by name."""
    own = sorted(path for path in Path(__file__).parents[2].rglob("*") if path.suffix in (".py", ".css"))
    return {
        "lettergen": f"{_version('lettergen')} ({_sum(own)})",
        "Python": platform.python_version(),
        "processor": platform.machine(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: _version(name) for name in _PACKAGES},
        **{name: _library(name, function) for name, function in _LIBRARIES.items()},
        **{name: f"{_version(name)} ({_sum(_font_files(name))})" for name in _FONTS},
    }


def difference(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """What differs, as words: the first thing that does; empty if nothing."""
    names = (name for name in {**one, **other} if one.get(name) != other.get(name))
    return next((f"{name} {one.get(name) or 'none'}, and here {other.get(name) or 'none'}" for name in names), "")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _font_files(package: str) -> list[Path]:
    return sorted(Path(str(file.locate())) for file in files(package) or () if file.suffix == ".ttf")


def _sum(paths: Iterable[Path]) -> str:
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def _library(name: str, function: str) -> str:
    """The version of a library of the system; empty where it is not found by its usual name."""
    found = find_library(name)
    if not found:
        return ""
    told = getattr(ctypes.CDLL(found), function)
    told.restype = ctypes.c_char_p
    return bytes(told()).decode("ascii")
