"""What the bytes of a letter depend on besides the letter: machines that render together must have it in common."""

from __future__ import annotations

import platform
import zlib
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.pipeline.versions import PAPER, TEXT, libraries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FONTS = ("fontpkg_ibm_plex_serif", "fontpkg_ibm_plex_mono")


@cache
def likeness() -> Mapping[str, str]:
    """The versions of what this machine sets letters with, and the sums of our code and the fonts, by name."""
    own = sorted(path for path in Path(__file__).parents[2].rglob("*") if path.suffix in (".py", ".css", ".conf"))
    return {
        "lettergen": f"{_version('lettergen')} ({_sum(own)})",
        "Python": platform.python_version(),
        "processor": platform.machine(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: _version(name) for name in (*TEXT, *PAPER)},
        **libraries(),
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
