"""What is no table, or more than a table, is refused in one sentence, before it can do harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from forumplanner.core.errors import Invalid
from forumplanner.sheets import MOST_BYTES, read_file, read_pasted, refusals
from tests.sheets.files import PEOPLE, ods, repacked, xls, xlsx

SHEET = "xl/worksheets/sheet1.xml"
MILLION = 1_048_576


def same(_name: str, part: bytes) -> bytes:
    return part


def with_cell(cell: str) -> bytes:
    def change(sheet: Worksheet) -> None:
        sheet["A1"], sheet[cell] = "ชื่อ", "x"

    return xlsx(change=change)


def bomb(size: int) -> bytes:
    """A workbook with a sheet of blanks that is small when packed."""

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", b" " * size + b"</sheetData>") if name == SHEET else part

    return repacked(xlsx(PEOPLE), change)


def lying_bomb() -> bytes:
    """The same, but the archive says that the part is small."""
    content = bytearray(bomb(400_000_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(SHEET)
    place = content.rfind(SHEET.encode()) - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    struct.pack_into("<L", content, place + 24, 1_000)
    struct.pack_into("<L", content, info.header_offset + 22, 1_000)
    return bytes(content)


def with_entities() -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def change(name: str, part: bytes) -> bytes:
        return declared + part if name == SHEET else part

    return repacked(xlsx(PEOPLE), change)


def ods_with(old: bytes, new: bytes) -> bytes:
    return repacked(ods(), lambda name, part: part.replace(old, new) if name == "content.xml" else part)


def locked_zip() -> bytes:
    content = bytearray(xlsx(PEOPLE))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
    content[first.header_offset + 6] |= 1
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "more than 50 MB": (lambda: b"a" * (MOST_BYTES + 1), "a.csv", refusals.TOO_LARGE),
    "a zip bomb": (lambda: bomb(400_000_000), "a.xlsx", refusals.TOO_MUCH),
    "a zip bomb that lies": (lying_bomb, "a.xlsx", refusals.DAMAGED),
    "entities": (with_entities, "a.xlsx", refusals.DAMAGED),
    "entities in ods": (
        lambda: ods_with(b"<office:document-content", b"<!DOCTYPE a><office:document-content"),
        "",
        refusals.DAMAGED,
    ),
    "locked xlsx": (lambda: xls(PEOPLE) + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", refusals.LOCKED),
    "locked parts": (locked_zip, "a.xlsx", refusals.LOCKED),
    "locked ods": (
        lambda: repacked(
            ods(), lambda name, part: part + b"<!--encryption-data-->" if "manifest.xml" in name else part
        ),
        "a.ods",
        refusals.LOCKED,
    ),
    "an image named csv": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a.csv", refusals.NO_TABLE),
    "a photo named csv": (lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "a.csv", refusals.NO_TABLE),
    "noise": (lambda: bytes(range(256)) * 50, "a.csv", refusals.NO_TABLE),
    "a paper": (lambda: b"%PDF-1.7\n", "a.csv", refusals.NO_TABLE),
    "a web page named xls": ("<html><table><tr><td>ชื่อ".encode, "a.xls", refusals.NO_TABLE),
    "text named xlsx": ("ชื่อ,โทร\n".encode, "a.xlsx", refusals.NO_TABLE),
    "a letter": (
        lambda: repacked(xlsx(), lambda name, part: None, {"word/document.xml": b"<a/>"}),
        "",
        refusals.NO_TABLE,
    ),
    "a binary workbook": (
        lambda: repacked(xlsx(), lambda name, part: None, {"xl/workbook.bin": b""}),
        "a.xlsb",
        refusals.OTHER_KIND,
    ),
    "cut off": (lambda: xlsx(PEOPLE)[:2000], "a.xlsx", refusals.DAMAGED),
    "cut off, old": (lambda: xls(PEOPLE)[:3000], "a.xls", refusals.DAMAGED),
    "empty": (lambda: b"", "a.csv", refusals.NOTHING_IN_IT),
    "blank": (lambda: b" \r\n ,, \r\n", "a.csv", refusals.NOTHING_IN_IT),
    "a blank sheet": (xlsx, "a.xlsx", refusals.NOTHING_IN_IT),
    "a cell at the end of the sheet": (lambda: with_cell(f"XFD{MILLION}"), "", refusals.TOO_WIDE),
    "a cell far to the right and down": (lambda: with_cell("ZZ60000"), "", refusals.TOO_WIDE),
    "a cell far to the right": (lambda: with_cell("XFD19000"), "", refusals.TOO_WIDE),
    "an ods row a million times": (
        lambda: ods_with(b'number-rows-repeated="1"', b'number-rows-repeated="1048576"'),
        "a.ods",
        refusals.TOO_WIDE,
    ),
    "Latin letters of an old code": (lambda: "Zoé,é\n".encode("latin-1"), "a.csv", refusals.ODD_LETTERS),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused(name: str) -> None:
    make, file_name, message = REFUSED[name]
    with pytest.raises(Invalid) as refusal:
        read_file(make(), file_name)
    assert refusal.value.message == message


def test_nothing_pasted_is_said_to_be_nothing() -> None:
    with pytest.raises(Invalid, match="Please paste"):
        read_pasted(" \n\t\n")


def test_a_million_blank_rows_behind_the_list_cost_nothing() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (number, number) for number in range(4, 300_000))

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", rows + b"</sheetData>") if name == SHEET else part

    def far(sheet: Worksheet) -> None:
        sheet[f"A{MILLION}"].font = Font(bold=True)

    for content in (repacked(xlsx(PEOPLE), change), xlsx(PEOPLE, far)):
        assert [row.number for row in read_file(content, "").sheets[0].rows] == [1, 2, 3]


def test_more_rows_than_a_list_has_are_refused() -> None:
    with pytest.raises(Invalid, match="100,000 rows"):
        read_file(b"a,b\n" * 100_001, "")


def test_a_damaged_part_is_noticed_before_anybody_else_unpacks_it() -> None:
    content = bytearray(xlsx(PEOPLE))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("xl/styles.xml")
    struct.pack_into("<L", content, content.find(b"PK\x01\x02"), zlib.crc32(b""))
    content[info.header_offset + 60] ^= 255
    with pytest.raises(Invalid) as refusal:
        read_file(bytes(content), "a.xlsx")
    assert refusal.value.message == refusals.DAMAGED
