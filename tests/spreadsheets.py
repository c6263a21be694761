"""Spreadsheets of a few lines of XML, as Excel and LibreOffice write them."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Error(NamedTuple):
    """A cell that Excel could not calculate: `Error("#REF!")`."""

    said: str


class Merged(NamedTuple):
    """A cell of LibreOffice that is one with that below it."""

    text: str


class Formula(NamedTuple):
    """A formula with the value that it had when the file was saved."""

    formula: str
    value: str


Cell: TypeAlias = str | float | bool | date | Error | Formula | Merged | None
Rows: TypeAlias = "Sequence[Sequence[Cell]]"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
_EPOCH = date(1899, 12, 30)


def zipped(files: Mapping[str, str]) -> bytes:
    """The files as a ZIP archive, the same bytes each time."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def xlsx(rows: Rows, *, names: Sequence[str] = ("Sheet1",), merged: str = "", empty: int = 0) -> bytes:
    """A workbook whose sheet after so many `empty` ones holds the rows; `merged` is a range such as `A1:B1`."""
    texts = ["" for _ in range(empty)] + ["".join(_xlsx_row(number, row) for number, row in enumerate(rows, 1))]
    merge = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    sheets = {
        f"xl/worksheets/sheet{number}.xml": _part("worksheet", f"<sheetData>{text}</sheetData>{merge}")
        for number, text in enumerate(texts, 1)
    }
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(texts) + 1)
    )
    styles = f'<Relationship Id="rId99" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    book = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    types = f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": _relations(book),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(related + styles),
            "xl/styles.xml": _STYLES,
            **sheets,
        }
    )


def _relations(content: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'


def _part(name: str, content: str) -> str:
    return f'<{name} xmlns="{_MAIN}">{content}</{name}>'


def _xlsx_row(number: int, row: Iterable[Cell]) -> str:
    cells = "".join(_xlsx_cell(f"{_letters(column)}{number}", cell) for column, cell in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _letters(column: int) -> str:
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def _xlsx_cell(name: str, cell: Cell) -> str:  # noqa: PLR0911 - a table
    match cell:
        case None:
            return ""
        case Error():
            return f'<c r="{name}" t="e"><v>{cell.said}</v></c>'
        case Formula():
            return f'<c r="{name}" t="str"><f>{escape(cell.formula)}</f><v>{escape(cell.value)}</v></c>'
        case bool():
            return f'<c r="{name}" t="b"><v>{cell:d}</v></c>'
        case date():
            return f'<c r="{name}" s="1"><v>{(cell - _EPOCH).days}</v></c>'
        case str():
            return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        case _:
            return f'<c r="{name}"><v>{cell!r}</v></c>'


_ODS = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: Rows, *, name: str = "Sheet1") -> bytes:
    """A workbook of LibreOffice with one sheet."""
    text = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    table = f"<table:table table:name={quoteattr(name)}>{text}</table:table>"
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    return zipped(
        {
            "mimetype": _ODS_TYPE,
            "META-INF/manifest.xml": f"<manifest:manifest{_ODS}>{entry}</manifest:manifest>",
            "content.xml": f"<office:document-content{_ODS}>{body}</office:document-content>",
        }
    )


def _ods_cell(cell: Cell) -> str:  # noqa: PLR0911 - a table
    match cell:
        case None:
            return "<table:table-cell/>"
        case Merged():
            return _ods_text('table:number-rows-spanned="2" office:value-type="string"', cell.text)
        case Error():
            return _ods_text('office:value-type="string" calcext:value-type="error"', cell.said)
        case Formula():
            return _ods_text(f"table:formula={quoteattr(cell.formula)} office:value-type='string'", cell.value)
        case bool():
            value = str(cell).lower()
            return _ods_text(f'office:value-type="boolean" office:boolean-value="{value}"', value.upper())
        case date():
            return _ods_text(f'office:value-type="date" office:date-value="{cell}"', f"{cell:%d/%m/%y}")
        case str():
            return _ods_text('office:value-type="string"', cell)
        case _:
            return _ods_text(f'office:value-type="float" office:value="{cell!r}"', f"{cell}")


def _ods_text(attributes: str, text: str) -> str:
    text = escape(text, {"\t": "<text:tab/>", "\v": "<text:line-break/>"})
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {attributes}>{paragraphs}</table:table-cell>"
