"""Text as Markdown that four readers (cmark-gfm, pandoc's two dialects, Python-Markdown) take literally.

A backslash where all of them honour it, a character reference where they do not. Only what could
be read as markup is changed, so that the file stays pleasant to read.
"""

from __future__ import annotations

import re
import string
from functools import cache
from urllib.parse import quote

# Of each match, the last character is the one that is escaped.
_ANYWHERE = (
    r"[\\`*\[{<~^|@\u1fef]",  # U+1FEF is a backtick for pandoc's `gfm`, and U+037E a semicolon
    r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])",  # within a word it is no markup
    r"&(?=#|\w+[;\u037e])",
    r":(?=//)|(?<![A-Za-z0-9])[Ww]{3}\.",  # of a bare address, which some readers make a link
    r":(?=(?:[a-z0-9_+-]*[a-z+-][a-z0-9_+-]*|100|1234):)",  # emoji; not the time 12:30:45
    r"\A(?:[^\S ]|\ufeff)|[^\S ]\Z",  # an unusual space, which some readers strip
)
_LINE_START = (
    r"[#>:%]",
    r"[+-](?=[\s+-]|\Z)",
    r"=(?==*\s*\Z)",
    r"(?:[0-9]+|[a-z]|[ivxlcdm]+|[IVXLCDM]{2,})[.)](?=\s|\Z)",
    r"[A-Z](?:\)(?=\s|\Z)|\.\Z)",  # 'A. Smith' is no list, not even for pandoc
    r"\((?=(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)\)(?:\s|\Z))",
    r"[Tt]able:",
)
_CHECK_BOX = r"(?<=\A\[[ xX]\]) "  # pandoc makes one even of '\[x] '; the blank is what prevents it
_BACKSLASHED = frozenset("\\`*_[]{}()>#+-.!|")  # the signs for which Python-Markdown takes a backslash
_NO_CODE_SPAN = re.compile(r"[$\u1fef]|&#|\A\s|\s\Z")  # mathematics or half a character reference to some reader
_IN_TITLE = "\"'$"
_NAMED = {"<": "&lt;", "&": "&amp;", '"': "&quot;"}
# '$5 and $6' is money; with a dollar that stands close behind something it can be mathematics.
_CLOSING_DOLLAR = re.compile(r"\S\$")
_UNSAFE = re.compile(r"[^\w./:?#%=+,;@~!&-]")
_UNSAFE_IN_PATH = re.compile(r"[^\w./=+,;@~!-]")
_ADDRESS = re.compile(r"https?://(?:[\w./:?#%=+,~@!$'()*-]|&(?!#?\w+;))+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def escape(text: str, *, starts_line: bool = False, also: str = "") -> str:
    """The text so that it reads as itself; `starts_line` where a block could begin with it."""
    return _pattern(also, starts_line=starts_line).sub(_escaped, text)


def can_close_mathematics(text: str) -> bool:
    """Whether pandoc could take a dollar of the text for the end of a formula."""
    return bool(_CLOSING_DOLLAR.search(text))


_FENCE = 70  # backticks; cmark reads no more than 80 as the fence of a code span


def code(text: str, *, in_table: bool, before: str, also: str) -> str:
    """A code span with a fence that fits; tags where none does."""
    is_definition = "]" in also and "]:" in text  # of a link, for a reader that looks at the line's start
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    if longest > _FENCE or is_definition or _NO_CODE_SPAN.search(text) or (in_table and "|" in text) or before == "`":
        return f"<code>{escape(text, also=also + '$')}</code>"
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def target(address: str) -> str:
    """A link's address, without blanks, brackets and what could be markup."""
    return re.sub(r"&(?=#?\w+;)", "&amp;", _UNSAFE.sub(_percent_encoded, address))


def path_target(path: str) -> str:
    """A file's path as an image's address."""
    return _UNSAFE_IN_PATH.sub(_percent_encoded, path)


def title(text: str) -> str:
    """A link's or image's title, with the blank before it; nothing without one."""
    pad = " " if text.endswith("\\") else ""  # else cmark-gfm takes the last backslash and the quote for one sign
    return f' "{escape(text, also=_IN_TITLE)}{pad}"' if text else ""


def is_address(text: str, address: str) -> bool:
    """Whether a link shows its own address, so that it can be written as `<address>`."""
    return address in (text, f"mailto:{text}") and bool(_ADDRESS.fullmatch(text))


def emphasis_sign(before: str, first: str, last: str, after: str, used: str) -> str:
    """The sign that all readers take for emphasis between these characters; none if there is none."""
    opens = _is_edge(before) or first.isalnum()
    closes = _is_edge(after) or last.isalnum()
    if not (opens and closes) or first.isspace() or last.isspace():
        return ""
    if "*" not in used:
        return "*" if before != "*" else ""
    if "_" in (*used, before) or "*" in (first, last) or before in (".", ";"):  # to pandoc a part of the word
        return ""
    return "_" if _is_edge(before) and _is_edge(after) else ""


@cache
def _pattern(also: str, *, starts_line: bool) -> re.Pattern[str]:
    line_start = [rf"\A(?:{'|'.join(_LINE_START)})", _CHECK_BOX] if starts_line else []
    others = [f"[{re.escape(also)}]"] if also else []
    if "]" in also:
        others.append(r"(?<=\]):")  # Python-Markdown takes '[x\]:' for a link's definition
    return re.compile("|".join([*line_start, *_ANYWHERE, *others]))


def _escaped(found: re.Match[str]) -> str:
    kept, sign = found[0][:-1], found[0][-1]
    return kept + (f"\\{sign}" if sign in _BACKSLASHED else _NAMED.get(sign, f"&#{ord(sign)};"))


def _percent_encoded(found: re.Match[str]) -> str:
    return quote(found[0], safe="")


def _is_edge(character: str) -> bool:
    """A blank, a line's end, or a sign that every reader counts as punctuation."""
    return character in ("", " ", "\n") or character in string.punctuation
