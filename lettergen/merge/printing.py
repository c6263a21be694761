"""What is printed for a value: its text, or nothing and a problem."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from lettergen.files import UNPRINTABLE
from lettergen.merge.limits import check_length
from lettergen.merge.noting import note_unprintable
from lettergen.merge.tokens import LEDGER, Count, Merged
from lettergen.model import Text, decimal_sign

if TYPE_CHECKING:
    from collections.abc import Iterable


_WHOLE, _DECIMALS = 60, 12  # the most digits that a letter shows: a number with more came from a division
_CONTEXT = Context(prec=_WHOLE + _DECIMALS)


def as_text(value: object, number: int = -1) -> str:
    """Text, merged text as it is, or a number's digits; `number` is that of the printed expression."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str) and not UNPRINTABLE.search(value):
        if not value and isinstance(value, Text):  # a template may make nothing on purpose, a data file not
            note_unprintable(value, number)
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, (float, Decimal)):
        exact = Decimal(str(value))
        if exact.adjusted() < _WHOLE and exact == exact.quantize(Decimal(1).scaleb(-_DECIMALS), context=_CONTEXT):
            return f"{exact:f}".replace(".", decimal_sign(LEDGER.get().language))
    note_unprintable(value, number)
    return ""


def as_merged(value: object, number: int = -1) -> Markup:
    """The value as it stands in merged text: a token, unless it is merged text already."""
    text = Merged(value) if isinstance(value, Count) and value >= 0 else as_text(value, number)
    if isinstance(text, Markup):
        LEDGER.get().print_tokens(text, number)
        return text
    return LEDGER.get().token(text, number) if text else Merged()


def printed(pieces: Iterable[object]) -> str:
    """What a template prints piece by piece; a filter block can print what has no text."""
    return "".join([piece if isinstance(piece, str) else as_text(piece) for piece in pieces])


def joined(values: Iterable[object], separator: object = "") -> str:
    """The texts one behind the other: plain if all of them are, otherwise merged text."""
    texts, between = [as_text(value) for value in values], as_text(separator) if separator else ""
    check_length(sum(map(len, texts)) + len(between) * len(texts))
    if any(isinstance(text, Markup) for text in (*texts, between)):
        return Merged(as_merged(between) if between else "").join(as_merged(text) if text else "" for text in texts)
    return between.join(texts)
