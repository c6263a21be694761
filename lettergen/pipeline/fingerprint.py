"""What a letter's file is made from, in a few bytes: while that is the same, the file is true."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from lettergen.pipeline.versions import PAGE, PAPER, TEXT, code, distributions, libraries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lettergen.render.style import Style


class Fingerprints:
    """The fingerprints of a build: its style, our code and the versions of what it uses are in all of them."""

    def __init__(self, style: Style, folder: Path) -> None:
        self._style, self._code = style, (code(folder), *distributions(TEXT))
        self._bases: dict[str, blake2b] = {}

    def of(self, form: str, digest: bytes) -> str:
        """That of a letter's file, by the digest of what the letter says."""
        base = self._bases.get(form) or self._bases.setdefault(form, _started((*self._code, form, *self._of(form))))
        found = base.copy()
        found.update(digest)
        return found.hexdigest()

    def of_volume(self, said: Iterable[bytes]) -> str:
        """That of a print job's file, by what it says of each letter."""
        return self.of("pdf", b"\0".join(said))

    def page(self) -> blake2b:
        """What the review page's begins with."""
        return _started((*self._code, *distributions(PAGE)))

    def _of(self, form: str) -> tuple[str, ...]:
        """What the files of a format depend on besides the letters."""
        if form == "html":
            return (self._style.screen,)
        if form == "pdf":
            layout = self._style.layout
            rules = repr((layout.preset, layout.edition, layout.max_pages))  # by which pages were found right
            return (*distributions(PAPER), *libraries().values(), self._style.paper, self._style.own, rules)
        return ()


def _started(said: Iterable[str]) -> blake2b:
    return blake2b("\0".join(said).encode("utf-8"), digest_size=16)
