"""A passage as a reader's eye takes it: stretches of plain text around its values, and what was to be filled in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import TOKEN, one_line
from lettergen.review.joints.english import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

OPAQUE = "\ufffc"  # stands for what is not read: code, addresses, another language
_EDGE = "\ue002"  # where emphasis or a link begins or ends
_MARKER = r"[ \t>]*(#{1,6}|[-*+]|\d+[.)])[ \t]+(?=\S)"
_MARKS = tuple("#-*+0123456789")  # what a marker begins with
_INLINE = (
    r"\\([!-/:-@\[-`{-~])"
    r"|(`+).+?\2"
    r"|!\[[^\]]*\]\([^()]*\)|\[\^[^\]\s]+\]"
    r"|\[[^\[\]]*\]\{lang=[^}]*\}|<[^<>\s]+[:@][^<>\s]+>"
    r"|\[([^\[\]]+)\]\((?:[^()]|\([^()]*\))*\)"
    r"|((?<=\S)\*+|\*+(?=\S)|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w))"
)
_MARKUP = re.compile(r"[\\`<_!]")
_LIGHT = r"\[\^[^\]\s]+\]|(\*+)"  # what most passages have; the whole takes long to compile
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


class Stretch(NamedTuple):
    """What is read in one breath: a paragraph, or an item, a heading, a cell, a line. `texts` stand around `tokens`;
    those in `titled` begin in emphasis, in a link or in quotes. A `marked` one is nothing but emphasis.
    """

    is_paragraph: bool
    texts: tuple[str, ...]
    tokens: tuple[int, ...]
    titled: frozenset[int]
    is_marked: bool


class Shown(NamedTuple):
    """A value as printed; `is_name` if it is one word, or begins in emphasis, in quotes or with a list. `left_in` is
    what was to be filled in.
    """

    text: str
    is_name: bool
    left_in: str


@lru_cache(maxsize=2048)
def stretches(text: str) -> tuple[Stretch, ...]:
    """The stretches of a passage's text."""
    return tuple(_stretch(*block) for block in _blocks(text) if block[1].strip())


@lru_cache(maxsize=2048)
def shown(text: str, is_markdown: bool) -> Shown:
    """A value as it stands in a letter, its paragraphs joined."""
    if not is_markdown:
        is_line = text.isprintable() and "  " not in text  # as nearly all are
        blocks, cleaned = [], text if is_line else one_line(text)
    elif text[:1].isalpha() and "\n" not in text:
        blocks, cleaned = [(True, text)], _cleaned(text)
    else:
        blocks = [block for block in _blocks(text) if block[1].strip()]
        cleaned = "\n".join(_cleaned(block) for _, block in blocks)
    own = cleaned.replace(_EDGE, "")
    is_name = cleaned[:1] in (*_QUOTES, _EDGE) or " " not in own or not all(block[0] for block in blocks[:1])
    return Shown(own, is_name, placeholder(own, is_value=True))


_QUOTES = ("'", '"', "‘", "“", "«", "„")


def _blocks(text: str) -> Iterator[tuple[bool, str]]:
    """Whether each block is a paragraph, and its text."""
    is_paragraph, lines, is_code = True, [""], False
    for line in text.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        elif is_code:
            continue
        elif line.lstrip(" >").startswith("|"):
            yield from ((False, cell) for cell in line.strip(" >|").split("|"))
        else:
            found = re.match(_MARKER, line) if line.lstrip(" \t>")[:1] in _MARKS else None
            if found or not line.strip(" >") or not lines[-1].strip():
                yield is_paragraph, "\n".join(lines)
                lines = []
                is_quoted = found is not None and ">" in line[: found.start(1)] and "#" not in found[1]
                is_paragraph = is_quoted if found else line[:1] not in (" ", "\t")
            elif lines[-1].endswith(("  ", "\\")):
                yield False, "\n".join(lines).rstrip("\\")
                is_paragraph, lines = False, []
            lines.append(line[found.end() :] if found else line.lstrip(" >\t"))
    yield is_paragraph, "\n".join(lines)


def _stretch(is_paragraph: bool, block: str) -> Stretch:
    edged = _cleaned(block)
    pieces = TOKEN.split(edged)
    tokens = tuple(map(int, pieces[1::2]))
    titled = (token for token, before in zip(tokens, pieces[::2], strict=False) if before[-1:] in (*_QUOTES, _EDGE))
    texts = tuple(piece.replace(_EDGE, "") for piece in pieces[::2])
    is_marked = edged[:1] == edged[-1:] == _EDGE
    return Stretch(is_paragraph, texts, tokens, frozenset(titled), is_marked)


def _cleaned(block: str) -> str:
    """The words alone; emphasis and links leave their edges."""
    plain = block
    if _MARKUP.search(block) or " * " in block or block.count("[") > block.count("[^"):
        plain = re.sub(_INLINE, _plain, block, flags=re.DOTALL)
    elif "[" in block or "*" in block:
        plain = re.sub(_LIGHT, lambda found: _EDGE if found[1] else "", block)
    plain = plain.replace("\n", " ").replace("\t", " ").strip(" ")
    return " ".join([word for word in plain.split(" ") if word]) if "  " in plain else plain


def _plain(found: re.Match[str]) -> str:
    escaped, _, words, edge = found.groups()
    if escaped or words:
        return str(escaped) if escaped else f"{_EDGE}{_cleaned(words)}{_EDGE}"
    is_nothing = edge or found[0].startswith(("![", "[^"))
    return (_EDGE if edge else "") if is_nothing else OPAQUE


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
