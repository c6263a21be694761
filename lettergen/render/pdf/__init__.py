"""The paper's HTML set as PDF by WeasyPrint. The only room that knows the engine: 0.9 s to import."""

from lettergen.render.pdf.binding import typeset_volume
from lettergen.render.pdf.typesetting import Typeset, typeset

__all__ = ["Typeset", "typeset", "typeset_volume"]
