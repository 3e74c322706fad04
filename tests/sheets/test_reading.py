"""Files of every kind come out as rows that stand where the spreadsheet shows them."""

import datetime
import re

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from forumplanner.sheets import Kind, Sheet, cell_name, column_letters, read_file, read_pasted
from forumplanner.sheets.refusals import MACROS
from forumplanner.sheets.tables import Block, Place, column_number
from tests.sheets.files import PEOPLE, ods, repacked, xls, xlsx


def only(content: bytes, name: str = "") -> Sheet:
    """The one sheet of a file."""
    (sheet,) = read_file(content, name).sheets
    return sheet


def shown(sheet: Sheet) -> dict[int, list[str]]:
    """The rows by their numbers."""
    return {row.number: list(row.cells) for row in sheet.rows}


TABLE = dict(enumerate(PEOPLE, start=1))


def csv_of(delimiter: str, end: str = "\r\n") -> str:
    return end.join(delimiter.join(row) for row in PEOPLE) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "tis-620"])
def test_text_of_every_encoding_and_delimiter_is_the_same_table(delimiter: str, encoding: str) -> None:
    assert shown(only(csv_of(delimiter).encode(encoding))) == TABLE


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_line_ends_of_every_system_part_rows(end: str) -> None:
    assert shown(only(csv_of(",", end).encode())) == TABLE


@pytest.mark.parametrize("content", [xlsx(PEOPLE), xls(PEOPLE)])
def test_workbooks_give_the_same_table(content: bytes) -> None:
    assert shown(only(content)) == TABLE


def test_blank_rows_and_columns_in_front_shift_nothing() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"], sheet["D6"] = "ชื่อ", "ข"

    expected = {3: ["", "", "ชื่อ"], 6: ["", "", "", "ข"]}
    assert shown(only(xlsx(change=change))) == expected
    assert shown(only(xls([["ชื่อ", ""], [], [], ["", "ข"]], left=2, top=2))) == expected
    assert shown(only(",,\n,,\n,,ชื่อ\n\n,,\n,,,ข\n".encode())) == expected
    assert shown(read_pasted("\t\t\n\n\t\tชื่อ\n\n\n\t\t\tข").sheets[0]) == expected


def test_values_come_as_people_would_copy_them() -> None:
    row = [
        894000001,
        8.94e8,
        1.5,
        datetime.date(2007, 1, 30),
        datetime.datetime(2007, 1, 30, 9, 30),  # noqa: DTZ001 - as cells hold it
        True,
        "  ",
        "ก",
    ]
    (found,) = only(xlsx([row])).rows
    assert found.cells == ("894000001", "894000000", "1.5", "2007-01-30", "2007-01-30 09:30", "TRUE", "", "ก")
    assert found.kinds == "nnnddb-t"
    assert only(b"#N/A,#REF\n").rows[0].kinds == "et"
    assert (found.text(20), found.kind(20), found.kind(0)) == ("", Kind.EMPTY, Kind.NUMBER)


def test_a_number_has_the_same_digits_from_every_format() -> None:
    assert only(xls([[894000001]])).rows[0].cells == only(xlsx([[894000001]])).rows[0].cells == ("894000001",)


def test_quotation_marks_around_line_breaks_keep_a_row_whole() -> None:
    text = 'ชื่อ\tโทร\n"นายสมชาย\nใจดี"\t"กลุ่ม ""ออมทรัพย์"""\nสมศรี\t08\n'
    expected = {1: ["ชื่อ", "โทร"], 2: ["นายสมชาย\nใจดี", 'กลุ่ม "ออมทรัพย์"'], 3: ["สมศรี", "08"]}
    assert shown(read_pasted(text).sheets[0]) == expected
    assert shown(only(text.encode())) == expected
    assert shown(only(text.replace("\n", "\r\n").encode("utf-16"))) == expected


def test_a_quotation_mark_that_is_never_closed_swallows_no_row() -> None:
    text = 'ชื่อ,กลุ่ม\nสมชาย,"ออมทรัพย์\nสมศรี,ข\nสมหมาย,ค\n'
    assert [row.number for row in only(text.encode()).rows] == [1, 2, 3, 4]


def test_commas_within_cells_do_not_mislead_about_the_delimiter() -> None:
    text = "ชื่อ;โทร\nก;081, 082, 083\nข;084, 085, 086\n"
    assert shown(only(text.encode()))[2] == ["ก", "081, 082, 083"]


def test_a_line_that_names_the_separator_counts_as_a_row_but_is_none() -> None:
    assert shown(only("sep=;\r\nชื่อ;โทร\r\n".encode())) == {2: ["ชื่อ", "โทร"]}


def test_formulas_are_told_with_the_value_that_is_shown() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C2"] = '=B1&" ใจดี"', '=HYPERLINK("http://a.example","สมชาย")', "=A1&A1"

    def with_values(name: str, part: bytes) -> bytes:
        return part.replace(b"<v></v>", b"<v>7</v>").replace(b"<v />", b"<v>7</v>").replace(b"<v/>", b"<v>7</v>")

    sheet = only(repacked(xlsx(change=change), with_values))
    formulas = {cell_name(*place): (formula.text, formula.is_link) for place, formula in sheet.marks.formulas.items()}
    assert formulas == {
        "A1": ('=B1&" ใจดี"', False),
        "B1": ('=HYPERLINK("http://a.example","สมชาย")', True),
        "C2": ("=A1&A1", False),
    }
    assert shown(sheet) == {1: ["7", "7"], 2: ["", "", "7"]}


def test_a_formula_that_a_column_shares_is_told_in_each_cell() -> None:
    cells = (
        b'<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">HYPERLINK(B1)</f><v>1</v></c></row>'
        b'<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
    )

    def change(name: str, part: bytes) -> bytes:
        return re.sub(rb"<row.*</row>", cells, part)

    marks = only(repacked(xlsx(PEOPLE), change)).marks
    assert [formula.is_link for formula in marks.formulas.values()] == [True, True]


def test_struck_out_text_is_told_however_it_was_struck() -> None:
    struck, plain = InlineFont(strike=True), InlineFont(b=True)

    def change(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"] = "ทั้งเซลล์", "ไม่ขีด", None
        sheet["A1"].font = sheet["A3"].font = Font(strike=True)
        sheet["A4"] = CellRichText(TextBlock(struck, "สม"), TextBlock(struck, "ชาย"))
        sheet["A5"] = CellRichText(TextBlock(struck, "สม"), TextBlock(plain, "ชาย"))
        sheet["A6"].font = Font(strike=False)
        sheet["A6"] = "ไม่ขีด"

    assert only(xlsx(change=change)).marks.struck == {Place(1, 0), Place(4, 0)}


def test_what_is_hidden_and_merged_is_told() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.append(["ก", "ข", "ค"])
        sheet.append(["ก", "ข", "ค"])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("A3:C4")

    marks = only(xlsx(change=change)).marks
    assert (marks.hidden_rows, marks.hidden_columns, marks.merged) == ({2}, {1}, [Block(3, 0, 4, 2)])


def test_hidden_sheets_are_read_and_said_to_be_hidden() -> None:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent
        other = sheet.parent.create_sheet("เก่า")
        other["A1"], sheet["A1"] = "ข", "ก"
        other.sheet_state = "hidden"

    found = read_file(xlsx(change=change), "").sheets
    assert [(sheet.name, sheet.is_hidden, shown(sheet)) for sheet in found] == [
        ("Sheet", False, {1: ["ก"]}),
        ("เก่า", True, {1: ["ข"]}),
    ]


def test_an_open_document_is_read_as_a_workbook_is() -> None:
    first, second = read_file(ods(), "").sheets
    assert shown(first) == {
        3: ["", "ชื่อ", "จังหวัด", "โทร"],
        4: ["", "สมชาย", "", "0810000001"],
        5: ["", "สมศรี"],
    }
    assert {cell_name(*place): formula.text for place, formula in first.marks.formulas.items()} == {"D4": "=A1"}
    assert first.marks.struck == {Place(4, 1)}
    assert (first.marks.hidden_rows, first.marks.hidden_columns) == ({5}, {2})
    assert first.marks.merged == [Block(3, 2, 4, 2)]
    assert (first.name, first.is_hidden, second.name, second.is_hidden) == ("รายชื่อ", False, "เก่า", True)


def test_a_file_with_macros_is_read_as_values_and_says_so() -> None:
    found = read_file(repacked(xlsx(PEOPLE), lambda name, part: part, {"xl/vbaProject.bin": b"code"}), "a.xlsm")
    assert shown(found.sheets[0]) == TABLE
    assert found.notes == [MACROS]


def test_a_prefix_before_every_tag_hides_nothing() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "ก", "=1+1"
        sheet.row_dimensions[2].hidden = True

    def prefixed(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return part
        return (
            part.replace(b"</", b"</x:")
            .replace(b"<", b"<x:")
            .replace(b"<x:/x:", b"</x:")
            .replace(b"xmlns=", b"xmlns:x=")
        )

    marks = only(repacked(xlsx(change=change), prefixed)).marks
    assert (list(marks.formulas), marks.hidden_rows) == ([Place(2, 0)], {2})


def test_letters_of_columns_are_those_of_the_spreadsheet() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [column_number(column_letters(number)) for number in range(800)] == list(range(800))
