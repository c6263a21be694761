"""What the engine said of a letter, as problems with a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem, Source, short
from lettergen.text import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lettergen.model import Complaint
    from lettergen.pipeline.compose import Composition

_WAYS_OUT = {
    "missing-glyph": "remove it, or bring a font that has it (see 'lettergen explain missing-glyph')",
    "footnote-lost": "look for 'position' and 'display' in templates/letter.css, and remove them",
    "too-many-pages": "shorten it, or allow more pages under 'layout'",
    "overflow": "shorten it, break it into lines, or give it more room in templates/letter.css",
    "lone-signature": "shorten or lengthen the text by a line or two",
    "typesetting": "if it names an image, save that again; if not, try without templates/letter.css",
}


def complaints(composition: Composition, identity: str, said: Iterable[Complaint]) -> list[Problem]:
    """What the engine said, as problems at the letter's record or in the stylesheet."""
    return [_problem(composition, identity, complaint) for complaint in said]


def named(said: Iterable[Complaint], composition: Composition) -> tuple[Complaint, ...]:
    """Complaints that name an image of a letter or of a stylesheet, instead of holding all of it."""
    images = (composition.images, composition.style.images)
    return tuple(_named(complaint, images) if complaint.sought.startswith("data:") else complaint for complaint in said)


def _problem(composition: Composition, identity: str, complaint: Complaint) -> Problem:
    where = composition.style.place(complaint.line, complaint.column) if complaint.line else None
    if where:
        return Problem(complaint.code, complaint.words, where, complaint.help)
    sources = (*composition.sources, *composition.style.sources)
    place = _place_of(complaint.sought, composition.places[identity], sources)
    way_out = complaint.help or _WAYS_OUT.get(complaint.code, "")
    message = f"the PDF of '{identity}': {complaint.words}"
    return Problem(complaint.code, message, place, way_out, (), complaint.words, anywhere=True)


def _place_of(sought: str, record: Place, sources: tuple[Source, ...]) -> Place:
    """Where the words stand in the record or else in a file that all letters share; the record without any."""
    found = within(record, sought)
    for source in sources:
        start = source.text.find(sought)
        if found is record and sought and start >= 0:
            return source.place(start, start + len(sought))
    return found


def _named(complaint: Complaint, images: Iterable[Mapping[str, str]]) -> Complaint:
    address = complaint.sought
    name = next((name for some in images for name in some if some[name] == address), address)
    return complaint._replace(words=complaint.words.replace(address, f"'{short(name)}'"), sought=name)
