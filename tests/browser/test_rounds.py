"""Visitors and organisers: the board, the meetings, moving a date."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, open_menu, sign_in

SLUGS = ("south", "northeast", "north", "bangkok", "west", "east", "upper-central", "national")


def test_a_visitor_finds_the_round_and_reads_it_in_english_by_one_click(page: Page, site: Site) -> None:
    page.goto("/")
    check_page(page)
    page.goto("/rounds/2550-1")
    check_page(page)
    rows = page.locator("main a[href^='/rounds/2550-1/']")
    addresses = [row.get_attribute("href") for row in rows.all()]
    found = [address.rpartition("/")[2] for address in addresses if address and address.count("/") == 3]
    assert [slug for slug in dict.fromkeys(found) if slug in SLUGS] == list(SLUGS)
    expect(page.locator("body")).to_contain_text("อังคาร 30 - พุธ 31 ม.ค. 2550")
    expect(page.locator("body")).to_contain_text("ชดเชยวันมาฆบูชา")
    open_menu(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("body")).to_contain_text("Tue 30 - Wed 31 Jan 2007")
    check_page(page)


def test_every_meeting_has_its_page(page: Page, site: Site) -> None:
    for slug in (*SLUGS, "meetings/2006-11-19", "meetings/2007-01-23"):
        page.goto(f"/rounds/2550-1/{slug}")
        expect(page.locator("h1")).to_be_visible()
        check_page(page)
    expect(page.locator("body")).to_contain_text("โรงแรมดีลักษณ์")


def test_visitors_see_no_names_of_people(page: Page, site: Site) -> None:
    for slug in SLUGS:
        page.goto(f"/rounds/2550-1/{slug}")
        expect(page.locator("body")).not_to_contain_text("สมชาย")


def test_an_organiser_sees_what_is_next_and_moves_a_date_after_reading_it_back(page: Page, site: Site) -> None:
    sign_in(page, site, "organiser")
    page.goto("/rounds/2550-1")
    check_page(page)
    before = site.command("feed", "show", "meeting/2550-1/upper-central")
    page.goto("/rounds/2550-1/upper-central/dates")
    check_page(page)
    box = page.locator("main form[method=post] input[type=text]").first
    width = page.viewport_size["width"] if page.viewport_size else 0
    written = "20-21 มี.ค. 2550" if width > 500 else "๒๑-๒๒ มีนาคม ๒๕๕๐"
    box.fill("31-30 ม.ค. 2550")
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    check_page(page)
    expect(page.locator("main form[method=post] input[type=text]").first).to_have_value("31-30 ม.ค. 2550")
    page.locator("main form[method=post] input[type=text]").first.fill(written)
    page.locator("main form[method=post] button[type=submit]").first.click()
    shown = "อังคาร 20 - พุธ 21 มี.ค. 2550" if width > 500 else "พุธ 21 - พฤหัสบดี 22 มี.ค. 2550"
    expect(page.locator("main")).to_contain_text(shown)
    assert site.command("feed", "show", "meeting/2550-1/upper-central") == before
    check_page(page)
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(shown)
    after = site.command("feed", "show", "meeting/2550-1/upper-central")
    assert "SEQUENCE" in after
    assert after != before
