"""Subscribing, and leaving the sample for a real beginning."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, sign_in


def test_a_visitor_subscribes_to_a_region(page: Page, site: Site) -> None:
    page.goto("/subscribe")
    check_page(page)
    assert page.locator("a[href^='webcal://']").count() >= 1
    google = page.locator("a[href^='https://calendar.google.com/calendar/r?cid=webcal']").first
    expect(google).to_be_visible()
    answer = page.request.get("/feeds/regions/south.ics")
    assert answer.status == 200
    assert answer.body().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "set-cookie" not in answer.headers


def test_sign_in_pages_are_accessible(page: Page, site: Site) -> None:
    page.goto("/login")
    check_page(page)
    page.locator("input[name=email]").fill("organiser@example.org")
    page.locator("input[name=password]").fill("wrong")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("input[name=password]")).to_be_visible()
    check_page(page)
    page.goto("/reset")
    check_page(page)
    sign_in(page, site, "organiser")
    for address in ("/account", "/account/password", "/holidays", "/rounds/new", "/start", "/partners/new"):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        check_page(page)
