"""A coordinator brings a spreadsheet: pasted or chosen, looked at, decided about, imported, taken back."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, sign_in
from tests.partners.importing.messy import messy


def two_sheets() -> bytes:
    """The messy sheet, and one more."""
    book = openpyxl.load_workbook(io.BytesIO(messy()))
    more = book.create_sheet("ปี 2549")
    more.append(["ชื่อ-สกุล", "โทร"])
    more.append(["นายก้อง เก่งกล้า", "0810000901"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.browser
def test_a_messy_sheet_becomes_people_and_can_be_taken_back(page: Page, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "รายชื่อภาคใต้.xlsx"
    path.write_bytes(two_sheets())
    sign_in(page, site, "coordinator")
    page.goto("/partners")
    page.get_by_role("link", name="นำเข้าจากตารางคำนวณ").click()
    check_page(page)
    page.get_by_label("ไฟล์").set_input_files(path)
    page.get_by_role("button", name="แสดงผลการอ่าน").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("รายชื่อภาคใต้")
    check_page(page)
    preview = page.url
    page.get_by_role("link", name="แก้ไขความหมายของคอลัมน์").click()
    check_page(page)
    page.goto(preview)
    page.get_by_role("link", name="เลือกแผ่นงาน").click()
    check_page(page)
    page.get_by_role("checkbox").last.uncheck(force=True)
    page.get_by_role("button", name="อ่านตารางใหม่").click()
    expect(page.get_by_text("นายก้อง เก่งกล้า")).to_have_count(0)
    page.get_by_role("link", name="เลือกทีละแถว").click()
    check_page(page)
    page.get_by_role("radio", name="คนละคน").first.check(force=True)
    page.get_by_role("button", name="ไม่นำเข้าทุกแถว").click()
    expect(page.get_by_text("เลือกครบทุกแถวแล้ว")).to_be_visible()
    page.get_by_role("button", name="นำเข้า").click()
    expect(page.get_by_text("นำเข้าตารางนี้แล้ว")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="ยกเลิกการนำเข้าทั้งหมด").click()
    expect(page.get_by_text("ยกเลิกการนำเข้านี้แล้ว")).to_be_visible()


@pytest.mark.browser
def test_a_long_list_is_read_while_the_page_is_left(page: Page, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "ยาว.csv"
    rows = "".join(f"นายคน ที่{number},08{number:08}\n" for number in range(14_000))
    path.write_text(f"ชื่อ-สกุล,โทร\n{rows}", encoding="utf-8")
    sign_in(page, site, "coordinator")
    page.goto("/partners/import")
    page.get_by_label("ไฟล์").set_input_files(path)
    page.get_by_role("button", name="แสดงผลการอ่าน").click()
    expect(page.get_by_text("กำลังอ่านตารางนี้")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="ไปที่รายการนำเข้า").click()
    expect(page.get_by_text("กำลังอ่าน").first).to_be_visible()
    check_page(page)


@pytest.mark.browser
def test_a_file_of_fifty_megabytes_is_refused_in_a_sentence(page: Page, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "ใหญ่.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(50_000_000))
    sign_in(page, site, "coordinator")
    page.goto("/partners/import")
    page.get_by_label("ไฟล์").set_input_files(path)
    page.get_by_role("button", name="แสดงผลการอ่าน").click()
    expect(page.get_by_text("ไฟล์นี้ใหญ่กว่า 20 MB")).to_be_visible()
    page.get_by_role("link", name="กลับ").click()
    expect(page.get_by_label("ไฟล์")).to_be_visible()
