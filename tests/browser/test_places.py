"""The place field as people use it: by keyboard, by finger, and without scripts."""

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, sign_in

NEW = "/partners/new/person"
BAN_PHRU = "ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา"
NUMBERS = count(1)
pytestmark = pytest.mark.browser


def begin(page: Page, site: Site) -> None:
    sign_in(page, site, "coordinator")
    page.goto(NEW)
    # The site is shared by both widths; each adds people of its own.
    page.locator("#full_name").fill(f"นางใหม่ ทดสอบ{next(NUMBERS)}")


def type_place(page: Page, text: str) -> None:
    page.locator("#place").fill("")
    page.locator("#place").press_sequentially(text)
    expect(page.locator(".place-list [role=option]").first).to_be_visible()


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.click()


def test_a_place_is_picked_by_keyboard(page: Page, site: Site) -> None:
    begin(page, site)
    type_place(page, "บ้านพ หา")
    check_page(page)
    box = page.get_by_role("combobox", name="ตำบล อำเภอ จังหวัด")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"[id='{active}']")).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", active or "")
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value(BAN_PHRU)
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert page.url.endswith(NEW)  # Enter picked, and sent nothing
    send(page)
    expect(page.locator("main")).to_contain_text(BAN_PHRU)


def test_a_place_is_picked_by_finger_and_each_is_large_enough(page: Page, site: Site) -> None:
    begin(page, site)
    type_place(page, "หาด")
    options = page.locator(".place-list [role=option]")
    heights = options.evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().height)")
    assert min(heights) >= 48
    page.get_by_role("option", name="อ.หาดใหญ่ จ.สงขลา", exact=True).click()
    expect(page.locator("#place")).to_have_value("อ.หาดใหญ่ จ.สงขลา")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.locator("input[name=place-choice]").input_value() == "9011"


def test_escape_and_leaving_close_the_list_and_keep_what_was_typed(page: Page, site: Site) -> None:
    begin(page, site)
    type_place(page, "หาด")
    page.locator("#place").press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    type_place(page, "สง")
    page.locator("#full_name").click()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#place")).to_have_value("สง")


def test_a_question_about_a_place_is_answered_by_picking_another(page: Page, site: Site) -> None:
    begin(page, site)
    page.locator("#place").fill("ต.บ้านพรุ อ.จะนะ จ.สงขลา")
    page.locator("#place").press("Escape")
    send(page)
    check_page(page)
    expect(page.get_by_role("radio")).to_have_count(2)
    type_place(page, "จะนะ")
    page.get_by_role("option", name="อ.จะนะ จ.สงขลา", exact=True).click()
    # What was asked is answered.
    expect(page.get_by_role("radio")).to_have_count(0)
    send(page)
    expect(page.locator("main")).to_contain_text("อ.จะนะ จ.สงขลา")


def test_without_scripts_the_page_asks_and_keeps_everything(plain_phone: Page, site: Site) -> None:
    page = plain_phone
    begin(page, site)
    page.locator("#place").fill("9 หมู่ 5 สงขา")
    send(page)
    expect(page.locator("#place-error")).to_contain_text("ไม่พบ")
    expect(page.locator("#place")).to_have_value("9 หมู่ 5 สงขา")
    page.locator("label[for=place-90]").click()
    send(page)
    expect(page.locator("main")).to_contain_text("9 หมู่ 5")
    expect(page.locator("main")).to_contain_text("จ.สงขลา")
