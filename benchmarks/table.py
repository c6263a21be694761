"""Rows of figures, what is asked of them, and how both are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADS = ("", "figure", "ratio", "held against", "target", "")


class Target(NamedTuple):
    """`at most` or `at least` so much."""

    words: str
    figure: float

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.figure if self.words == "at most" else ratio >= self.figure

    def __str__(self) -> str:
        return f"{self.words} {self.figure:g}"


class Row(NamedTuple):
    """What was measured: its figure, and its ratio to what it is held against."""

    name: str
    figure: str
    ratio: float | None = None
    against: str = ""
    target: Target | None = None

    @property
    def is_missed(self) -> bool:
        return self.target is not None and self.ratio is not None and not self.target.is_met(self.ratio)

    @property
    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = "**missed**" if self.is_missed else "met" if self.target else ""
        return self.name, self.figure, ratio, self.against, str(self.target or ""), verdict


def at_most(figure: float) -> Target:
    return Target("at most", figure)


def at_least(figure: float) -> Target:
    return Target("at least", figure)


def seconds(figure: float) -> str:
    """`12 ms`, `3.4 s`."""
    return f"{figure * 1000:.0f} ms" if figure < 1 else f"{figure:.1f} s"


def missing(name: str) -> Row:
    """A tool that this machine lacks."""
    return Row(name, "not installed")


def to_markdown(title: str, rows: Sequence[Row]) -> str:
    """A table under its title."""
    lines = [HEADS, ("---", "---:", "---:", "---", "---", "---"), *(row.cells for row in rows)]
    return f"## {title}\n\n" + "".join(f"{line}\n" for line in map(_line, lines))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
