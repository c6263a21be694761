"""A passage as a reader's eye takes it: stretches of plain text, Markdown's signs taken out, around its values."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import TOKEN, one_line
from lettergen.review.joints.placeholders import placeholder

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


class Stretch(NamedTuple):
    """What is read in one breath: `p`, `li`, `h`, `cell`, or the `line` of several. `texts` stand around `tokens`;
    those in `titled` begin in emphasis, in a link or in quotes. A `marked` one is nothing but emphasis.
    """

    kind: str
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
    return tuple(_stretch(kind, block) for kind, block in _blocks(text) if block.strip())


@lru_cache(maxsize=2048)
def shown(text: str, is_markdown: bool) -> Shown:
    """A value as it stands in a letter, its paragraphs joined."""
    if not is_markdown:
        is_line = text.isprintable() and "  " not in text  # as nearly all are
        blocks, cleaned = [], text if is_line else one_line(text)
    elif text[:1].isalpha() and "\n" not in text:
        blocks, cleaned = [("p", text)], _cleaned(text)
    else:
        blocks = [(kind, block) for kind, block in _blocks(text) if block.strip()]
        cleaned = "\n".join(_cleaned(block) for _, block in blocks)
    own = cleaned.replace(_EDGE, "")
    is_name = cleaned[:1] in (*_QUOTES, _EDGE) or " " not in own or any(kind != "p" for kind, _ in blocks[:1])
    return Shown(own, is_name, placeholder(own, is_value=True))


_QUOTES = ("'", '"', "‘", "“", "«", "„")


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The kind and the text of each block."""
    kind, lines, is_code = "p", [""], False
    for line in text.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        elif is_code:
            continue
        elif line.lstrip(" >").startswith("|"):
            yield from (("cell", cell) for cell in line.strip(" >|").split("|"))
        else:
            found = re.match(_MARKER, line) if line.lstrip(" \t>")[:1] in _MARKS else None
            if found or not line.strip(" >") or not lines[-1].strip():
                yield kind, "\n".join(lines)
                lines = []
                kind = _kind(found[1], line) if found else ("li" if line[:1] in (" ", "\t") else "p")
            elif lines[-1].endswith(("  ", "\\")):
                yield "line", "\n".join(lines).rstrip("\\")
                kind, lines = "line", []
            lines.append(line[found.end() :] if found else line.lstrip(" >\t"))
    yield kind, "\n".join(lines)


def _kind(marker: str, line: str) -> str:
    return "h" if "#" in marker else "p" if ">" in line[: line.index(marker)] else "li"


def _stretch(kind: str, block: str) -> Stretch:
    edged = _cleaned(block)
    pieces = TOKEN.split(edged)
    tokens = tuple(map(int, pieces[1::2]))
    titled = (token for token, before in zip(tokens, pieces[::2], strict=False) if before[-1:] in (*_QUOTES, _EDGE))
    texts = tuple(piece.replace(_EDGE, "") for piece in pieces[::2])
    is_marked = edged[:1] == edged[-1:] == _EDGE
    return Stretch(kind, texts, tokens, frozenset(titled), is_marked)


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
