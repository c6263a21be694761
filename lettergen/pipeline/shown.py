"""What the review has found, as its page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.pipeline.origins import shown_place
from lettergen.render.review import views
from lettergen.review.comparing import runs
from lettergen.review.shapes import families

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.model import Mailing, Taken
    from lettergen.problems import Problem
    from lettergen.review.comparing import Run
    from lettergen.review.differences import Difference
    from lettergen.review.shapes import Shape


def shown_shapes(shapes: Sequence[Shape], found: Sequence[Difference]) -> Iterator[views.Shape]:
    """The shapes with what differs in them."""
    bases = {shape.name: base for base, family in families(shapes).items() for shape in family}
    by_shape: dict[str, list[views.Passage]] = {}
    for one in found:
        for shape in one.shapes:
            by_shape.setdefault(shape.name, []).append(passage(one))
    for shape in shapes:
        variants, passages = tuple(map(str, shape.variants)), tuple(by_shape.get(shape.name, ()))
        text = ", ".join(f"{one.document}, language {one.language}" for one in shape.readings)
        yield views.Shape(shape.name, bases[shape.name], text, variants, shape.ids, passages)


def passage(one: Difference) -> views.Passage:
    """A passage that reads otherwise."""
    shown = tuple(_words(run) for run in runs(one.change))
    why = (views.Condition(arm.words, shown_place(arm.place), is_taken) for arm, is_taken in one.behind)
    conditions = tuple(dict.fromkeys(why))  # two languages may have the same built-in part
    return views.Passage(one.change.wording.language, shown, conditions, one.ids)


def _words(run: Run) -> views.Words:
    """The run with the blank behind its last word by itself, so that no line is drawn under it."""
    words = [views.Word(*word) for word in run.words]
    if not words:
        return views.Words(run.kind, (), "")
    text = words[-1].text.rstrip()
    blank = words[-1].text[len(text) :]
    words[-1] = words[-1]._replace(text=text)
    return views.Words(run.kind, tuple(words), blank)


def descriptions(mailing: Mailing) -> dict[str, str]:
    """What the front matter says of each variant."""
    return {name: str(text) for plan in mailing.plans.values() for name, text in plan.variants.items()}


def taken(one: Taken, shapes: Sequence[Shape], descriptions: Mapping[str, str]) -> views.Taken:
    """A variant or an arm, with the shapes that take it."""
    ids = set(one.letters)
    names = tuple(shape.name for shape in shapes if shape.ids[0] in ids)
    return views.Taken(one.name, shown_place(one.place), descriptions.get(one.name, ""), len(ids), names)


def finding(problem: Problem) -> views.Finding:
    """A problem."""
    place = shown_place(problem.place)
    return views.Finding(problem.severity, problem.code, problem.message, place, problem.others, problem.help)
