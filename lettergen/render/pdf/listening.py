"""What the engine logs: it stops for nothing, and a letter with a hole is no letter."""

from __future__ import annotations

import logging
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from weasyprint.css.properties import KNOWN_PROPERTIES

from lettergen.model import Complaint
from lettergen.problems import near
from lettergen.render.pdf.patience import TooSlowError

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        words = record.getMessage()
        if ".notdef" in words or "No anchor" in words:  # said again, with more, by the checks of what was set
            return
        found = re.search(r" at (\d+):(\d+)", words)
        match record.args:
            case (str(address), *_) if address.startswith("data:"):
                complaint = _of_image(address, sys.exc_info()[1])
            case _ if found and record.levelno < logging.ERROR:
                words, way_out = _of_style(words.replace(found[0], ""))
                complaint = Complaint("stylesheet", words, int(found[1]), int(found[2]), way_out)
            case _:
                complaint = Complaint("typesetting" if record.levelno >= logging.ERROR else "stylesheet", words)
        if complaint not in self.complaints:
            self.complaints.append(complaint)


def _of_image(address: str, error: BaseException | None) -> Complaint:
    words, way_out = f"the engine cannot draw the image {address}", ""
    if isinstance(error, TooSlowError):
        words, way_out = f"{words}: {error}", "save it with fewer or simpler shapes, or as a .png file"
    return Complaint("typesetting", words, help=way_out, sought=address)


def _of_style(words: str) -> tuple[str, str]:
    """What the engine says of a declaration, and the way out."""
    found = re.match(r"Ignored `([\w-]+)\s*:.*`, (.*)\.$", words, re.DOTALL)
    if not found:
        return words, "see how CSS is written, or remove it"
    way_out = near(found[1], KNOWN_PROPERTIES, "see which properties and values WeasyPrint knows")
    if found[1] in KNOWN_PROPERTIES:
        way_out = f"see which values '{found[1]}' can have"
    return f"'{found[1]}' has no effect here: {found[2]}", way_out
