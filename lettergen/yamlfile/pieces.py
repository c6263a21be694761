"""A long list of records, cut where one begins, so that not all of it needs to be in memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RECORDS = 200  # of a piece
_MOST = 10_000  # lines above the list
_LIST = re.compile(r"recipients:[ ]*(?:#.*)?$")
_BESIDE = re.compile(r"[ ]*(?:#.*)?$|---[ ]*$")  # what may stand before the list
_ITEM = re.compile(r"([ ]*)-(?:[ ]|$)")
_ENDING = re.compile(r"\.\.\.|%|---")  # lines that begin or end a document


class Piece(NamedTuple):
    """Lines of a file, how many lines come before them, and how many records begin in them."""

    first: int
    text: str
    records: int


class UnusualError(Exception):
    """The list cannot be cut: only the whole file tells what it says."""


def pieces(lines: Iterable[str], records: int = RECORDS) -> Iterator[Piece]:
    """What stands above the list, empty where that is nothing, and then the list, so many records at a time."""
    numbered = enumerate(lines)
    head, begin = _head(numbered)
    is_below = any(map(_LIST.match, head))
    yield Piece(0, "\n".join([*head, ""]) if is_below else "", 0)
    first, piece = (len(head), [begin]) if is_below else (0, [*head, begin])
    dash = begin[: begin.index("-") + 1]
    count = 1
    for number, line in numbered:
        if line.startswith(dash) and line[len(dash) : len(dash) + 1] in ("", " "):
            if count == records:
                yield Piece(first, "\n".join([*piece, dash[:-1]]), count)  # where the parser would be at the next dash
                first, piece, count = number, [], 0
            count += 1
        elif _ENDING.match(line):
            raise UnusualError
        piece.append(line)
    yield Piece(first, "\n".join(piece), count)


def _head(numbered: Iterator[tuple[int, str]]) -> tuple[list[str], str]:
    """The lines above the list's first item, and the line that begins it."""
    head: list[str] = []
    is_below = False
    for _, line in numbered:
        item = _ITEM.match(line)
        if item and (is_below or (not item[1] and all(map(_BESIDE.match, head)))):
            return head, line
        is_far = len(head) == _MOST or (is_below and not _BESIDE.match(line))
        if is_far or (_ENDING.match(line) and not _BESIDE.match(line)):
            break
        is_below = is_below or _LIST.match(line) is not None
        head.append(line)
    raise UnusualError
