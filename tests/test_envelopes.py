"""Presets: the figures of the standards, letters on paper as the figures say, and the check of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from composing import composed, sound
from pdf import lines_on_page, page_texts

from lettergen.model import PRESETS, Area, Facts, Printed
from lettergen.pipeline.typesetting import set_one
from lettergen.render.fitting import SIZES, fit_address, most_lines
from lettergen.render.geometry import SHIFT, Envelope, Zones, grown, seen
from lettergen.render.paper import to_paper
from lettergen.render.preset_css import preset_css
from lettergen.render.presets import GEOMETRY
from lettergen.render.window import window_faults

if TYPE_CHECKING:
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.typesetting import Made

WITH_WINDOW = [name for name in PRESETS if name != "plain"]


def _zones(name: str) -> Zones:
    zones = GEOMETRY[name].zones
    assert zones is not None
    return zones


def _overlap(one: Area, other: Area) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _within(inner: Area, outer: Area) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def test_every_preset_has_its_geometry_and_says_where_it_is_from() -> None:
    assert tuple(GEOMETRY) == PRESETS
    assert all(preset.sources and all(preset.sources) for preset in GEOMETRY.values())


@pytest.mark.parametrize(
    ("name", "window", "folds", "body_top"),
    [
        ("uk-dl", (15, 51.5, 105, 86.5), (99, 198), 102),
        ("uk-c5", (10.5, 60.25, 100.5, 95.25), (148.5,), 103.25),
        ("notify", (21.6, 36.5, 123, 69.3), (), 95),
        ("din-5008-a", (15, 29.5, 105, 74.5), (87, 192), 80.46),
        ("din-5008-b", (15, 47.5, 105, 92.5), (105, 210), 98.46),
        ("us-10", (9.525, 57.679, 123.825, 86.254), (93.133, 186.267), 95.25),
    ],
)
def test_the_figures(name: str, window: tuple[float, ...], folds: tuple[float, ...], body_top: float) -> None:
    """Reckoned by hand from envelope, window and fold."""
    assert tuple(_zones(name).window) == pytest.approx(window, abs=0.001)
    assert GEOMETRY[name].folds == pytest.approx(folds, abs=0.001)
    assert _zones(name).body_top == pytest.approx(body_top)


def test_a_sheet_lies_in_the_middle_of_its_envelope() -> None:
    """A sheet of 100 mm, folded to 50, in an envelope of 110 by 56: 5 mm are left at each side, 3 above and below."""
    envelope = Envelope(110, 56, left=15, up=13, window_width=40, window_height=20)
    assert seen(envelope, 100, (50, 50)) == Area(10, 20, 50, 40)
    assert seen(envelope, 100, (45, 50)) == Area(10, 15, 50, 35)  # a shorter first panel hangs from the same fold


@pytest.mark.parametrize("name", WITH_WINDOW)
def test_the_zones_of_a_preset_keep_clear_of_each_other(name: str) -> None:
    preset, zones = GEOMETRY[name], _zones(name)
    page = Area(
        preset.first.left, preset.first.top, preset.width - preset.first.right, preset.height - preset.first.bottom
    )
    assert _within(zones.address._replace(top=zones.highest), grown(zones.window, -SHIFT))
    assert all(_within(area, page) for area in (zones.address, zones.letterhead, zones.date))
    assert not any(_overlap(area, grown(zones.window, SHIFT)) for area in (zones.letterhead, zones.date))
    assert not _overlap(zones.letterhead, zones.date)
    assert zones.body_top >= max(zones.date.bottom, zones.window.bottom + SHIFT)


def test_plain_is_the_theme_alone() -> None:
    assert preset_css(GEOMETRY["plain"]) == ""


ADDRESS = ("Kim McGuinness", "Police and Crime Commissioner", "Second Floor", "Victory House", "Balliol Park")
LONG = (*ADDRESS, "Benton Lane", "Newcastle Upon Tyne", "NE12 8EW")
MAIN = """---
date: 2020-10-13
layout: {{preset: {name}}}
sender: {{organisation: Office of the Commissioner, title: Commissioner, address: [Globe House, London], telephone: '1',
  name: Dame Sara Thornton, email: a@example.org}}
---
{{% block body %}}
Beginning of the text[^a].

{text}
{{% endblock %}}
"""


def _composition(name: str, address: tuple[str, ...], text: str) -> Composition:
    lines = "".join(f"  - {line}\n" for line in address[1:])
    files = {
        "recipients.yaml": f"- name: {address[0]}\n  salutation: Kim\n  address:\n{lines}",
        "footnotes.yaml": "a: First note\nb: Second note\n",
        "templates/letter.md.j2": MAIN.format(name=name, text=text),
    }
    return composed(files)


def _facts(name: str, address: tuple[str, ...]) -> tuple[Facts, Made]:
    """A letter of some pages as the PDF has it, by another reader than ours, and what was said of it."""
    made = _composition(name, address, "Another note[^b]. " + "Some sentence of the letter. " * 250)
    result = set_one(to_paper(sound(made).letters[0], made.images), made.style)
    areas = [(text, Area(*edges)) for text, edges in lines_on_page(result.content, 0)]
    printed = (Printed(1, _part(text, address), text, area, area) for text, area in areas)
    return Facts(printed=tuple(printed)), result


def _part(text: str, address: tuple[str, ...]) -> str:
    if text in address:
        return "inside_address"
    return "return_line" if "·" in text else "body"


@pytest.mark.parametrize("address", [ADDRESS[:3], LONG[2:]], ids=len)
@pytest.mark.parametrize("name", WITH_WINDOW)
def test_the_window_shows_the_address_and_nothing_else(name: str, address: tuple[str, ...]) -> None:
    """On paper, by the marks of the letters themselves."""
    facts, made = _facts(name, address)
    shown = [one.text for one in facts.printed if one.part == "inside_address"]
    assert shown == list(address)
    assert made.pages > 1
    assert made.complaints == ()
    assert window_faults(facts, GEOMETRY[name]) == []
    assert any(one.part == "return_line" for one in facts.printed) == _zones(name).has_return_line


@pytest.mark.parametrize("name", WITH_WINDOW)
def test_addresses_of_eight_lines_fit_where_eight_lines_can_be_read(name: str) -> None:
    facts, made = _facts(name, LONG)
    faults = [fault.code for fault in window_faults(facts, GEOMETRY[name])]
    assert faults == [complaint.code for complaint in made.complaints]
    assert faults == ([] if most_lines(_zones(name)) >= len(LONG) else ["address-window"])


@pytest.mark.parametrize("name", WITH_WINDOW)
def test_the_text_begins_where_the_preset_says(name: str) -> None:
    """And the file has the parts in their reading order, wherever they stand."""
    facts, _ = _facts(name, ADDRESS)
    top = next(one.area.top for one in facts.printed if one.text.startswith("Dear"))
    assert top == pytest.approx(_zones(name).body_top + 1.5, abs=1.5)
    words = " ".join(one.text for one in facts.printed)
    order = [words.index(part) for part in ("a@example.org", "13 October", ADDRESS[0], "Dear", "Beginning")]
    assert order == sorted(order)


def test_a_stylesheet_of_the_project_comes_after_the_preset() -> None:
    made = _composition("uk-dl", ADDRESS, "Text[^b].")
    style = made.style._replace(own=".date_line { text-align: right }")
    result = set_one(to_paper(made.letters[0], made.images), style)
    right = next(edges[2] for text, edges in lines_on_page(result.content, 0) if text == "13 October 2020")
    assert right == pytest.approx(_zones("uk-dl").date.right, abs=1)


@pytest.mark.slow
@pytest.mark.parametrize("shift", range(0, 160, 10))
def test_notes_stay_on_their_pages(shift: int) -> None:
    """Wherever page one ends."""
    sentences = "A sentence of some length that fills about a line of the page. " * 20
    made = _composition("din-5008-b", ADDRESS, f"{sentences}\n\nTwo[^b].\n\nThe end.")
    style = made.style._replace(own=f".salutation {{ padding-top: {shift}mm }}")
    result = set_one(to_paper(made.letters[0], made.images), style)
    pages = page_texts(result.content)
    assert result.complaints == ()
    for call, note in (("text1", "First note"), ("Two2", "Second note")):
        assert [call in page for page in pages] == [note in page for page in pages]


@pytest.mark.parametrize(
    ("lines", "top", "size"),
    [
        (["Ada Lovelace", "London"], 56, 10.5),
        (["Ada Lovelace"] * 6, 56, 10.5),  # 6 x 4.00 mm
        (["Ada Lovelace"] * 7, 56, 10),
        (["Ada Lovelace"] * 8, 55.57, 9),
        (["Deputy Mayor for Policing and Crime in London", "London"], 56, 9.5),  # one line rather than two larger ones
        (["Deputy Mayor for Policing and Crime in London and its Surroundings", "London"], 56, 10.5),  # two in any type
        (["Ada Lovelace"] * 12, 55, 8),  # does not fit: the check says so
    ],
)
def test_the_type_of_an_address(lines: list[str], top: float, size: float) -> None:
    fit = fit_address(lines, _zones("uk-dl"))
    assert fit.top == pytest.approx(top, abs=0.01)
    assert fit.size == size


@pytest.mark.parametrize("name", WITH_WINDOW)
def test_as_many_lines_as_are_promised_fit(name: str) -> None:
    zones = _zones(name)
    fit = fit_address(["x"] * most_lines(zones), zones)
    assert fit.top + most_lines(zones) * fit.pitch <= zones.address.bottom + 0.001
    assert fit.size in SIZES
    assert fit.top >= zones.highest


CUT = "the line '{}' of the address may not be seen in the window: it stands {}"
SAFE = grown(_zones("uk-dl").window, -SHIFT)


def _printed(part: str, left: float, top: float, page: int = 1, text: str = "London") -> Printed:
    area = Area(left, top, left + 20, top + 4)
    return Printed(page, part, text, area, area)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ([_printed("inside_address", SAFE.left, SAFE.top), _printed("body", 25, 102)], []),
        ([_printed("return_line", 25, 50)], []),
        (
            [_printed("inside_address", 25, SAFE.bottom - 3)],
            [
                (
                    "address-window",
                    "the line 'London' of the address may not be seen in the window: it stands 1.0 mm too far down",
                )
            ],
        ),
        (
            [_printed("inside_address", 16, 60), _printed("inside_address", 15.5, 60, text="York")],
            [("address-window", CUT.format("York", "2.5 mm too far left, and 1 more line"))],
        ),
        (
            [_printed("inside_address", 25, 25, page=2)],
            [("address-window", "the line 'London' of the address is on page 2, and cannot be seen in the window")],
        ),
        ([_printed("body", 25, SAFE.bottom + 2 * SHIFT)], []),
        (
            [_printed("date_line", 90, 70), _printed("date_line", 95, 70), _printed("margin", 25, 47, text="")],
            [
                ("window-clear", "the line 'London' of the date line would be seen in the window, beside the address"),
                (
                    "window-clear",
                    "an image of the page's header or footer would be seen in the window, beside the address",
                ),
            ],
        ),
        ([_printed("body", 25, 60, page=2)], []),
    ],
)
def test_what_the_window_shows(printed: list[Printed], expected: list[tuple[str, str]]) -> None:
    faults = window_faults(Facts(printed=tuple(printed)), GEOMETRY["uk-dl"])
    assert [(fault.code, fault.words) for fault in faults] == expected
    assert window_faults(Facts(printed=tuple(printed)), GEOMETRY["plain"]) == []
