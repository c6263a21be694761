"""The options that several commands share."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from click.shell_completion import CompletionItem

F = TypeVar("F", bound="Callable[..., Any]")


class Common(NamedTuple):
    """What every command that reads a project was told."""

    root: Path
    data: str
    template: str
    day: date | None
    edition: str
    quiet: bool
    strict: bool
    ignored: frozenset[str]
    message_format: str


class IsoDate(click.ParamType[date]):
    """A day such as 2020-10-13."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        from lettergen.model import iso_date

        day = value if isinstance(value, date) else iso_date(value)
        if day is None:
            self.fail(f"'{value}' cannot be read as a date; write it as year-month-day, as in 2020-10-13", param, ctx)
        return day


class WarningCode(click.ParamType[str]):
    """The code of a warning; an error cannot be ignored."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        from lettergen.problems.codes import RETIRED, SEVERITIES, near

        if value in RETIRED:
            return str(value)
        if value not in SEVERITIES:
            self.fail(f"there is no code '{value}'; {near(value, SEVERITIES)}", param, ctx)
        if SEVERITIES[value] == "error":
            self.fail(f"'{value}' is an error; only warnings can be ignored", param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from lettergen.problems.codes import SEVERITIES

        warnings = (code for code, severity in SEVERITIES.items() if severity == "warning")
        return [CompletionItem(code) for code in warnings if code.startswith(incomplete)]


class RecordId(click.ParamType[str]):
    """The id of a recipient."""

    name = "id"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from lettergen.files import Folder
        from lettergen.pipeline.datafile import read_data

        root = project_root(ctx)
        ids = read_data(Folder(root), data_name(root, ctx.params.get("data")))[0].ids
        return [CompletionItem(identity) for identity in ids if identity.startswith(incomplete)]


class ClusterAddress(click.ParamType[str]):
    """Where a cluster's scheduler listens."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        from importlib.util import find_spec

        found = re.fullmatch(r"(?:tcp|tls)://(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):([0-9]{1,5})", value)
        if not found or int(found[1]) >= 1 << 16:
            self.fail(f"'{value}' is no scheduler's address; write it as in tcp://192.168.1.20:8786", param, ctx)
        if find_spec("distributed") is None:
            self.fail("Dask is not installed here; install it with: pip install 'lettergen[dask]'", param, ctx)
        return str(value)


def template_name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """A name within templates/, which cannot lead out of it."""
    if not value or value.startswith(".") or any(sign in value for sign in "/\\\0"):
        raise click.BadParameter(f"'{value}' is not the name of a template in templates/", ctx, param)
    return value.removesuffix(".md.j2")


_SHARED: tuple[Callable[[F], F], ...] = (
    click.option("-C", "--project", type=click.Path(path_type=Path), metavar="DIR", help="The project folder [here]."),
    click.option(
        "--data",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The recipients: a YAML, CSV, JSON Lines, XLSX or ODS file of the project.",
    ),
    click.option(
        "--template", default="letter", metavar="NAME", callback=template_name, help="Use templates/NAME.md.j2."
    ),
    click.option("--date", "day", type=IsoDate(), metavar="ISO", help="The letters' date, instead of the template's."),
    click.option(
        "--edition", default="standard", metavar="NAME", help="large-print, print, or one of the project's own."
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print problems only."),
    click.option("--strict", is_flag=True, help="Fail on warnings too."),
    click.option("--ignore", "ignored", multiple=True, type=WarningCode(), metavar="CODE", help="Leave a warning out."),
    click.option(
        "--message-format",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        help="How problems are written.",
    ),
)


def shared(command: F) -> F:
    """The options of every command that reads a project."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


def selection(command: F) -> F:
    """Which letters."""
    exclude = click.option("--exclude", multiple=True, type=RecordId(), metavar="ID", help="Leave these letters out.")
    only = click.option("--only", multiple=True, type=RecordId(), metavar="ID", help="Write these letters alone.")
    return only(exclude(command))


def common(ctx: click.Context) -> Common:
    """The shared options, once Click has parsed them."""
    given = ctx.params
    root = project_root(ctx)
    return Common(
        root=root,
        data=data_name(root, given["data"]),
        template=given["template"],
        day=given["day"],
        edition=given["edition"],
        quiet=given["quiet"],
        strict=given["strict"],
        ignored=frozenset(given["ignored"]),
        message_format=given["message_format"],
    )


def project_root(ctx: click.Context) -> Path:
    """The folder named behind the command, or before it, or this one."""
    root = ctx.params.get("project") or (ctx.parent.params.get("project") if ctx.parent else None) or Path()
    if not root.is_dir():
        raise click.BadParameter(f"'{root}' is not a folder", ctx, param_hint="-C")
    return Path(root)


def data_name(root: Path, given: Path | None) -> str:
    """The name within the project of a file that was named as seen from here; empty if none was."""
    if given is None:
        return ""
    try:
        return Path(os.path.relpath(given, root)).as_posix()
    except ValueError:  # another drive
        return given.as_posix()


def known_edition(asked: str, names: Iterable[str]) -> None:
    """A wrong call, with a near name, for an edition that neither lettergen nor the project knows."""
    from lettergen.problems.codes import near

    if asked not in names:
        raise click.UsageError(f"--edition: there is no edition '{asked}'; {near(asked, names)}")


def known_ids(asked: Sequence[str], ids: Sequence[str], option: str = "") -> None:
    """A wrong call, with a near name, for an id that no record has."""
    from lettergen.problems.codes import near

    for identity in asked:
        if identity not in ids:
            raise click.UsageError(f"{option}no recipient has the id '{identity}'; {near(identity, ids)}")
