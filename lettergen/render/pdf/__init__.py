"""The paper's HTML set as PDF by WeasyPrint. The only room that knows the engine: 0.9 s to import."""

import lettergen.render.pdf.isolation  # noqa: F401 - before the engine looks for fonts
from lettergen.render.pdf.binding import typeset_volume
from lettergen.render.pdf.typesetting import Typeset, typeset
from lettergen.render.pdf.warming import warm

__all__ = ["Typeset", "typeset", "typeset_volume", "warm"]
