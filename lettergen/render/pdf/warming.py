"""What a process does before the first of many letters."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from lettergen.render.paper import Paper
from lettergen.render.pdf.typesetting import typeset

if TYPE_CHECKING:
    from lettergen.render.style import Style

_WORDS = "<p>a <em>b</em> <strong>c <em>d</em></strong> <code>e</code></p>"  # in every face of the fonts
_FIRST = Paper(f'<html lang="en"><title>.</title><article class="letter">{_WORDS}</article>', (), {})


def warm(style: Style) -> None:
    """Sheets and fonts are read, a first page is set, and what stays is put where no collection looks again.

    Never raises, and says nothing: the first letter hears what is wrong with the sheets.
    """
    typeset(_FIRST, style)
    gc.collect()
    gc.freeze()
