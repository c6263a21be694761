"""Patterns that a template fills, `'%s' % name` and `'{}'.format(name)`: with texts and numbers only."""

from __future__ import annotations

import re
from typing import Any

from jinja2.sandbox import SandboxedFormatter

from lettergen.merge.limits import check_pattern
from lettergen.merge.noting import note
from lettergen.merge.numbers import NUMBERS
from lettergen.merge.printing import as_text

_SIGN = r"%((?:\(\w+\))?[-#0 +.*\d]*)(.)"


class Braces(SandboxedFormatter):
    """Fills the braces of a text."""

    def vformat(self, format_string: str, args: Any, kwargs: Any) -> str:  # noqa: ANN401
        """The text, unless it grows too wide."""
        check_pattern(format_string)
        return super().vformat(format_string, args, kwargs)

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401
        """A value in place of its braces."""
        return format(_printable(value) if format_spec else as_text(value), format_spec)

    def convert_field(self, value: Any, conversion: str | None) -> Any:  # noqa: ANN401
        """Refuse `!r`, which prints Python's quotes and brackets."""
        return value if conversion in (None, "s") else _refused(f"!{conversion}")


def fill(pattern: str, values: Any) -> str:  # noqa: ANN401
    """The pattern with its `%` signs filled; `values` are a list, a mapping, or one alone."""
    check_pattern(pattern)
    for flags, kind in re.findall(_SIGN, pattern):
        if kind in "ra":
            return _refused(f"%{flags}{kind}")
    each = as_text if all(kind in "s%" for _, kind in re.findall(_SIGN, pattern)) else _printable
    names = re.findall(r"%\((\w+)\)", pattern)
    if isinstance(values, dict) and names:
        return str(pattern) % {name: each(values[name]) for name in names}
    return str(pattern) % tuple(map(each, values if isinstance(values, (tuple, list)) else (values,)))


def _printable(value: object) -> Any:  # noqa: ANN401
    """Return a number unchanged, for a pattern that sets its digits, and anything else as text."""
    return value if isinstance(value, NUMBERS) and not isinstance(value, bool) else as_text(value)


def _refused(sign: str) -> str:
    note("unprintable", f"'{sign}' would print signs of a programming language", sign, way_out="write '%s' or '{}'")
    return ""
