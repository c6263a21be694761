"""Which arms of a template make two letters differ, and whether they were asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.review.mixups.nearly import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lettergen.model import Arm, Plan, Reading
    from lettergen.problems import Place
    from lettergen.review.mixups.nearly import Difference

Arms = tuple["Arm | None", "Arm | None"]


def arms_of(found: Difference, reading: Reading, other: Reading, plan: Plan) -> Arms:
    """The arms that make the difference: one that only this letter takes, one that only the other takes."""
    mine, others = (sorted(one.arms - two.arms) for one, two in ((reading, other), (other, reading)))
    return _arm((plan.arms[n] for n in mine), found.words[0]), _arm((plan.arms[n] for n in others), found.words[1])


def _arm(arms: Iterable[Arm], words: str) -> Arm | None:
    """The one that says the words and least else."""
    saying = [(len(text), number, arm) for number, arm in enumerate(arms) if words and words in (text := _text(arm))]
    return min(saying)[2] if saying else None


def _text(arm: Arm) -> str:
    text = arm.words if arm.kind == "inline" else arm.place.source.text[arm.start : arm.end]
    return " ".join(text.split())


def is_meant(found: Difference, arms: Arms, reading: Reading, other: Reading) -> bool:
    """Whether a variant asks for the difference, or a field: a bracket more or less is no field's business."""
    ours = set(reading.recipient.variants) ^ set(other.recipient.variants)
    taken = [arm for arm in arms if arm]
    if any(not ours.isdisjoint(arm.variants) for arm in taken):
        return True
    asked = {name for arm in taken for name in re.findall(r"\brecipient\.(\w+)", arm.words)}
    return found.kind != SIGNS and bool(asked - {"id", "name"} or any(arm.kind == "for" for arm in taken))


def spot_in(arm: Arm, words: str) -> Place:
    """The words in the arm's text; its tag if they cannot be found there."""
    source = arm.place.source
    start = source.text.find(words, arm.start, arm.end) if arm.end else -1
    return source.place(start, start + len(words)) if start >= 0 else arm.place
