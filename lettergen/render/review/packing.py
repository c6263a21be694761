"""What the page's script shows on demand: the book as JSON, packed as text that cannot end its element."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lettergen.render.review.book import Row
    from lettergen.render.review.views import Review


def packed(review: Review) -> str:
    """The data, deflated and in base64: whatever a value holds, it is neither HTML nor JavaScript here."""
    book = review.book
    data = {
        "records": review.records,
        "passages": book.passages.values,
        "notes": book.notes.values,
        "texts": book.texts.values,
        "values": book.values.values,
        "shapes": [[shape.name, shape.variants] for shape in review.shapes],
        # A list for each property, not one for each letter: so they pack to half the size.
        "letters": list(zip(*map(_packed, book.rows), strict=True)),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def _packed(row: Row) -> tuple[object, ...]:
    *said, files, place = row
    return (*said, "".join(name[0] for name in files), place)
