"""The review page of a composition: one letter, and what differs from it in all others."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.book import Known, book_of, wordings_of
from lettergen.pipeline.origins import Variety
from lettergen.pipeline.shown import descriptions, finding, passage, shown_shapes, taken
from lettergen.render.review.page import to_review
from lettergen.render.review.views import Counts, Review
from lettergen.review.coverage import Paths
from lettergen.review.coverage import coverage as coverage_in
from lettergen.review.differences import Difference, differences, rare
from lettergen.review.same import SameFields
from lettergen.review.shapes import families, shapes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lettergen.model import Mailing, Reading
    from lettergen.pipeline.batch import Composed
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.manifest import Entry
    from lettergen.problems import Place, Problem
    from lettergen.review.shapes import Shape

NAME = "index.html"
PICTURES = 40  # about 1 MB
TEXTS = 10_000  # letters whose texts the page holds: with more, a browser is slow
COMPARED = 1_000  # shapes; what more of them differ in is in these too, or the templates are no shared text


class Files(NamedTuple):
    """What stands beside the page and is true: the entries of a letter's id, and the picture of a PDF's first page."""

    of: Callable[[str], Sequence[Entry]]
    picture: Callable[[Entry], str]


def review_page(composition: Composition, problems: Sequence[Problem], files: Files) -> bytes:
    """The page."""
    return to_review(_review(composition, problems, files)).encode("utf-8")


def _review(composition: Composition, problems: Sequence[Problem], files: Files) -> Review:
    mailing = composition.mailing
    seen = _Seen()
    shapes = shapes_of(seen.readings(composition.batch))
    varied, coverage = seen.variety.varying(mailing.plans), coverage_in(seen.paths, seen.same, mailing.plans)
    differing, few = list[Difference](), list[Difference]()
    for family in families(shapes[:COMPARED]).values():
        found = differences(family, wordings_of(mailing, family, varied), mailing.plans)
        differing += found
        few += rare(found, family, mailing.plans)
    described = descriptions(mailing)
    counts, known = _known(composition, _shown(composition, problems, shapes), files)
    return Review(
        about=tuple(_about(composition, shapes)),
        records=composition.records,
        counts=counts,
        book=book_of(mailing, composition.again(known), shapes, known, varied),
        shapes=tuple(shown_shapes(shapes, differing)),
        rare=tuple(map(passage, few)),
        compared=sum(len(shape.ids) for shape in shapes[:COMPARED]),
        variants=tuple(taken(one, shapes, described) for one in coverage.variants),
        arms=tuple(taken(one, shapes, {}) for one in coverage.arms),
        same=tuple(one.name for one in coverage.same),
        findings=tuple(map(finding, problems)),
        pictures=_pictures(shapes, files),
    )


class _Seen:
    """What one pass over the letters tells: they are composed anew for each, where they are many."""

    def __init__(self) -> None:
        self.variety, self.paths, self.same = Variety(), Paths(), SameFields()

    def readings(self, batch: Iterable[Composed]) -> Iterator[Reading]:
        """The letters' readings, all of them looked at on their way."""
        for recipient, _, readings in batch:
            self.same.see(recipient)
            self.paths.see(recipient, readings)
            for reading in readings:
                self.variety.see(reading)
            yield from readings


def _about(composition: Composition, shapes: Sequence[Shape]) -> Iterator[str]:
    """The mailing's date, and whatever else tells it from others."""
    yield from islice(_senders(composition.mailing), 1)
    dates, titles = set[str](), set[str]()
    for _, letter, _ in composition.batch:
        dates.add(letter.long_date)
        titles.add(letter.title)
        if len(dates) > 1 and len(titles) > 1:
            break
    if len(titles) == 1 and composition.batch.count > 1:  # their subject
        yield from titles
    yield from dates if len(dates) == 1 else ()
    templates = dict.fromkeys(reading.document.partition(".")[0] for shape in shapes for reading in shape.readings)
    yield from (f"template {name}" for name in templates if name != "letter")
    if composition.style.layout.edition.name != "standard":
        yield f"edition {composition.style.layout.edition.name}"


def _senders(mailing: Mailing) -> Iterator[str]:
    """What a letter prints of its sender, the organisation first."""
    for field in ("sender.organisation", "sender.name"):
        for reading in islice(mailing.readings, 1):
            fields = mailing.plans[reading.document].fields
            tokens = (token for passage in reading.passages for token in passage.tokens if token.origin)
            yield from (token.text for token in tokens if token.origin and fields.get(token.origin.order) == field)


def _shown(composition: Composition, problems: Sequence[Problem], shapes: Sequence[Shape]) -> Counter[str]:
    """The letters that the page holds, with the number of problems that name each: all, or of too many some."""
    blamed = _blamed(composition, problems)
    if len(composition.digests) > TEXTS:
        chosen = islice(dict.fromkeys((*blamed, *_in_turn(shapes, TEXTS))), TEXTS)
        return Counter({identity: blamed[identity] for identity in chosen})
    return Counter({identity: blamed[identity] for identity in composition.digests})


def _known(composition: Composition, blamed: Mapping[str, int], files: Files) -> tuple[Counts, dict[str, Known]]:
    """What is known of all letters, and of these besides their text."""
    known, counts = {}, Counter[str]()
    for identity in composition.digests:
        entries = files.of(identity)
        pages = next((one.pages for one in entries if one.format == "pdf"), None)
        counts.update(with_pdf=pages is not None, pages=pages or 0)
        if identity in blamed:
            place = entries[0].path.removesuffix(entries[0].name) if entries else ""
            known[identity] = Known(blamed[identity], pages, tuple(one.format for one in entries), place)
    return Counts(len(composition.digests), counts["with_pdf"], counts["pages"]), known


def _blamed(composition: Composition, problems: Iterable[Problem]) -> Counter[str]:
    """How many problems name each record."""
    records = sorted((place.order[1:], identity) for identity, place in composition.places.items())
    starts = [start for start, _ in records]
    found: Counter[str] = Counter()
    for problem in problems:
        places: Iterable[Place] = (problem.place, *(related.place for related in problem.related))
        within = (place for place in places if place.source.name == composition.records)
        inside = [place.order[1:] for place in within if starts and place.order[1:] >= starts[0]]
        found.update({records[bisect_right(starts, start) - 1][1] for start in inside})
    return found


def _pictures(shapes: Sequence[Shape], files: Files) -> dict[str, str]:
    """The first page of the first letter of each shape, then of the second, and so on."""
    pdfs = (entry for one in _in_turn(shapes, PICTURES) for entry in files.of(one) if entry.format == "pdf")
    return {entry.id: files.picture(entry) for entry in islice(pdfs, PICTURES)}


def _in_turn(shapes: Sequence[Shape], most: int) -> Iterator[str]:
    """The first letter of each shape, then the second, and so on."""
    turns = zip_longest(*(islice(shape.ids, most) for shape in shapes))
    return (identity for turn in turns for identity in turn if identity)
