"""Sums and comparisons: exact with numbers, and a problem with texts that only look like numbers."""

from __future__ import annotations

import operator
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import TYPE_CHECKING, Any

from lettergen.merge.mistakes.faults import NUMBER
from lettergen.merge.noting import note
from lettergen.merge.numbers import NUMBERS, decimal, looks_like_number
from lettergen.merge.printing import as_text
from lettergen.merge.tokens import Count
from lettergen.model import Text
from lettergen.problems import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ORDERS = {"lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge}
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = _ORDERS | {"eq": operator.eq, "ne": operator.ne}
SIGNS = {"lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "eq": "==", "ne": "!=", "notin": "not in"}
_OPERATORS = (operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.pow)
_SUMS: dict[str, Callable[[Any, Any], Any]] = dict(zip(["+", "-", "*", "/", "//", "%", "**"], _OPERATORS, strict=True))
_ROUNDINGS = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}
_DIGITS, _SURE, _DECIMALS = 400, 300, 12  # that are kept, that divisions leave right, that somebody wrote
_ALIKE = r"(?:\d{4,}|\d\d:\d\d)"  # two of one length compare as texts as they do as numbers
_BEGINS = re.compile(r"(0?\d|[1-9]\d*)(?:[.,]\d+)*(?:[ \u00a0]?[^\W\d_]{1,7}\.?)?")  # 9, 05, 9.5 kg, 10th
_DAY = re.compile(r"\d\d?\S{0,2}[ \u00a0](?:de )?[^\W\d]{3,}\.?[ \u00a0](?:de )?\d{4}|[^\W\d]{3,}[ \u00a0]\d\d?, \d{4}")
_ADDS = "write '| number' after each to add them, or join them with '~'"
_SORTS = "write '| number' after a number, '| map('number')' after a list; days as 2020-10-13, times as 09:30"


class Digits(str):
    """A number that the template has made a text."""

    __slots__ = ()


def result(sign: str, left: Any, right: Any, at: int | str) -> Any:  # noqa: ANN401
    """Return what the operator makes of two values; 0 and a problem for a text. `at` is the offset or the filter."""
    texts = [side for side in (left, right) if isinstance(side, str)]
    numbers = [side for side in (left, right) if isinstance(side, NUMBERS)]
    if numbers == [left, right]:
        return _exact(sign, left, right)
    is_repeated = sign == "*" and not any(isinstance(text, Text) or looks_like_number(text) for text in texts)
    is_made = any(isinstance(text, Digits) for text in texts)
    is_joined = sign == "+" and not numbers and (is_made or not all(map(looks_like_number, texts)))
    if len(texts) + len(numbers) < len((left, right)) or is_repeated or is_joined:
        return _SUMS[sign](left, right)
    _no_number(f"{_quoted(texts)} text, and '{sign}' needs numbers", texts, at, sign, _ADDS if sign == "+" else NUMBER)
    return 0


def compare(sign: str, left: Any, right: Any, at: int | str) -> Any:  # noqa: ANN401
    """Whether a comparison holds; false and a problem where a text would be taken for a number."""
    if sign == "notin":
        return not compare("in", left, right, at)
    if sign == "in":
        is_list = isinstance(right, (list, tuple, range))
        return any(compare("eq", left, item, at) for item in right) if is_list else left in right
    texts = [side for side in (left, right) if isinstance(side, str)]
    if texts and bool in (type(left), type(right)):
        if isinstance(texts[0], Text):
            way_out = f"compare it with its words: == '{short(texts[0])}'"
            _no_number(f"{_quoted(texts)} text, which is never true or false", texts, at, sign, way_out)
        return sign == "ne"
    if isinstance(left, NUMBERS) or isinstance(right, NUMBERS):
        is_unfit = bool(texts) and (sign in _ORDERS or looks_like_number(texts[0]))
    else:
        is_unfit = sign in _ORDERS and len(texts) > 1 and _is_unordered(*texts)
    if is_unfit:
        _no_number(f"{_quoted(texts)} text, so this does not compare numbers", texts, at, sign, _SORTS)
        return False
    return COMPARISONS[sign](decimal(left), decimal(right))


def check_order(name: str, values: Iterable[object]) -> None:
    """Note a problem where a filter sorts texts that would be in another order as numbers."""
    texts = [value for value in values if isinstance(value, str)]
    numbers = [text for text in texts if looks_like_number(text) or _BEGINS.fullmatch(text)]
    is_amiss = sorted(numbers) != sorted(numbers, key=lambda text: [int(digits) for digits in re.findall(r"\d+", text)])
    if is_amiss or len(set(filter(_DAY.fullmatch, texts))) > 1:
        _no_number(
            f"'{name}' goes letter by letter, since these numbers are text", numbers or texts, name, name, _SORTS
        )


def rounded(value: Any, precision: int = 0, method: str = "common") -> Any:  # noqa: ANN401
    """The number with as many decimals: half a unit goes up, as offices count."""
    if isinstance(value, NUMBERS):
        with localcontext(prec=_DIGITS):
            return Decimal(decimal(value)).quantize(Decimal(1).scaleb(-precision), _ROUNDINGS[method])
    if text := as_text(value):
        _no_number(f"{_quoted([text])} text, and 'round' needs a number", [value], "round", "round", NUMBER)
    return 0


def _exact(sign: str, left: Any, right: Any) -> Any:  # noqa: ANN401
    """Return a whole number for whole ones, otherwise as many decimals as the numbers have or the result needs."""
    if sign in ("/", "//", "%") and not right:
        raise ZeroDivisionError("by zero")
    if isinstance(left, int) and isinstance(right, int) and sign != "/" and (sign != "**" or right >= 0):
        kind = Count if isinstance(left, Count) and isinstance(right, Count) else int
        return kind(_SUMS[sign](left, right))
    left, right = Decimal(decimal(left)), Decimal(decimal(right))
    with localcontext(prec=_DIGITS):
        if sign in ("//", "%"):  # as with whole numbers, where Decimal cuts towards zero
            whole = (left / right).to_integral_value(ROUND_FLOOR)
            return whole if sign == "//" else left - right * whole
        found = _SUMS[sign](left, right)
        near = Context(prec=_SURE).plus(found).normalize()
        least = near if len(near.as_tuple().digits) < _SURE // 2 else found  # a third, three times, is a whole
        known = (count for one in (left, right) if (count := -int(one.as_tuple().exponent)) <= _DECIMALS)
        places = max(0, *known, -int(least.as_tuple().exponent))
        return least.quantize(Decimal(1).scaleb(-places)) if least.adjusted() + places < _DIGITS else least


def _is_unordered(*texts: str) -> bool:
    """Whether two texts are in another order as numbers or days than letter by letter."""
    is_alike = len(set(map(len, texts))) == 1 and all(re.fullmatch(_ALIKE, text) for text in texts)
    lengths = {len(found[1]) for text in texts if (found := _BEGINS.fullmatch(text))}
    is_numbers = not is_alike and all(map(looks_like_number, texts))
    return is_numbers or len(lengths) > 1 or any(map(_DAY.fullmatch, texts))


def _quoted(texts: list[str]) -> str:
    return " and ".join(f"'{short(text)}'" for text in texts) + (" are" if len(texts) > 1 else " is")


def _no_number(message: str, values: Iterable[object], at: int | str, sign: str, way_out: str) -> None:
    value = next((value for value in values if isinstance(value, Text)), None)
    note("text-as-number", message, sign, name=at, of=value, way_out=way_out)
