"""Pages as pictures, held against kept ones that a person has looked at (tests/pages/, `--update-golden` renews them).

They are small and grey: what moves by a millimetre is seen, what another version of the engine rounds
otherwise is not.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from conftest import ROOT
from PIL import Image, ImageChops, ImageFilter

from lettergen.model import Asked
from lettergen.pipeline.compose import Request, compose
from lettergen.pipeline.rendering import paper_of
from lettergen.pipeline.typesetting import set_one

if TYPE_CHECKING:
    from lettergen.pipeline.compose import Composition

PAGES = Path(__file__).parent / "pages"
CASES = ROOT / "tests" / "cases"
SCALE = 0.6  # pixels a point
MOST = 0.003  # of the pixels may differ by more than a sixth of the way from white to black
# Name of the picture -> folder, id, edition.
SHOWN = {
    "essex": (ROOT, "essex", "standard"),
    "essex-large-print": (ROOT, "essex", "large-print"),
    "essex-print": (ROOT, "essex", "print"),
    "housing": (CASES / "housing", "blackwater", "standard"),
    "torture": (CASES / "torture", "torture", "standard"),
    "typography": (CASES / "typography", "french", "standard"),
    "two-languages": (CASES / "language-two-in-one-letter", "gwenllian", "standard"),
}


def _composed(name: str) -> Composition:
    folder, identity, edition = SHOWN[name]
    return compose(Request(folder, asked=Asked(edition=edition), only_id=identity))


def _picture(made: Composition) -> Image.Image:
    """The letter's first two pages, side by side."""
    document = pypdfium2.PdfDocument(set_one(paper_of(made, made.letters[0]), made.style).content)
    pages = [document[number].render(scale=SCALE).to_pil().convert("L") for number in range(min(2, len(document)))]
    whole = Image.new("L", (sum(page.width for page in pages), pages[0].height))
    for number, page in enumerate(pages):
        whole.paste(page, (number * pages[0].width, 0))
    return whole.quantize(8).convert("L")


def _difference(one: Image.Image, other: Image.Image) -> float:
    """The part of the pixels that differ visibly; 1 for pictures of another size."""
    if one.size != other.size:
        return 1
    soft = (image.filter(ImageFilter.GaussianBlur(1)) for image in (one, other))
    differing = ImageChops.difference(*soft).point(lambda value: 255 * (value > 40))
    return differing.histogram()[255] / (one.width * one.height)


@pytest.mark.parametrize("name", SHOWN)
def test_looks_as_it_did(name: str, request: pytest.FixtureRequest) -> None:
    made, file = _picture(_composed(name)), PAGES / f"{name}.png"
    if request.config.getoption("--update-golden"):
        made.quantize(8).save(file, optimize=True)
    assert _difference(made, Image.open(file).convert("L")) < MOST


@pytest.mark.parametrize("name", SHOWN)
def test_every_link_can_be_clicked(name: str) -> None:
    """Each lies on its words, inside its page, and is as high as a line."""
    made = _composed(name)
    content = set_one(paper_of(made, made.letters[0]), made.style).content
    least = 22 if "large" in name else 11
    shown = pypdfium2.PdfDocument(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            width, height = shown[number].get_size()
            for link in page.get("/Annots", []):
                left, top, right, foot = map(float, link.Rect)
                assert (right > left >= 0, top - foot >= least, foot >= 0) == (True, True, True), link
                assert (right <= width, top <= height) == (True, True), link
                text = shown[number].get_textpage().get_text_bounded(left, foot, right, top).strip()
                said = re.match(
                    r"(?:Note|Nodyn|Anmerkung) (\d+)$|.*\((?:Note|Nodyn|Anmerkung) (\d+)\)$", str(link.Contents)
                )
                assert text == next(filter(None, said.groups())) if said else text, (link, text)
    shown.close()


@pytest.mark.parametrize(
    "own",
    [
        ".body { margin-left: 2mm }",
        ".salutation { margin-bottom: 4mm }",
        ".letter { font-size: 10.9pt }",
        '.letter { font-family: "IBM Plex Mono" }',
    ],
)
def test_a_change_is_seen(own: str) -> None:
    made = _composed("essex")
    changed = made._replace(style=made.style._replace(own=own))
    assert _difference(_picture(made), _picture(changed)) > 2 * MOST
