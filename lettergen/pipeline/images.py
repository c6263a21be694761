"""What the letters show: every image as a data address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.model import Element
from lettergen.model.tree import walk
from lettergen.text import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.files import Folder
    from lettergen.merge import Locator, MainDocument
    from lettergen.model import Part
    from lettergen.problems import Place, Problem

KEPT = 100  # images in memory


class Images(Mapping[str, str]):
    """The data address of each image that was met, by its name; empty for one that cannot be used.

    Those of late are kept and others read again, for each letter may show an image of its own.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder, self._met = folder, dict[str, None]()
        self._address = lru_cache(maxsize=KEPT)(self._read)

    def meet(self, name: str) -> Problem | None:
        """Take an image that a letter shows; a problem if it cannot be used, when it is met first."""
        if name in self._met:
            return None
        self._met[name] = None
        return self._address(name)[1]

    def __getitem__(self, name: str) -> str:
        if name not in self._met:
            raise KeyError(name)
        return self._address(name)[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._met)

    def __len__(self) -> int:
        return len(self._met)

    def _read(self, name: str) -> tuple[str, Problem | None]:
        from lettergen.render.embedding import read_image  # only for letters with images

        return read_image(self._folder, name, self._folder.source(name).whole())


def read_images(document: MainDocument, parts: Iterable[Part], locator: Locator, images: Images) -> Iterator[Problem]:
    """Take the parts' images; a problem for each that cannot be used, where it is asked for."""
    for part in parts:
        for node in walk(part.nodes):
            if isinstance(node, Element) and node.tag == "img":
                problem = images.meet(node.get("src"))
                if problem:
                    yield replace(problem, place=_place(document, locator, part.name, node))


def _place(document: MainDocument, locator: Locator, part: str, image: Element) -> Place:
    name, sender = image.get("src"), document.settings.sender
    if image.origin:
        return within(image.origin, name)
    return sender.places["signature"] if sender.get("signature") == name else locator.words(part, name)
