"""Two wordings side by side: what one says and the other does not."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.review.worded import Word, Wording

ALIKE = 0.4  # of all words; passages that have fewer in common are no two wordings of one
NEAR = 8  # words that are shown on each side of a change


class Change(NamedTuple):
    """A passage that reads otherwise: without `before` it is added, without `after` left out."""

    before: Wording | None
    after: Wording | None

    @property
    def reverse(self) -> Change:
        """The same as the other side sees it."""
        return Change(self.after, self.before)

    @property
    def key(self) -> tuple[object, ...]:
        """What two equal changes have in common."""
        return self.before and self.before.key, self.after and self.after.key

    @property
    def wording(self) -> Wording:
        """That of either side, for part and language."""
        return self.after or self.before  # type: ignore[return-value] # one of them is there


class Run(NamedTuple):
    """Words in a row that are in both (`same`), only in one (`del`, `ins`), or left out for shortness (`gap`)."""

    kind: str
    words: tuple[Word, ...]


def changes(main: Sequence[Wording], other: Sequence[Wording]) -> Iterator[Change]:
    """The passages of `other` that read otherwise than in `main`, in reading order."""
    keys = ([one.key for one in main], [one.key for one in other])
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _paired(list(main[i1:i2]), other[j1:j2])


def _paired(before: list[Wording], after: Sequence[Wording]) -> Iterator[Change]:
    """Each passage with the one that it took the place of."""
    for new in after:
        found = next((index for index, old in enumerate(before) if _are_alike(old, new)), None)
        if found is None:
            yield Change(None, new)
        else:
            yield from (Change(old, None) for old in before[:found])
            yield Change(before[found], new)
            before = before[found + 1 :]
    yield from (Change(old, None) for old in before)


@lru_cache(maxsize=10_000)
def _are_alike(old: Wording, new: Wording) -> bool:
    if (old.part, old.language) != (new.part, new.language):
        return False
    return _matcher(old, new).ratio() >= ALIKE


def _matcher(old: Wording, new: Wording) -> SequenceMatcher[tuple[str, str, str]]:
    return SequenceMatcher(None, [word.key for word in old.words], [word.key for word in new.words], autojunk=False)


def runs(change: Change) -> tuple[Run, ...]:
    """The change word by word, with a few words of what stays on each side."""
    before, after = change
    if before is None or after is None:
        kind = "del" if before else "ins"
        return (Run(kind, change.wording.words),)
    found: list[Run] = []
    for kind, i1, i2, j1, j2 in _matcher(before, after).get_opcodes():
        if kind == "equal":
            found.append(Run("same", after.words[j1:j2]))
        else:
            found += [Run("del", before.words[i1:i2]), Run("ins", after.words[j1:j2])]
    return tuple(_shortened(_calmed([run for run in found if run.words])))


def _calmed(found: list[Run]) -> list[Run]:
    """Without islands: a word or two in common between changes are part of the change."""
    calm: list[Run] = []
    for index, run in enumerate(found):
        is_inner = 0 < index < len(found) - 1
        if run.kind == "same" and is_inner and len(run.words) <= 2:  # noqa: PLR2004 - as it says
            calm += [Run("del", run.words), Run("ins", run.words)]
        else:
            calm.append(run)
    joined: list[Run] = []
    for run in calm:  # the deleted words of a stretch, then the inserted ones
        stretch = _stretch(joined)
        if run.kind != "same" and stretch.get(run.kind) is not None:
            place = stretch[run.kind]
            joined[place] = Run(run.kind, joined[place].words + run.words)
        elif run.kind == "del" and "ins" in stretch:
            joined.insert(stretch["ins"], run)
        else:
            joined.append(run)
    return joined


def _stretch(joined: list[Run]) -> dict[str, int]:
    """Where the changes stand that were met since the last words in common."""
    places: dict[str, int] = {}
    for index in range(len(joined) - 1, -1, -1):
        if joined[index].kind == "same":
            break
        places[joined[index].kind] = index
    return places


def _shortened(found: list[Run]) -> Iterator[Run]:
    """With a gap in each long run of words that stay."""
    for index, run in enumerate(found):
        head = NEAR if index else 0
        tail = NEAR if index < len(found) - 1 else 0
        if run.kind != "same" or len(run.words) <= head + tail + 3:
            yield run
        else:
            shown = (Run("same", run.words[:head]), Run("gap", ()), Run("same", run.words[len(run.words) - tail :]))
            yield from (one for one in shown if one.words or one.kind == "gap")
