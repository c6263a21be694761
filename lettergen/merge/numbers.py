"""Numbers as offices write them, read exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from lettergen.model import Text

NUMBERS = (int, float, Decimal)
_MONEY = r"(?:[A-Z]{0,3}[£$€¥₹]|[A-Z]{3}|kr\.?|Fr\.|zł)"
_TIME_OR_DAY = r"\d\d?:\d\d|\d\d?([./])\d\d?\1\d{2,4}"
_TYPED = (".xlsx", ".ods", ".jsonl")  # files with numbers that are no text: they have a point in every language


def read_number(value: Any, sign: str) -> Decimal | int:  # noqa: ANN401
    """Return the number that a text with this decimal sign stands for; raise ValueError or TypeError for others."""
    if isinstance(value, bool):
        raise TypeError
    if not isinstance(value, str):
        return value if isinstance(value, int) else Decimal(decimal(value))
    found = _pattern(sign).fullmatch(value.strip())
    if isinstance(value, Text) and value.place.file.endswith(_TYPED) and re.fullmatch(r"-?\d+\.\d+", value):
        found = _pattern(".").fullmatch(value) if sign == "." or not found else None  # 1.234: a number, or a text
    if not found or found["percent"]:
        raise ValueError
    decimals = (found["decimals"] or "").strip("-–—")
    digits = re.sub(r"[^0-9]", "", found["whole"])
    number = Decimal(f"{'-' if found['minus'] else ''}{digits}.{decimals}")
    return number if decimals else int(number)  # which can also count and cut


def looks_like_number(text: str) -> bool:
    """Whether it is a number in any notation, a time or a day; one that begins with 0 is a code, not a number."""
    is_number = any(_pattern(sign).fullmatch(text) for sign in ".,")
    return (is_number and not re.match(r"0\d", text)) or re.fullmatch(_TIME_OR_DAY, text) is not None


def decimal(value: Any) -> Any:  # noqa: ANN401
    """Return a float as the decimal that is printed for it, and any other value unchanged."""
    return Decimal(str(value)) if isinstance(value, float) else value


@cache
def _pattern(sign: str) -> re.Pattern[str]:
    group = ", '’\u00a0\u202f" if sign == "." else ". '’\u00a0\u202f"
    return re.compile(
        rf"(?P<minus>[-−]?)(?:{_MONEY}[ \u00a0\u202f]?)?"
        rf"(?P<whole>[1-9][0-9]{{0,2}}(?P<group>[{group}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|[0-9]+)"
        rf"(?:{re.escape(sign)}(?P<decimals>[0-9]+|[-–—]{{1,2}}))?"
        rf"(?:[ \u00a0\u202f]?(?:{_MONEY}|(?P<percent>%)))?"
    )
