"""The review page of a composition: one letter, and what differs from it in all others."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.book import Known, book_of, wordings_of
from lettergen.pipeline.shown import descriptions, finding, passage, shown_shapes, taken
from lettergen.render.review.page import to_review
from lettergen.render.review.views import Review
from lettergen.review.coverage import coverage_of
from lettergen.review.differences import Difference, differences, rare
from lettergen.review.shapes import families, shapes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lettergen.model import Mailing
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.manifest import Entry
    from lettergen.problems import Place, Problem
    from lettergen.review.shapes import Shape

NAME = "index.html"
PICTURES = 40  # about 1 MB
COMPARED = 1_000  # shapes; what more of them differ in is in these too, or the templates are no shared text
_RECORDS = "recipients.yaml"


class Files(NamedTuple):
    """What stands beside the page and is true: the entries of a letter's id, and the bytes of an entry's file."""

    of: Callable[[str], Sequence[Entry]]
    content: Callable[[Entry], bytes]


def review_page(composition: Composition, problems: Sequence[Problem], files: Files) -> bytes:
    """The page."""
    return to_review(_review(composition, problems, files)).encode("utf-8")


def _review(composition: Composition, problems: Sequence[Problem], files: Files) -> Review:
    mailing = composition.mailing
    shapes = shapes_of(mailing.readings)
    differing, few = list[Difference](), list[Difference]()
    for family in families(shapes[:COMPARED]).values():
        found = differences(family, wordings_of(mailing, family), mailing.plans)
        differing += found
        few += rare(found, family, mailing.plans)
    coverage, described = coverage_of(mailing), descriptions(mailing)
    return Review(
        about=tuple(_about(composition)),
        records=_RECORDS,
        book=book_of(mailing, composition.letters, shapes, _known(composition, problems, files)),
        shapes=tuple(shown_shapes(shapes, differing)),
        rare=tuple(map(passage, few)),
        compared=sum(len(shape.ids) for shape in shapes[:COMPARED]),
        variants=tuple(taken(one, shapes, described) for one in coverage.variants),
        arms=tuple(taken(one, shapes, {}) for one in coverage.arms),
        same=tuple(one.name for one in coverage.same),
        findings=tuple(map(finding, problems)),
        pictures=_pictures(shapes, files),
    )


def _about(composition: Composition) -> Iterator[str]:
    """The mailing's date, and whatever else tells it from others."""
    layout = composition.style.layout
    yield from islice(_senders(composition.mailing), 1)
    dates = {letter.long_date for letter in composition.letters}
    titles = {letter.title for letter in composition.letters}
    if len(titles) == 1 and composition.batch.count > 1:  # their subject
        yield from titles
    yield from dates if len(dates) == 1 else ()
    templates = dict.fromkeys(reading.document.partition(".")[0] for reading in composition.mailing.readings)
    yield from (f"template {name}" for name in templates if name != "letter")
    if layout.edition.name != "standard":
        yield f"edition {layout.edition.name}"


def _senders(mailing: Mailing) -> Iterator[str]:
    """What a letter prints of its sender, the organisation first."""
    for field in ("sender.organisation", "sender.name"):
        for reading in islice(mailing.readings, 1):
            fields = mailing.plans[reading.document].fields
            tokens = (token for passage in reading.passages for token in passage.tokens if token.origin)
            yield from (token.text for token in tokens if token.origin and fields.get(token.origin.order) == field)


def _known(composition: Composition, problems: Sequence[Problem], files: Files) -> dict[str, Known]:
    """What is known of each letter besides its text."""
    blamed = _blamed(composition, problems)
    known = {}
    for identity in composition.digests:
        entries = files.of(identity)
        pages = next((one.pages for one in entries if one.format == "pdf"), None)
        known[identity] = Known(blamed[identity], pages, tuple(one.format for one in entries))
    return known


def _blamed(composition: Composition, problems: Iterable[Problem]) -> Counter[str]:
    """How many problems name each record."""
    records = sorted((place.order[1:], identity) for identity, place in composition.places.items())
    starts = [start for start, _ in records]
    found: Counter[str] = Counter()
    for problem in problems:
        places: Iterable[Place] = (problem.place, *(related.place for related in problem.related))
        inside = [place.order[1:] for place in places if _is_in_records(place, starts)]
        found.update({records[bisect_right(starts, start) - 1][1] for start in inside})
    return found


def _is_in_records(place: Place, starts: Sequence[tuple[int, int]]) -> bool:
    return place.source.name == _RECORDS and bool(starts) and place.order[1:] >= starts[0]


def _pictures(shapes: Sequence[Shape], files: Files) -> dict[str, str]:
    """The first page of the first letter of each shape, then of the second, and so on."""
    from lettergen.render.review.pictures import picture

    turns = chain.from_iterable(zip_longest(*(islice(shape.ids, PICTURES) for shape in shapes)))
    pdfs = (entry for one in turns if one for entry in files.of(one) if entry.format == "pdf")
    return {entry.id: picture(files.content(entry)) for entry in islice(pdfs, PICTURES)}
