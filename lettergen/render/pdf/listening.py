"""What the engine logs: it stops for nothing, and a letter with a hole is no letter."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from weasyprint.css.properties import KNOWN_PROPERTIES

from lettergen.model import Complaint
from lettergen.problems import near
from lettergen.render.pdf.patience import TooSlowError

if TYPE_CHECKING:
    from collections.abc import Iterator

# The engine's modules whose complaints say less than our own checks: of glyphs, lost notes, the library for fonts.
_SAID_ELSEWHERE = ("draw.text", "pdf.anchors", "pdf.fonts")


@contextmanager
def listening() -> Iterator[list[Complaint]]:
    """The complaints that the engine logs meanwhile; nobody else hears them."""
    heard = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    was_propagating, logger.propagate = logger.propagate, False
    try:
        yield heard.complaints
    finally:
        logger.removeHandler(heard)
        logger.propagate = was_propagating


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.complaints: list[Complaint] = []

    def emit(self, record: logging.LogRecord) -> None:
        module = ".".join(Path(record.pathname).with_suffix("").parts[-2:])
        if module not in _SAID_ELSEWHERE:
            complaint = _complaint(record)
            self.complaints += [complaint] if complaint not in self.complaints else []


def _complaint(record: logging.LogRecord) -> Complaint:
    """What the record says, from its parts: its words change with the engine's version."""
    parts, words = record.args if isinstance(record.args, tuple) else (), record.getMessage()
    if parts and str(parts[0]).startswith("data:"):
        return _of_image(str(parts[0]), sys.exc_info()[1])
    if record.levelno >= logging.ERROR:
        return Complaint("typesetting", words)
    match parts:
        case (str(name), _, int(line), int(column), _):  # a declaration, and the reason
            is_known = name in KNOWN_PROPERTIES
            words = f"'{name}' has no effect here: {'invalid value' if is_known else 'unknown property'}"
            way_out = near(name, KNOWN_PROPERTIES, "see which properties and values WeasyPrint knows")
            way_out = f"see which values '{name}' can have" if is_known else way_out
        case (*_, int(line), int(column)) | (int(line), int(column), _):
            words, way_out = (
                words.replace(f" at {line}:{column}", "").rstrip(": "),
                "see how CSS is written, or remove it",
            )
        case _:
            return Complaint("stylesheet", words)
    return Complaint("stylesheet", words, line, column, way_out)


def _of_image(address: str, error: BaseException | None) -> Complaint:
    words, way_out = f"the engine cannot draw the image {address}", ""
    if isinstance(error, TooSlowError):
        words, way_out = f"{words}: {error}", "save it with fewer or simpler shapes, or as a .png file"
    return Complaint("typesetting", words, help=way_out, sought=address)
