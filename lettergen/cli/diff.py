"""`lettergen diff`: which words changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lettergen.cli.composing import composed, default_output
from lettergen.cli.options import RecordId, common, known_ids, shared
from lettergen.cli.printing import Report, wants_colour

if TYPE_CHECKING:
    from lettergen.cli.options import Common
    from lettergen.pipeline.changes.difference import Earlier
    from lettergen.pipeline.compose import Composition

LAST_BUILD = "output"
_NO_WORDS = ("missing-asset", "bad-asset")  # such as an image that git keeps elsewhere


@click.command()
@shared
@click.argument("ids", metavar="[ID]...", nargs=-1, type=RecordId())
@click.option(
    "--against",
    default=LAST_BUILD,
    metavar="output|REV",
    help="Compare with the last build or a git revision [output].",
)
@click.option("--output", type=click.Path(), metavar="DIR", help="Where the last build wrote [output/].")
@click.option("--format", "form", type=click.Choice(("text", "md")), default="text", help="The form [text].")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changed.")
@click.pass_context
def diff(ctx: click.Context, /, ids: tuple[str, ...], against: str, output: str | None, form: str, **_: object) -> None:
    """Print which words changed in the letters since the last build, or since a git revision."""
    from shutil import get_terminal_size

    from lettergen.cli.differences import FORMS, summary
    from lettergen.cli.excerpts import folded
    from lettergen.pipeline.changes.difference import difference

    options = common(ctx)
    report = Report(options, machine_to_stderr=True)
    if output is not None and against != LAST_BUILD:
        raise click.UsageError("--output: only with the last build, not with a revision")
    composition = composed(options)
    report.add(composition.problems)
    if not report.code:
        earlier = _earlier(options, composition, report, (against, output))
    if report.code:
        report.say(f"nothing was compared: {report.counts()}")
        ctx.exit(report.code)
    known_ids(ids, [*dict.fromkeys([*composition.ids, *earlier.ids, *earlier.unread])])
    found = difference(composition, earlier, ids)
    text = FORMS[form](found)
    shown = folded(text, get_terminal_size().columns) if form == "text" and sys.stdout.isatty() else text
    click.echo(shown, nl=False, color=wants_colour())
    report.say(summary(found))
    ctx.exit(1 if ctx.params["exit_code"] and found.is_any else 0)


def _earlier(options: Common, composition: Composition, report: Report, against: tuple[str, str | None]) -> Earlier:
    """What today's letters are compared with; what is wrong with it is reported."""
    from pathlib import Path

    revision, output = against
    if revision != LAST_BUILD:
        return _at(options, revision, report)
    from lettergen.pipeline.changes.earlier import last_build, of_build

    build, problems = last_build(Path(output) if output is not None else default_output(options))
    report.add(problems)
    return of_build(build, composition)


def _at(options: Common, revision: str, report: Report) -> Earlier:
    """The letters of a revision; a wrong call if git does not know it."""
    from lettergen.model import Asked
    from lettergen.pipeline.changes.difference import of_composition
    from lettergen.pipeline.changes.revision import files_at
    from lettergen.pipeline.compose import Request, compose

    place = click.get_current_context().with_resource(files_at(options.root, revision))  # many letters are read again
    if isinstance(place, str):
        raise click.UsageError(f"--against: {place}")
    asked = Asked(options.day, options.edition)
    earlier = compose(Request(place, options.template, asked, shown=f"{revision}:", data=options.data))
    errors = [problem for problem in earlier.problems if problem.is_error and problem.code not in _NO_WORDS]
    report.add(errors)
    if errors:
        report.say(f"the letters of '{revision}' cannot be made; choose another revision with '--against'")
    return of_composition(earlier)
