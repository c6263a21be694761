"""What no letter has, and what all have: idle variants, passages that nobody takes, fields that never differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import STANDARD_KEYS
from lettergen.problems import Problem, Related, short
from lettergen.review.coverage import own_arms, taken_arms, taken_variants

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from lettergen.model import Arm, Plan, Taken
    from lettergen.problems import Place
    from lettergen.review.coverage import Paths
    from lettergen.review.same import SameFields

# A passage round what a letter may lack: `if sender.telephone`, `for line in letter.copies or []`.
_OPTIONAL = r"(?:(?:el)?if|for \w+ in) (letter|sender|recipient)\.(\w+)(?: or \[\])?"
_INLINE = r"\bif (letter|sender|recipient)\.(\w+)(?: else |\)|$)"


def idle_variants(paths: Paths, plans: Mapping[str, Plan]) -> list[Taken]:
    """The variants that a template asks for and no letter has."""
    asked = {name for plan in plans.values() for name in plan.asked}
    return [variant for variant in taken_variants(paths, plans) if not variant.letters and variant.name in asked]


def untaken_by(variant: str, paths: Paths, plans: Mapping[str, Plan]) -> frozenset[tuple[str, int]]:
    """The passages that an idle variant leaves untaken, and those in them: the main document's name and the number."""
    found: set[tuple[str, int]] = set()
    for document, plan in plans.items():
        taken = paths.by_arm(document)
        untaken = [(number, arm) for number, arm in own_arms(plan, taken) if number not in taken]
        named = [arm for _, arm in untaken if variant in arm.variants]
        within = (pair for pair in untaken if any(pair[1] is arm or _holds(arm, pair[1].place) for arm in named))
        found |= {(document, number) for number, _ in within}
    return frozenset(found)


def check_variants(paths: Paths, plans: Mapping[str, Plan]) -> Iterator[Problem]:
    """A warning for each idle variant."""
    for variant in idle_variants(paths, plans):
        places = {plan.asked[variant.name] for plan in plans.values() if variant.name in plan.asked}
        related = tuple(Related(place, "it is asked for here") for place in sorted(places, key=lambda one: one.order))
        way_out = f"write 'variants: [{variant.name}]' into the records that it is for, or remove it"
        yield Problem("idle-variant", f"no recipient has variant '{variant.name}'", variant.place, way_out, related)


def check_arms(paths: Paths, plans: Mapping[str, Plan], told: Collection[Place] = ()) -> Iterator[Problem]:
    """A warning for each passage that no letter has, unless an idle variant or the passage round it says why,
    or it was told already of something in it.
    """
    written = paths.documents  # in other languages nobody gets anything yet
    arms = taken_arms(paths, {name: plan for name, plan in plans.items() if name in written})
    untaken = [arm for arm, taken in arms if not taken]
    idle = {variant.name for variant in idle_variants(paths, plans)}
    own = [arm for arm in untaken if not _is_of_library(arm, written)]
    for arm in {(*arm.place.order, arm.words): arm for arm in own}.values():
        chain = _chain(arm, [other for other, _ in arms])
        is_idle = any(idle.intersection(one.variants) for one in chain if one is arm or one not in untaken)
        is_within = any(_holds(other, arm.place) for other in untaken)
        is_told = any(_holds(arm, place) or arm.place.overlaps(place) for place in told)
        if not (is_idle or is_within or is_told or _may_lack(arm, chain)):
            yield _untaken(arm)


def check_same(same: SameFields, plans: Mapping[str, Plan]) -> Iterator[Problem]:
    """A warning for each field that says the same in every record."""
    for field, place in same.taken(plans):
        message = f"'{field.name}' is the same in all {len(field.letters):,} records"
        way_out = "write it once, under 'defaults' or into the template; or see whether it was copied by mistake"
        yield Problem("same-field", message, place, way_out, (Related(field.place, "it is used here"),))


def _chain(arm: Arm, arms: Sequence[Arm]) -> list[Arm]:
    """The arms of one condition, from this one backwards; all of them if it is an inline one."""
    if arm.kind == "inline":
        return [other for other in arms if other.place == arm.place]
    found = [arm]
    while found[-1].kind in ("elif", "else"):
        start, file = _start(found[-1]), arm.place.file
        before = next((other for other in arms if other.end == start and other.place.file == file), None)
        if before is None:
            break
        found.append(before)
    return found


def _start(arm: Arm) -> int:
    """Where the arm's tag begins in the file."""
    return arm.place.source.text.rfind("{%", 0, arm.place.start)


def _holds(outer: Arm, place: Place) -> bool:
    """Whether the arm's text has the place in it."""
    return outer.place.file == place.file and outer.start <= place.start < outer.end


def _is_of_library(arm: Arm, documents: Collection[str]) -> bool:
    """Whether the arm is in an imported macro, which may serve other main documents."""
    return arm.within is not None and arm.place.source.name.removeprefix("templates/") not in documents


def _may_lack(arm: Arm, chain: Sequence[Arm]) -> bool:
    """Whether the arm is there for letters that lack something: nothing is wrong if none does, or all do."""
    if arm.kind == "else" or arm.words.startswith("else of "):
        return not any(one.variants for one in chain)
    found = re.search(_INLINE, arm.words) if arm.kind == "inline" else re.fullmatch(_OPTIONAL, arm.words)
    return found is not None and (found[1] != "recipient" or found[2] in STANDARD_KEYS)


def _untaken(arm: Arm) -> Problem:
    words = short(arm.words.removeprefix("else of "))
    if arm.kind == "inline":
        which = "what is behind 'else' in" if arm.words.startswith("else of ") else "the first way of"
        message = f"no letter takes {which} {{{{ {words} }}}}"
    else:
        others = ": each has one of those before it" if arm.kind == "else" else ""
        message = f"no letter has the passage under {{% {words} %}}{others}"
    way_out = "mend the condition or a record if one should have it; else remove it, or use '--ignore untaken-branch'"
    return Problem("untaken-branch", message, arm.place, way_out)
