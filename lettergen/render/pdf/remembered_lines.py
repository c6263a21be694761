"""Lines that the engine has broken before: the letters of a mailing share most of theirs.

The one place that changes the engine. Its `split_first_line` sees nothing but a text, a width and the few
properties below, so that the same question has the same answer. An engine that is not the one we know is left
as it is, and so is all that is set in other fonts than those that `remember` was given.
"""

from __future__ import annotations

import inspect
from functools import wraps
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import weasyprint

try:
    from weasyprint.css.functions import check_math
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break
except ImportError:  # an engine that we do not know
    line_break = None

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from weasyprint.text.fonts import FontConfiguration

KNOWN_VERSION = "70."
KNOWN_PARAMETERS = ("text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum")
PROPERTIES = (  # every one that line breaking reads; tests hold them against the engine's own text
    *("direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size"),
    *("font_stretch", "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian"),
    *("font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings"),
    *("font_weight", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang"),
    *("letter_spacing", "overflow_wrap", "tab_size", "white_space", "word_break", "word_spacing"),
)
DECORATION = "text_decoration_line"  # a set, of which line breaking asks whether it is there at all
LIMIT = 3000  # lines of a generation: those of 60 pages, about 2 MB


class Lines:
    """The newest lines, and those before them that were asked for again: room for two generations."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._young: dict[Hashable, Any] = {}
        self._old: dict[Hashable, Any] = {}

    def get(self, key: Hashable) -> Any:  # noqa: ANN401 - what the engine answered
        """What was kept; None if nothing was."""
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.keep(key, found)
        return found

    def keep(self, key: Hashable, line: Any) -> None:  # noqa: ANN401
        """Keep it at least until as many others as a generation holds are kept."""
        if len(self._young) >= self._limit:
            self._old, self._young = self._young, {}
        self._young[key] = line

    def __len__(self) -> int:
        return len(self._young) + len(self._old)


_lines: WeakKeyDictionary[FontConfiguration, Lines] = WeakKeyDictionary()
_values = itemgetter(*PROPERTIES)


def remember(fonts: FontConfiguration) -> bool:
    """Whether lines set in these fonts are remembered from now on. The fonts must have all their faces."""
    if not _is_known():
        return False
    if not hasattr(line_break.split_first_line, "__wrapped__"):
        remembering = _remembering(line_break.split_first_line)
        line_break.split_first_line = inline.split_first_line = preferred.split_first_line = remembering
    _lines[fonts] = Lines()
    return True


def _is_known() -> bool:
    """Whether this is the engine that the tests have seen, with its names where they were."""
    if line_break is None or not weasyprint.__version__.startswith(KNOWN_VERSION):
        return False
    splits = [getattr(module, "split_first_line", None) for module in (line_break, inline, preferred)]
    return (
        splits[0] is splits[1] is splits[2]
        and callable(splits[0])
        and tuple(inspect.signature(splits[0]).parameters) == KNOWN_PARAMETERS
        and isinstance(getattr(line_break, "Layout", None), type)
    )


def _remembering(split: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's function, asked once for each line."""

    @wraps(split)
    def split_first_line(text: str, style: Any, context: Any, *width: Any, **rest: Any) -> Any:  # noqa: ANN401
        try:
            lines = _lines[style.font_config]
            key = (text, width, *rest.items(), style[DECORATION] != "none", _values(style))
            line = lines.get(key)
        except (KeyError, TypeError):  # other fonts; a value that cannot be compared, as in a drawing
            return split(text, style, context, *width, **rest)
        if line is None:
            line = split(text, style, context, *width, **rest)
            if not _is_pure(style, line):
                return line
            lines.keep(key, line)
        return _copy(line)

    return split_first_line


def _is_pure(style: Any, line: Any) -> bool:  # noqa: ANN401
    """Whether the answer holds for every style with these values: a formula means something else in each."""
    return not any(map(check_math, _values(style))) and not hasattr(line[0], "layout")


def _copy(line: Any) -> Any:  # noqa: ANN401
    """The same answer with a layout of its own, for the engine writes into it."""
    layout = object.__new__(line_break.Layout)
    layout.__dict__.update(line[0].__dict__)
    return (layout, *line[1:])
