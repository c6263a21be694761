"""The command line: parse, call, print, exit. Nothing else prints or exits."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys

# Most of what a command makes lives to its end; to look for garbage less often saves 8 % of its start.
gc.set_threshold(100_000)

import click  # noqa: E402

from lettergen.cli.codes import explain  # noqa: E402
from lettergen.cli.commands import cli  # noqa: E402
from lettergen.cli.diff import diff  # noqa: E402
from lettergen.cli.reviewing import review  # noqa: E402

for command in (diff, explain, review):
    cli.add_command(command)

__all__ = ["cli", "main"]

INTERRUPTED = 130


def main() -> None:
    """Run the command and exit: 0 done, 1 not (wholly) done, 2 wrong call, 130 interrupted."""
    _prepare_streams()
    for name in ("SIGTERM", "SIGHUP"):  # as Ctrl-C: no worker and no half-written folder is left
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    try:
        code = cli.main(prog_name="lettergen", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        click.echo("interrupted: what was not written yet is as it was before", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except SystemExit as left:  # Click's own; where the reader has gone, as `head` does, it has changed the stream
        code = left.code if isinstance(sys.stdout, io.TextIOWrapper) else 0
    except BrokenPipeError:  # the same, behind Click
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:  # of our own output, with a full disk behind it; or of a file that is not what it was
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(_failure(error), err=True)
        code = 1
    gc.freeze()  # the interpreter's last look for garbage, among all that goes anyway, costs 15 % of a short run
    sys.exit(code)


def _failure(error: OSError) -> str:
    from lettergen.files import ChangedError  # only when something is wrong

    if isinstance(error, ChangedError):
        return f"'{error}' was saved while letters were made from it; run the command again"
    return f"the output cannot be written: {error.strerror or error}"


def _prepare_streams() -> None:
    """Streams that take every word: a closed one swallows it, one of few signs gets others in their place."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
