"""What is on the pages of a laid-out letter, in words and mm that any engine could say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure import boxes as kinds

from lettergen.model import PARTS, Area, Facts, Printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weasyprint import Document

MM = 96 / 25.4  # the engine's pixels
_PARTS = frozenset({*PARTS, "note", "return_line"})


class _Place(NamedTuple):
    """Where a box stands: the page, the part of the letter, and the room that the boxes round it leave."""

    page: int
    part: str
    room: Area


def facts_of(document: Document) -> Facts:
    """The facts; those of the fonts once the PDF is written."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return Facts(
        sizes=tuple((page.width / MM, page.height / MM) for page in document.pages),
        printed=tuple(_printed(document)),
        anchors=tuple(anchors.items()),
        missing="".join(sorted({chr(code) for font in document.fonts.values() for code in font.missing})),
    )


def _printed(document: Document) -> Iterator[Printed]:
    for number, page in enumerate(document.pages, 1):
        whole = Area(0, 0, page.width / MM, page.height / MM)
        yield from _within(page._page_box, _Place(number, "margin", whole))  # noqa: SLF001 - see boxes.py


def _within(box: Any, place: _Place) -> Iterator[Printed]:  # noqa: ANN401
    box = getattr(box, "_box", box)
    if isinstance(box, kinds.LineBox):
        yield from _line(box, place)
    elif isinstance(box, kinds.ReplacedBox):
        yield Printed(place.page, place.part, "", _area([box]), place.room)
    else:
        inner = _Place(place.page, _part(box) or place.part, _room(box, place.room))
        for child in getattr(box, "children", ()):
            yield from _within(child, inner)


def _line(line: Any, place: _Place) -> Iterator[Printed]:  # noqa: ANN401
    """The line, and the images in it."""
    inside = list(line.descendants(placeholders=True))
    texts = [box for box in inside if isinstance(box, kinds.TextBox) and box.text.strip()]
    if texts:
        yield Printed(place.page, place.part, "".join(box.text for box in texts), _area(texts), place.room)
    for box in inside:
        if isinstance(box, kinds.ReplacedBox):
            yield Printed(place.page, place.part, "", _area([box]), place.room)


def _part(box: Any) -> str:  # noqa: ANN401
    """The part that the box is; empty if it is none."""
    names = box.element.get("class", "").split() if box.element is not None else []
    return next((name for name in names if name in _PARTS), "")


def _room(box: Any, room: Area) -> Area:  # noqa: ANN401
    """What the box leaves of the room to those within it. Parts of tables other than cells leave all."""
    if not isinstance(box, (kinds.BlockContainerBox, kinds.PageBox)) or isinstance(box, kinds.MarginBox):
        return room
    left, top = box.content_box_x() / MM, box.content_box_y() / MM
    own = Area(left, top, left + box.width / MM, top + box.height / MM)
    if isinstance(box, kinds.PageBox) or box.style["position"] in ("absolute", "fixed"):
        return own if not isinstance(box, kinds.PageBox) else room
    return Area(room.left, room.top, min(room.right, own.right), min(room.bottom, own.bottom))


def _area(boxes: list[Any]) -> Area:
    return Area(
        min(box.position_x for box in boxes) / MM,
        min(box.position_y for box in boxes) / MM,
        max(box.position_x + box.margin_width() for box in boxes) / MM,
        max(box.position_y + box.margin_height() for box in boxes) / MM,
    )
