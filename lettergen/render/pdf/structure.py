"""A PDF's structure tree, as the engine has written it and before the file is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator

# pydyf's dictionaries: {'S': '/P', 'K': [kids], 'P': parent, 'Pg': page}. A kid is a reference (b'12 0 R') or the
# number of a marked content.
Element: TypeAlias = Any


class Annotation(NamedTuple):
    """A link's annotation, the element that has it, and the reference among its kids that leads to it."""

    element: Element
    kid: bytes
    annotation: Element


class Structure:
    """The structure elements of a PDF, in the order in which they are read."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.elements: list[Element] = [
            one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"
        ]

    def at(self, reference: bytes) -> Element:
        """The object that a reference names."""
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Element) -> Iterator[Element]:
        """The objects among the element's kids."""
        return (self.at(kid) for kid in element["K"] if isinstance(kid, bytes))

    def add(self, tag: str, parent: Element, kids: list[Element]) -> Element:
        """A new element with these kids, which the caller puts into its parent."""
        references = pydyf.Array([kid.reference for kid in kids])
        new = pydyf.Dictionary({"Type": "/StructElem", "S": tag, "P": parent.reference, "K": references})
        if kids and "Pg" in kids[0]:
            new["Pg"] = kids[0]["Pg"]
        self.pdf.add_object(new)
        for kid in kids:
            kid["P"] = new.reference
        return new

    def wrap(self, tag: str, kid: Element) -> Element:
        """The kid in an element of its own, in its place."""
        parent = self.at(kid["P"])
        position = parent["K"].index(kid.reference)
        new = self.add(tag, parent, [kid])
        parent["K"][position] = new.reference
        return new

    def move(self, element: Element, parent: Element, position: int) -> None:
        """The element as a kid of another."""
        self.at(element["P"])["K"].remove(element.reference)
        parent["K"].insert(position, element.reference)
        element["P"] = parent.reference

    def annotations(self) -> Iterator[Annotation]:
        """Each link's annotation, in the order in which they are read."""
        for element in self.elements:
            for kid in [kid for kid in element["K"] if isinstance(kid, bytes)]:
                found = self.at(kid)
                if found.get("Type") == "/OBJR":
                    yield Annotation(element, kid, self.at(found["Obj"]))
