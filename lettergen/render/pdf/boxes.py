"""The engine's boxes of a laid-out letter. They are its own affair (seen in 70.0): nobody else looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weasyprint import Document, Page


def boxes(page: Page) -> Iterator[Any]:
    """Every box of the page, in reading order."""
    return _within(page._page_box)  # noqa: SLF001 - there is no public way


def boxes_of(document: Document, tag: str) -> list[Any]:
    """The boxes that an element of this tag has made, not those of the text in it."""
    return [
        box
        for page in document.pages
        for box in boxes(page)
        if box.element is not None and box.element_tag == tag and not hasattr(box, "text") and not _is_line(box)
    ]


def _within(box: Any) -> Iterator[Any]:  # noqa: ANN401
    box = getattr(box, "_box", box)  # what is placed absolutely stands behind a placeholder
    yield box
    for child in getattr(box, "children", ()):
        yield from _within(child)


def _is_line(box: Any) -> bool:  # noqa: ANN401
    return type(box).__name__ == "LineBox"
