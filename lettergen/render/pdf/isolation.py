"""The engine without the fonts of the computer: a letter looks the same everywhere."""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VARIABLE = "FONTCONFIG_FILE"


@contextmanager
def no_fonts_of_the_computer() -> Iterator[None]:
    """What is set up meanwhile finds none; the programs that somebody else starts afterwards do."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(Path(__file__).parent.with_name("fonts.conf"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.environ.pop(_VARIABLE)
        if before is not None:
            os.environ[_VARIABLE] = before


with no_fonts_of_the_computer(), redirect_stdout(StringIO()):  # where it says at length what is missing
    try:
        import weasyprint  # noqa: F401 - here first: it looks for fonts at once
    except OSError as error:
        raise ImportError("Pango is not installed on this machine") from error
