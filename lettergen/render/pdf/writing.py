"""A PDF's objects as they are written, each made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

if TYPE_CHECKING:
    from pydyf import PDF


class _Written(pydyf.Object):  # type: ignore[misc] # of an untyped library
    """An object that is bytes already."""

    data = b""
    compressible = False

    def __init__(self, made: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation, self.free = made.number, made.generation, made.free
        self.data, self.compressible = made.data, made.compressible


def made_once(pdf: PDF) -> None:
    """Let all that is in the PDF be bytes: its writer asks for them twice, for the file and for its identifier."""
    pdf.objects[:] = [_Written(one) if one.free == "n" else one for one in pdf.objects]
