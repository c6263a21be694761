"""Memory, given back letter by letter."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def one_collection() -> Iterator[None]:
    """Meanwhile nothing is collected; then at once all that was left over.

    A letter's boxes refer to each other. Python would look through them some hundred times while they are in use;
    afterwards once is enough, and only what is new since the last time is looked at.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect(0)
