"""Workbooks (XLSX, XLS, ODS) to sheets: values by python-calamine, what stands beside them by our own scans."""

from io import BytesIO
from typing import Any

from forumplanner.sheets.archives import Archive, Packed
from forumplanner.sheets.ods_marks import scan_document
from forumplanner.sheets.refusals import (
    DAMAGED,
    LOCKED,
    MACROS,
    MOST_ROWS,
    NO_TABLE,
    NOTHING_IN_IT,
    OLD_KIND,
    TOO_MANY_ROWS,
    refuse,
)
from forumplanner.sheets.tables import Block, Book, Marks, Row, Sheet
from forumplanner.sheets.values import RowMaker
from forumplanner.sheets.xls_marks import scan_old_workbook
from forumplanner.sheets.xlsx_marks import scan_workbook


def read_packed(content: bytes) -> Book:
    """The sheets of an XLSX or ODS file."""
    archive = Archive(content)
    kind = archive.kind()
    if kind == Packed.ODS:
        found = scan_document(archive)
        marks, hidden = {name: one[0] for name, one in found.items()}, {name for name, one in found.items() if one[1]}
    else:
        marks, hidden = scan_workbook(archive), set()
    book = _read(content, marks, hidden)
    if kind == Packed.XLSM:
        book.notes.append(MACROS)
    return book


def read_old_workbook(content: bytes) -> Book:
    """The sheets of an XLS file; one that is locked, or another kind of file in the same wrapping, is refused."""
    # The wrapping's directory names what it holds, in UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refuse(LOCKED)
    if any(name.encode("utf-16-le") in content for name in ("WordDocument", "PowerPoint Document", "__nameid")):
        raise refuse(NO_TABLE)
    marks = scan_old_workbook(content)
    book = _read(content, marks or {}, set())
    if marks is None:
        book.notes.append(OLD_KIND)
    return book


def _read(content: bytes, marks: dict[str, Marks], hidden: set[str]) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        maker, sheets = RowMaker(), []
        for place, described in enumerate(workbook.sheets_metadata):
            if described.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
                continue
            beside = marks.get(described.name, Marks())
            found = workbook.get_sheet_by_index(place)
            if not beside.merged:
                beside.merged = [
                    Block(top + 1, left, bottom + 1, right)
                    for (top, left), (bottom, right) in found.merged_cell_ranges or ()
                ]
            rows = _rows(found, maker)
            is_hidden = described.name in hidden or described.visible != SheetVisibleEnum.Visible
            sheets.append(Sheet(described.name, rows, is_hidden, beside))
    except PasswordError as error:
        raise refuse(LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise refuse(DAMAGED) from error
    except BaseException as error:
        # What the reader, written in another language, did not foresee.
        if type(error).__name__ != "PanicException":
            raise
        raise refuse(DAMAGED) from error
    if not any(sheet.rows for sheet in sheets):
        raise refuse(NOTHING_IN_IT)
    return Book(sheets)


def _rows(found: Any, maker: RowMaker) -> list[Row]:
    """A sheet's rows that hold something; the reader gives blank rows above the first, but no columns before it."""
    if found.start is None:
        return []
    left = found.start[1]
    rows: list[Row] = []
    for number, values in enumerate(found.iter_rows(), start=1):
        row = maker.make(number, values, left)
        if row is not None:
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise refuse(TOO_MANY_ROWS)
    return rows
