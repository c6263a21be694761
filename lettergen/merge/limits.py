"""What a template may ask for: a slip such as a loop without end is stopped before it takes all memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateRuntimeError

from lettergen.merge.tokens import LEDGER, Count

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 100_000  # characters, items, or turns of loops: no letter has so many
_BITS = 1_000  # of a number: three hundred digits
_WIDE = r"%[-#0 +]*(?:\d{4}|\*)|%[^%]*\.(?:\d{4}|\*)|\{[^{}]*:[^{}]*(?:\d{4}|\{)"  # compiled only if asked for


class TooLargeError(TemplateRuntimeError):
    """The template asks for more than a letter can hold; the message says of what."""


def spend(turns: int = 1) -> bool:
    """Count the turns of this part's loops and macros; always true."""
    ledger = LEDGER.get()
    ledger.turns += turns
    if ledger.turns > LONGEST:
        message = f"the loops and macros of this part go round more than {LONGEST:,} times"
        raise TooLargeError(message)
    return True


def enter(arm: int) -> None:
    """Note that an arm of the template is taken, and count it."""
    LEDGER.get().arms.add(arm)
    spend()


def turns(*bounds: int) -> range | tuple[Count, ...]:
    """`range`, unless it is longer than a letter."""
    numbers = range(*bounds)
    check_length(len(numbers))
    return tuple(map(Count, numbers)) if all(isinstance(bound, Count) for bound in bounds) else numbers


def check_length(length: int) -> None:
    """Raise for a text or list that is too long."""
    if length > LONGEST:
        message = f"this would be longer than {LONGEST:,} characters or items"
        raise TooLargeError(message)


def check_arguments(value: object, others: Iterable[object]) -> None:
    """Raise for a filter that has too much to do: a long list once more, or a number of things to make."""
    if isinstance(value, (list, tuple, range)):
        spend(len(value))
    for other in others:
        if isinstance(other, int):
            check_length(abs(other))


def check_pattern(pattern: object) -> None:
    """Raise for a pattern of `format` that pads to a great width."""
    if re.search(_WIDE, str(pattern)):
        message = "this pattern makes the text too wide"
        raise TooLargeError(message)


def check_operation(operator: str, left: Any, right: Any) -> None:  # noqa: ANN401 - as Jinja hands them over
    """Raise for a sum, product or power that is too large."""
    sizes = [len(side) for side in (left, right) if isinstance(side, (str, list, tuple))]
    numbers = [side for side in (left, right) if isinstance(side, int)]
    if operator == "+":
        check_length(sum(sizes))
    elif operator == "*" and sizes and numbers:
        check_length(sizes[0] * numbers[0])
    elif operator in ("*", "**") and len(numbers) > 1:
        bits, factor = left.bit_length(), right if operator == "**" else 1
        if bits * abs(factor) + right.bit_length() > _BITS:
            message = "this number has hundreds of digits"
            raise TooLargeError(message)
