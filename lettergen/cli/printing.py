"""Problems and summaries for people and machines."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lettergen.cli.options import Common
    from lettergen.problems import Problem

_COLOURS = {"error": "red", "warning": "yellow"}


class Report:
    """Prints problems as they were asked for, and knows the exit code."""

    def __init__(self, common: Common, *, machine_to_stderr: bool = False) -> None:
        self.common = common
        self.to_stderr = machine_to_stderr or common.message_format == "text"
        self.errors = self.warnings = 0

    def add(self, problems: Iterable[Problem]) -> None:
        """Print the problems that are not ignored."""
        for problem in problems:
            if problem.code in self.common.ignored:
                continue
            self.errors += problem.is_error
            self.warnings += not problem.is_error
            click.echo(self._written(problem), err=self.to_stderr, color=wants_colour())

    def say(self, words: str) -> None:
        """A line for people."""
        if not self.common.quiet:
            click.echo(words, err=True)

    def counts(self) -> str:
        """`2 errors and 1 warning`."""
        return f"{_count(self.errors, 'error')} and {_count(self.warnings, 'warning')}"

    def is_fatal(self, problem: Problem) -> bool:
        """Whether the problem fails the command."""
        return problem.is_error or (self.common.strict and problem.code not in self.common.ignored)

    @property
    def code(self) -> int:
        """0 if all is well, 1 if not."""
        return 1 if self.errors or (self.common.strict and self.warnings) else 0

    def _written(self, problem: Problem) -> str:
        if self.common.message_format == "json":
            from lettergen.problems.machine import to_json

            return to_json(problem)
        if self.common.message_format == "github":
            from lettergen.problems.machine import to_github

            return to_github(problem)
        from lettergen.problems.text import to_text

        heading, _, rest = to_text(problem).partition(": ")
        return f"{click.style(heading, fg=_COLOURS[problem.severity], bold=True)}: {rest}\n"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def wants_colour() -> bool | None:
    """No colour where `NO_COLOR` is set; else Click looks whether this is a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def has_progress(common: Common) -> bool:
    """Whether somebody watches: a terminal that is not a CI's log."""
    return sys.stderr.isatty() and not common.quiet and not os.environ.get("CI")


def to_table(rows: list[tuple[str, ...]]) -> str:
    """The rows in columns, the first row being their heads."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)
