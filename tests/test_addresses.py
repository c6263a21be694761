"""Addresses by the rules of Royal Mail: tables of what is right, and what is proposed for the rest."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from drawing import examples
from hypothesis import event, given
from hypothesis import strategies as st

from lettergen.model import Items, Text
from lettergen.problems import Source
from lettergen.records import read_recipients
from lettergen.records.postal import check_address, post_code
from lettergen.records.postal.codes import as_post_code, bfpo, meant
from lettergen.records.postal.countries import is_country, is_home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.problems import Problem

PASTE = "write the address as "


# --- post codes ---


@pytest.mark.parametrize(
    "code",
    [
        *("M1 1AA", "M60 1NW", "W1A 0AX", "CR2 6XH", "DN55 1PD", "EC1A 1BB", "SW1A 1AA", "NW1W 8JR", "SE1P 4RS"),
        *("BF1 2AT", "BX1 1LT", "GIR 0AA", "GY1 1AA", "IM1 1AA", "JE2 3AB", "ZE1 0AA", "B33 8TH", "BT48 7NN"),
    ],
)
def test_a_real_post_code(code: str) -> None:
    """However it is typed."""
    assert [as_post_code(typed) for typed in (code, code.lower(), code.replace(" ", ""), f" {code} ")] == [code] * 4


@pytest.mark.parametrize(
    "text",
    [
        *("ZZ1 1AA", "SW1A 0O0", "SW1A 1CA", "SW1I 1AA", "W1O 0AX", "A1 1AA", "SW 1AA", "SW1A", "1AA", "SW123 1AA"),
        *("SW1A 1AAA", "London SW1A 1AA", "GIR 0AB", "７1 1AA", "", "75001", "D02 AF30", "K1A 0B1"),
    ],
)
def test_no_post_code(text: str) -> None:
    assert as_post_code(text) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [("SWIA 1AA", "SW1A 1AA"), ("M1 IAA", "M1 1AA"), ("SE1 OAA", "SE1 0AA"), ("ZZ1 1AA", ""), ("SW1A 0O0", "")],
)
def test_letters_for_digits(text: str, code: str) -> None:
    """The post code that was meant, where it is certain."""
    assert meant(text) == code


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["1 High Street", "Witham", "CM8 3HB"], "CM8 3HB"),
        (["1 High Street", "Witham", "cm83hb,", "United Kingdom"], "CM8 3HB"),
        (["City Hall", "London SE1 2AA"], "SE1 2AA"),
        (["City Hall", "SE1 2AA London", "England"], "SE1 2AA"),
        (["CM8 3HB", "1 High Street", "Witham"], "CM8 3HB"),
        (["B Company", "BFPO 58", "BF1 2AT"], "BF1 2AT"),
        (["B Company", "BFPO 58"], ""),
        (["SE1 2AA Restaurant", "Paris", "France"], ""),
        (["1 High Street", "Witham"], ""),
        ([], ""),
    ],
)
def test_the_post_code_that_letters_are_sorted_by(lines: list[str], code: str) -> None:
    """Wherever it stands in the address."""
    assert post_code(lines) == code


def test_numbers_of_the_forces() -> None:
    assert [bfpo(line) for line in ("BFPO 58", "bfpo58", "BFPO c/o 5", "BFPO", "Mr BFPO 58")] == [
        *("BFPO 58", "BFPO 58", "BFPO c/o 5", "", "")
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("France", "FRANCE", "Ireland", "The Gambia", "Côte d’Ivoire", "Cote d'Ivoire", "St. Kitts & Nevis"),
        *("Saint Kitts and Nevis", "USA", "United States of America", "Czechia", "Czech Republic", "Turkey", "Türkiye"),
    ],
)
def test_a_country(line: str) -> None:
    assert is_country(line)
    assert not is_home(line)


@pytest.mark.parametrize("line", ["", "Paris", "12 France", "Jersey", "United Kingdom", "Europe", "European Union"])
def test_no_country_abroad(line: str) -> None:
    assert not is_country(line)


# --- addresses ---


@pytest.mark.parametrize(
    "address",
    [
        ["Ty Morgannwg", "Police Headquarters", "Bridgend", "CF31 3SU"],
        ["1 High Street", "CM8 3HB"],
        ["A", "B", "C", "D", "E", "CM8 3HB"],
        ["1 High Street", "St Helier", "Jersey", "JE2 3AB"],
        ["10 rue de la Paix", "75002 Paris", "France"],
        ["10 rue de la Paix", "75002 PARIS", "FRANCE"],
        ["B Company", "1st Battalion", "BFPO 58", "BF1 2AT"],
        ["B Company", "1st Battalion", "BFPO 58"],
        ["O’Neil & Sons (Łódź), c/o Ærø", "Flat 1/2, No. 3", "CM8\u00a03HB"],
    ],
)
def test_a_right_address(address: list[str]) -> None:
    assert _check(_block(address, ["name: Ada"])) == []


@pytest.mark.parametrize(
    ("address", "codes", "lines"),
    [
        (["Witham Road", "Witham CM8 3HB"], ["post-code-place"], ["Witham Road", "Witham", "CM8 3HB"]),
        (["CM8 3HB", "Witham Road", "Witham"], ["post-code-place"], ["Witham Road", "Witham", "CM8 3HB"]),
        (["Witham Road", "cm83hb"], ["post-code-place"], ["Witham Road", "CM8 3HB"]),
        (["Witham Road", "CM8 3HB", "UK"], ["post-code-place"], ["Witham Road", "CM8 3HB"]),
        (["Witham Road", "cm8 3hb", "England, UK"], ["post-code-place"], ["Witham Road", "CM8 3HB"]),
        (["Witham CM8 3HB, UK"], ["post-code-place"], ["Witham", "CM8 3HB"]),
        (["Witham Road,", "Witham,", "CM8 3HB"], ["address-line"], ["Witham Road", "Witham", "CM8 3HB"]),
        (["(Room 3) House", "-", "CM8 3HB"], ["address-line"], ["Room 3 House", "CM8 3HB"]),
        (["10 rue de la Paix", "Paris, France"], ["post-code-place"], ["10 rue de la Paix", "Paris", "France"]),
        (["bfpo58"], ["address-lines", "post-code-place"], None),
        (["B Company", "BFPO 58", "Germany"], ["post-code-place"], ["B Company", "BFPO 58"]),
        (["BFPO 58", "B Company"], ["post-code-place"], ["B Company", "BFPO 58"]),
        (
            [*("12", "Long Road", "Ham", "Witham", "Essex", "East", "CM8 3HB")],
            ["address-lines"],
            [*("12 Long Road", "Ham", "Witham", "Essex", "East", "CM8 3HB")],
        ),
        (["CM8 3HB"], ["address-lines"], None),
        (["High Street 1", "Witham"], ["post-code"], None),
        (["Witham Road", "ZZ1 1AA"], ["post-code"], None),
        (["Witham Road", "SW1A 0O0"], ["post-code"], None),
        (["UK"], ["post-code-place", "post-code"], None),
        (["No Fixed Abode", "CM8 3HB"], ["address-line"], None),
        (["NFA", "CM8 3HB"], ["address-line"], None),
        (["Кирова 1", "Witham", "CM8 3HB"], ["address-character"], None),
        (["☃ House", "Witham", "CM8 3HB"], ["address-character"], None),
        (["1 A St", "Leeds, LS1 1AA."], ["post-code-place"], ["1 A St", "Leeds", "LS1 1AA"]),
    ],
)
def test_a_wrong_address(address: list[str], codes: list[str], lines: list[str] | None) -> None:
    """What is wrong with it, and the lines that are proposed; none where words are missing or to be changed."""
    for text in (_block(address, ["name: Ada"]), _flow(address, ["name: Ada"])):
        found = _check(text)
        assert sorted(problem.code for problem in found) == sorted(codes)
        proposed = {problem.help for problem in found if problem.help.startswith(PASTE)}
        assert len(proposed) == (lines is not None)
        if lines is not None:
            assert _lines(_paste(text, proposed.pop())) == lines


@pytest.mark.parametrize(
    ("field", "way_out"),
    [
        ("name: '@Ada'", "write 'name: Ada'"),
        ("role: Councillor,", "write 'role: Councillor'"),
        ("role: '--'", "write the role in letters"),
    ],
)
def test_name_and_role_are_lines_too(field: str, way_out: str) -> None:
    found = _check(_block(["1 High Street", "Witham", "CM8 3HB"], ["id: ada", field]))
    assert [(problem.code, problem.help) for problem in found] == [("address-line", way_out)]


def test_name_and_role_count() -> None:
    """Seven lines alone are right without a name, and too many below one."""
    address = ["A", "B", "C", "D", "E", "F", "CM8 3HB"]
    counts = {0: ["id: a"], 1: ["name: Ada"], 2: ["name: Ada", "role: Mayor"]}
    found = {heads: _check(_block(address, fields)) for heads, fields in counts.items()}
    assert {heads: [problem.code for problem in problems] for heads, problems in found.items()} == {
        0: [],
        1: ["address-lines"],
        2: ["address-lines"],
    }
    assert [problem.place.line for problems in found.values() for problem in problems] == [10, 10]


# --- whatever is typed ---

_WORDS = ["Flat 2", "12", "12a", "High Street", "Witham", "Ty Mawr", "no", "The Elms (East)", "O’Neil & Sons", "#4"]
_WORDS += ["A: B", "- x", "Office of the Police and Crime Commissioner", "Émile", "@home", "'s-Graveland", "C:\\dir"]
_FORMS = {"CM8 3HB": "CM8 3HB", "cm83hb": "CM8 3HB", "W1A0AX": "W1A 0AX", "BF1 2AT": "BF1 2AT", "bfpo58": "BFPO 58"}
_COUNTRIES = ["United Kingdom", "UK", "France", "the Gambia", "Jersey", "Wales"]
_STRANGE = ["ZZ1 1AA", "SW1A 0O0", "☃", "Кирова", "nfa", "--", ",", "(", '"']
_PIECE = st.sampled_from([*_WORDS, *_WORDS, *_FORMS, *_COUNTRIES, *_STRANGE])
_JOINED = st.builds(str.join, st.sampled_from([" ", ", "]), st.lists(_PIECE, min_size=1, max_size=3))
_LINE = st.one_of(st.sampled_from(_WORDS), _JOINED, _JOINED.map(lambda line: f"[{line},"))
_END = st.lists(st.sampled_from([*_FORMS, *_COUNTRIES, "London SE1 2AA", "Paris, France"]), max_size=2)
ADDRESSES = st.builds(lambda lines, end: [*lines, *end], st.lists(_LINE, min_size=1, max_size=9), _END)
HEADS = st.sampled_from([["id: a"], ["name: Ada"], ["name: Ada", "role: Mayor"]])
# What cannot be mended by arranging words, and is said by itself.
UNMENDED = {"post-code", "address-character"}


@examples(300)
@given(address=ADDRESSES, heads=HEADS, is_flow=st.booleans())
def test_what_is_proposed_is_right(address: list[str], heads: list[str], *, is_flow: bool) -> None:
    """Pasted, it has no problem but the errors that were there, and it says what the address says."""
    text = _flow(address, heads) if is_flow else _block(address, heads)
    found = _check(text)
    proposed = {problem.help for problem in found if problem.help.startswith(PASTE)}
    assert len(proposed) <= 1
    for way_out in proposed:
        after = _paste(text, way_out)
        errors = {problem.code for problem in found if problem.is_error}
        event(f"mended {'but for errors' if errors else 'wholly'}")
        assert {problem.code for problem in _check(after)} <= errors <= UNMENDED
        lost, made = _words(address) - _words(_lines(after)), _words(_lines(after)) - _words(address)
        assert not made
        assert not lost or lost <= Counter(_WORD.findall(" ".join(address[-6:]).casefold()))
        assert set(lost) <= {"united", "kingdom", "uk", "wales", "france", "the", "gambia"}


_WORD = re.compile(r"[^\W_]+")


def _words(lines: Sequence[str]) -> Counter[str]:
    """The words of the lines, whatever stands between them; a post code is always written alike."""
    text = " ".join(lines)
    for form, code in _FORMS.items():
        text = text.replace(form, code)
    return Counter(_WORD.findall(text.casefold()))


def _block(address: Sequence[str], fields: Sequence[str]) -> str:
    """A file of one record whose address is a list below its name."""
    lines = [f"    - {json.dumps(line, ensure_ascii=False)}" for line in address]
    return "\n".join(["-", *(f"  {field}" for field in fields), "  address:", *lines, "  salutation: Ada", ""])


def _flow(address: Sequence[str], fields: Sequence[str]) -> str:
    """The same with the address in brackets."""
    listed = json.dumps(address, ensure_ascii=False)
    return "\n".join(["-", *(f"  {field}" for field in fields), f"  address: {listed}", "  salutation: Ada", ""])


def _check(text: str) -> list[Problem]:
    records, problems = read_recipients(Source("recipients.yaml", text))
    assert problems == []
    return [problem for recipient in records.recipients for problem in check_address(recipient)]


def _items(text: str) -> Items:
    records, problems = read_recipients(Source("recipients.yaml", text))
    assert problems == []
    items = next(iter(records.recipients)).fields["address"]
    assert isinstance(items, Items)
    return items


def _lines(text: str) -> list[str]:
    return [str(item) for item in _items(text)]


def _paste(text: str, way_out: str) -> str:
    """The file with the proposed lines, put in as a person does it."""
    items = _items(text)
    place, last = items.place, items[-1]
    assert isinstance(last, Text)
    start, end = place.source.offset(place.line) + place.column - 1, place.source.offset(place.end_line)
    if text[start] == "[":
        return text[:start] + way_out.removeprefix(PASTE) + text[end + place.end_column - 1 :]
    behind = place.source.offset(last.place.end_line + 1)
    return (
        text[: place.source.offset(place.line)] + way_out.removeprefix(f"{PASTE}these lines:\n") + "\n" + text[behind:]
    )
