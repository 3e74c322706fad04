"""Somebody asks that nothing be kept of them: found by the box, handed over, erased, and found no more."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, sign_in


@pytest.mark.browser
def test_a_person_is_found_handed_over_and_erased(page: Page, site: Site, tmp_path: Path) -> None:
    sign_in(page, site, "organiser")
    # Another person on the desktop than on the phone: one site serves both.
    given, surname = ("สมชาย", "ใจดี") if (page.viewport_size or {}).get("width", 0) > 500 else ("อัมพร", "แก้วมณี")
    page.goto(f"/partners?q={given}")
    page.get_by_role("link", name=given).first.click()
    check_page(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="ข้อมูลเดียวกันสำหรับโปรแกรม").click()
    loading.value.save_as(tmp_path / "person.json")
    data = json.loads((tmp_path / "person.json").read_text())
    assert data["data"]["people"][0]["surname"] == surname
    page.get_by_role("link", name="ลบข้อมูลของบุคคลนี้").click()
    check_page(page)
    page.get_by_role("button", name=f"{given} {surname}").click()
    expect(page.get_by_text("ลบข้อมูลของบุคคลนี้แล้ว")).to_be_visible()
    check_page(page)
    page.goto(f"/partners?q={given}")
    expect(page.get_by_role("link", name=f"{given} {surname}")).to_have_count(0)
    assert page.goto(f"/partners/{data['partner_id']}").status == 404  # type: ignore[union-attr]
