"""What can be seen of a value alone: that it was to be filled in later."""

from __future__ import annotations

import re
from functools import lru_cache

from lettergen.review.joints.english import listed

_FILLED_IN = listed(  # the last word between [ ] or < >
    "name forename surname date address title organisation organization company amount number recipient salutation "
    "postcode code reference email e-mail telephone tbc tba tbd"
)
_BEFORE_IT = listed("your the insert enter add first last full post")
_LEFT_IN = (
    r"(?<![\w-])(?:TODO|FIXME|X{3,}|x{3,})(?![\w-])|\?{3,}|\b[Ll]orem ipsum\b|£X+\b|\bX{2}/X{2}\b|\b[12][09]X{2}\b"
    r"|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)"
)
_HINT = re.compile(r"TODO|FIXME|XX|xxx|[?]{3}|orem ipsum|[#\[<]|£X")  # without one of these, nothing is left in
_WHOLE = frozenset(["tbc", "tbd", "tba", "n/a", "nn", "n.n.", "?", "??", ".", "…", "...", "xx", "x.x."])


@lru_cache(maxsize=1024)
def placeholder(text: str, *, is_value: bool) -> str:
    """What was to be filled in later; `is_value` for a value, which may be nothing else."""
    if is_value and len(text) < len("TBC...") and text.casefold() in _WHOLE:
        return text
    if not _HINT.search(text):
        return ""
    found = re.search(_LEFT_IN, text)
    return found[0] if found else _bracketed(text, "[]") or _bracketed(text, "<>")


@lru_cache(maxsize=1024)
def may_be_left_in(text: str) -> bool:
    """Whether a plain value may be what was to be filled in: the quickest way to see that most are not."""
    return len(text) < len("TBC...") or not text.isprintable() or "  " in text or _HINT.search(text) is not None


def _bracketed(text: str, pair: str) -> str:
    """`[name]`, `[insert date]`: what a form leaves to be filled in. A link is none."""
    for piece in text.split(pair[0])[1:]:
        inner, closer, rest = piece.partition(pair[1])
        words = inner.casefold().split()
        is_form = words[-1:] and (words[-1] in _FILLED_IN and _BEFORE_IT.issuperset(words[:-1]))
        if closer and (is_form or words[:1] == ["insert"]) and not rest.startswith("("):
            return f"{pair[0]}{inner}{pair[1]}"
    return ""
