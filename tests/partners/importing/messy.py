"""A coordinator's sheet as it grew over six years: forty faults, each said in words, with what has to become of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = [
    *("ที่", "ชื่อ - สกุล", "เบอร์โทร.", "กลุ่ม/องค์กร", "ตำแหน่ง", "ตำบล", "อำเภอ", "จังหวัด", "E-mail", "ไอดีไลน์"),
    *("เลขที่บัญชี", "วันที่สมัคร", "หมายเหตุ"),
]
# The table begins in column B of row 4, behind titles and a blank column.
LEFT, TOP = 1, 4
ERROR, NEW, DUPLICATE = "error", "new", "duplicate"


@dataclass(frozen=True)
class Fault:
    """One row with a fault. `cells` by heading; `name` and `phones` as they are read; `says` stands in a message."""

    what: str
    cells: dict[str, Any]
    name: str
    phones: Sequence[str] = ()
    state: str = NEW
    says: str = ""
    facts: dict[str, Any] | None = None


def one(name: str, phone: Any = None, **more: Any) -> dict[str, Any]:
    """A row's cells by short names."""
    words = {"group": "กลุ่ม/องค์กร", "post": "ตำแหน่ง", "sub": "ตำบล", "district": "อำเภอ", "province": "จังหวัด"}
    words |= {"email": "E-mail", "line": "ไอดีไลน์", "account": "เลขที่บัญชี", "joined": "วันที่สมัคร", "note": "หมายเหตุ"}
    return {"ชื่อ - สกุล": name, "เบอร์โทร.": phone} | {words[key]: value for key, value in more.items()}


FAULTS = [
    Fault("the zero was lost to a number", one("นายหนึ่ง ใจดี", 810000001), "หนึ่ง ใจดี", ["0810000001"], says="put back"),
    Fault("a number shown as 8.94E+08", one("นายสอง ใจดี", 8.94000002e8), "สอง ใจดี", ["0894000002"]),
    Fault("a number in exponents as text", one("นายสาม ใจดี", "8.94E+08"), "สาม ใจดี", ["0894000000"], says="in short"),
    Fault("two numbers in a cell", one("นางสี่ ใจดี", "081-000-0004, 074-100004"), "สี่ ใจดี", ["0810000004", "074100004"]),
    Fault(
        "numbers parted by a line break",
        one("นางห้า ใจดี", "081-0000005\n081-0000105"),
        "ห้า ใจดี",
        ["0810000005", "0810000105"],
    ),
    Fault("an extension", one("นางหก ใจดี", "074-100006 ต่อ 12"), "หก ใจดี", ["074100006"], facts={"extension": "12"}),
    Fault("a series of lines", one("นางเจ็ด ใจดี", "02-2281967-8"), "เจ็ด ใจดี", ["022281967", "022281968"]),
    Fault("Thai digits", one("นางแปด ใจดี", "๐๘๑-๐๐๐-๐๐๐๘"), "แปด ใจดี", ["0810000008"]),
    Fault("a dash for no telephone", one("นางเก้า ใจดี", "-"), "เก้า ใจดี"),
    Fault("a telephone of four digits", one("นางสิบ ใจดี", "1234"), "สิบ ใจดี", state=ERROR, says="as many digits"),
    Fault(
        "a telephone of forty digits", one("นางสิบเอ็ด ใจดี", "08" * 20), "สิบเอ็ด ใจดี", state=ERROR, says="as many digits"
    ),
    Fault("a digit too few", one("นางสิบสอง ใจดี", "081-000-012"), "สิบสอง ใจดี", state=ERROR, says="as many digits"),
    Fault("a number within the name", one("13. นายสิบสาม ใจดี", "0810000013"), "สิบสาม ใจดี", ["0810000013"]),
    Fault("a Thai number within the name", one("๑๔) นายสิบสี่ ใจดี", "0810000014"), "สิบสี่ ใจดี", ["0810000014"]),
    Fault(
        "brackets after the name",
        one("นายสิบห้า ใจดี (แทนประธาน)", "0810000015"),
        "สิบห้า ใจดี",
        ["0810000015"],
        facts={"notes": "ชื่อ - สกุล: แทนประธาน"},
    ),
    Fault("a doctor", one("ดร.สิบหก ใจดี", "0810000016"), "สิบหก ใจดี", ["0810000016"], facts={"honorific": "ดร."}),
    Fault(
        "a rank with dots and blanks",
        one("ร. ต. อ. สิบเจ็ด ใจดี", "0810000017"),
        "สิบเจ็ด ใจดี",
        ["0810000017"],
        facts={"honorific": "ร.ต.อ."},
    ),
    Fault(
        "a monk",
        one("พระครูสิบแปด", "0810000018"),
        "สิบแปด",
        ["0810000018"],
        facts={"honorific": "พระครู", "person_class": "monk"},
    ),
    Fault("a line break within the name", one("นายสิบเก้า\nใจดี", "0810000019"), "สิบเก้า ใจดี", ["0810000019"]),
    Fault("blanks and marks nobody sees", one(" นาย\u200bยี่สิบ\u00a0 ใจดี ", "0810000020"), "ยี่สิบ ใจดี", ["0810000020"]),
    Fault("marks in the wrong order", one("นายน้ําใส ใจดี", "0810000021"), "น้ำใส ใจดี", ["0810000021"]),
    Fault("an apostrophe that kept the zero", one("นายยี่สอง ใจดี", "'0810000022"), "ยี่สอง ใจดี", ["0810000022"]),
    Fault("quotation marks around the name", one('"นายยี่สาม ใจดี"', "0810000023"), "ยี่สาม ใจดี", ["0810000023"]),
    Fault("no name but a running number", one("", "0810000024"), "", ["0810000024"], ERROR, says="no name"),
    Fault("a dash for a name", one("-", "0810000025"), "", ["0810000025"], ERROR, says="no name"),
    Fault("a formula as name", one('="นาย"&"ยี่หก"', "0810000026"), "", ["0810000026"], ERROR, says="formula"),
    Fault(
        "a link formula",
        one('=HYPERLINK("http://a.example","นายยี่เจ็ด")', "0810000027"),
        "",
        ["0810000027"],
        ERROR,
        says="link",
    ),
    Fault(
        "a malformed e-mail address",
        one("นายยี่แปด ใจดี", "0810000028", email="a b@c"),
        "ยี่แปด ใจดี",
        ["0810000028"],
        ERROR,
        "not an e-mail",
    ),
    Fault(
        "an e-mail address with a line break",
        one("นายยี่เก้า ใจดี", "0810000029", email="a@b\n.org"),
        "ยี่เก้า ใจดี",
        ["0810000029"],
        ERROR,
        "not an e-mail",
    ),
    Fault(
        "two e-mail addresses",
        one("นายสามสิบ ใจดี", "0810000030", email="a@example.org, b@example.org"),
        "สามสิบ ใจดี",
        ["0810000030"],
        says="the first was taken",
        facts={"email": "a@example.org", "notes": "E-mail: b@example.org"},
    ),
    Fault(
        "a misspelt province",
        one("นายสามเอ็ด ใจดี", "0810000031", province="สงขลาา"),
        "สามเอ็ด ใจดี",
        ["0810000031"],
        says="Is it สงขลา?",
        facts={"notes": "จังหวัด: สงขลาา"},
    ),
    Fault(
        "a district that is called เมือง",
        one("นายสามสอง ใจดี", "0810000032", district="อ.เมือง", province="จ.สงขลา"),
        "สามสอง ใจดี",
        ["0810000032"],
        facts={"place": "9001"},
    ),
    Fault(
        "an account that looks like a telephone",
        one("นายสามสาม ใจดี", None, account="0812345678"),
        "สามสาม ใจดี",
        facts={"notes": "เลขที่บัญชี: 0812345678"},
    ),
    Fault(
        "a date in Buddhist years",
        one("นายสามสี่ ใจดี", "0810000034", joined=date(2550, 1, 30)),
        "สามสี่ ใจดี",
        ["0810000034"],
        facts={"notes": "วันที่สมัคร: 30 ม.ค. 2550"},
    ),
    Fault("the same person again", one("หนึ่ง ใจดี", "081 000 0001"), "หนึ่ง ใจดี", ["0810000001"], DUPLICATE, "Row 6 is"),
    Fault(
        "the same telephone, the name misspelt",
        one("นางสี่ ใจดีย์", "081-000-0004"),
        "สี่ ใจดีย์",
        ["0810000004"],
        DUPLICATE,
        "nearly the same name",
    ),
    Fault(
        "a telephone shared in a family",
        one("นางสาวบุญมี รักไทย", "081-000-0008"),
        "บุญมี รักไทย",
        ["0810000008"],
        says="has the same telephone",
    ),
    Fault("HTML as a name", one("<b>นาย</b>", "0810000038"), "<b>นาย</b>", ["0810000038"]),
    Fault("a struck-out row", one("นายสามเก้า ใจดี", "0810000039"), "สามเก้า ใจดี", ["0810000039"], says="struck out"),
    Fault("a hidden row", one("นายสี่สิบ ใจดี", "0810000040"), "สี่สิบ ใจดี", ["0810000040"], says="hidden"),
    Fault("a landline without its zero", one("นายสี่เอ็ด ใจดี", 74100041), "สี่เอ็ด ใจดี", ["074100041"], says="put back"),
    Fault(
        "words instead of a telephone",
        one("นายสี่สอง ใจดี", "ถามประธาน"),
        "สี่สอง ใจดี",
        says="kept as a note",
        facts={"notes": "เบอร์โทร.: ถามประธาน"},
    ),
]
# Behind the last fault: a row that goes on, a line between groups, merged cells, a second table, totals, a signature.
GOES_ON = "081-000-0999"


def first_row() -> int:
    """The row of the first fault; one blank row stands below the headings."""
    return TOP + 2


def messy() -> bytes:
    """The sheet as a file."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "รายชื่อ"
    sheet["B1"] = "รายชื่อผู้เข้าร่วมประชุมเวทีภาคใต้"
    sheet.merge_cells("B1:N1")
    sheet["B2"] = "ข้อมูล ณ วันที่ 30 มกราคม 2550"
    for place, heading in enumerate(HEADINGS):
        sheet.cell(TOP, LEFT + place + 1, heading).font = Font(bold=True)
    for number, fault in enumerate(FAULTS, start=1):
        row = first_row() + number - 1
        sheet.cell(row, LEFT + 1, number)
        for heading, value in fault.cells.items():
            sheet.cell(row, LEFT + HEADINGS.index(heading) + 1, value)
        if "struck" in fault.what:
            for cell in sheet[row]:
                cell.font = Font(strike=True)
        if number % 3 == 0:
            sheet.cell(row, LEFT + 2).fill = PatternFill("solid", fgColor="FFFF00")
        if "hidden" in fault.what:
            sheet.row_dimensions[row].hidden = True
    row = first_row() + len(FAULTS)
    sheet.cell(row, LEFT + 3, GOES_ON)
    sheet.cell(row + 1, LEFT + 1, "จังหวัดพัทลุง")
    sheet.merge_cells(start_row=row + 1, end_row=row + 1, start_column=LEFT + 1, end_column=LEFT + 13)
    for more, name in enumerate(("นายมานะ พัทลุง", "นางมานี พัทลุง"), start=2):
        sheet.cell(row + more, LEFT + 1, 40 + more)
        sheet.cell(row + more, LEFT + 2, name)
        sheet.cell(row + more, LEFT + 3, f"081000020{more}")
    sheet.cell(row + 2, LEFT + 4, "กลุ่มออมทรัพย์บ้านสวน")
    sheet.merge_cells(start_row=row + 2, end_row=row + 3, start_column=LEFT + 4, end_column=LEFT + 4)
    sheet.cell(row + 4, LEFT + 1, "รวมทั้งสิ้น")
    sheet.cell(row + 4, LEFT + 3, "44 คน")
    for place, text in enumerate(("คำนำหน้า", "ชื่อ", "สกุล", "มือถือ"), start=1):
        sheet.cell(row + 7, LEFT + place, text)
    for place, text in enumerate(("น.ส.", "ชูใจ", "เลิศล้ำ", "0810000301"), start=1):
        sheet.cell(row + 8, LEFT + place, text)
    sheet.cell(row + 10, LEFT + 4, "ลงชื่อ......................ผู้จัดทำ")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
