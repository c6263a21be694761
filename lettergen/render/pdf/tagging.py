"""The structure tree as people read it: notes behind what refers to them, languages, sound lists and links.

The engine writes a note as a nameless piece behind all text of its page. Our notes have links of their
own (`#note-2` in the text, `#ref-2-1` in front of the note), and by them each note is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pydyf

from lettergen.render.pdf.boxes import boxes, is_of_element
from lettergen.render.pdf.structure import Annotation, Element, Structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weasyprint import Document

    from lettergen.render.paper import Paper

_KIDS = {  # ISO 14289-1, 7.5 and 7.6
    "/L": ("/L", "/LI"),
    "/Table": ("/THead", "/TBody", "/TR"),
    "/THead": ("/TR",),
    "/TBody": ("/TR",),
    "/TR": ("/TH", "/TD"),
}
_BLOCKS = ("/NonStruct", "/Span", "/Div")


class _Link(NamedTuple):
    target: str
    element: Element
    annotation: Element


def tag(document: Document, pdf: pydyf.PDF, papers: Sequence[Paper]) -> None:
    """Mend what the engine has tagged; `papers` are what each page was set from.

    Raises ValueError where the engine has changed beyond what is known here.
    """
    structure, shown = Structure(pdf), list(boxes(document))
    _set_languages(shown, structure)
    annotations = list(_without_inner(structure))
    _describe(shown, annotations, papers)
    _place_notes(structure, annotations, {reference: note for paper in papers for note, reference in paper.notes})
    _mend_items(structure)
    _scope_heads(structure)
    _sweep(structure)
    _see_whole(structure)


def _set_languages(shown: Sequence[Any], structure: Structure) -> None:
    """The language of each element that names one."""
    for html, name in (("span", "/Span"), ("div", "/Div"), ("article", "/Art")):
        found = [box for box in shown if box.element_tag == html and is_of_element(box)]
        elements = [one for one in structure.elements if one["S"] == name and not _is_text(one)]
        if len(found) != len(elements):
            raise ValueError(f"{len(found)} boxes of '{html}' have {len(elements)} tags")
        for box, element in zip(found, elements, strict=True):
            if language := box.element.get("lang"):
                element["Lang"] = pydyf.String(language)


def _is_text(element: Element) -> bool:
    """Whether it is nothing but a piece of marked text."""
    return len(element["K"]) == 1 and isinstance(element["K"][0], int)


def _without_inner(structure: Structure) -> Iterator[Annotation]:
    """Of a link that holds emphasis or what a stylesheet adds, drops the second annotation, which lies on the same
    words. The others.
    """
    dropped = set()
    for found in list(structure.annotations()):
        element = found.element
        if element["S"] == "/Link" and structure.at(element["P"])["S"] != "/Link":
            yield found
            continue
        element["S"] = "/Span" if element["S"] == "/Link" else element["S"]
        element["K"].remove(found.kid)
        dropped.add(found.annotation.reference)
    for page in structure.pdf.objects if dropped else ():
        if isinstance(page, dict) and page.get("Type") == "/Page" and "Annots" in page:
            page["Annots"][:] = [one for one in page["Annots"] if one not in dropped]


def _describe(shown: Iterable[Any], annotations: Iterable[Annotation], papers: Iterable[Paper]) -> None:
    """What a screen reader says of each link, instead of its bare target: its words, or which note it is."""
    said = {target: words for paper in papers for target, words in paper.descriptions.items()}
    links = {id(box.link_annotation): box.element for box in shown}
    for _, _, annotation in annotations:
        target = annotation["Dest"].string if "Dest" in annotation else ""
        if words := said.get(target) or _words(links[id(annotation)]):
            annotation["Contents"] = pydyf.String(words)


def _words(link: Any) -> str:  # noqa: ANN401 - of an untyped library
    """The words of a link's element, or those of the images in it."""
    text = link.get("title") or "".join(link.itertext()).strip()
    return text or " ".join(image.get("alt", "") for image in link.iter("img"))


def _place_notes(structure: Structure, annotations: Iterable[Annotation], by_reference: Mapping[str, str]) -> None:
    """Each note as a Note right behind its first reference, each reference a Reference, each number a Lbl."""
    links = [
        _Link(annotation["Dest"].string, element, annotation)
        for element, _, annotation in annotations
        if "Dest" in annotation
    ]
    notes: dict[str, Element] = {}
    for target, link, _ in links:
        if name := by_reference.get(target):
            notes[name] = note = structure.at(link["P"])
            note["S"], note["ID"] = "/Note", pydyf.String(name)
            structure.wrap("/Lbl", link)
    placed = set()
    for target, link, _ in links:
        if target in notes:
            reference = structure.wrap("/Reference", link)
            if target not in placed:
                _move_behind(structure, notes[target], reference)
                placed.add(target)
    if placed != set(notes):
        raise ValueError(f"no reference leads to {', '.join(sorted(set(notes) - placed))}")


def _move_behind(structure: Structure, note: Element, reference: Element) -> None:
    parent = structure.at(reference["P"])
    structure.move(note, parent, parent["K"].index(reference.reference) + 1)


def _mend_items(structure: Structure) -> None:
    """A list item is a label and a body: what else stands in it goes into the body (ISO 32000-1, 14.8.4.3.3)."""
    for item in [one for one in structure.elements if one["S"] == "/LI"]:
        kids = list(structure.kids(item))
        labels = [kid for kid in kids if kid["S"] == "/Lbl"]
        others = [kid for kid in kids if kid["S"] != "/Lbl"]
        if len(others) != 1 or others[0]["S"] != "/LBody":
            _make_nameless(others)
            body = structure.add("/LBody", item, others)
            item["K"][:] = [kid.reference for kid in (*labels, body)]
        elif len(others) == 1:
            _make_nameless(structure.kids(others[0]))


def _make_nameless(kids: Iterable[Element]) -> None:
    """What stands between the blocks of an item is no item's body of its own."""
    for kid in kids:
        if kid.get("S") == "/LBody":
            kid["S"] = "/NonStruct"


def _scope_heads(structure: Structure) -> None:
    """Whether a head is that of a column or of a row: cells without either have no list of theirs (7.5-1)."""
    for head in [one for one in structure.elements if one["S"] == "/TH"]:
        section = structure.at(structure.at(head["P"])["P"])
        head["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"


def _sweep(structure: Structure) -> None:
    """Without what is left over: empty note areas, line breaks, the boxes of references."""
    for parent in [*reversed(structure.elements), structure.at(structure.at(_root(structure))["K"][0])]:
        parent["K"][:] = [
            kid
            for kid in parent["K"]
            if not isinstance(kid, bytes) or structure.at(kid).get("S") not in _BLOCKS or structure.at(kid)["K"]
        ]


def _see_whole(structure: Structure) -> None:
    """Raises ValueError where a stylesheet has taken a table or a list apart: nobody could hear it as one."""
    for element in structure.elements:
        allowed = _KIDS.get(element["S"])
        if allowed and any(kid["S"] not in allowed for kid in structure.kids(element)):
            what = "a list" if element["S"] == "/L" else "a table"
            raise ValueError(f"'display', 'float' or 'position' has taken {what} apart, which could not be read aloud")


def _root(structure: Structure) -> bytes:
    return bytes(structure.pdf.catalog["StructTreeRoot"])
