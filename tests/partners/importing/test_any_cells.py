"""Whatever stands in the cells of a list: rows come of it, or one sentence that refuses it."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core.errors import Invalid
from forumplanner.partners.facts import fact_texts
from forumplanner.partners.importing.books import SheetReading, read_book
from forumplanner.partners.importing.merging import Belonging, facts_of_row
from forumplanner.sheets import Book, read_file, read_pasted

PIECES = [
    *("นาย", "นางสาว", "ดร.", "พระครู", "สมชาย ใจดี", "1. ", "๑) ", "(ประธาน)", "081-000-0001", "0810000001", "8.94E+08"),
    *("+66 81", " ต่อ 12", "-8", ", ", "/", "\n", "\t", '"', "''", "'", "=", "@", "=HYPERLINK(", "#N/A", "-", "ไม่มี"),
    *("ต.", "อ.เมือง", "จ.สงขลา", "กทม.", "90110", "a@example.org", "a@b", "ชื่อ-สกุล", "โทร", "รวม", "2550-01-30"),
    *("๐๘๑", "\u200b", "\u00a0", "ํ", "้", "<b>", "😀", "\ufeff", "ก" * 400),
]
CELLS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=4).map("".join)
HEADINGS = st.sampled_from(
    [
        *("ชื่อ-สกุล", "ชื่อ", "สกุล", "คำนำหน้า", "โทร", "อีเมล", "ที่อยู่", "ตำบล", "อำเภอ", "จังหวัด", "ภาค", "หมายเหตุ"),
        *("ลำดับ", "ตำแหน่ง", "กลุ่ม", "เลขที่บัญชี", "", "ไลน์"),
    ]
)
TABLES = st.tuples(
    st.lists(HEADINGS, min_size=1, max_size=6), st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=5)
)


def as_xlsx(rows: list[list[str]]) -> Book:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("รายชื่อ")
    for row in rows:
        sheet.append([openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return read_file(content.getvalue(), "a.xlsx")


def as_csv(rows: list[list[str]]) -> Book:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return read_file(text.getvalue().encode("utf-8", "replace"), "a.csv")


def as_pasted(rows: list[list[str]]) -> Book:
    return read_pasted("\n".join("\t".join(row) for row in rows))


def read(make: object, rows: list[list[str]]) -> list[SheetReading] | str:
    try:
        return read_book(make(rows), {})  # type: ignore[operator]
    except Invalid as refusal:
        return refusal.message % refusal.params if refusal.params else refusal.message


@pytest.mark.parametrize("make", [as_xlsx, as_csv, as_pasted])
@given(table=TABLES)
@settings(max_examples=60)
def test_any_text_in_any_cell(make: object, table: tuple[list[str], list[list[str]]]) -> None:
    headings, rows = table
    found = read(make, [["ชื่อ-สกุล", "โทร", *headings], *rows])
    if isinstance(found, str):
        assert found
        return
    for reading in found:
        for row in reading.rows:
            assert row.is_faulty or row.given_name
            facts = facts_of_row(row, Belonging(()), [])
            assert fact_texts(facts)
            for remark in row.remarks:
                assert remark.text % remark.params if remark.params else remark.text
