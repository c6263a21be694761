"""How much of the templates the letters use, for people and machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from lettergen.cli.printing import to_table
from lettergen.problems import short
from lettergen.review.coverage import counted, coverage_of, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.cli.printing import Report
    from lettergen.model import Coverage, Mailing, Taken, Text
    from lettergen.pipeline.compose import Composition

NOBODY = "no letter"
SHOWN = 5  # paths that a sentence names


def is_enough(composition: Composition, report: Report, least: int, *, is_whole: bool) -> bool:
    """Print the coverage, and whether it is as much as was asked for."""
    if not composition.is_sound:
        report.say("coverage is counted once there is no error")
        return False
    found = coverage_of(composition.mailing)
    click.echo(written(found, composition.mailing, report.common.message_format, is_whole=is_whole))
    missing = shortfall(found, least)
    if missing:
        click.echo(missing, err=True)
    return not missing


def written(coverage: Coverage, mailing: Mailing, message_format: str, *, is_whole: bool) -> str:
    """What goes to stdout: tables with the figure below them, the figure alone, or a line of JSON."""
    variants = {name: text for plan in mailing.plans.values() for name, text in plan.variants.items()}
    if message_format == "json":
        return _json(coverage, variants)
    return "\n\n".join([*(_tables(coverage, variants) if is_whole else ()), figure(coverage)])


def figure(coverage: Coverage) -> str:
    """`coverage: 11 of 13 paths (84 %)`."""
    taken, paths = counted(coverage)
    return f"coverage: {taken:,} of {paths:,} path{'s' * (paths != 1)} ({percent(coverage)} %)"


def shortfall(coverage: Coverage, least: int) -> str:
    """What is missing to `least` of a hundred paths; nothing if they are reached."""
    reached = percent(coverage)
    if reached >= least:
        return ""
    missing = [f"variant '{one.name}'" for one in coverage.variants if not one.letters]
    missing += (f"{_line(one)} ({short(one.name)})" for one in coverage.arms if not one.letters)
    shown, more = missing[:SHOWN], len(missing) - SHOWN
    listed = "; ".join([*shown, f"and {more:,} more"] if more > 0 else shown)
    return f"coverage is {reached} %, and --fail-under asks for {least} %; {NOBODY} has: {listed}"


def _tables(coverage: Coverage, variants: Mapping[str, Text]) -> list[str]:
    chosen = [(one.name, _letters(one), short(variants[one.name])) for one in coverage.variants]
    taken = [(_line(one), _letters(one), short(one.name)) for one in coverage.arms]
    same = [(one.name, _line(one)) for one in coverage.same]
    tables: dict[tuple[str, ...], list[tuple[str, ...]]] = {
        ("variant", "letters", "what it is for"): [*chosen],
        ("passage", "letters", "condition"): [*taken],
        ("the same in all", "used in"): [*same],
    }
    return [to_table([head, *rows]) for head, rows in tables.items() if rows]


def _letters(one: Taken) -> str:
    return f"{len(one.letters):,}" if one.letters else NOBODY


def _line(one: Taken) -> str:
    return f"{one.place.file}:{one.place.line}"


def _json(coverage: Coverage, variants: Mapping[str, Text]) -> str:
    taken, paths = counted(coverage)
    found = {
        "letters": coverage.letters,
        "taken": taken,
        "paths": paths,
        "percent": percent(coverage),
        "variants": [{**_taken(one), "description": variants[one.name]} for one in coverage.variants],
        "passages": [_taken(one) for one in coverage.arms],
        "same": [_taken(one) for one in coverage.same],
    }
    return json.dumps({"coverage": found}, ensure_ascii=False)


def _taken(one: Taken) -> dict[str, object]:
    return {"name": one.name, "letters": len(one.letters), "file": one.place.file, "line": one.place.line}
