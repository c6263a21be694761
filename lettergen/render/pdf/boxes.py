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
