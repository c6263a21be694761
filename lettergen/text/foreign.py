"""Merge fields and commands of other tools, which a letter would print: `*|NAME|*`, `((name))`, `\\newpage`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import without_code

if TYPE_CHECKING:
    from collections.abc import Iterable

_HINT = re.compile(r"[{\\]|[*]\||\^\[|[%$][^\W\d]|@@|##|<%|:::|rror!|hler!|eur !")
# A text, so that it is compiled only where such a sign is: it takes 6 ms.
_SURE = r"""(?<!\\)(?:
    \*\|[^|\n]+\|\* | %%?[A-Z][A-Z_]+[0-9]*%%? | (@@|\#\#)\w+\1 | [$#]\{[A-Za-z]\w*\} | <%[^%\n]+%>
  | \{(?!(?:recipient|sender|letter)\b)[A-Za-z]\w*(?:\[\w*\])?(?:\.[A-Za-z]\w*(?:\[\w*\])?)+(?::[^{}\n]*)?\}
  | \{(?:[!$]|:\ ?[.#]?|\.)[^\W\d][^{}\n]*\} | \{\{[^{}\n]*\}\} | \{%[^{}\n]*%\}
  | \^\[[^\]\n]+\] | ^:::.*$
  | (?<![\w:])\\(?:new(?:page|line)|clearpage|(?:page|line)break|noindent|text(?:bf|it)|emph|footnote)(?![a-z])
  | (?<![\w:])\\(?:begin|end|section|href|includegraphics)[{[]
  | Error!\ (?:Reference|Bookmark|Hyperlink) | Fehler!\ (?:Verweis|Text)\w* | Erreur\ !\ (?:Source|Signet)
)"""
_WORD, _NAME = r"([^\W\d]\w*)", r"([^\W\d](?:[\w -]*\w)?)"
_BRACES = rf"(?<![{{$#])\{{\s*{_NAME}\s*\}}(?!\}})"
_BRACKETS = rf"(?<![\]!\[{{<])\[{_WORD}\](?![(\[:{{])"
_NAMED = rf"(?<!\\)(?:{_BRACES}|{_BRACKETS}|\(\(\s*{_NAME}\s*\)\)|%%?{_NAME}%%?|\$\$?{_NAME}\$\$?|«{_NAME}»)"
_WITHOUT_GUILLEMETS = ("en", "cy", "ga")  # languages in which they are no quotation marks


def left_over(text: str, names: Iterable[str], language: str = "") -> Iterable[tuple[int, str, str]]:
    """Return the offset and words of each outside code and link targets, and which of the `names` it means."""
    text, fields = without_code(text), {_key(name): name for name in names if len(name) > 1}
    signs = re.finditer(_SURE, text, re.VERBOSE | re.MULTILINE) if _HINT.search(text) else ()
    found = {sign.start(): (sign.start(), sign[0], "") for sign in signs}
    for sign in re.finditer(_NAMED, text):
        key = _key(next(filter(None, sign.groups())))
        field = fields.get(key) or fields.get(key.rstrip("0123456789"), "")
        if field or (sign[0][0] == "«" and " " not in sign[0] and language[:2] in _WITHOUT_GUILLEMETS):
            found[sign.start()] = sign.start(), sign[0], field
    return found.values()


def _key(name: str) -> str:
    """Return the name without its case, blanks and underscores, which do not count."""
    return re.sub(r"[\W_]+", "", name).casefold()
