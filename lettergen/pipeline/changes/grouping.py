"""The changes of all letters -> each change once, with the letters that have it.

Two letters have the same change if the same words went and came in the same place of the text.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.changes.places import Places, Spot, sides
from lettergen.pipeline.changes.values import VALUE, masked, said
from lettergen.pipeline.changes.words import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.pipeline.changes.comparing import Rewording
    from lettergen.pipeline.changes.values import Values


class Changed(NamedTuple):
    """A letter that changed: where, and the values that are its own."""

    id: str
    rewordings: tuple[Rewording, ...]
    values: Values


class Shown(NamedTuple):
    """A rewording of a change's first letter; in others `own` words stand in the change."""

    rewording: Rewording
    own: tuple[str, ...] = ()


class Entry(NamedTuple):
    """What changed in some letters alike, and in these alone."""

    ids: tuple[str, ...]
    shown: tuple[Shown, ...]


def grouped(letters: tuple[Changed, ...]) -> tuple[Entry, ...]:
    """Each change once; those of the same letters are one entry. What most letters have comes first."""
    alike: dict[object, Places] = defaultdict(Places)
    keys: dict[object, tuple[object, ...]] = {}  # by the words themselves: some may be a value by chance
    for number, letter in enumerate(letters):
        for index, rewording in enumerate(letter.rewordings):
            for step in (step for step, each in enumerate(rewording.steps) if each.is_change):
                own = rewording.part, _key(rewording.steps[step], letter.values)
                key = keys.setdefault((rewording.part, _texts(rewording.steps[step])), own)
                alike[key].add(Spot(number, index, step), sides(rewording.steps, step, letter.values))
    together: dict[tuple[int, ...], list[list[Spot]]] = defaultdict(list)
    for group in (group for places in alike.values() for group in places.groups()):
        together[tuple(dict.fromkeys(spot.letter for spot in group))].append(group)
    entries = [_entry(letters, numbers, groups) for numbers, groups in together.items()]
    return tuple(sorted(entries, key=lambda entry: -len(entry.ids)))


def _key(step: Step, values: Values) -> tuple[tuple[str, ...], ...]:
    """What went and came, with a sign for the letter's own values; if it is nothing but values, these themselves."""
    hidden = masked(step.removed, values), masked(step.added, values)
    if any(sign.isalnum() for side in hidden for sign in side):
        return hidden
    return _texts(step)


def _texts(step: Step) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.text for word in side) for side in (step.removed, step.added))


def _entry(letters: tuple[Changed, ...], numbers: tuple[int, ...], groups: list[list[Spot]]) -> Entry:
    """The changes as they are in the first of the letters."""
    first = numbers[0]
    chosen: dict[int, list[int]] = defaultdict(list)
    own: dict[int, dict[str, None]] = defaultdict(dict)
    for group in groups:
        for spot in (spot for spot in group if spot.letter == first):
            chosen[spot.rewording].append(spot.step)
        where = next(spot.rewording for spot in group if spot.letter == first)
        own[where] |= dict.fromkeys(_own(letters, group))
    shown = []
    for index in sorted(chosen):
        rewording = letters[first].rewordings[index]
        shown.append(Shown(rewording._replace(steps=_only(rewording.steps, chosen[index])), tuple(own[index])))
    return Entry(tuple(letters[number].id for number in numbers), tuple(shown))


def _own(letters: tuple[Changed, ...], group: list[Spot]) -> Iterator[str]:
    """The values that stand in the change, if they are not the same in all letters."""
    found: dict[str, None] = {}
    for spot in group:
        step, values = letters[spot.letter].rewordings[spot.rewording].steps[spot.step], letters[spot.letter].values
        hidden = masked(step.removed, values), masked(step.added, values)
        if VALUE in (sign for side in hidden for sign in side):
            found[said(step.added, values) or said(step.removed, values)] = None
    yield from found if len(found) > 1 else ()


def _only(steps: tuple[Step, ...], chosen: Iterable[int]) -> tuple[Step, ...]:
    """The steps with these changes alone; what else changed stands as it is now."""
    kept = set(chosen)
    return tuple(step if index in kept else Step(step.kept + step.added) for index, step in enumerate(steps))
