"""Choosing among hundreds as people do it: on a desktop and on a phone, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.browser.conftest import Site, check_page, sign_in
from tests.browser.test_invitations import invited
from tests.invitations.choosing import add_people
from tests.waiting import wait_until

ADD = "/rounds/2550-1/west/invitations/add"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def crowd(site: Site) -> int:
    """250 people of the West, in the database of the running site."""
    engine = create_engine(site.database_url)
    with Session(engine) as session:
        add_people(session, 250)
    engine.dispose()
    return 250


def tick(page: Page, *places: int) -> None:
    for place in places:
        page.locator("label[for^=partner-]").nth(place).click()


def press(page: Page, go: str) -> None:
    with page.expect_navigation():
        page.locator(f"main button[name=go][value^={go}]").first.click()


def begin(page: Page, site: Site) -> None:
    """Choose nobody, whatever stood before."""
    sign_in(page, site, "organiser")
    page.goto(f"{ADD}?show=chosen")
    if page.locator("button[value=clear]").count():
        press(page, "clear")


def test_hundreds_are_chosen_over_several_pages_and_invited(page: Page, site: Site, crowd: int) -> None:
    begin(page, site)
    page.goto(ADD)
    check_page(page)
    tick(page, 0, 3)
    # The count follows each tick, and stays in view with the way on.
    expect(page.locator(".chosen-count")).to_have_text("เลือกไว้ 2 ราย")
    expect(page.locator("button[value=check]")).to_be_in_viewport()
    press(page, "after")
    tick(page, 1)
    # The site is shared by both widths; each finds ten of its own.
    is_wide = page.viewport_size is not None and page.viewport_size["width"] > 500
    page.locator("main [name=q]").fill("ทดสอบ0024" if is_wide else "ทดสอบ0023")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    check_page(page)
    press(page, "found")
    expect(page.locator(".chosen-count")).to_have_text("เลือกไว้ 13 ราย")
    press(page, "chosen")
    check_page(page)
    assert page.locator("input[name=partner]:checked").count() == 13
    tick(page, 0)
    press(page, "check")
    check_page(page)
    # Back shows what is saved, not what the page was when it was left.
    page.go_back()
    expect(page.locator("input[name=partner]:checked")).to_have_count(12)
    page.goto(ADD.replace("add", "check"))
    page.locator("[name=channel]").select_option("line")
    press(page, "all")
    row = page.locator("select[name^=channel-]").first
    expect(row).to_have_value("line")
    row.select_option("letter")
    known = {entry["id"] for entry in invited(site, "2550-1/west")}
    button = page.locator("main .button-primary")
    expect(button).to_have_text("เชิญ 12 ราย")
    with page.expect_navigation():
        button.click()
    new = [entry["channel"] for entry in invited(site, "2550-1/west") if entry["id"] not in known]
    assert sorted(new) == ["letter", *["line"] * 11]
    page.go_back()
    expect(page.locator("main")).to_contain_text("ยังไม่ได้เลือกผู้ใด")


def test_leaving_by_a_link_keeps_the_ticks(page: Page, site: Site, crowd: int) -> None:
    begin(page, site)
    page.goto(ADD)
    tick(page, 2)
    page.locator("a.product").click()
    page.wait_for_url(f"{site.url}/")

    def is_kept() -> bool:
        page.goto(ADD)
        return page.locator("input[name=partner]:checked").count() == 1

    # What a page sends as it is left arrives by itself, maybe after the page that follows.
    wait_until(is_kept, "the tick that was saved on leaving")


def test_without_scripts_every_button_saves(plain_phone: Page, site: Site, crowd: int) -> None:
    begin(plain_phone, site)
    plain_phone.goto(ADD)
    tick(plain_phone, 0)
    press(plain_phone, "after")
    tick(plain_phone, 4)
    press(plain_phone, "before")
    expect(plain_phone.locator(".chosen-count")).to_have_text("เลือกไว้ 2 ราย")
    plain_phone.go_back()
    expect(plain_phone.locator("input[name=partner]:checked")).to_have_count(1)
