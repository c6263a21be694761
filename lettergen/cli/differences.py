"""What changed, for a terminal and for a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lettergen.cli.excerpts import AFTER, BEFORE, TERMINAL, excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lettergen.pipeline.changes.difference import Difference
    from lettergen.pipeline.changes.grouping import Entry, Shown

NAMED = 3  # letters that are named in a line
OWN = 5  # values of other letters that are shown


def summary(found: Difference) -> str:
    """`3 of 5 letters changed, in 2 ways; 1 new, 1 gone`."""
    ways = f", in {len(found.entries):,} way{'s' * (len(found.entries) != 1)}" if found.entries else ""
    others = ((found.new, "new"), (found.gone, "gone"), (found.unread, "not compared, being PDFs only"))
    counted = ", ".join(f"{len(ids):,} {what}" for ids, what in others if ids)
    changed = f"{f'{found.changed:,}' if found.changed else 'none'} of {_letters(found.letters)} changed{ways}"
    return f"{changed}; {counted}" if counted else changed


def to_text(found: Difference) -> str:
    """For a terminal: a paragraph for each change."""
    entries = [_text_entry(entry) for entry in found.entries]
    others = [f"{what}: {_named(ids)}\n" for ids, what in ((found.new, "new"), (found.gone, "gone")) if ids]
    return "\n".join([*entries, *filter(None, ["".join(others)])])


def to_markdown(found: Difference) -> str:
    """For a pull request; the letters' words stand in blocks of code, where nothing is markup."""
    said = summary(found)
    blocks = ["## What changed in the letters", f"{said[0].upper()}{said[1:]}."]
    for entry in found.entries:
        blocks += _markdown_entry(entry)
    for ids, what in ((found.new, "New"), (found.gone, "Gone")):
        blocks += [f"### {what}", _listed(ids)] if ids else []
    return "\n\n".join(blocks) + "\n"


FORMS: dict[str, Callable[[Difference], str]] = {"text": to_text, "md": to_markdown}


def _text_entry(entry: Entry) -> str:
    heading = click.style(_heading(entry.ids), bold=True)
    lines = [line for shown in entry.shown for line in _text_lines(shown)]
    return "\n".join([f"{heading}:", *lines]) + "\n"


def _text_lines(shown: Shown) -> Iterator[str]:
    yield f"  {shown.rewording.part}: {excerpt(shown.rewording.steps, TERMINAL)}"
    if shown.own:
        yield f"    (each letter has its own words in it: {_own(shown.own)})"


def _markdown_entry(entry: Entry) -> Iterator[str]:
    """A heading with the letters, and a block of code in the colours of a diff."""
    if len(entry.ids) == 1:
        yield f"### `{entry.ids[0]}`"
    else:
        yield f"### {_letters(len(entry.ids))}"
        yield _listed(entry.ids)
    lines = [line for shown in entry.shown for line in _diff_lines(shown)]
    yield "\n".join(["```diff", *lines, "```"])


def _diff_lines(shown: Shown) -> Iterator[str]:
    yield f"@@ {shown.rewording.part} @@"
    for sign, style in (("-", BEFORE), ("+", AFTER)):
        yield f"{sign} {excerpt(shown.rewording.steps, style)}".rstrip()
    if shown.own:
        yield f"# each letter has its own words in it: {_own(shown.own)}"


def _listed(ids: Sequence[str]) -> str:
    """The letters, folded up if they are many."""
    listed = ", ".join(f"`{identity}`" for identity in ids)
    if len(ids) <= NAMED:
        return listed
    return f"<details><summary>{_named(ids)}</summary>\n\n{listed}\n\n</details>"


def _heading(ids: Sequence[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{_letters(len(ids))} ({_named(ids)})"


def _named(ids: Sequence[str]) -> str:
    """`essex, kent, london and 34 more`."""
    more = len(ids) - NAMED
    if more == 1:  # its name is as short as that
        return ", ".join(ids)
    return ", ".join(ids[:NAMED]) + f" and {more:,} more" * (more > 0)


def _own(values: Sequence[str]) -> str:
    return "; ".join(values[:OWN]) + "; …" * (len(values) > OWN)


def _letters(count: int) -> str:
    return f"{count:,} letter{'s' * (count != 1)}"
