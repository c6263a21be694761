"""What a table was measured on: the machine and the versions, no names."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "jinja2", "markdown", "pyyaml", "click", "typst")


def machine() -> str:
    """One paragraph."""
    cores = os.cpu_count() or 1
    found = ", ".join(f"{name} {number}" for name in PACKAGES if (number := _version(name)))
    python = f"Python {platform.python_version()}"
    return f"{_processor()}, {cores} cores, {_memory()}; {platform.system()}, {python}, {found}."


def _processor() -> str:
    return _field("/proc/cpuinfo", "model name") or platform.machine()


def _memory() -> str:
    kilobytes = _field("/proc/meminfo", "MemTotal").split(" ")[0]
    return f"{int(kilobytes) / 1024**2:.0f} GB of memory" if kilobytes else "memory unknown"


def _field(file: str, name: str) -> str:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:  # another system
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
