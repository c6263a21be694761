"""The review page as a text that can be read in a review: what stands in it without JavaScript."""

from __future__ import annotations

import re
from html import unescape

_SIGNS = {
    "ins": ("{+", "+}"),
    "del": ("[-", "-]"),
    'mark class="own"': ("«", ""),
    'mark class="set"': ("‹", ""),
    "h1": ("# ", ""),
    "h2": ("## ", ""),
    "h3": ("### ", ""),
    "figcaption": ("  = ", ""),
}
_UNSEEN = re.compile(r"<(script|style|dialog|form|nav|head)\b.*?</\1>", re.DOTALL)
_BLOCKS = "p|div|section|li|ul|ol|tr|table|h[1-6]|figure|header|main|article|dl|summary|blockquote"
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>|<br>")


def shown(html: str) -> str:
    """Its words, a line for each block: «a letter's own value», ‹another›, {+inserted+}, [-deleted-]."""
    text = _UNSEEN.sub("", html).replace("\n", " ")
    text = re.sub(r'<span class="from">(.*?)(?:<span class="at">(.*?)</span>)?</span>', r" (\1\2)", text)
    for tag, (before, after) in _SIGNS.items():
        name = tag.partition(" ")[0]
        text = re.sub(rf"<{tag}(?=[\s>])[^>]*>", lambda found, sign=before: f"{found[0]}{sign}", text)  # type: ignore[misc]
        text = re.sub(rf"</{name}>", lambda found, sign=after: f"{sign}{found[0]}", text)  # type: ignore[misc]
    text = re.sub(r"</t[dh]>", " | ", _BLOCK.sub("\n", text))
    lines = (" ".join(unescape(re.sub(r"<[^>]*>", "", line)).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line) + "\n"
