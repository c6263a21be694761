"""A changed passage in one line: the changes, and a few words around each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

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
    joined,
)
from lettergen.problems.text import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lettergen.pipeline.changes.words import Words

NEAR = 10  # words and signs that are shown on each side of a change
CUT = Word("…", is_spaced=True, was_spaced=True)
# Signs that no text can hold, and the ends of lines and paragraphs as word processors show them.
_SIGNS = str.maketrans({EMPHASIS: "*", CODE: "`", REFERENCE: "[", REFERENCE_END: "]", LINE: "↵", PARAGRAPH: "¶"})


class Style(NamedTuple):
    """How words that went and came are marked; None leaves them out."""

    removed: Callable[[str], str] | None
    added: Callable[[str], str] | None


def _styled(words: str, **style: Any) -> str:  # noqa: ANN401 - as Click takes them
    """Each word by itself, so that a line can be broken between them."""
    return " ".join(click.style(word, **style) for word in words.split(" "))


TERMINAL = Style(
    lambda words: _styled(f"[-{words}-]", fg="red", strikethrough=True),
    lambda words: _styled(f"{{+{words}+}}", fg="green"),
)
BEFORE, AFTER = Style(str, None), Style(None, str)


def excerpt(steps: tuple[Step, ...], style: Style) -> str:
    """The changes with a few words around each, in one line."""
    line = ""
    for words, mark, is_spaced in _pieces(steps, style):
        line += " " * bool(line and is_spaced) + mark(_text(words))
    return line


def folded(text: str, width: int) -> str:
    """The text in lines of at most this width, where a word is not wider itself; what goes on stands further in."""
    return "\n".join(row for line in text.split("\n") for row in _rows(line, width))


def _rows(line: str, width: int) -> Iterator[str]:
    inner = line.lstrip(" ")
    indent = " " * (len(line) - len(inner))
    row = indent
    for word in inner.split(" "):
        if row.strip(" ") and columns(click.unstyle(f"{row} {word}")) > width:
            yield row
            row = f"{indent}  {word}"
        else:
            row += f"{' ' * bool(row.strip(' '))}{word}"
    yield row


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
    for index, step in enumerate(joined(steps)):
        head = step.kept[:NEAR] if index else ()
        tail = step.kept[-NEAR:] if step.is_change else ()
        if len(step.kept) <= len(head) + len(tail) + 1:
            yield step
        else:
            after = (tail[0]._replace(is_spaced=True, was_spaced=True), *tail[1:]) if tail else ()
            yield step._replace(kept=(*head, CUT, *after))


def _text(words: Words) -> str:
    text = "".join(" " * word.is_spaced + word.text for word in words)
    return text.lstrip(" ").translate(_SIGNS)
