"""A salutation or close that the body repeats, and letters that nobody signs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.model import TOKEN
from lettergen.model.labels import pattern
from lettergen.problems import RECORD, Problem, Related, short
from lettergen.review.mixups.words import words as words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lettergen.model import Passage
    from lettergen.pipeline.languages import Half

_LAST = 4  # lines at the end of a body, where a close has a name and a title below it
_LONGEST, _LONGEST_BEGIN = 8, 5  # words of a salutation, alone and with the text behind it
_CODES = {"salutation": "doubled-salutation", "complimentary_close": "doubled-close"}
_MARKER = re.compile(r"\s*(?:[>#|]|[-+*] |\d+[.)] )")
_SIGN = (
    "write 'sender: {name: …}' into the front matter; or, if it is signed by hand alone, into the template: "
    "{% block signature_block %}{% endblock %}"
)
_NO_SIGNATURE = re.compile(r"block\s+signature_block\s*[-+]?%\}(?:\s|\{#.*?#\})*\{%[-+]?\s*endblock", re.DOTALL)


def check_courtesies(chosen: tuple[Half, ...], passages: Mapping[str, Sequence[Passage]]) -> Iterator[Problem]:
    """A warning for each formula that a body repeats; else for a close that no name follows."""
    repeated = [problem for half in chosen for problem in _repeated(half, passages[half.language])]
    yield from repeated
    every = [passage for half in chosen for passage in passages[half.language]]
    last = _lines(passage for passage in every if passage.part == "complimentary_close")
    has_name = len(last) != len(chosen) or any(passage.part == "signature_block" for passage in every)
    settings, template = chosen[0].document.settings, chosen[0].document.source.text
    if settings.is_read and not (has_name or repeated or _NO_SIGNATURE.search(template)):
        place = settings.fields.key_places.get("sender", settings.place)
        yield Problem("unsigned", "nobody signs the letter: no name follows the close", place, _SIGN, subject="sender")


def _repeated(half: Half, passages: Sequence[Passage]) -> Iterator[Problem]:
    parts = {part: [passage for passage in passages if passage.part == part] for part in ("body", *_CODES)}
    salutation, close = (" ".join(_lines(parts[part])) for part in _CODES)
    first, last = _lines(parts["body"][:1])[:1], _lines(parts["body"][-_LAST:])[-_LAST:]
    own = salutation.rstrip(" ,:!.")
    found = [
        ("salutation", salutation, line, line.split(maxsplit=1)[0])
        for line in first
        if salutation and ((" " in own and line.startswith(own)) or greets(line))
    ]
    found += [("complimentary_close", close, line, line) for line in last if close and closes(line, close)]
    for part, words, line, sought in found:
        message = f"the body says '{short(line)}', and the part '{part}' says '{short(words)}'"
        way_out = f"remove it from the body; or leave out the part: {{% block {part} %}}{{% endblock %}}"
        record = Related(half.recipient.place, RECORD)
        yield Problem(_CODES[part], message, half.locator.words("body", sought), way_out, (record,), part)


def _lines(passages: Iterable[Passage]) -> list[str]:
    """The lines of paragraphs, as they were typed; not those of lists, quotations and headings."""
    lines = []
    for passage in passages:
        pieces = TOKEN.split(passage.text)
        pieces[1::2] = [passage.tokens[int(number)].text for number in pieces[1::2]]
        lines += [line.strip(" *_\\") for line in "".join(pieces).split("\n") if not _MARKER.match(line)]
    return [line for line in lines if line]


@lru_cache(maxsize=256)
def greets(line: str) -> bool:
    """Whether the line is a salutation, or begins with one and a comma."""
    begin = re.match("[^,:!]+(?=[,:!].)", line)
    said = words_of(begin[0] if begin else line)
    if len(said) > (_LONGEST_BEGIN if begin else _LONGEST) or (not begin and line.endswith((".", "?"))):
        return False
    return pattern("greeting").match(" ".join(said)) is not None


@lru_cache(maxsize=256)
def closes(line: str, printed: str) -> bool:
    """Whether the line is a close, such as the one that is printed."""
    said = words_of(line)
    return said == words_of(printed) or pattern("close").fullmatch(" ".join(said)) is not None
