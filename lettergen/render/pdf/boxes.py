"""The engine's boxes of a laid-out letter. They are its own affair (seen in 70.0): nobody else looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure.boxes import LineBox, TextBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weasyprint import Document


def boxes(document: Document) -> Iterator[Any]:
    """Every box of every page, in reading order."""
    waiting = [page._page_box for page in reversed(document.pages)]  # noqa: SLF001 - there is no public way
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)  # what is placed absolutely stands behind a placeholder
        yield box
        waiting += reversed(getattr(box, "children", ()))


def is_of_element(box: Any) -> bool:  # noqa: ANN401
    """Whether an element has made the box, and not the text in it."""
    return box.element is not None and not isinstance(box, (TextBox, LineBox))


def heighten_links(document: Document) -> None:
    """Make each link as high as its line: that of a raised number has a height of 0, so that nobody could click it."""
    lines = (box for box in boxes(document) if isinstance(box, LineBox))
    by_box = {id(inner): line for line in lines for inner in line.descendants()}
    for page in document.pages:
        for number, (kind, target, (left, top, right, foot), box) in enumerate(page.links):
            if line := by_box.get(id(box)):
                rectangle = left, min(top, line.position_y), right, max(foot, line.position_y + line.height)
                page.links[number] = kind, target, rectangle, box
