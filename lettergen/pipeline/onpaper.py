"""What is wrong with a letter once it is set: from facts that any engine can state."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lettergen.model import Complaint
from lettergen.problems import Problem, short
from lettergen.render.presets import GEOMETRY
from lettergen.render.window import window_faults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lettergen.model import Facts, Layout, Printed
    from lettergen.problems import Place
    from lettergen.render.paper import Paper

SLACK = 2.0  # mm by which a line may leave its room before anybody would see it
FEW, MANY = 0.1, 10  # a letter is unusually long if at most this part of so many letters are as long
SHOWN = 40  # characters of a line that a message names
SIGNED = ("signature_block", "enclosures", "copies")


def complaints_of(paper: Paper, facts: Facts, layout: Layout) -> Iterator[Complaint]:
    """Everything that is wrong with one letter's pages."""
    yield from _notes(paper, facts)
    yield from _overflow(facts)
    yield from _signature(facts)
    yield from window_faults(facts, GEOMETRY[layout.preset])
    yield from _glyphs(facts)
    pages = max((one.page for one in facts.printed), default=0)  # without a blank one behind them
    if layout.max_pages and pages > layout.max_pages:
        words = f"{_pages(pages)}; 'max_pages' allows {layout.max_pages}"
        yield Complaint("too-many-pages", words)


def unusual(by_pages: Mapping[int, Collection[str]], places: Mapping[str, Place]) -> Iterator[Problem]:
    """A warning for each letter that has more pages than nearly all others, by the ids of those of so many pages."""
    letters, as_long, numbers = sum(map(len, by_pages.values())), 0, sorted(by_pages, reverse=True)
    for number, shorter in pairwise(numbers):
        as_long += len(by_pages[number])
        if letters < MANY or as_long > FEW * letters:
            return
        for identity in by_pages[number]:
            message = f"the letter to '{identity}' has {_pages(number)}; nearly all others have at most {shorter}"
            way_out = "see whether its text is longer on purpose"
            yield Problem("unusual-pages", message, places[identity], way_out, subject="pages", anywhere=True)


def _notes(paper: Paper, facts: Facts) -> Iterator[Complaint]:
    """The notes that are on no page, or on another than their first reference."""
    where = dict(facts.anchors)
    for number, (note, reference) in enumerate(paper.notes, 1):
        page = where.get(reference)
        if page is None:
            yield Complaint("footnote-lost", f"the text that refers to note {number} is on no page")
        elif where.get(note) != page:
            yield Complaint("footnote-lost", f"note {number} is not on page {page}, which refers to it")


def _glyphs(facts: Facts) -> Iterator[Complaint]:
    """The words with characters that no font has, and such characters that stand alone or in no line."""
    lacking = re.escape(facts.missing)
    pattern = re.compile(rf"[\w{lacking}]*[{lacking}][\w{lacking}]*" if lacking else "(?!)")
    words = dict.fromkeys(word for one in facts.printed for word in pattern.findall(one.text))
    for word in (*words, *(sign for sign in facts.missing if not any(sign in word for word in words))):
        signs = " ".join(sign for sign in dict.fromkeys(word) if sign in facts.missing)
        said = f"no font has these characters of '{short(word, SHOWN)}': {signs}"
        alone = f"no font has the character '{word}'" + f" (U+{ord(word[0]):04X})"
        yield Complaint("missing-glyph", alone if len(word) == 1 else said, sought=word)


def _overflow(facts: Facts) -> Iterator[Complaint]:
    """The lines and images that leave their room, or the page; the first of each part."""
    met: set[str] = set()
    for one in facts.printed:
        by = _beyond(one, facts.sizes[one.page - 1])
        if by > SLACK and one.part not in met:
            met.add(one.part)
            what = f"'{short(one.text, SHOWN)}'" if one.text else "an image"
            words = f"{what} on page {one.page} stands {by:.1f} mm outside its room"
            yield Complaint("overflow", words, sought=max(one.text.split(), key=len, default=""))


def _beyond(one: Printed, size: tuple[float, float]) -> float:
    """How far it lies outside its room or its page, in mm."""
    area, room = one.area, one.room
    height = area.bottom - area.top
    below = area.bottom - room.bottom - height / 4  # a line's box is higher than its letters
    outside = max(-area.left, -area.top, area.right - size[0], area.bottom - size[1])
    return max(area.right - room.right, below, outside)


def _signature(facts: Facts) -> Iterator[Complaint]:
    """The signature on a page with nothing of the letter above it."""
    signed = next((one for one in facts.printed if one.part == "signature_block"), None)
    if signed is None or signed.page == 1:
        return
    if all(one.part in (*SIGNED, "margin", "note", "complimentary_close") for one in _of(facts, signed.page)):
        yield Complaint("lone-signature", f"page {signed.page} has the signature and nothing of the text")


def _of(facts: Facts, page: int) -> Collection[Printed]:
    return [one for one in facts.printed if one.page == page]


def _pages(number: int) -> str:
    return f"{number} page{'s' * (number != 1)}"
