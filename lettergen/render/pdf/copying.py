"""A PDF's text as it is copied, searched and read aloud."""

from __future__ import annotations

from typing import Any


def name_blanks(pdf: Any) -> None:  # noqa: ANN401 - the engine's writer
    """Lets the glyph of a blank mean a blank.

    Fonts draw blanks and no-break spaces with one glyph, and the PDF has one meaning for it: that of
    whichever came first. A search for 'Yours sincerely' would find nothing.
    """
    for thing in pdf.objects:
        lines = getattr(thing, "stream", ())
        if b"begincmap" in lines:
            thing.stream = [line.replace(b"> <00a0>", b"> <0020>") for line in lines]
