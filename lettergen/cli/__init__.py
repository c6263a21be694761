"""The command line: parse, call, print, exit. Nothing else prints or exits."""

from __future__ import annotations

import gc
import os
import sys

# Most of what a command makes lives to its end; to look for garbage less often saves 8 % of its start.
gc.set_threshold(100_000)

import click  # noqa: E402

from lettergen.cli.commands import cli  # noqa: E402

__all__ = ["cli", "main"]

INTERRUPTED = 130


def main() -> None:
    """Run the command and exit: 0 done, 1 not (wholly) done, 2 wrong call, 130 interrupted."""
    try:
        code = cli.main(prog_name="lettergen", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        click.echo("interrupted; nothing was half-written", err=True)
        code = INTERRUPTED
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
