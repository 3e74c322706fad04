"""The whole way of a list: from a messy sheet of forty faults (tests.partners.importing.messy says each) to people who
are found, merged, had back as a sheet, and erased."""

import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, serving, sign_in
from tests.databases import Databases
from tests.partners.importing.messy import messy

SHOTS = os.environ.get("SHOTS")
"""A folder to keep pictures of each step in, for people to look at."""


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    """A site of its own: both widths import the same people."""
    folder = tmp_path / "site"
    folder.mkdir()
    with serving(databases, folder) as found:
        yield found


def look_at(page: Page, name: str) -> None:
    check_page(page)
    if SHOTS:
        width = (page.viewport_size or {}).get("width", 0)
        page.screenshot(path=f"{SHOTS}/{width}-{name}.png", full_page=True)


def names_in_the_sheet(page: Page, tmp_path: Path) -> list[str]:
    """The list had back as a workbook: its names without titles."""
    page.goto("/partners")
    with page.expect_download() as loading:
        page.get_by_role("link", name="สำหรับ Excel").click()
    loading.value.save_as(tmp_path / "list.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0].iter_rows(values_only=True)
    return [" ".join(str(cell) for cell in row if cell) for row in rows]


@pytest.mark.browser
def test_from_a_messy_sheet_to_people_found_merged_had_back_and_erased(page: Page, site: Site, tmp_path: Path) -> None:
    (tmp_path / "รายชื่อภาคใต้.xlsx").write_bytes(messy())
    sign_in(page, site, "coordinator")

    page.goto("/partners/import")
    page.get_by_label("ไฟล์").set_input_files(tmp_path / "รายชื่อภาคใต้.xlsx")
    page.get_by_role("button", name="แสดงผลการอ่าน").click()
    expect(page.get_by_role("button", name="นำเข้า")).to_be_visible()
    look_at(page, "1-preview")
    page.get_by_role("button", name="นำเข้า").click()
    expect(page.get_by_text("นำเข้าตารางนี้แล้ว")).to_be_visible()
    look_at(page, "2-imported")

    # The telephone rings; two letters later the right page is open.
    page.goto("/")
    page.locator("#find").press_sequentially("หนึ่ง")
    page.locator(".find-list a", has_text="หนึ่ง ใจดี").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("นายหนึ่ง ใจดี")
    expect(page.get_by_role("link", name="081-000-0001")).to_be_visible()
    look_at(page, "3-person")

    # Somebody adds the same person again, in haste.
    page.goto("/partners/new/person")
    page.get_by_label("ชื่อ-สกุล").fill("นายหนึ่ง ใจดิ")
    page.locator("[name=phones]").fill("081 000 0001")
    page.get_by_role("button", name="เพิ่มบุคคลนี้").click()
    expect(page.get_by_text("อาจมีรายนี้อยู่แล้ว").first).to_be_visible()
    look_at(page, "4-maybe-known")
    page.get_by_role("button", name="บันทึกเป็นคนใหม่").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("นายหนึ่ง ใจดิ")
    assert sum("หนึ่ง ใจด" in line for line in names_in_the_sheet(page, tmp_path)) == 2

    page.goto("/partners")
    page.get_by_role("link", name="รายที่อาจซ้ำกันในรายชื่อ").click()
    look_at(page, "5-duplicates")
    page.locator("li", has_text="หนึ่ง ใจดิ").get_by_role("link", name="เทียบและรวม").first.click()
    expect(page.get_by_role("heading", name="รวมสองรายเป็นรายเดียว")).to_be_visible()
    look_at(page, "6-merge")
    page.get_by_role("button", name="รวมสองรายนี้เป็นรายเดียว").click()
    expect(page.get_by_role("button", name="แยกกลับเป็นสองราย")).to_be_visible()
    look_at(page, "7-merged")
    one = page.url

    before = names_in_the_sheet(page, tmp_path)
    assert sum("หนึ่ง ใจด" in line for line in before) == 1

    page.goto(one)
    page.get_by_role("link", name="ลบข้อมูลของบุคคลนี้").click()
    look_at(page, "8-erase")
    page.get_by_role("button", name="หนึ่ง ใจด").click()
    expect(page.get_by_text("ลบข้อมูลของบุคคลนี้แล้ว")).to_be_visible()
    look_at(page, "9-erased")
    after = names_in_the_sheet(page, tmp_path)
    assert (len(after), sum("หนึ่ง ใจด" in line for line in after)) == (len(before) - 1, 0)
    page.goto("/partners?q=0810000001")
    expect(page.get_by_role("link", name="หนึ่ง")).to_have_count(0)
