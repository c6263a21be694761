"""What the letters show: every image read once, as a data address."""

from __future__ import annotations

from dataclasses import replace
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


def read_images(
    folder: Folder, document: MainDocument, parts: Iterable[Part], locator: Locator, images: dict[str, str]
) -> Iterator[Problem]:
    """Add the parts' images to `images`; a problem for each that cannot be used, where it is asked for."""
    for part in parts:
        for node in walk(part.nodes):
            if isinstance(node, Element) and node.tag == "img" and node.get("src") not in images:
                from lettergen.render.embedding import read_image  # only for letters with images

                name = node.get("src")
                images[name], problem = read_image(folder, name, document.settings.place)
                if problem:
                    yield replace(problem, place=_place(document, locator, part.name, node))


def _place(document: MainDocument, locator: Locator, part: str, image: Element) -> Place:
    name, sender = image.get("src"), document.settings.sender
    if image.origin:
        return within(image.origin, name)
    return sender.places["signature"] if sender.get("signature") == name else locator.words(part, name)
