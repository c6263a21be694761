"""Letters that nobody gets: each idle variant is merged all the same, so that none fails on the day it is used."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lettergen.problems import Problem, Related, once
from lettergen.review.coverage import LENDERS
from lettergen.review.paths import idle_variants, untaken_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lettergen.model import Letter, Plan, Reading, Recipient
    from lettergen.review.coverage import Paths

    Composed = tuple[Letter, tuple[Reading, ...]]
    Compose = Callable[[Recipient], tuple[Composed | None, list[Problem]]]

Goal: TypeAlias = tuple[str, int]  # a passage: its main document and the arm's number
ANYWHERE: Goal = ("", 0)  # for a variant that switches no passage of its own


class Probes(NamedTuple):
    """The letters that rendered, and what is wrong with the others."""

    letters: tuple[Letter, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Probe(NamedTuple):
    letter: Letter
    reached: frozenset[Goal]
    errors: list[Problem]


def probe(paths: Paths, plans: Mapping[str, Plan], compose: Compose) -> Probes:
    """For each idle variant, letters that take all its passages, without an error where that can be."""
    letters: list[Letter] = []
    problems: list[Problem] = []
    for variant in idle_variants(paths, plans):
        goals = untaken_by(variant.name, paths, plans) or frozenset({ANYWHERE})
        asking = {name for name, plan in plans.items() if variant.name in plan.asked}
        lenders = (recipient for document, recipient in paths.lenders if document in asking)
        tried = list(_tried(_with(variant.name, islice(lenders, LENDERS)), goals, compose))
        letters += (one.letter for one in tried if not one.errors)
        note = Related(variant.place, f"tried with variant '{variant.name}', which no recipient has")
        problems += (replace(error, related=(*error.related, note)) for error in _failures(tried))
    return Probes(tuple(letters), tuple(once(reversed(problems))))  # of two variants with one mistake the first tells


def _with(variant: str, lenders: Iterable[Recipient]) -> Iterator[Recipient]:
    """Records of every shape of letter with the variant beside their own, and with it alone."""
    for recipient in lenders:
        yield replace(recipient, variants=(*recipient.variants, variant))
        if recipient.variants:  # which may leave no way to it
            yield replace(recipient, variants=(variant,))


def _tried(recipients: Iterable[Recipient], goals: frozenset[Goal], compose: Compose) -> Iterator[_Probe]:
    """Each letter that takes a passage of the variant, until all are taken without an error."""
    left = set(goals)
    for recipient in recipients:
        composed, problems = compose(recipient)
        if composed:
            taken = {ANYWHERE, *((reading.document, arm) for reading in composed[1] for arm in reading.arms)}
            errors = [problem for problem in problems if problem.is_error and not _is_of_values(problem, recipient)]
            if taken & goals:
                yield _Probe(composed[0], goals & taken, errors)
            left -= set() if errors else taken
        if not left:
            return


def _failures(tried: list[_Probe]) -> Iterator[Problem]:
    """The errors of the passages that no letter renders, each in the letter with the fewest."""
    done: set[Goal] = set()
    for one in sorted(tried, key=lambda one: len(one.errors)):  # those without an error first
        yield from one.errors if one.reached - done else ()
        done |= one.reached


def _is_of_values(problem: Problem, recipient: Recipient) -> bool:
    """Whether the problem is that of the lent values; who gets the variant will have values that fit."""
    if problem.code == "missing-value":
        return not problem.message.startswith(("the sender", "the letter"))
    return problem.place.source is recipient.place.source and problem.code != "empty-body"
