"""A template that Jinja cannot read: every place, in words of ours; none of Jinja's reaches a user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from lettergen.merge.mistakes.closing import CLOSING
from lettergen.merge.mistakes.expressions import OF_EXPRESSIONS
from lettergen.merge.mistakes.failing import Failure, Finding
from lettergen.merge.mistakes.grammar import OF_TAGS, OF_THE_REST
from lettergen.merge.mistakes.nesting import NESTING
from lettergen.merge.mistakes.tags import Lexeme, StoppedError, Tag, lexemes, parsed, still_open, tag_at
from lettergen.problems import Problem, Related, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

MOST = 20  # mistakes of one template that are named
_RULES = (*CLOSING, *NESTING, *OF_TAGS, *OF_EXPRESSIONS, *OF_THE_REST)
# What takes the place of a tag that cannot be read, so that what stands behind it can be.
_STANDS_FOR = {"if": "{% if 1", "elif": "{% elif 1", "for": "{% for x in 1"}


def unreadable(environment: Environment, source: Source, text: str) -> tuple[list[Problem], str]:
    """What keeps the text from being read, and a text of the same length that can be; nothing if none can."""
    problems: list[Problem] = []
    while len(problems) < MOST:
        failure = _failure(environment, text)
        if failure is None:
            return problems, text
        finding = next(found for rule in _RULES if (found := rule(failure)))
        problems.append(_problem(source, finding))
        if not finding.is_local or (mended := _without(text, failure.tag)) is None:
            break
        text = mended
    return problems, ""


def _problem(source: Source, finding: Finding) -> Problem:
    place = source.place(finding.start, finding.end)
    related = (Related(source.place(*finding.opened), "opened here"),) if finding.opened else ()
    return Problem("template-syntax", finding.message, place, finding.help, related)


def _failure(environment: Environment, text: str) -> Failure | None:
    try:
        parsed(environment, text)
    except TemplateSyntaxError as error:
        read = list(_as_far_as_possible(environment, text))
        offset = min(error.lineno, max(0, len(text) - 1))
        starts = [one.start for one in read if one.kind in ("block_begin", "variable_begin") and one.start <= offset]
        tag = tag_at(text, starts[-1]) if starts else Tag(0, 0, "{%", "%}", "")
        wanted = error.message or "" if isinstance(error, StoppedError) else ""
        limit = tag.start if starts and wanted != StoppedError.LAST_TAG else len(text)
        opened = still_open(text, [one.start for one in read if one.kind == "block_begin" and one.start < limit])
        return Failure(text, wanted, offset, tag, read, opened)
    return None


def _as_far_as_possible(environment: Environment, text: str) -> Iterator[Lexeme]:
    try:
        yield from lexemes(environment, text)
    except TemplateSyntaxError:
        return


def _without(text: str, tag: Tag) -> str | None:
    """The text with something sound in the tag's place; None if there is no room for it."""
    typed = text[tag.start : tag.end]
    if tag.opening == "{{":
        sound = " " * len(typed)
    else:
        sound = _STANDS_FOR[tag.name].ljust(len(typed) - 2) + "%}" if tag.name in _STANDS_FOR else ""
    if len(sound) != len(typed):
        return None
    lines = ("\n" if was == "\n" and now == " " else now for now, was in zip(sound, typed, strict=True))
    return text[: tag.start] + "".join(lines) + text[tag.end :]
