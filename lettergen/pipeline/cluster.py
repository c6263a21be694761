"""Machines that render together, by Dask."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.pipeline.crew import Crew


@contextmanager
def connected(address: str, size: int) -> Iterator[Crew]:
    """The cluster's workers."""
    raise NotImplementedError
    yield
