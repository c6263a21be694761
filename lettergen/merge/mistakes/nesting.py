"""Tags that Jinja does not know, or that close what is not open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.merge.mistakes.failing import Failure, Finding
from lettergen.merge.mistakes.tags import ENDS, NAMES, TAGS, StoppedError
from lettergen.problems import nearest

if TYPE_CHECKING:
    from lettergen.merge.mistakes.tags import Tag

_KINDS = {"if": "condition", "for": "loop", "block": "part"}
_LIKE = {
    "if": "fi",
    "elif": "elseif elsif",
    "for": "foreach",
    "endfor": "next endforeach",
}
_MEANT = {other: tag for tag, others in _LIKE.items() for other in others.split()}


def _end(failure: Failure) -> Finding | None:
    """The file ends, and something is open."""
    if not failure.is_at_end or not failure.opened:
        return None
    tag = failure.opened[-1]
    message = f"{{% end{tag.name} %}} is missing: the {_kind(tag)} that begins here does not end"
    return Finding(message, f"write {{% end{tag.name} %}} after its text", tag.start, tag.end, is_local=False)


def _closes(failure: Failure) -> Finding:
    """`{% endfor %}` where another tag is open, or none."""
    meant = ENDS[failure.tag.name]
    if not failure.opened:
        message = f"there is no {{% {meant} … %}} before this that it could close"
        return _of_tag(failure, message, f"remove it, or write {{% {meant} … %}} before it")
    inner = failure.opened[-1]
    if any(tag.name == meant for tag in failure.opened):
        message = f"{{% end{inner.name} %}} is missing before this: the {_kind(inner)} inside is still open"
        return _of_tag(failure, message, f"write {{% end{inner.name} %}} where it is to end", inner)
    message = f"{{% {failure.tag.name} %}} does not close the {_kind(inner)} that is open"
    return _of_tag(failure, message, f"did you mean {{% end{inner.name} %}}?", inner)


def _otherwise(failure: Failure) -> Finding:
    """`{% else %}` that belongs to nothing, or stands twice."""
    message = f"{{% {failure.tag.name} %}} belongs to no condition here"
    way_out = "write it once, or {% elif … %}, between {% if … %} and {% endif %}"
    return _of_tag(failure, message, way_out, failure.opened[-1] if failure.opened else None)


def _unknown(failure: Failure) -> Finding | None:
    name, words = failure.tag.name, failure.tag.words
    if failure.wanted != StoppedError.KNOWN_TAG:
        return None
    if name in (*ENDS, "else", "elif"):
        return _closes(failure) if name in ENDS else _otherwise(failure)
    if name in NAMES or re.match(r"\w+\s*[.|]", words):
        way_out = f"write {{{{ {words} }}}}"
        return failure.at_tag("{% … %} prints nothing; a field is printed by {{ … }}", way_out)._replace(is_local=False)
    way_out = _end_of(words, failure.opened) if name.lower() == "end" else _near(name)
    shown = re.match(r"end +\w+", words, re.IGNORECASE)
    name = shown[0] if shown else name
    start = failure.text.find(name, failure.tag.start)
    return Finding(f"there is no tag '{name}'", way_out, start, start + len(name), is_local=False)


def _end_of(words: str, opened: list[Tag]) -> str:
    """`{% end if %}`, `{% end %}`."""
    second = words.lower().split()[1:2]
    name = second[0] if second and f"end{second[0]}" in ENDS else opened[-1].name if opened else "if"
    return f"did you mean 'end{name}'?"


def _near(name: str) -> str:
    lower = name.lower()
    meant = lower if lower in TAGS else _MEANT.get(lower) or nearest(lower, TAGS)
    return f"did you mean '{meant}'?" if meant else f"a tag begins with one of: {', '.join(TAGS[:6])}, …"


def _kind(tag: Tag) -> str:
    if tag.name == "block":
        return f"part '{tag.words.split()[-1]}'"
    return _KINDS.get(tag.name, f"'{tag.name}'")


def _of_tag(failure: Failure, message: str, way_out: str, opened: Tag | None = None) -> Finding:
    where = (opened.start, opened.end) if opened else None
    return Finding(message, way_out, failure.tag.start, failure.tag.end, where, is_local=False)


NESTING = (_end, _unknown)
