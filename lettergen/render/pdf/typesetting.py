"""One paper -> one PDF, with the facts of what is on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from weasyprint import HTML, Document
from weasyprint.urls import FatalURLFetchingError

from lettergen.model import Complaint, Facts
from lettergen.render.pdf.blank import padded
from lettergen.render.pdf.boxes import heighten_links
from lettergen.render.pdf.calling import in_one_piece
from lettergen.render.pdf.collecting import one_collection
from lettergen.render.pdf.copying import name_blanks
from lettergen.render.pdf.facts import facts_of
from lettergen.render.pdf.listening import listening
from lettergen.render.pdf.metadata import VARIANT, claim_both, draw_plainly
from lettergen.render.pdf.patience import DRAWING, LIMIT, MEMORY, TooSlowError, patience
from lettergen.render.pdf.sheets import Sheets, fetcher, orphans, sheets
from lettergen.render.pdf.tagging import tag
from lettergen.render.pdf.writing import made_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydyf import PDF

    from lettergen.render.paper import Paper
    from lettergen.render.style import Style

ORPHANS = (2, 3, 4, 5)  # least lines of a paragraph at the foot of a page, in the order they are tried


class Typeset(NamedTuple):
    """A letter's PDF, or nothing if it could not be set; what is on it, and what the engine said."""

    content: bytes
    facts: Facts
    complaints: tuple[Complaint, ...]


def typeset(paper: Paper, style: Style) -> Typeset:
    """The PDF of one letter. Never raises: what goes wrong is among the complaints."""
    with one_collection():
        return laid_out(paper, style)[0]


@in_one_piece
def laid_out(paper: Paper, style: Style) -> tuple[Typeset, Document | None]:
    """The PDF of one letter, and its pages if it could be set. Never raises."""
    with listening() as heard:
        try:
            return _typeset(paper, style, heard)
        except (Exception, FatalURLFetchingError, TooSlowError) as error:  # noqa: BLE001 - any failure is this letter's
            if not (isinstance(error, TooSlowError) and any(one.sought for one in heard)):  # else an image is blamed
                heard.append(Complaint("typesetting", f"this letter cannot be set: {reason(error)}"))
            return Typeset(b"", Facts(), tuple(heard)), None


def reason(error: BaseException) -> str:
    """Why the engine did not set it, in our words where its own would say nothing to an author."""
    if isinstance(error, MemoryError):
        return "it needs too much memory"
    if isinstance(error, TooSlowError | FatalURLFetchingError) and str(error):
        return str(error)
    return "the engine cannot do it with this stylesheet"


def _typeset(paper: Paper, style: Style, heard: list[Complaint]) -> tuple[Typeset, Document | None]:
    with patience(LIMIT):
        read = sheets(style.paper, style.own)
        known = tuple(said for image, said in read.undrawn.items() if image in paper.html or image in style.own)
        if known:
            return Typeset(b"", Facts(), known), None
        document = rendered(paper, read)
    if style.layout.edition.even_pages:
        document = padded(document)
    claim_both(document)
    heighten_links(document)
    try:
        with patience(DRAWING, MEMORY):
            content = document.write_pdf(pdf_variant=VARIANT, finisher=partial(finish, [paper] * len(document.pages)))
    except TooSlowError:
        read.undrawn.update((one.sought, one) for one in heard if one.sought)
        raise
    said = dict.fromkeys((*read.complaints, *heard))  # the first letter hears those of the sheets as well
    return Typeset(content, facts_of(document), tuple(said)), document


def finish(papers: Sequence[Paper], document: Document, pdf: PDF) -> None:
    """The written PDF with sound tags and text; `papers` are what each page was set from."""
    tag(document, pdf, papers)
    name_blanks(pdf)
    draw_plainly(pdf)
    made_once(pdf)


def rendered(paper: Paper, read: Sheets) -> Document:
    """The laid-out letter.

    Where one line less than `orphans` of a paragraph fits on a page, the engine makes room for it by
    moving notes to the next page (seen in 70.0, layout/block.py). With another number it does not.
    """
    html = HTML(string=paper.html, url_fetcher=fetcher())
    for lines in ORPHANS:
        stylesheets = [read.theme, orphans(lines), read.own]
        document = html.render(stylesheets=stylesheets, font_config=read.fonts, pdf_variant=VARIANT)
        where = {name: number for number, page in reversed(list(enumerate(document.pages))) for name in page.anchors}
        if all(where.get(note) == where.get(reference) for note, reference in paper.notes):
            break
    return document
