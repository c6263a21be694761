"""What stands in a tag's expression and cannot: signs of other languages, names with blanks, things left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.merge.mistakes.failing import ENDINGS, Failure, Finding
from lettergen.merge.mistakes.tags import NAMES

if TYPE_CHECKING:
    from lettergen.merge.mistakes.tags import Lexeme

# What Jinja has -> signs and words that other languages have for it.
_LIKE = {
    "==": "= === equals",
    "!=": "<> !==",
    "and": "& && AND And",
    "or": "|| OR Or",
    "not": "!",
}
_INSTEAD = {other: sign for sign, others in _LIKE.items() for other in others.split()}
_NEEDLESS = ("then", "do", "THEN", "Then", ";", ",")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def _bracket(failure: Failure) -> Finding | None:
    """One that is not closed, or closes nothing."""
    if failure.got or failure.shown not in _PAIRS.values():
        return None
    opened: list[Lexeme] = []
    for one in failure.inside:
        if one.value in _PAIRS:
            opened.append(one)
        elif one.value in _PAIRS.values():
            opened.pop()
    if not opened:
        return failure.here(f"'{failure.shown}' closes nothing: no bracket is open here", "remove it")
    bracket = opened[-1]
    found = failure.here(f"'{_PAIRS[bracket.value]}' is missing before this", f"close '{bracket.value}'")
    return found._replace(opened=(bracket.start, bracket.end))


def _missing(failure: Failure) -> Finding | None:
    """Something is left out before the end of the tag, or behind a dot, a bar or a word."""
    last, got = failure.last, failure.got
    is_end = failure.is_at_end or (got is not None and (got.kind in ENDINGS or got.value in _PAIRS.values()))
    if last in (".", "|"):
        name = "field" if last == "." else "filter"
        way_out = f"write it there, without quotes, or remove '{last}'"
        return failure.at_last(f"the name of a {name} is missing after '{last}'", way_out)
    if last == "is" and got and got.kind in ("string", "integer", "float"):
        return failure.at_last("'is' does not compare with text or a number", "write '==' to compare")
    if not is_end or not failure.inside or (failure.wanted and not failure.is_at_end):
        return None
    message, way_out = f"something is missing after '{last}'", f"remove '{last}', or write what belongs after it"
    return failure.at_tag(message, failure.usage) if last == failure.tag.name else failure.at_last(message, way_out)


def _instead(failure: Failure) -> Finding | None:
    """A sign or word of another language."""
    start, end = failure.run
    sign = failure.text[start:end] or failure.shown
    if sign in _NEEDLESS:
        return failure.here(f"'{sign}' does not belong here", "remove it")
    meant = _INSTEAD.get(sign)
    if sign == "contains":
        return failure.here("'contains' cannot be used in a condition", "turn it round: 'text' in recipient.name")
    if not meant or (sign == "=" and failure.tag.opening == "{%" and failure.tag.name not in ("if", "elif")):
        return None
    message = f"'{sign}' does not compare" if sign == "=" else f"'{sign}' cannot be read here"
    way_out = f"write '{meant}' to compare" if meant in ("==", "!=") else f"write '{meant}'"
    start, end = (start, end) if end > start else (failure.offset, failure.offset + len(sign))
    return Finding(message, way_out, start, end)


def _blank_in_name(failure: Failure) -> Finding | None:
    """`recipient.post town`, `recipient name`."""
    is_word = failure.got is not None and failure.got.kind in ("name", "integer")
    if not is_word or failure.wanted == "comma":
        return None
    if re.match(r"\w+[.\[]", failure.text[failure.offset :]):  # it begins another field
        return None
    before = failure.text[failure.tag.start : failure.offset]
    name = failure.shown
    field = re.search(rf"\b({'|'.join(NAMES)})(?:\.(\w+))?(\s*)$", before)
    if not field:
        return None
    if not field[2]:
        return failure.here(f"'.' is missing before '{name}'", f"did you mean {field[1]}.{name}?")
    rest = re.match(r"\w+(?: +(?!and\b|or\b|is\b|if\b|else\b|in\b|not\b)\w+)*", failure.text[failure.offset :])
    whole = field[2] + field[3] + (rest[0] if rest else name)
    message = f"'{name}' does not belong here: a name after a dot has no spaces and begins with a letter"
    return failure.here(message, f"for a field '{whole}', write {field[1]}['{whole}']")


def _sign(failure: Failure) -> Finding | None:
    """A sign that nothing in a tag is written with."""
    if failure.got is not None or failure.is_at_end:
        return None
    return failure.here(f"the sign '{failure.shown}' means nothing in a tag", "remove it, or put the text in quotes")


OF_EXPRESSIONS = (_bracket, _missing, _instead, _blank_in_name, _sign)
