"""What the commands have in common: the letters that are asked for, and where they are written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lettergen.cli.options import known_edition

if TYPE_CHECKING:
    from lettergen.cli.options import Common
    from lettergen.pipeline.compose import Composition, Request


def composed(options: Common, only_id: str | None = None) -> Composition:
    """The letters of the folder, as every command makes them; a wrong call if there is no such edition."""
    from lettergen.pipeline.compose import compose

    composition = compose(request(options, only_id))
    known_edition(options.edition, composition.style.layout.editions)
    return composition


def request(options: Common, only_id: str | None) -> Request:
    """What the options ask for."""
    from lettergen.model import Asked
    from lettergen.pipeline.compose import Request

    asked = Asked(options.day, options.edition)
    return Request(options.root, options.template, asked, only_id, data=options.data)


def default_output(options: Common) -> Path:
    """Where a build writes if nothing else is said."""
    output = options.root / "output"
    output = output if options.template == "letter" else output / options.template
    return output if options.edition == "standard" else output / options.edition


def output_of(options: Common, composition: Composition, asked: Path | None) -> Path:
    """Where to write; a wrong call if that is among what letters are made from, or another edition's folder."""
    if options.template in composition.style.layout.editions:
        raise click.UsageError(f"--template: an edition is called '{options.template}' too; rename the template")
    output = asked or default_output(options)
    root, real = (Path(os.path.realpath(path)) for path in (options.root, output))
    if real == root or real.is_relative_to(root / "templates"):
        raise click.UsageError(f"--output: '{output}' is the project's own folder; name another")
    if real in (real.parent, Path(os.path.realpath(os.path.expanduser("~")))):  # noqa: PTH111 - never raises
        raise click.UsageError(f"--output: '{output}' holds far more than letters; name a folder within it")
    return output
