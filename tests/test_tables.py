"""Tables and lists of objects: the same records in every kind of file make the same letters."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
import yaml
from drawing import examples
from hypothesis import given
from hypothesis import strategies as st
from spreadsheets import Error, Merged, ods, xlsx, zipped

from lettergen.files import UNPRINTABLE, Folder
from lettergen.model import Fields, Items, Text
from lettergen.model.values import trimmed
from lettergen.pipeline.compose import Request, compose
from lettergen.pipeline.datafile import read_data
from lettergen.records.damage import Damage, damage_of
from lettergen.records.tables.archive import TooLargeError, check_archive
from lettergen.records.tables.workbook import cell_text
from lettergen.render.markdown import to_markdown

if TYPE_CHECKING:
    from pathlib import Path

    from spreadsheets import Rows

    from lettergen.problems import Problem
    from lettergen.records import Records

TEMPLATE = """---
date: 2020-10-13
variants: {some: '', other: ''}
---
{% block body %}
{{ recipient.remark or '-' }} {% for one in recipient.teacher or [] %}{{ one }}, {% endfor %}
{% if 'some' in variants %}some{% endif %} {% if recipient.note %}{{ recipient.note | markdown }}{% endif %}.
{% endblock %}
{% block copies %}{{ super() }}{% endblock %}
"""
HEADINGS = (
    "name",
    "salutation",
    "address 1",
    "address 2",
    "variants",
    "copies",
    "teacher 1",
    "teacher 2",
    "remark",
    "note",
)


def _read(folder: Path, name: str, content: str | bytes) -> tuple[Records, list[Problem]]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_data(Folder(folder), name)


def _csv(rows: Rows, sign: str, *, bom: bool = False) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign).writerows(rows)
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _plain(value: object) -> object:
    """The value without places."""
    match value:
        case Fields():
            return {key: _plain(inner) for key, inner in value.items()}
        case Items():
            return [_plain(inner) for inner in value]
        case Text():
            return str(value)
        case _:
            return value


def _listed(records: Records) -> list[object]:
    return [_plain(recipient.fields) for recipient in records.recipients]


# --- what the cells say ---


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("unit", "02134", "02134"),
        ("unit", " 1.10 ", "1.10"),
        ("unit", "no", "no"),
        ("unit", "true", True),
        ("unit", "false", False),
        ("unit", "TRUE", "TRUE"),
        ("unit", "a; b", "a; b"),
        ("unit", "=1+1", "=1+1"),
        ("address", "a; b;; c", ["a", "b", "c"]),
        ("address", "a\nb", ["a", "b"]),
        ("address", r"a\; b; c", ["a; b", "c"]),
        ("address", "a", ["a"]),
        ("variants", "some;other", ["some", "other"]),
        ("language", "cy", "cy"),
        ("language", "cy; en", ["cy", "en"]),
        ("address 7", "a; b", ["a; b"]),
        ("salutation.cy", "a", {"cy": "a"}),
        ("copies.cy", "a; b", {"cy": ["a", "b"]}),
        ("unit", "a\n b", "a\n b"),
        ("address 1", "a\n\n b", ["a", "b"]),
    ],
)
def test_a_cell(heading: str, cell: str, value: object, tmp_path: Path) -> None:
    records, problems = _read(tmp_path, "people.csv", _csv([["name", heading], ["Ada", cell]], ";"))
    assert problems == []
    assert _listed(records) == [
        {"id": "ada", "name": "Ada", heading.split(".", maxsplit=1)[0].split(" ", maxsplit=1)[0]: value}
    ]


def test_several_columns_are_one_list_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    rows = [["address 2", "name", "address 1", "copies", "copies"], ["b", "Ada", "a", "c", ""], ["", "Bob", "", "", ""]]
    records, problems = _read(tmp_path, "people.csv", _csv(rows, ","))
    assert problems == []
    ada, bob = _listed(records)
    assert ada == {"id": "ada", "address": ["a", "b"], "name": "Ada", "copies": ["c"]}
    assert bob == {"id": "bob", "name": "Bob"}
    assert {"address", "copies"} <= records.known


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods", "a.jsonl"])
def test_a_line_break_in_a_value_is_kept(name: str, tmp_path: Path) -> None:
    """To what it is compared with it is a blank."""
    rows = [["name", "office"], ["Ada", "Town Hall\n2 Low St"]]
    record = json.dumps(dict(zip(*rows, strict=True))).encode()
    made = {"csv": _csv(rows, ","), "xlsx": xlsx(rows), "ods": ods(rows), "jsonl": record}
    records, problems = _read(tmp_path, name, made[name.partition(".")[2]])
    (ada,) = records.recipients
    office = ada.fields["office"]
    assert (problems, str(office)) == ([], "Town Hall\n2 Low St")
    assert office == "Town Hall 2 Low St"
    assert office != "Town Hall"
    assert hash(office) == hash("Town Hall 2 Low St")


@pytest.mark.parametrize("sign", ["\u00a0", "\u200b", "\ufeff\u00a0", "\u3164", "\u2800", "\u00ad", "\ufe0f"])
def test_a_value_that_nobody_can_see_is_missing(sign: str, tmp_path: Path) -> None:
    records, problems = _read(tmp_path, "a.csv", f"name,unit,address 1\nAda,{sign},{sign}\n{sign},,{sign}\n")
    assert (problems, _listed(records)) == ([], [{"id": "ada", "name": "Ada"}])
    records, problems = _read(tmp_path, "a.yaml", f"- {{name: Ada, unit: {sign}, address: ['{sign}', x]}}")
    assert (problems, _listed(records)) == ([], [{"id": "ada", "name": "Ada", "unit": None, "address": ["x"]}])


def test_lists_that_share_their_numbers_keep_them_together(tmp_path: Path) -> None:
    """A number that none of them has is left out; a list that stands alone closes up."""
    rows = [["name", "item", "note", "item 2", "note 2", "item 4", "note 3", "hue 7", "hue 8", "hue 9"]]
    rows += [["Ada", "a", "", "", "", "d", "c", "red", "", "blue"], ["Bob", "a", "", "b", "", "", "", "", "", ""]]
    records, problems = _read(tmp_path, "a.csv", _csv(rows, ","))
    ada, bob = _listed(records)
    lists = {"item": ["a", "", "d"], "note": ["", "c", ""], "hue": ["red", "blue"]}
    assert (problems, ada) == ([], {"id": "ada", "name": "Ada", **lists})
    assert bob == {"id": "bob", "name": "Bob", "item": ["a", "b"]}


# --- what stands above the records, or between them ---


@pytest.mark.parametrize(
    ("text", "place", "way_out"),
    [
        ("Name,Salutation,Town\nAda,Ada,York", "1:1", "write 'name'"),
        ("NAME,TOWN\nAda,York", "1:1", "write 'name'"),
        ("Full name,Post code,Address line 1\nAda,x,y", "1:1", "write 'full_name'"),
        ("First name,Surname,Post code\nAda,Bell,y", "1:1", "write 'first_name'"),
        ("Members 2026,,\nname,town,\nAda,York,", "1:1", "delete all rows above 'name'"),
        ("Members\n\nspring,2026\nName,Town\nAda,York", "1:1", "delete all rows above 'Name'"),
        ("Members\nFirst name,Last name\nAda,Bell", "1:1", "delete all rows above 'First name'"),
        ("Ada Lovelace,1 Hill\nBob Jones,Reference Library", "1:1", "put a row of headings above it, such as: "),
        ("name,town\nAda,York\nName,TOWN", "3:1", "remove it"),
        ("name,town,fee\nAda,York,1\nname,town,amount", "3:1", "remove it"),
        ("name,salutation,fee,hue,size\nAda,A,1,2,3\nname,salutation,amount,x,y", "3:1", "remove it"),
        ("name,town,address 1,address 2\nAda,York,x,y\n\ufeffname,town ,address 1,address 2", "3:1", "remove it"),
    ],
)
def test_headings(text: str, place: str, way_out: str, tmp_path: Path) -> None:
    _, problems = _read(tmp_path, "a.csv", text)
    assert str(problems[0].place).endswith(f"a.csv:{place}")
    assert problems[0].help.startswith(way_out)


def test_a_record_of_json_that_is_headings(tmp_path: Path) -> None:
    _, problems = _read(tmp_path, "a.jsonl", '{"name": "Name", "address": ["address_1", "address_2"]}')
    assert [problem.code for problem in problems] == ["bad-row"]


# --- what programs make of values ---

SOUND = """
SÃO PAULO|«AMANHû|IRMÃ’S|„Ä“|«CAFÉ»|été\u00a0»|MARIÉ…|„Spaß“|UMEÅ–LULEÅ|4 Å²|Ã. Silva|ÂNGELA|ROMÂNIA|Ångström|5 Å
naïve|√2|√π|±5 °C|£5|½|«ÎLE»|crème brûlée|‚Äpfel‘|Tromsø–Ålesund|«está»…|Ελλάδα|МОСКВА|Nguyễn|1\u00a0000 €|¬p|Null|none
N/A|12 Null Street|1E5|E+12|=|#1|(none of these)|4.5|0123|[x]|-
"""
GARBLED = """
Zoë|García|Müller|Éric|école|voilà|CÔTE|LÓPEZ|PEÑA|SCHRÖDER|SØREN|MÄRZ|it’s|—|£5|€20|20°C|½|«été»|Dvořák|™
"""


@pytest.mark.parametrize("text", SOUND.strip().replace("\n", "|").split("|"))
def test_a_sound_value(text: str) -> None:
    assert damage_of("unit", text) == ""


@pytest.mark.parametrize("text", ['="0123"', '="Zoë"', "=SUM(A1:A9)"])
def test_a_formula_that_would_be_printed(text: str) -> None:
    assert damage_of("unit", text) == "formula"


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("text", GARBLED.strip().split("|"))
def test_a_value_that_was_read_in_a_wrong_encoding(text: str, codec: str) -> None:
    assert damage_of("name", text.encode().decode(codec)) == codec
    assert damage_of("name", text) == ""


def test_what_programs_write_in_the_place_of_a_name(tmp_path: Path) -> None:
    names = {"Null": "Mr Null", "Nan": "Nan", "Ada Bell": "Ms nan", "Bob": "Dear None,", "Di None": "Di", "Cy": "nan"}
    records, _ = _read(tmp_path, "a.csv", "name;salutation\n" + "".join(f"{one};{names[one]}\n" for one in names))
    damage = Damage()
    for recipient in records.recipients:
        damage.see(recipient)
    assert [problem.message.split("'")[1] for problem in damage.problems(())] == ["nan", "None", "nan"]


@pytest.mark.parametrize("text", ["2026-01-02 00:00:00", "4.479E11"])
def test_what_programs_write_of_a_number_or_a_day(text: str) -> None:
    assert damage_of("unit", text)


@pytest.mark.parametrize("text", ["None", "NULL", "null", "NaN"])
def test_a_name_can_be_what_programs_write_for_nothing(text: str) -> None:
    assert damage_of("unit", text) == "word"
    assert not any(damage_of(key, text) for key in ("name", "salutation", "surname", "Nachname", "last_name"))


@pytest.mark.parametrize(
    ("dates", "strange"),
    [
        ("2020-10-13 45231 2020-10-14", "45231"),
        ("2020-10-13 13/10/2020 2020-10-14", "13/10/2020"),
        ("13.10.2020 1.5.20 2020-10-14", "2020-10-14"),
        ("13/10/2020 14/10/2020 1/2/20", ""),
        ("45231 45232 45233", ""),
        ("20-11-55 20-11-56 12/34/56", ""),
        ("2020-10-13 soon never", ""),
        ("2020-10-13 2020-10-14 02/03/2026 03/03/2026", "02/03/2026 03/03/2026"),
        ("2020-10-13 45231", "45231"),
        ("2020-10-13 45231 soon", ""),
        ("2020-10-13 45231 45232", ""),
        ("13/02/2026 04/13/2026 14/02/2026", "04/13/2026"),
        ("13/13/2026 01/02/2026", ""),
    ],
)
def test_dates_that_are_written_otherwise(dates: str, strange: str, tmp_path: Path) -> None:
    records, _ = _read(tmp_path, "a.csv", "name,since\n" + "".join(f"{day},{day}\n" for day in dates.split()))
    damage = Damage()
    for recipient in records.recipients:
        damage.see(recipient)
    assert [problem.place.text for problem in damage.problems({"since"})] == strange.split()
    assert not list(damage.problems({"other"}))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_value_has_its_place(sign: str, ending: str, tmp_path: Path) -> None:
    text = f'name,address,unit{ending}{ending}"Ada, ""x""","a; b","one{ending}two"{ending}Bob,,c'
    table = text.replace("Ada,", "Ada\0").replace(",", sign).replace("\0", ",")
    records, problems = _read(tmp_path, "people.csv", "\ufeff" + table)
    assert problems == []
    ada, bob = records.recipients
    assert [str(ada.fields.places[key]) for key in ("name", "address", "unit")] == [
        *("people.csv:3:1", "people.csv:3:14", "people.csv:3:21"),
    ]
    items = ada.fields["address"]
    assert isinstance(items, Items)
    assert [(str(place), place.text) for place in items.places] == [("people.csv:3:15", "a"), ("people.csv:3:18", "b")]
    assert (ada.fields.places["unit"].end_line, ada.fields.places["unit"].end_column) == (4, 5)
    assert ada.fields.places["unit"].text == '"one two"'
    assert str(bob.place) == "people.csv:5:1"
    assert str(bob.fields.places["unit"]) == "people.csv:5:6"


@pytest.mark.parametrize("name", ["people.xlsx", "people.ods"])
def test_the_places_of_a_spreadsheet_are_row_and_column(name: str, tmp_path: Path) -> None:
    rows: Rows = [["name", None, "address"], [None, None, None], ["Ada", None, "a; b"]]
    records, problems = _read(tmp_path, name, xlsx(rows) if name.endswith("xlsx") else ods(rows))
    assert problems == []
    (ada,) = records.recipients
    assert str(ada.fields.places["address"]) == f"{name}:3:3"
    assert ada.fields.places["address"].spots == ((3, 3), (3, 4))
    items = ada.fields["address"]
    assert isinstance(items, Items)
    assert [place.text for place in items.places] == ["a", "b"]
    assert ada.place.source.lines[2] == "Ada |   | a; b"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (7, "7"),
        (1.10, "1.1"),
        (0.1 + 0.2, "0.3"),
        (441234567890123.0, "441234567890123"),
        (4412345678901234567.0, "4.41234567890123E+18"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (-1.5, "-1.5"),
        (441234567890.0, "441234567890"),
        (True, "true"),
        (date(2020, 10, 13), "2020-10-13"),
        (datetime(2020, 10, 13), "2020-10-13"),  # noqa: DTZ001 - spreadsheets know no time zones
        (datetime(2020, 10, 13, 9, 30), "2020-10-13 09:30"),  # noqa: DTZ001
        (time(9, 30), "09:30"),
        (timedelta(hours=30), "30:00"),
        ("PT36H00M00S", "36:00"),
        ("007", "007"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_a_cell_of_a_spreadsheet_is_printed_as_it_is_shown(value: object, text: str) -> None:
    assert cell_text(value) == text


# --- the same table in every kind of file ---

_SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co"))
_WORDS = st.text(_SIGNS.filter(lambda sign: not UNPRINTABLE.match(sign)), max_size=8).map(trimmed)
_ITEM = _WORDS.filter(lambda text: not set(text) & set(";\\\n"))
_NASTY = ['"', 'a "b", c; d', "a,b", "a\tb", "*x*", "007", "-", "=A1", "a\nb", "'", "{{ x }}", "#1"]
_REMARK = st.one_of(_WORDS, st.sampled_from(_NASTY)).filter(lambda text: text not in ("true", "false", "null"))
_VARIANTS = st.lists(st.sampled_from(["some", "other"]), unique=True)
_ROW = st.fixed_dictionaries(
    {
        "salutation": _WORDS,
        "address": _ITEM.map(lambda street: [street, "London"] if street else ["London"]),
        "variants": _VARIANTS,
        "copies": st.lists(_ITEM.filter(bool), max_size=2),
        "teacher": st.lists(_ITEM.filter(bool), max_size=2),
        "remark": _REMARK,
        "note": st.just("*new*"),
    }
)


@examples(40)
@given(st.lists(_ROW, min_size=1, max_size=4))
def test_the_same_table_makes_the_same_letters(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str | list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "templates").mkdir()
    (folder / "templates" / "letter.md.j2").write_text(TEMPLATE, encoding="utf-8")
    filled = ({key: value or None for key, value in row.items()} for row in rows)
    objects = [{"name": f"Ada {number}", **row} for number, row in enumerate(filled)]
    table = [list(HEADINGS), *(_row(one) for one in objects)]
    files: dict[str, bytes] = {
        "a.yaml": yaml.safe_dump(objects).encode(),
        "b.csv": _csv(table, ","),
        "c.csv": _csv(table, ";", bom=True),
        "d.csv": _csv(table, "\t"),
        "e.jsonl": "".join(f"{json.dumps(one)}\n" for one in objects).encode(),
        "f.xlsx": xlsx(table),
        "g.ods": ods(table),
    }
    letters = {}
    for name, content in files.items():
        (folder / name).write_bytes(content)
        made = compose(Request(folder, data=name))
        errors = [(problem.code, problem.message) for problem in made.problems if problem.is_error]
        letters[name] = [to_markdown(letter) for letter in made.letters], sorted(errors)
    assert [letters[name] for name in files] == [letters["a.yaml"]] * len(files)


def _row(one: dict[str, str | list[str] | None]) -> list[str]:
    def cell(heading: str) -> str:
        name, _, number = heading.partition(" ")
        value = one.get(name) or ""
        if isinstance(value, list):
            return "; ".join(value) if not number else [*value, "", ""][int(number) - 1]
        return str(value)

    return list(map(cell, HEADINGS))


# --- what no spreadsheet holds ---


def test_merged_cells_of_libreoffice_are_a_problem(tmp_path: Path) -> None:
    _, problems = _read(tmp_path, "a.ods", ods([["name", "town"], ["Ada", Merged("York")], ["Bob", None]]))
    assert [(problem.code, str(problem.place).rpartition("/")[2]) for problem in problems] == [("bad-row", "a.ods:2:2")]


def test_line_breaks_and_tabs_within_a_paragraph_of_libreoffice(tmp_path: Path) -> None:
    records, problems = _read(tmp_path, "a.ods", ods([["name", "address", "unit"], ["Ada", "1 Hill\vYork", "a\tb"]]))
    assert (problems, _listed(records)) == (
        [],
        [{"id": "ada", "name": "Ada", "address": ["1 Hill", "York"], "unit": "a b"}],
    )


def test_errors_in_many_rows_are_all_known(tmp_path: Path) -> None:
    """Also where the archive is cut into blocks as it is read."""
    (tmp_path / "a.xlsx").write_bytes(xlsx([["name"], *[[Error("#N/A")]] * 30_000]))
    errors = check_archive(tmp_path / "a.xlsx", is_ods=False)["xl/worksheets/sheet1.xml"].errors
    assert errors == {(row, 1): "#N/A" for row in range(2, 30_002)}


def test_a_spreadsheet_that_would_grow_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx([["name"], ["Ada"]]))
    assert check_archive(tmp_path / "a.xlsx", is_ods=False)["xl/worksheets/sheet1.xml"][:2] == (2, 1)
    cells = '<c r="A1"/><c r="XFD1048576"/>'
    bombs = {
        "far.xlsx": {"xl/worksheets/sheet1.xml": f"<sheetData><row>{cells}</row></sheetData>"},
        "rows.xlsx": {"s.xml": f'<sheetData><row r="1048576">{"<c/>" * 20}</row></sheetData>'},
        "named.xlsx": {"s.dat": f"<sheetData><row>{cells}</row></sheetData>"},
        "rows.ods": {
            "content.xml": '<a><t:table-row t:number-rows-repeated="1048576">' + _REPEATED + "</t:table-row></a>"
        },
        "entities.ods": {"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
    }
    with pytest.raises(TooLargeError):
        check_archive(tmp_path / "a.xlsx", is_ods=False, unpacked=1_000)
    for name, files in bombs.items():
        (tmp_path / name).write_bytes(zipped(files))
        with pytest.raises(TooLargeError):
            check_archive(tmp_path / name, is_ods=name.endswith("ods"))
        _, problems = read_data(Folder(tmp_path), name)
        assert [problem.code for problem in problems] == ["unreadable-file"]


_REPEATED = '<t:table-cell t:number-columns-repeated="1000" o:value-type="string"/>'


@examples(60)
@given(st.binary(max_size=60), st.integers(0, 1500), st.sampled_from(["a.ods", "a.xlsx"]))
def test_a_damaged_spreadsheet_is_a_problem(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, start: int, name: str
) -> None:
    """Or it can be read nevertheless: never a crash."""
    rows: Rows = [["name", "salutation"], ["Ada", 7], ["Bob", Error("#REF!")]]
    whole = ods(rows) if name == "a.ods" else xlsx(rows)
    _read(tmp_path_factory.mktemp("damaged"), name, whole[:start] + noise + whole[start + len(noise) :])


@examples(300)
@given(st.text(st.sampled_from('ab,;\t"\n =é'), max_size=60))
def test_any_csv_is_read_or_a_problem(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Each cell's place holds what the cell says."""
    records, problems = _read(tmp_path_factory.mktemp("any"), "a.csv", f"name,unit\nAda,{text}")
    for recipient in records.recipients:
        unit = recipient.fields.get("unit")
        assert not isinstance(unit, Text) or str(unit).split() == _unquoted(unit.place.raw).split()
    assert records.recipients or problems


def _unquoted(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw


@examples(300)
@given(st.text(st.sampled_from('{}[]":,ab01.-e \\untrlfs'), max_size=40), st.integers(0, 60))
def test_any_json_line_is_read_as_python_reads_it(
    tmp_path_factory: pytest.TempPathFactory, noise: str, start: int
) -> None:
    line = '{"name": "Ada", "a": [1.10, true, null, "b\\n\\u00e9"], "c": {"d": -1e5}}'
    line = line[:start] + noise + line[start + len(noise) :]
    records, problems = _read(tmp_path_factory.mktemp("any"), "a.jsonl", f"{line}\n")
    try:
        json.loads(line, parse_constant=_refuse)
    except ValueError:
        assert records.recipients == ()
        assert any(problem.is_error for problem in problems)
    else:
        assert all(problem.code != "json-syntax" or "in braces" in problem.message for problem in problems)


def _refuse(constant: str) -> None:
    raise ValueError(constant)
