"""An empty page behind a letter, so that the next one begins on a front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weasyprint import CSS, HTML

from lettergen.render.pdf.sheets import fetcher

if TYPE_CHECKING:
    from weasyprint import Document, Page


def padded(document: Document) -> Document:
    """The document, with a blank page behind it if its number of pages is odd."""
    if len(document.pages) % 2 == 0:
        return document
    return document.copy([*document.pages, _blank(document)])


def _blank(document: Document) -> Page:
    """A page without a word, of the size of the document's last one."""
    size = f"{document.pages[-1].width}px {document.pages[-1].height}px"
    css = CSS(string=f"@page {{ size: {size}; margin: 0 }}", url_fetcher=fetcher())
    html = HTML(string="<html></html>", url_fetcher=fetcher())
    return html.render(stylesheets=[css], font_config=document.font_config).pages[0]
