"""Tables are found wherever they stand, and their columns understood by heading and content."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core.errors import Invalid
from forumplanner.partners.importing.books import NOBODY, SHEET_HIDDEN, read_book
from forumplanner.partners.importing.headers import _SHAPES, NAMES, Field, field_of, may_name
from forumplanner.partners.importing.rows import ReadRow
from forumplanner.partners.importing.tables import NO_HEADINGS
from forumplanner.sheets import read_file, read_pasted
from tests.sheets.files import xlsx

HEADINGS = {
    Field.NUMBER: "ที่|ลำดับ|ลำดับที่|No.|#|เลขที่",
    Field.NAME: "ชื่อ-สกุล|ชื่อ - นามสกุล|ชื่อ–สกุล|ชื่อ สกุล|ชื่อและนามสกุล|ชื่อผู้เข้าร่วมประชุม|Name|Full name|Name-Surname|รายชื่อ",
    Field.TITLE: "คำนำหน้า|คำนำหน้าชื่อ|Title|ยศ",
    Field.GIVEN: "ชื่อ|First name|ชื่อจริง",
    Field.SURNAME: "นามสกุล|สกุล|Last name|Surname",
    Field.PHONE: "โทร.|เบอร์โทรศัพท์|เบอร์โทร|มือถือ|โทรศัพท์มือถือ|Tel.|Mobile|Phone no.|เบอร์ติดต่อ",
    Field.EMAIL: "อีเมล|อีเมล์|E-mail|email address|ไปรษณีย์อิเล็กทรอนิกส์",
    Field.LINE: "Line ID|ไลน์|ไอดีไลน์",
    Field.POST: "ตำแหน่ง|ตำแหน่งในกลุ่ม|Position",
    Field.ORGANISATION: "กลุ่ม|กลุ่ม/องค์กร|ชื่อกลุ่ม|หน่วยงาน|สังกัด|Organization|องค์กร",
    Field.SUBDISTRICT: "ตำบล|ต.|แขวง|Tambon",
    Field.DISTRICT: "อำเภอ|อ.|เขต|Amphoe",
    Field.PROVINCE: "จังหวัด|จ.|Province",
    Field.ADDRESS: "ที่อยู่|Address|ตำบล/อำเภอ/จังหวัด",
    Field.REGION: "ภาค|Region",
    Field.REMARK: "หมายเหตุ|Remarks|Note",
    Field.KEPT: "เลขที่บัญชี|เลขบัตรประชาชน|ชื่อเล่น|ชื่อบัญชี|ขนาดเสื้อ|โทรสาร|เบอร์ฉุกเฉิน|รหัสไปรษณีย์|ประเภทกลุ่ม|อายุ",
    None: "เข้าร่วมเมื่อ|นายสมชาย ใจดี|บ้านพรุ|สมัครแล้ว|081-000-0001",
}


@pytest.mark.parametrize("field", HEADINGS)
def test_headings_in_both_languages_are_understood(field: Field | None) -> None:
    found = {heading: field_of(heading) for heading in HEADINGS[field].split("|") if heading != "เลขที่"}
    assert found == dict.fromkeys(found, field)


def pasted(text: str) -> list[ReadRow]:
    return [row for reading in read_book(read_pasted(text), {}) for row in reading.rows]


def test_a_table_without_headings_is_guessed_and_said_to_be() -> None:
    (reading,) = read_book(read_pasted("1\tนายสมชาย ใจดี\t0810000001\tสงขลา\n2\tนางสมศรี มีสุข\t0810000002\tตรัง\n"), {})
    assert [column.field for column in reading.columns] == [Field.NUMBER, Field.NAME, Field.PHONE, Field.PROVINCE]
    assert [(row.number, row.name, row.phones[0].number) for row in reading.rows] == [
        (1, "สมชาย ใจดี", "0810000001"),
        (2, "สมศรี มีสุข", "0810000002"),
    ]
    assert NO_HEADINGS in [note.text for note in reading.notes]


def test_two_columns_that_may_be_telephones_are_both_kept_as_notes() -> None:
    (row,) = pasted("นายสมชาย ใจดี\t0810000001\t0890000002\n")
    assert row.phones == ()
    assert [text for _name, text in row.notes] == ["0810000001", "0890000002"]


def test_a_column_without_heading_is_a_telephone_only_where_no_other_is() -> None:
    (row,) = pasted("ชื่อ-สกุล\tโทร\t\nนายกอ ขาว\t0810000001\t0890000002\n")
    assert ([phone.number for phone in row.phones], row.notes) == (["0810000001"], [("C", "0890000002")])
    (row,) = pasted("ชื่อ-สกุล\t\tกลุ่ม\nนายกอ ขาว\t0890000002\tออมทรัพย์\n")
    assert [phone.number for phone in row.phones] == ["0890000002"]


def test_names_in_three_cells_and_in_one_are_the_same() -> None:
    parts = pasted("คำนำหน้า\tชื่อ\tนามสกุล\nนางสาว\tสมศรี\tใจดี\nร.ต.\tก้อง\tณ ลำปาง\n")
    whole = pasted("ชื่อ-สกุล\tโทร\nนางสาวสมศรี ใจดี\nร.ต.ก้อง ณ ลำปาง\n")
    assert [(r.honorific, r.given_name, r.surname) for r in parts] == [
        (r.honorific, r.given_name, r.surname) for r in whole
    ]


def test_headings_in_two_rows_are_read_together() -> None:
    (row,) = pasted(
        "ที่\tชื่อ-สกุล\tที่อยู่\t\t\tโทร\n\t\tตำบล\tอำเภอ\tจังหวัด\t\n1\tนายกอ ขาว\tบ้านพรุ\tหาดใหญ่\tสงขลา\t0810000001\n"
    )
    assert (row.number, row.place and row.place.shown("th")) == (3, "ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา")


def test_several_tables_under_each_other_have_columns_of_their_own() -> None:
    text = (
        "ชื่อ-สกุล\tโทร\nนายกอ ขาว\t0810000001\n\nโทร\tชื่อ-สกุล\n0810000002\tนายคำ งาม\nโทร\tชื่อ-สกุล\n0810000003\tนายจัน ฉาย\n"
    )
    assert [(row.name, row.phones[0].number) for row in pasted(text)] == [
        ("กอ ขาว", "0810000001"),
        ("คำ งาม", "0810000002"),
        ("จัน ฉาย", "0810000003"),
    ]


def test_ditto_marks_repeat_what_stands_above() -> None:
    found = pasted('ชื่อ-สกุล\tกลุ่ม\tจังหวัด\nนายกอ ขาว\tออมทรัพย์\tสงขลา\nนายคำ งาม\t”\t"\nนายจัน ฉาย\t〃\t”\n')
    assert [row.organisation_text for row in found] == ["ออมทรัพย์"] * 3
    assert [row.place.name_th if row.place else None for row in found] == ["สงขลา"] * 3


def test_columns_can_be_corrected() -> None:
    book = read_pasted("ชื่อ-สกุล\tเลขที่บัญชี\tกลุ่ม\nนายกอ ขาว\t0810000001\tออมทรัพย์\n")
    (reading,) = read_book(book, {0: {1: Field.PHONE, 2: Field.LEFT_OUT}})
    assert [phone.number for phone in reading.rows[0].phones] == ["0810000001"]
    assert (reading.rows[0].organisation_text, reading.rows[0].notes) == ("", [])


def test_unknown_columns_are_kept_under_their_headings() -> None:
    (row,) = pasted("ชื่อ-สกุล\tขนาดเสื้อ\tของที่ชอบ\nนายกอ ขาว\tXL\tกาแฟ\n")
    assert row.notes == [("ขนาดเสื้อ", "XL"), ("ของที่ชอบ", "กาแฟ")]


def test_one_column_of_names_is_enough() -> None:
    assert [row.name for row in pasted("รายชื่อ\nนายกอ ขาว\nนางคำ งาม\n")] == ["กอ ขาว", "คำ งาม"]
    assert [row.name for row in pasted("นายกอ ขาว\nนางคำ งาม\n")] == ["กอ ขาว", "คำ งาม"]


def test_totals_and_footnotes_are_nobody() -> None:
    text = "ที่\tชื่อ-สกุล\tโทร\n1\tนายรวมพล ใจดี\t0810000001\nรวม\t\t1 คน\nหมายเหตุ: ข้อมูลปี 2550\n\t(ลงชื่อ)........\n"
    assert [row.name for row in pasted(text)] == ["รวมพล ใจดี"]


def test_formulas_as_text_files_hold_them() -> None:
    (one, two, three) = pasted(
        'ชื่อ-สกุล\tโทร\n=HYPERLINK("a","นายก")\t0810000001\nนายคำ งาม\t="0810000002"\nนายจัน ฉาย\t=0810000003\n'
    )
    assert [row.is_faulty for row in (one, two, three)] == [True, False, True]
    assert [phone.number for phone in two.phones] == ["0810000002"]


def test_a_formula_in_a_column_of_running_numbers_does_not_matter() -> None:
    content = xlsx([["ที่", "ชื่อ-สกุล", "โทร"], [1, "นายกอ ขาว", "0810000001"], ["=A2+1", "นายคำ งาม", "0810000002"]])
    (reading,) = read_book(read_file(content, "a.xlsx"), {})
    assert [row.remarks for row in reading.rows] == [[], []]


def test_hidden_sheets_are_named_and_read_where_chosen() -> None:
    def change(sheet: object) -> None:
        other = sheet.parent.create_sheet("เก่า")  # type: ignore[attr-defined]
        other.append(["ชื่อ-สกุล", "โทร"])
        other.append(["นายเก่า มาก", "0810000009"])
        other.sheet_state = "hidden"

    book = read_file(xlsx([["ชื่อ-สกุล", "โทร"], ["นายใหม่ มาก", "0810000008"]], change), "a.xlsx")
    first, second = read_book(book, {})
    assert ([row.name for row in first.rows], second.rows) == (["ใหม่ มาก"], [])
    assert [note.text for note in second.notes] == [SHEET_HIDDEN]
    first, second = read_book(book, {}, ["เก่า"])
    assert (first.rows, [row.name for row in second.rows]) == ([], ["เก่า มาก"])
    with pytest.raises(Invalid, match="There is no sheet"):
        read_book(book, {}, ["ไม่มี"])


def test_a_table_of_figures_is_no_list_of_people() -> None:
    with pytest.raises(Invalid) as refusal:
        read_book(read_pasted("ปี\tจำนวนกลุ่ม\n2549\t100\n2550\t120\n"), {})
    assert refusal.value.message == NOBODY


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.one_of(st.from_regex(shape, fullmatch=True) for field, shape in _SHAPES if field in (*NAMES, Field.SURNAME)))
def test_no_heading_of_names_is_passed_over(heading: str) -> None:
    assert may_name(heading)
    assert may_name(f" {heading[:1]} {heading[1:]} ")
