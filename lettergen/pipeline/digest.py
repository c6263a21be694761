"""What a letter itself says, in a few bytes: two letters of one digest are the same in every format."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from lettergen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.model import Footnote, Letter, Reading

SIZE = 16  # bytes: of a million letters no two are alike by chance


def digest_of(
    letter: Letter, readings: Iterable[Reading], footnotes: Mapping[str, Footnote], images: Iterable[str]
) -> bytes:
    """The digest of all that the letter's formats are written from but for their style; `images` are data addresses
    of what it shows. Passages and values stand for the tree that is made from them.
    """
    said = [__version__, *_of_letter(letter), *images]
    for reading in readings:
        said += ("\2", reading.language)
        for passage in reading.passages:
            said += ("\1", passage.part, passage.text)
            said += (f"{token.is_markdown:d}{token.text}" for token in passage.tokens)
    for note in letter.notes:
        text = footnotes[note.id].text_in(note.language)
        said += (note.id, note.language, text or "")
    return blake2b("\0".join(said).encode("utf-8"), digest_size=SIZE).digest()


def _of_letter(letter: Letter) -> Iterator[str]:
    """What stands beside the parts and notes."""
    yield from (letter.id, letter.name, letter.language, letter.title, letter.long_date, letter.return_line)
    yield from letter.variants
    yield repr(letter.fit)
    yield from (f"{language} {day}" for language, day in letter.long_dates.items())
