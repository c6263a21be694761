"""The white space of templates: a line with a tag that prints nothing leaves no trace, everything else stays.

Only a merge knows which lines print something, so the text between tags carries marks until a part is merged.
To Python each mark is white space, so blank text stays blank.
"""

from __future__ import annotations

import re
from functools import lru_cache
from textwrap import dedent
from typing import TYPE_CHECKING

from lettergen.merge.tokens import BEGIN, CUT, END, GAP, LEDGER, MARKS, TAG
from lettergen.model import CLOSE, OPEN, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.merge.mistakes.tags import Lexeme

_TAGGED = f"{TAG}\n"
_NO_WORDS = re.compile(
    rf"(?<![^\s(\[“‘\"'>])(\*{{1,3}}|_{{1,3}}){TAG}\1(?=[\s.,;:!?)\]”’\"'…]|\Z)"
)  # emphasis of nothing
_GLUED = re.compile(rf"[^\s]*[\w{CLOSE}]{CUT}+[\w{OPEN}][^\s]*")
_RUN = re.compile(f"[ \t]*{TAG}[ \t{TAG}]*")
_CODE = re.compile(rf"(?:[ ]{{4}}|[ ]{{0,3}}\t)[ \t]*{TAG}")
_ITEM = re.compile(rf"[ \t{TAG}]*(?:[-*+]|[0-9]+[.)])[ \t{TAG}]")
# Text that stays in the last line of the captured text before it: where that began within a line, or began one.
_GOES_ON = re.compile(r"[ \t|]|[*_`'\"]*(?:[\s,.;:!?)\]}»”’|<]|\Z)")
_GOES_ON_AT_START = re.compile(r"[,.;:!?)\]}»”’]|[ \t]+(?![-*+#>|\s]|[0-9]+[.)])")
_ENDS_WORD = re.compile(rf"[\w{CLOSE}.,;:!?)\]}}»”’]")
_ORIGIN = re.compile("\ue002[^\ue003]*\ue003")  # where text comes from, in a merge that asks for it
_BLANKS = f"[ \t{TAG}{BEGIN}{END}{GAP}]*"
_HOLDERS = f"(?:(?:{_ORIGIN.pattern}|{OPEN}[0-9]+{CLOSE}){_BLANKS})*"
_EMPTY = re.compile(f"(?:^|(?<={CUT})){_BLANKS}{_HOLDERS}({_TAGGED}|{CUT}|\\Z)", re.MULTILINE)
_KEPT = re.compile(f"{_ORIGIN.pattern}|[{BEGIN}{END}{GAP}]")


def marked(text: str, found: Iterable[tuple[Lexeme, int]]) -> Iterator[tuple[Lexeme, int]]:
    """Yield the lexemes of a template and their lines, with marks in those of text."""
    end, has_tag = 0, False
    is_joined, has_words = False, False  # of this line: `{%-` joined it to the one before; it may print words
    for lexeme, line in found:
        start, kind, value = lexeme
        if kind == "data":
            is_indent = text.startswith(("{%", "{#"), lexeme.end)
            first, has_end, last = value.partition("\n")[0], "\n" in value, value.rpartition("\n")[2]
            is_text = has_end and is_joined and (has_words or bool(first.strip()))  # the line end is that of both lines
            yield lexeme._replace(value=_marked(value, has_tag=has_tag and not is_text, is_indent=is_indent)), line
            has_words = bool(last.strip()) or (has_words and not has_end)
            has_tag, is_joined = has_tag and not has_end, is_joined and not has_end
        else:
            if "\n" in text[end:start]:
                yield lexeme._replace(start=end, kind="data", value=CUT), line
                is_joined, has_words = True, False
            yield lexeme, line
            has_words = has_words or kind == "variable_begin"
            if (kind.endswith("_end") or kind == "raw_begin") and "\n" in value[len(value.rstrip()) :]:
                yield lexeme._replace(start=lexeme.end, kind="data", value=CUT), line
            has_tag = True
        end = max(end, lexeme.end)


def _marked(text: str, *, has_tag: bool, is_indent: bool) -> str:
    """The text between two tags; `has_tag` if its first line has one, `is_indent` if a tag comes behind its last."""
    lines = text.split("\n")
    if has_tag:
        seam, end = TAG if text.startswith((" ", "\t", "*", "_")) else "", TAG if len(lines) > 1 else ""
        lines[0] = seam + lines[0] + end
    if is_indent and lines[-1] and not lines[-1].strip():
        lines[-1] += TAG
    return "\n".join(lines)


def captured(text: str) -> str:
    """Return what a macro, an included file or a `set` block prints, to be put into its surroundings."""
    text = _without_empty(text, frozenset(LEDGER.get().blank), is_part=False).replace(CUT, "")
    return f"{BEGIN}{text[:-1]}{END}" if text.endswith("\n") else text


def bare(text: str) -> str:
    """Return captured text as a comparison sees it: without marks and the line ends beside them."""
    return text.strip("\n" + MARKS)


@lru_cache(maxsize=500)
def finished(text: str, blank: frozenset[int]) -> tuple[str, str]:
    """Return a part's text without marks and without the indentation that its lines share, and the first words that
    `{%-` or `-%}` glued together. `blank` are the numbers of tokens that print nothing but blanks.
    """
    text = _without_empty(text, blank, is_part=True)
    glued = _GLUED.search(text)
    text = text.replace(CUT, "")
    if BEGIN in text or GAP in text:
        text = _joined(text)
    if text.startswith((" ", "\t")) or "\n " in text or "\n\t" in text:
        text = _without_code(dedent(text))
    if TAG in text:
        text = _RUN.sub(lambda run: max(run[0].split(TAG), key=len), _NO_WORDS.sub("", text))
    return text, glued[0].replace(CUT, "") if glued else ""


def _without_empty(text: str, blank: frozenset[int], *, is_part: bool) -> str:
    """Drop each line that has a tag and prints nothing; the first line of a captured text leaves a gap."""
    if TAG not in text and CUT not in text:
        return text

    def kept(line: re.Match[str]) -> str:
        """Return the line if it prints something, otherwise its marks."""
        words, end = line[0], line[1]
        is_first = not line.start() and not is_part
        is_open = not end and (is_first or text[line.start() - 1 : line.start()] == CUT)
        has_words = OPEN in words and not blank.issuperset(map(int, TOKEN.findall(words)))
        if has_words or is_open or (is_first and end == CUT):
            return words
        return "".join(_KEPT.findall(words)) + (GAP if is_first else "")

    return _EMPTY.sub(kept, text).replace(_TAGGED, "\n")


def _joined(text: str) -> str:
    """Put captured text into its surroundings: its last line ends where it must not grow together with the next."""
    pieces = re.split(f"([{BEGIN}{END}{GAP}])", text)
    made = pieces[0]
    starts: list[bool] = []  # for each captured text that is open, whether it is all of its line so far
    for index in range(1, len(pieces), 2):
        mark, words = pieces[index], pieces[index + 1]
        following = words.lstrip(MARKS) or "".join(pieces[index + 2 :]).lstrip(MARKS)
        if mark == BEGIN:
            starts.append(not made.rpartition("\n")[2].strip())
        elif mark == END:
            goes_on = (_GOES_ON_AT_START if starts and starts.pop() else _GOES_ON).match(following)
            made += "" if goes_on or following[:1] in ("", "\n") else "\n"
        elif _ENDS_WORD.search(made[-1:]) and not _GOES_ON.match(following):
            made += " "
        made += words
    return made


def _without_code(text: str) -> str:
    """Remove the indentation before a tag that prints text, where it would make the text program code."""
    if TAG not in text:
        return text
    made, is_list = [], False
    for line in text.split("\n"):
        is_code = not is_list and _CODE.match(line)
        made.append(line.lstrip() if is_code else line)
        if line.strip():
            is_list = bool(_ITEM.match(line)) or (is_list and line[0] in " \t")
    return "\n".join(made)
