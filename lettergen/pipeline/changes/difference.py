"""Today's letters held against earlier ones: what changed, which are new, which are gone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.changes.blocks import of_letter
from lettergen.pipeline.changes.comparing import rewordings
from lettergen.pipeline.changes.grouping import Changed, Entry, grouped
from lettergen.pipeline.changes.values import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from lettergen.model import Letter, Mailing
    from lettergen.pipeline.changes.blocks import Blocks
    from lettergen.pipeline.compose import Composition


class Earlier(NamedTuple):
    """The earlier letters: their ids, the blocks of one of them and of today's, and what is known of the records.

    `unread` are those whose words nobody can compare.
    """

    ids: Collection[str]
    both: Callable[[Letter], tuple[Blocks, Blocks]]
    mailings: tuple[Mailing, ...] = ()
    unread: Collection[str] = ()


class Difference(NamedTuple):
    """What changed in how many of the letters, which are new or gone, and which could not be compared."""

    letters: int
    entries: tuple[Entry, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def changed(self) -> int:
        """How many letters changed."""
        return len({identity for entry in self.entries for identity in entry.ids})

    @property
    def is_any(self) -> bool:
        return bool(self.entries or self.new or self.gone)


def difference(composition: Composition, earlier: Earlier, ids: Collection[str]) -> Difference:
    """What changed in these letters, or in all if none is named."""
    letters = [letter for letter in composition.letters if not ids or letter.id in ids]
    today = {letter.id for letter in letters}
    known = {*earlier.ids, *earlier.unread}
    return Difference(
        letters=len(letters),
        entries=grouped(tuple(_changed(composition, earlier, letters))),
        new=tuple(letter.id for letter in letters if letter.id not in known),
        gone=tuple(sorted(identity for identity in known - today if not ids or identity in ids)),
        unread=tuple(letter.id for letter in letters if letter.id in earlier.unread),
    )


def of_composition(earlier: Composition) -> Earlier:
    """The letters that another state of the folder makes."""
    letters = {letter.id: letter for letter in earlier.letters}

    def both(letter: Letter) -> tuple[Blocks, Blocks]:
        before = letters[letter.id]
        return of_letter(_beside(before, letter)), of_letter(_beside(letter, before))

    return Earlier(letters, both, (earlier.mailing,))


def _beside(letter: Letter, other: Letter) -> Letter:
    """The letter without the parts that the other has as well: they need not be written to be compared."""
    parts = tuple(part for part in letter.parts if part not in other.parts)
    return letter._replace(parts=parts, notes=() if letter.notes == other.notes else letter.notes)


def _changed(composition: Composition, earlier: Earlier, letters: list[Letter]) -> Iterator[Changed]:
    mailings = (composition.mailing, *earlier.mailings)
    records, readings = defaultdict(list), defaultdict(list)
    for mailing in mailings:
        for recipient in mailing.recipients:
            records[recipient.id].append(recipient)
        for reading in mailing.readings:
            readings[reading.recipient.id].append(reading)
    for letter in letters:
        found = rewordings(*earlier.both(letter)) if letter.id in earlier.ids else ()
        if found:
            yield Changed(letter.id, found, values_of(records[letter.id], readings[letter.id]))
