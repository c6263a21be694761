"""Tags, comments and quotes that do not end, or end with the wrong sign."""

from __future__ import annotations

import re

from lettergen.merge.mistakes.failing import Failure, Finding
from lettergen.merge.mistakes.tags import CLOSERS

_CURLY = "‘’‚‛“”„‟«»‹›´`′″"
_SWALLOWED = re.compile(r"[ \t]*(?:[-+]?%\}|[-+]?\}\}|\n|\Z)")


def _comment(failure: Failure) -> Finding | None:
    opening = failure.read[-1] if failure.read else None
    if failure.got or not opening or opening.kind not in ("raw_begin", "comment_begin"):
        return None
    if opening.kind == "raw_begin":
        message, way_out = "{% endraw %} is missing", "write it after the text that is to be printed as it stands"
    else:
        message, way_out = "'#}' is missing: the comment that begins here does not end", "write '#}' after the comment"
    return Finding(message, way_out, opening.start, opening.end, is_local=False)


def _tag(failure: Failure) -> Finding | None:
    """`{{ recipient.name }`, `{% if x }}`, or no end at all."""
    tag = failure.tag
    if tag.is_closed or not tag.end:
        return None
    closer = CLOSERS[tag.opening]
    if not tag.closing:
        message = f"'{closer}' is missing: what begins here with '{tag.opening}' does not end"
        return failure.at_tag(message, f"write '{closer}' after it")
    message = f"'{closer}' is missing: '{tag.closing}' does not close '{tag.opening}'"
    way_out = f"write {tag.opening} {tag.words} {closer}"
    return Finding(message, way_out, tag.end - len(tag.closing), tag.end)


def _open_quote(failure: Failure) -> Finding | None:
    """A quote that goes on behind the end of its tag, to the next one or to nowhere."""
    strings = [one for one in failure.read if failure.tag.start < one.start <= failure.offset and one.kind == "string"]
    start = next((one.start for one in strings if re.search(r"\n|%\}|\}\}", one.value)), -1)
    if start < 0 and failure.got is None and failure.text[failure.offset] in "'\"":
        start = failure.offset
    if start < 0:
        return None
    found = _SWALLOWED.search(failure.text, start + 1)
    end = max(found.start(), start + 1) if found else start + 1
    way_out = f"close it with {failure.text[start]}"
    if failure.text[start - 1].isalnum():  # `recipient's name`
        way_out, end = "remove it, or write another where the text begins", start + 1
    return Finding("the quote that opens here is not closed", way_out, start, end)


def _curly_quote(failure: Failure) -> Finding | None:
    sign = failure.text[failure.offset]
    if failure.got is not None or sign not in _CURLY:
        return None
    return failure.here(f"{sign} is not a quote that a tag can read", "type straight quotes: 'text' or \"text\"")


def _quote_in_quotes(failure: Failure) -> Finding | None:
    """`'it's'`: what stands right behind a quoted text."""
    before = failure.inside[-1] if failure.inside else None
    if not failure.got or not before or before.kind != "string" or before.end != failure.offset:
        return None
    way_out = 'put text that holds one kind of quote between two of the other, as in "it\'s"'
    return failure.here("the quotes here are not in pairs", way_out)


CLOSING = (_comment, _tag, _open_quote, _curly_quote, _quote_in_quotes)
