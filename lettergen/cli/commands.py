"""The commands that make and check letters."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lettergen import __version__
from lettergen.cli.composing import composed, default_output, output_of, request
from lettergen.cli.options import ClusterAddress, RecordId, common, known_ids, selection, shared
from lettergen.cli.printing import Report, has_progress, to_table

if TYPE_CHECKING:
    from lettergen.cli.options import Common
    from lettergen.pipeline.compose import Composition

FORMATS = ("md", "html", "pdf")
_HELP = {"help_option_names": ["-h", "--help"]}


@click.group(context_settings=_HELP)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("-C", "--project", type=click.Path(path_type=Path), metavar="DIR", help="The project folder [here].")
def cli(project: Path | None) -> None:
    """One formal letter to many people, as Markdown, HTML and PDF.

    A project is a folder with recipients.yaml, footnotes.yaml and templates/letter.md.j2.
    """


@cli.command()
@shared
@selection
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Write this format [all].",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="Write into this folder [output/].")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Set PDFs with N processes [the cores].")
@click.option("--force", is_flag=True, help="Make all letters anew, also those that have not changed.")
@click.option("--replace", is_flag=True, help="Replace the letters of another mailing.")
@click.option("--cluster", type=ClusterAddress(), metavar="ADDRESS", help="Set PDFs with a cluster: tcp://HOST:PORT.")
@click.option("--job", is_flag=True, help="Also bind all letters for a print room, in posting order.")
@click.pass_context
def build(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401 - as Click has checked them
    """Write every letter; nothing is written if anything is wrong."""
    from lettergen.cli.building import job_summary, summary
    from lettergen.cli.progress import Progress
    from lettergen.pipeline.build import Order, build_all
    from lettergen.pipeline.workers.crew import Means

    options = common(ctx)
    report = Report(options)
    composition = composed(options)
    ids = _chosen(composition, given["only"], given["exclude"])
    report.add(composition.problems)
    if report.code:
        report.say(f"nothing was written: {report.counts()}")
        ctx.exit(report.code)
    output = output_of(options, composition, given["output"])
    formats = tuple(dict.fromkeys(given["formats"])) or _usual_formats(options)
    asked = {"job": given["job"], "anew": given["force"], "replace": given["replace"], "hidden": options.ignored}
    order = Order(output, ids, formats, Means(given["jobs"], given["cluster"] or ""), report.is_fatal, **asked)
    is_slow = "pdf" in order.formats or order.job
    with Progress(is_shown=is_slow and has_progress(options)) as step:
        built = build_all(composition, order, step)
    report.add(built.problems)
    if report.code and not built.written:
        report.say(f"nothing was written: {report.counts()}")
    else:
        report.say(summary(order.output, len(ids), built))
        if built.volumes and not report.code:
            report.say(job_summary(built))
    ctx.exit(report.code)


@cli.command()
@shared
@click.argument("id", type=RecordId())
@click.option("--format", "form", type=click.Choice(FORMATS), default="md", help="The format [md].")
@click.option("--overlay", is_flag=True, help="Draw the envelope's window and the folds over the PDF.")
@click.option("--explain", "explained", is_flag=True, help="Say where each word comes from, as text or html.")
@click.pass_context
def show(ctx: click.Context, /, id: str, form: str, overlay: bool, explained: bool, **_: object) -> None:  # noqa: A002 - Click names them
    """Print one letter."""
    from lettergen.pipeline.rendering import render

    if overlay and form != "pdf":
        raise click.UsageError("--overlay: only a PDF has pages to draw on; add '--format pdf'")
    if explained and form == "pdf":
        raise click.UsageError("--explain: a PDF cannot be explained; use '--format html', or leave the format out")
    if form == "pdf" and sys.stdout.isatty():
        raise click.UsageError("a PDF cannot be shown on a terminal: redirect it to a file ('> letter.pdf')")
    options = common(ctx)
    report = Report(options, machine_to_stderr=True)
    composition = composed(options, id)
    if composition.ids or composition.is_sound:
        known_ids([id], composition.ids)
    report.add(composition.problems)
    if report.code:
        ctx.exit(report.code)
    if explained:
        from lettergen.cli.explaining import show_explained

        show_explained(request(options, id), composition, form)
        return
    shown = _overlaid(composition) if overlay else composition
    content, problems = render(shown, shown.letters[0], form, default_output(options))
    report.add(problems)
    if report.code == 0:
        sys.stdout.buffer.write(content)
    ctx.exit(report.code)


@cli.command()
@shared
@click.option("--coverage", is_flag=True, help="Print which variants and passages the letters use.")
@click.option("--fail-under", type=click.IntRange(0, 100), metavar="N", help="Fail if they use less than N %.")
@click.pass_context
def check(ctx: click.Context, /, *, coverage: bool, fail_under: int | None, **_: object) -> None:
    """Say what is wrong, and write nothing; for CI."""
    options = common(ctx)
    report = Report(options)
    composition = composed(options)
    report.add(composition.problems)
    count = composition.batch.count
    letters = f"{count} letter{'s' * (count != 1)} checked" if count else "no letter could be checked"
    report.say(f"{letters}: {report.counts()}")
    is_short = False
    if coverage or fail_under is not None:
        from lettergen.cli.coverage import is_enough

        is_short = not is_enough(composition, report, fail_under or 0, is_whole=coverage)
    if composition.unprinted and options.message_format == "text":
        report.say(f"no letter prints these fields: {', '.join(composition.unprinted)}")
    ctx.exit(1 if is_short else report.code)


@cli.command(name="list")
@shared
@click.pass_context
def list_letters(ctx: click.Context, /, **_: object) -> None:
    """Print a table of the letters: id, name, variants, notes; languages where they differ."""
    options = common(ctx)
    report = Report(options, machine_to_stderr=True)
    composition = composed(options)
    report.add(composition.problems)
    rows: list[tuple[str, ...]] = [("id", "name", "variants", "notes", "languages")]
    for letter in composition.letters:
        notes = " ".join(dict.fromkeys(note.id for note in letter.notes))
        variants = " ".join(letter.variants)
        rows.append((letter.id, letter.name, variants or "-", notes or "-", " ".join(letter.languages)))
    languages = {language for letter in composition.letters for language in letter.languages}
    if composition.letters:
        click.echo(to_table(rows if len(languages) > 1 else [row[:-1] for row in rows]))
    ctx.exit(report.code)


def _overlaid(composition: Composition) -> Composition:
    """The letters with the zones drawn; a wrong call where the layout has none."""
    from lettergen.pipeline.rendering import with_overlay

    drawn = with_overlay(composition)
    if drawn is None:
        way_out = "add a line such as 'layout: {preset: uk-dl}' to the main document"
        raise click.UsageError(f"--overlay: the letters are for no envelope, so there is no window to draw; {way_out}")
    return drawn


def _chosen(composition: Composition, only: tuple[str, ...], exclude: tuple[str, ...]) -> list[str]:
    if composition.ids or composition.is_sound:  # else the problems say why there is none
        known_ids(only, composition.ids, "--only: ")
        known_ids(exclude, composition.ids, "--exclude: ")
    chosen = [identity for identity in composition.ids if identity not in exclude and (not only or identity in only)]
    if composition.ids and not chosen:
        raise click.UsageError("no letter is left to write")
    return chosen


def _usual_formats(options: Common) -> tuple[str, ...]:
    return FORMATS if options.edition == "standard" else ("pdf",)  # another edition is one for paper
