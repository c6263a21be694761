"""`lettergen explain`: what a problem's code means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lettergen.cli.options import WarningCode

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class _Code(WarningCode):
    """Any code."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from lettergen.problems.codes import RETIRED, SEVERITIES, near

        if value not in SEVERITIES and value not in RETIRED:
            self.fail(f"there is no code '{value}'; {near(value, SEVERITIES)}", param, ctx)
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from lettergen.problems.codes import SEVERITIES

        return [CompletionItem(code) for code in SEVERITIES if code.startswith(incomplete)]


@click.command()
@click.argument("code", type=_Code())
def explain(code: str) -> None:
    """Say what a problem's code means, with an example and the cure."""
    from lettergen.problems.codes import RETIRED, SEVERITIES
    from lettergen.problems.explain import explanations

    click.echo(RETIRED.get(code) or f"{code} ({SEVERITIES[code]})\n\n{explanations()[code]}")
