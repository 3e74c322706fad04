"""What is written opens as it was meant, and nothing in it calculates."""

import csv
import io

import openpyxl
import pytest

from forumplanner.sheets import harmless, read_file, write_csv, write_xlsx
from forumplanner.sheets.writing import without_apostrophe

ROWS = [["ชื่อ", "โทรศัพท์", "คน"], ["สมชาย", "081-000-0001", 3], ["=1+1", "+66810000001", None], ["บรรทัด\nสอง", '"', -2]]
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1", " =1", "\u200b=1"]


def test_a_workbook_is_read_back_as_it_was_written() -> None:
    (sheet,) = read_file(write_xlsx([("รายชื่อ: [1/2]", ROWS)], widths=[20, 10]), "").sheets
    assert sheet.name == "รายชื่อ- -1-2-"
    assert [list(row.cells) for row in sheet.rows] == [
        ["ชื่อ", "โทรศัพท์", "คน"],
        ["สมชาย", "081-000-0001", "3"],
        ["'=1+1", "'+66810000001"],
        ["บรรทัด\nสอง", '"', "-2"],
    ]


def test_csv_begins_with_the_mark_that_spreadsheets_look_for() -> None:
    content = write_csv(ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert found[3] == ["บรรทัด\nสอง", '"', "-2"]
    assert [list(row.cells) for row in read_file(content, "").sheets[0].rows] == [
        row[: 3 if row[2] else 2] for row in found
    ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([("ก", [[text]])], widths=[])))
    cell = book.worksheets[0]["A1"]
    assert (cell.data_type, str(cell.value)[:1]) == ("s", "'")
    (row,) = csv.reader(io.StringIO(write_csv([[text]]).decode("utf-8-sig"), newline=""))
    assert row[0].startswith("'")
    assert without_apostrophe(harmless(text)) == text


@pytest.mark.parametrize("text", ["สมชาย", "081-000-0001", "a=b", "น้ำ", ""])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_what_no_program_can_show_stops_no_file() -> None:
    (sheet,) = read_file(write_xlsx([("ก", [["ก\x00ข\x1b", "\ud800ค"]]), ("ก", [["ง"]])], widths=[]), "").sheets[:1]
    assert sheet.rows[0].cells == ("กข", "ค")
