"""Looks see letters one by one and keep next to nothing: what they find is what is there, however little they keep."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from random import Random
from typing import TYPE_CHECKING, Any

from composing import composed, letters_in, shared_by
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import as_files, offices

from lettergen.model import Reading
from lettergen.pipeline.reviewing import Reviewing
from lettergen.problems import Problem, Source, merge_alike
from lettergen.review.few import SEVERAL, Few, told
from lettergen.review.joints.splices import Splices
from lettergen.review.mixups.columns import Column
from lettergen.review.mixups.nearly import difference
from lettergen.review.mixups.salutations import Salutations
from lettergen.review.mixups.sentences import Sentences
from lettergen.review.mixups.shared import SharedIdentities
from lettergen.review.mixups.spoken import Leaks
from lettergen.review.mixups.wordings import Wordings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lettergen.model import Mailing
    from lettergen.pipeline.reviewing import Makers

Tables = tuple["Makers", "Makers"]
MUCH = 1_000_000
WIDE: Tables = (
    (Leaks,),
    (SharedIdentities, Sentences, Salutations, partial(Wordings, MUCH), partial(Splices, MUCH)),
)


def _tiny(width: int) -> Tables:
    """Looks whose sieves take nearly everything for something else, and which keep one of each kind."""
    sieves = partial(SharedIdentities, width), partial(Sentences, (), width)
    return (partial(Leaks, (), width),), (*sieves, Salutations, partial(Wordings, 1), partial(Splices, 1))


def _found(mailing: Mailing, tables: Tables) -> list[Problem]:
    reviewing = Reviewing(*tables)
    for recipient, readings in letters_in(mailing):
        reviewing.see(recipient, readings)
    return merge_alike(reviewing.end(shared_by(mailing), (), lambda: letters_in(mailing), is_all=True))


def _accidents(seed: int) -> list[dict[str, Any]]:
    """Records that have or say what is another's, here and there."""
    random = Random(seed)  # noqa: S311 - records
    records = offices(seed % 7, random.randint(4, 16))
    for _ in range(random.randint(0, 6)):
        one, other = random.sample(records, 2)
        key = random.choice(sorted({*one, *other} - {"id", "variants"}))
        if key in other and random.random() < 0.5:
            one[key] = other[key]
        elif isinstance(other.get(key), str):
            one["initiative"] = f"{one['initiative']}, as {other[key]}  knows (so"
    return records


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, MUCH), width=st.integers(0, 6))
def test_however_little_a_sieve_tells_apart(seed: int, width: int) -> None:
    """It may hold back too much, which is then looked at again; what is found is the same."""
    mailing = composed(as_files(_accidents(seed))).mailing
    assert _found(mailing, _tiny(width)) == _found(mailing, WIDE)


PLACES = st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 9), st.integers(0, 2))


@given(st.lists(st.lists(PLACES, max_size=9), max_size=3), st.integers(0, 3))
def test_few_are_those_that_are_named(kinds: list[list[tuple[str, int, int]]], most: int) -> None:
    """With the others counted, they are told as if all had been kept."""
    sources = {name: Source(name, "x" * 20) for name in "ab"}
    every: list[Problem] = []
    few = []
    for number, places in enumerate(kinds):
        made = [
            Problem(
                "leak", f"{number} {at}", sources[file].place(column, column + number + 1), more=more, anywhere=True
            )
            for at, (file, column, more) in enumerate(places)
        ]
        few.append(Few(most))
        for problem in made:
            few[-1].add(problem)
        every += made if len(made) <= most else (_as_one(problem) for problem in made)
    if sum(len(places) > most for places in kinds) <= 1 or all(not more for places in kinds for *_, more in places):
        same_place = attrgetter("place.order", "message")  # of several kinds any may be said first
        assert sorted(merge_alike(told(*few)), key=same_place) == sorted(merge_alike(every), key=same_place)


def _as_one(problem: Problem) -> Problem:
    from dataclasses import replace

    return replace(problem, subject=problem.code)


WORDS = st.sampled_from(["role of one", "role of ones", "role of one,", "another thing", "a third", "b", "c", "d"])


@given(st.lists(WORDS, min_size=1, max_size=40), st.integers(1, 4))
def test_a_column_knows_the_usual_text(texts: list[str], distinct: int) -> None:
    """And those that one letter has and that are nearly the same, however few are kept; in a second pass, at most."""
    column = _read(Column(texts[0], None, distinct), texts)
    again = column.again()
    rare = column.rare() if again is None else _read(again, texts).rare()
    found = {one.texts for one in rare if difference(*one.texts)}
    usual = max(texts, key=texts.count)
    once = [text for text in texts if texts.count(text) == 1 and difference(text, usual)]
    expected = {(text, usual) for text in once} if texts.count(usual) >= max(len(texts) * 0.6, 3) else set()
    assert found == expected


def _read(column: Column, texts: Iterable[str]) -> Column:
    reading = Reading(None, "", "", (), frozenset())  # type: ignore[arg-type] # only passed on
    for text in texts:
        if text == column.usual:
            column.same += 1
            column.reading = column.reading or reading
        else:
            column.see(text, reading)
    return column


def test_more_than_are_named_are_counted() -> None:
    """The first by place are named, whenever they were met."""
    source = Source("a", "x" * 99)
    few = Few()
    for column in range(3 * SEVERAL, 0, -1):
        few.add(Problem("leak", f"{column}", source.place(column, column + 1), anywhere=True))
    (one,) = merge_alike(told(few))
    assert (one.place.column, [place.column for place, _ in one.related], one.more) == (2, [3, 4, 5], 29)
