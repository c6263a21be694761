"""How long the commands take to start, beside the bare imports that they cannot do without."""

from __future__ import annotations

from functools import partial

from measure import LETTERGEN, PYTHON, by_turns, ratio, run, wall
from table import Row, at_most, seconds

# What is measured, what it is held against, and the most it may cost of that.
PAIRS = (
    (("--help",), "import click", 1.5),
    (("show", "essex"), "import click, jinja2, yaml", 2.0),
    (("check",), "import click, jinja2, yaml", 2.0),
)


def rows(rounds: int) -> list[Row]:
    """A row a command, of the shipped example; each runs in a new process."""
    return [_row(arguments, imports, most, rounds) for arguments, imports, most in PAIRS]


def _row(arguments: tuple[str, ...], imports: str, most: float, rounds: int) -> Row:
    command, bare = (*LETTERGEN, *arguments), (*PYTHON, "-c", imports)
    (_, *costs), (_, *others) = by_turns(
        1 + rounds, partial(run, command), partial(run, bare)
    )  # the first reads the disk
    name = f"`lettergen {' '.join(arguments)}`"
    against = f'`python -c "{imports}"`: {seconds(wall(others))}'
    return Row(name, seconds(wall(costs)), ratio(costs, others), against, at_most(most))
