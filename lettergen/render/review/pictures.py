"""A PDF's first page as a small picture."""

from __future__ import annotations

import base64
import io

WIDTH = 360  # pixels
GREYS = 8  # enough for text; each doubling costs half as much again


def picture(pdf: bytes) -> str:
    """The picture as a data address; the same PDF makes the same bytes."""
    import pypdfium2  # 40 ms: only where a page is drawn
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        drawn = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    content = io.BytesIO()
    drawn.quantize(GREYS, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(content.getvalue()).decode('ascii')}"
