"""The telephone rings; two letters later the right page is open."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, open_menu, sign_in


@pytest.mark.browser
def test_two_letters_and_the_keyboard_lead_to_a_person(page: Page, site: Site) -> None:
    sign_in(page, site, "coordinator")
    page.goto("/")
    box = page.locator("#find")
    box.press_sequentially("สม")
    first = page.locator(".find-list a", has_text="สมชาย")
    expect(first).to_be_visible()
    check_page(page)
    expect(page.locator("form.find [role=status]")).to_contain_text("พบ")
    box.press("ArrowDown")
    while "สมชาย" not in page.evaluate("document.activeElement.textContent"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("นายสมชาย ใจดี")


@pytest.mark.browser
def test_escape_closes_what_was_found_and_letters_taken_back_too(page: Page, site: Site) -> None:
    sign_in(page, site, "coordinator")
    page.goto("/rounds")
    if page.viewport_size and page.viewport_size["width"] < 500:
        open_menu(page)
    box = page.locator("#find")
    box.press_sequentially("สม")
    expect(page.locator(".find-list")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".find-list")).to_be_hidden()
    box.press_sequentially("ช")
    expect(page.locator(".find-list")).to_be_visible()
    box.fill("")
    expect(page.locator(".find-list")).to_be_hidden()


@pytest.mark.browser
def test_without_javascript_the_button_leads_there(plain_phone: Page, site: Site) -> None:
    sign_in(plain_phone, site, "coordinator")
    plain_phone.goto("/")
    plain_phone.locator("#find").fill("สมชาย ใจดี")
    plain_phone.locator("form.find button").click()
    expect(plain_phone.locator("h1")).to_have_text("นายสมชาย ใจดี")
