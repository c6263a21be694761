"""Many papers -> their own PDFs and one of them all, for a print room: each letter is laid out once for both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from weasyprint.pdf.metadata import DocumentMetadata

from lettergen.model import Complaint
from lettergen.render.pdf.blank import padded
from lettergen.render.pdf.calling import in_one_piece
from lettergen.render.pdf.collecting import one_collection
from lettergen.render.pdf.listening import listening
from lettergen.render.pdf.metadata import VARIANT, claim_both
from lettergen.render.pdf.patience import GRACE, LIMIT, TooSlowError, patience
from lettergen.render.pdf.typesetting import Typeset, finish, laid_out, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weasyprint import Document, Page

    from lettergen.render.paper import Paper, Volume
    from lettergen.render.style import Style


def typeset_volume(volume: Volume, style: Style) -> tuple[list[Typeset], bytes]:
    """Every letter's own PDF, and the one of them all; that is empty if anything went wrong. Never raises."""
    letters, documents = [], []
    for paper in volume.papers:
        with one_collection():
            letter, document = laid_out(paper, style)
        letters.append(letter)
        documents += [document.copy()] if document else []  # without the fonts of its own PDF
    if len(documents) < len(letters):
        return letters, b""
    limit = LIMIT * len(documents)
    with listening():  # what there is to say was said of the letters
        try:
            with patience(limit, last=limit + GRACE):
                return letters, _bound(volume, documents)
        except (Exception, TooSlowError) as error:  # noqa: BLE001 - as with a letter
            said = (*letters[0].complaints, Complaint("typesetting", f"the print job cannot be set: {reason(error)}"))
            return [letters[0]._replace(complaints=said), *letters[1:]], b""


@in_one_piece
def _bound(volume: Volume, documents: Sequence[Document]) -> bytes:
    """The PDF of all letters, each from a front page on; its tags are made anew, for those of PDFs cannot be joined."""
    pages: list[Page] = []
    papers: list[Paper] = []
    for paper, document, bookmark in zip(volume.papers, map(padded, documents), volume.bookmarks, strict=True):
        pages += _bookmarked(document, bookmark)
        papers += [paper] * len(document.pages)
    whole = documents[0].copy(pages)
    whole.metadata = DocumentMetadata(title=volume.title, lang=volume.language)
    claim_both(whole)
    return bytes(whole.write_pdf(pdf_variant=VARIANT, finisher=partial(finish, papers)))


def _bookmarked(document: Document, label: str) -> Iterator[Page]:
    """The pages with one bookmark at their beginning, instead of those of the letter's headings."""
    for number, page in enumerate(document.pages):
        page.bookmarks = [] if number else [(1, label, (0, 0), "open")]
        yield page
