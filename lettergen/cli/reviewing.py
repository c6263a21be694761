"""`lettergen review`: the page that shows one letter, and what differs in all others."""

from __future__ import annotations

from pathlib import Path

import click

from lettergen.cli.composing import composed, output_of
from lettergen.cli.options import common, shared
from lettergen.cli.printing import Report


@click.command()
@shared
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="Write into this folder [output/].")
@click.pass_context
def review(ctx: click.Context, /, output: Path | None, **_: object) -> None:
    """Write the review page alone: one letter, and what differs in all others."""
    from lettergen.pipeline.build import Order, review_all
    from lettergen.pipeline.reviewpage import NAME

    options = common(ctx)
    report = Report(options)
    composition = composed(options)
    report.add(composition.problems)
    if report.code:
        report.say(f"nothing was written: {report.counts()}")
        ctx.exit(report.code)
    order = Order(output_of(options, composition, output), composition.ids, hidden=options.ignored)
    reviewed = review_all(composition, order)
    report.add(reviewed.problems)
    if reviewed.written:
        click.echo(order.output / NAME, err=options.message_format != "text")
        count = composition.batch.count
        report.say(f"{count} letter{'s' * (count != 1)} to review: {report.counts()}")
    else:
        report.say(f"nothing was written: {report.counts()}")
    ctx.exit(report.code)
