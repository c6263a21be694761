"""What changed, for a terminal and for a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from lettergen.pipeline.changes.words import (
    CODE,
    EMPHASIS,
    LINE,
    PARAGRAPH,
    REFERENCE,
    REFERENCE_END,
    Step,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lettergen.pipeline.changes.difference import Difference
    from lettergen.pipeline.changes.grouping import Entry, Shown
    from lettergen.pipeline.changes.words import Words

NEAR = 10  # words and signs that are shown on each side of a change
NAMED = 3  # letters that are named in a line
OWN = 5  # values of other letters that are shown
CUT = Word("…", is_spaced=True, was_spaced=True)
# Signs that no text can hold, and the ends of lines and paragraphs as word processors show them.
_SIGNS = str.maketrans({EMPHASIS: "*", CODE: "`", REFERENCE: "[", REFERENCE_END: "]", LINE: "↵", PARAGRAPH: "¶"})


class Style(NamedTuple):
    """How words that went and came are marked; None leaves them out."""

    removed: Callable[[str], str] | None
    added: Callable[[str], str] | None


TERMINAL = Style(
    lambda words: click.style(f"[-{words}-]", fg="red", strikethrough=True),
    lambda words: click.style(f"{{+{words}+}}", fg="green"),
)
BEFORE, AFTER = Style(str, None), Style(None, str)


def summary(found: Difference) -> str:
    """`3 of 5 letters changed, in 2 ways; 1 new, 1 gone`."""
    ways = f", in {len(found.entries)} way{'s' * (len(found.entries) != 1)}" if found.entries else ""
    others = ((found.new, "new"), (found.gone, "gone"), (found.unread, "not compared, being PDFs only"))
    counted = ", ".join(f"{len(ids)} {what}" for ids, what in others if ids)
    changed = f"{found.changed or 'none'} of {_letters(found.letters)} changed{ways}"
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


def excerpt(steps: tuple[Step, ...], style: Style) -> str:
    """The changes with a few words around each, in one line."""
    line = ""
    for words, mark, is_spaced in _pieces(steps, style):
        line += " " * bool(line and is_spaced) + mark(_text(words))
    return line


def _pieces(steps: tuple[Step, ...], style: Style) -> Iterator[tuple[Words, Callable[[str], str], bool]]:
    """Words, how they are marked, and whether a blank stands before them."""
    for kept, removed, added in _shortened(steps):
        if kept:
            words = kept if style.added else tuple(word._replace(is_spaced=word.was_spaced) for word in kept)
            yield words, str, words[0].is_spaced
        if removed and style.removed:
            yield removed, style.removed, removed[0].is_spaced
        if added and style.added:
            yield added, style.added, added[0].is_spaced and not (removed and style.removed)


def _shortened(steps: tuple[Step, ...]) -> Iterator[Step]:
    """The steps without the words that are far from any change."""
    joined = _joined(steps)
    for index, step in enumerate(joined):
        head = step.kept[:NEAR] if index else ()
        tail = step.kept[-NEAR:] if step.is_change else ()
        if len(step.kept) <= len(head) + len(tail) + 1:
            yield step
        else:
            after = (tail[0]._replace(is_spaced=True, was_spaced=True), *tail[1:]) if tail else ()
            yield step._replace(kept=(*head, CUT, *after))


def _joined(steps: tuple[Step, ...]) -> list[Step]:
    """The steps, those without a change as words before the next."""
    joined: list[Step] = []
    kept: Words = ()
    for step in steps:
        kept += step.kept
        if step.is_change:
            joined.append(step._replace(kept=kept))
            kept = ()
    return [*joined, Step(kept)] if kept else joined


def _text(words: Words) -> str:
    text = "".join(" " * word.is_spaced + word.text for word in words)
    return text.lstrip(" ").translate(_SIGNS)
