"""Files as spreadsheet programs write them, made on the spot."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

PEOPLE = [["ชื่อ-สกุล", "โทรศัพท์"], ["นายสมชาย ใจดี", "081-000-0001"], ["นางสมศรี มีสุข", "074-123-456"]]


def xlsx(rows: Sequence[Sequence[Any]] = (), change: Callable[[Worksheet], object] | None = None) -> bytes:
    """A workbook of one sheet, which `change` may alter."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xls(rows: Sequence[Sequence[Any]], left: int = 0, top: int = 0) -> bytes:
    """The same in the old format."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("รายชื่อ")
    for number, row in enumerate(rows, start=top):
        for place, value in enumerate(row, start=left):
            sheet.write(number, place, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def ods() -> bytes:
    """Two sheets, the second hidden; blank rows and columns in front, a formula, a struck-out cell, a merged one."""
    document = OpenDocumentSpreadsheet()
    struck = Style(name="struck", family="table-cell")
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(struck)
    document.automaticstyles.addElement(unseen)
    sheet = Table(name="รายชื่อ")
    sheet.addElement(TableColumn(numbercolumnsrepeated=2))
    sheet.addElement(TableColumn(visibility="collapse"))
    sheet.addElement(_row([], repeated=2))
    sheet.addElement(_row([_cell("", repeated=1), _cell("ชื่อ"), _cell("จังหวัด", numberrowsspanned=2), _cell("โทร")]))
    covered = CoveredTableCell()
    sheet.addElement(
        _row([_cell(""), _cell("สมชาย", stylename=struck), covered, _cell("0810000001", formula="of:=A1")])
    )
    sheet.addElement(_row([_cell(""), _cell("สมศรี")], visibility="collapse"))
    document.spreadsheet.addElement(sheet)
    second = Table(name="เก่า", stylename=unseen)
    second.addElement(_row([_cell("ชื่อ")]))
    document.spreadsheet.addElement(second)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _row(cells: Sequence[Any], repeated: int = 1, **given: Any) -> TableRow:
    row = TableRow(numberrowsrepeated=repeated, **given)
    for cell in cells or [TableCell()]:
        row.addElement(cell)
    return row


def _cell(text: str, repeated: int = 1, **given: Any) -> TableCell:
    if not text:
        return TableCell(numbercolumnsrepeated=repeated)
    cell = TableCell(valuetype="string", **given)
    cell.addElement(P(text=text))
    return cell


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None
) -> bytes:
    """An archive with its parts changed (None drops one) and more added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return made.getvalue()
