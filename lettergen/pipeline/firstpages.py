"""Pictures of PDFs' first pages, kept beside the manifest: a picture takes half as long as its letter."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lettergen.pipeline.manifest import Entry
    from lettergen.pipeline.output import OutputFolder

KEPT = ".lettergen-pictures"


class FirstPages:
    """Draws each picture once; `tools` is what they are drawn with."""

    def __init__(self, folder: OutputFolder, tools: str) -> None:
        self.folder, self.tools = folder, tools
        self.kept, self.shown = dict[str, str](), dict[str, str]()
        with suppress(OSError, ValueError):
            found = json.loads((folder.path / KEPT).read_text(encoding="utf-8"))
            self.kept = dict(found["pictures"]) if found["tools"] == tools else {}

    def of(self, entry: Entry) -> str:
        """The picture of a PDF, as a data address."""
        drawn = self.kept.get(entry.sha256)
        if drawn is None:
            from lettergen.render.review.pictures import picture

            drawn = picture(self.folder.content(entry))
        self.shown[entry.sha256] = drawn
        return drawn

    def save(self) -> None:
        """Keep those that the page shows; without them the next page takes longer, and is the same."""
        if self.shown:
            with suppress(OSError):
                text = json.dumps({"tools": self.tools, "pictures": self.shown})
                (self.folder.path / KEPT).write_text(text, encoding="utf-8")
