"""A coordinator brings a spreadsheet: pasted or chosen, looked at, imported, taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, sign_in
from tests.partners.importing.messy import messy


@pytest.mark.browser
def test_a_messy_sheet_becomes_people_and_can_be_taken_back(page: Page, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "รายชื่อภาคใต้.xlsx"
    path.write_bytes(messy())
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
    page.get_by_role("button", name="นำเข้า").click()
    expect(page.get_by_text("นำเข้าตารางนี้แล้ว")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="ยกเลิกการนำเข้าทั้งหมด").click()
    expect(page.get_by_text("ยกเลิกการนำเข้านี้แล้ว")).to_be_visible()
