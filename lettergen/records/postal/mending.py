"""An address as it should be, and how to write it where it stands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from lettergen.problems import LINES, TABLES
from lettergen.records.postal.codes import bfpo
from lettergen.records.postal.lines import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.model import Items
    from lettergen.records.postal.ending import Ending

LEAST, MOST = 3, 7  # lines, with name and role
_WIDE = 40  # characters of a line that was joined, if it can be helped
_PLAIN = re.compile(r"\w(?:[\w ,.’'()&/-]*[\w.’')])?")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off"}  # which YAML reads otherwise, here or elsewhere


def mended(ending: Ending, heads: int) -> list[str]:
    """The lines of the address below so many for name and role: as few as there may be, as many as there must be."""
    tail = [ending.last] if ending.last else []
    body = [line.text for line in ending.body]
    if heads + len(body) + len(tail) < LEAST:
        pieces = [text for line in body for piece in line.split(", ") if (text := clean(piece))]
        body = body if any(map(bfpo, pieces)) else pieces  # which would be an address of another kind
    return [*_joined(body, MOST - heads - len(tail)), *tail]


def is_right(lines: Sequence[str], heads: int) -> bool:
    return LEAST <= heads + len(lines) <= MOST


def pasted(items: Items, lines: Sequence[str]) -> str:
    """The lines as YAML, in brackets or below each other as the address is, with its dashes where they stand.

    In a table as its cells, or as the text of its one cell; in JSON as a list.
    """
    source, place = items.place.source, items.place
    ending = source.name.rpartition(".")[2].casefold()
    if ending in LINES:
        return json.dumps(lines, ensure_ascii=False)
    if ending in TABLES:
        is_one_cell = items.place != items.places[0]
        return "; ".join(line.replace(";", "\\;") for line in lines) if is_one_cell else f"cells: {' | '.join(lines)}"
    is_flow = source.lines[place.line - 1][place.column - 1 : place.column] == "["
    texts = [line if _is_plain(line, is_flow=is_flow) else json.dumps(line, ensure_ascii=False) for line in lines]
    if is_flow:
        return f"[{', '.join(texts)}]"
    return "these lines:\n" + "\n".join(f"{' ' * (place.column - 1)}- {text}" for text in texts)


def _is_plain(line: str, *, is_flow: bool) -> bool:
    """Whether the line needs no quotes; between brackets, a comma ends it."""
    return _PLAIN.fullmatch(line) is not None and line.casefold() not in _WORDS and not (is_flow and "," in line)


def _joined(body: list[str], most: int) -> list[str]:
    """The lines joined to so many, each to the next: a house's number first, the town last, none too long."""
    lines = list(body)
    while len(lines) > max(most, 1):
        index = min(range(len(lines) - 1), key=lambda index: _rank(lines, index))
        first, second = lines[index : index + 2]
        lines[index : index + 2] = [f"{first}{' ' if _is_number(first) else ', '}{second}"]
    return lines


def _rank(lines: list[str], index: int) -> tuple[int, ...]:
    """How ill the line and the next go together: the least is joined."""
    first, second = lines[index : index + 2]
    length = len(first) + len(second)
    if length > _WIDE:
        return 2, length
    is_town, is_joined = index == len(lines) - 2, "," in first + second
    return (0, index) if _is_number(first) else (1, is_town, is_joined, index)


def _is_number(line: str) -> bool:
    """`12` and `12a` belong before the street without a comma."""
    return re.fullmatch(r"[0-9]+[A-Za-z]?", line) is not None
