"""Text as Markdown that four readers (cmark-gfm, pandoc's two dialects, Python-Markdown) take literally.

A backslash where all of them honour it, a character reference where they do not. Only what could
be read as markup is changed, so that the file stays pleasant to read.
"""

from __future__ import annotations

import re

# Everywhere: backslashes, and references for what Python-Markdown takes no backslash for.
_ALWAYS = {
    **{sign: f"\\{sign}" for sign in "\\`*_[]{"},
    **{sign: f"&#{ord(sign)};" for sign in "~^$|@"},
    "<": "&lt;",
}
_SIGNS = re.compile("[" + re.escape("".join(_ALWAYS)) + "]")
_ENTITY = re.compile(r"&(?=#?\w)")
_ADDRESS = re.compile(r":(?=//)")  # of a bare address, which some readers make a link
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
# At the beginning of a line.
_LINE = (
    (re.compile(r"[#>]"), lambda found: f"\\{found[0]}"),
    (re.compile(r"[+-](?=[ \t+-]|$)"), lambda found: f"\\{found[0]}"),
    (re.compile(r"[=:%]"), lambda found: f"&#{ord(found[0])};"),
    (re.compile(r"([0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)([.)])(?=\s|$)"), lambda found: f"{found[1]}\\{found[2]}"),
    (re.compile(r"\((?=(?:\w+|&#64;\w*)\)(?:\s|$))"), lambda _: "\\("),
    (re.compile(r"(table):", re.IGNORECASE), lambda found: f"{found[1]}&#58;"),
)


def escape(text: str, *, starts_line: bool = False) -> str:
    """The text so that it reads as itself; `starts_line` where a block could begin with it."""
    text = _ENTITY.sub("&amp;", text)
    text = _SIGNS.sub(lambda found: _ALWAYS[found[0]], text)
    text = _WWW.sub(r"\1&#46;", text)
    text = _EMOJI.sub("&#58;", _ADDRESS.sub("&#58;", text))
    if starts_line:
        for pattern, replacement in _LINE:
            if found := pattern.match(text):
                return replacement(found) + text[found.end() :]
    return text


def code(text: str, *, in_table: bool) -> str:
    """A code span with a fence that fits; tags where a table's cell has no room for a bar."""
    if in_table and "|" in text:
        return f"<code>{escape(text)}</code>"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
