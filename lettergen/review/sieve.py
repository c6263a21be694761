"""What was met more than once, from the hashes of all that was met: eight bytes each.

Two texts may have one hash: a sieve may hold back too much, which is then looked at, and lets nothing through. No hash
is ever shown: they are other ones in each run.
"""

from __future__ import annotations

from array import array
from itertools import pairwise

WIDTH = 62  # bits of a hash that are kept


class Sieve:
    """Takes hashes; `repeated` are those that it met again."""

    __slots__ = ("_mask", "_met")

    def __init__(self, width: int = WIDTH) -> None:
        self._mask = (1 << width) - 1
        self._met = array("Q")

    def add(self, text: str) -> None:
        self._met.append(hash(text) & self._mask)

    def has(self, text: str, marks: frozenset[int]) -> bool:
        """Whether the text may be one of those with these marks."""
        return hash(text) & self._mask in marks

    def repeated(self) -> frozenset[int]:
        """The marks of what may have been met more than once."""
        return frozenset(one for one, other in pairwise(sorted(self._met)) if one == other)

    def __len__(self) -> int:
        return len(self._met)
