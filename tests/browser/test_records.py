"""From the hall to the brief: outcomes, submission, decision, minutes, brief, all in Chromium."""

from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Site, check_page, open_menu, sign_in


def agenda_links(page: Page, meeting: str) -> list[str]:
    page.goto(f"/rounds/2550-1/{meeting}/outcomes")
    found = page.locator(f"a[href^='/rounds/2550-1/{meeting}/outcomes/']").all()
    return list(dict.fromkeys(link.get_attribute("href") or "" for link in found))


def test_outcomes_are_recorded_submitted_and_decided(page: Page, site: Site) -> None:
    sign_in(page, site, "organiser")
    width = page.viewport_size["width"] if page.viewport_size else 0
    meeting = "bangkok" if width > 500 else "north"
    item = agenda_links(page, meeting)[5]
    page.goto(item)
    check_page(page)
    words = f"ตั้งศูนย์เรียนรู้ {width} แห่ง"
    new = page.locator("fieldset.outcome").last
    new.locator("select").select_option("proposal")
    new.locator("textarea").fill(words)
    page.locator(".record-bar button[type=submit]").click()
    expect(page.locator("fieldset.outcome textarea").filter(has_text=words)).to_have_count(1)
    check_page(page)
    page.goto(f"/rounds/2550-1/{meeting}/submission")
    check_page(page)
    page.locator(f"form[action='/rounds/2550-1/{meeting}/submission'] button[type=submit]").click()
    page.wait_for_load_state()
    check_page(page)
    page.goto(f"/rounds/2550-1/{meeting}/submission")
    page.locator("button[name=act][value=accept]").click()
    page.wait_for_load_state()
    page.goto("/rounds/2550-1/brief")
    expect(page.locator("body")).to_contain_text(words)
    check_page(page)


def test_two_people_in_one_item_lose_nothing(page: Page, site: Site) -> None:
    # A forum that no other journey submits; each width types its own words.
    sign_in(page, site, "organiser")
    width = page.viewport_size["width"] if page.viewport_size else 0
    first_words, second_words = f"ข้อความของคนแรก {width}", f"ข้อความของคนที่สอง {width}"
    item = agenda_links(page, "west")[0]
    page.goto(item)
    expect(page.locator(".record-bar")).to_be_visible()
    second = page.context.new_page()
    second.goto(item)
    page.locator("textarea").first.fill(first_words)
    page.locator(".record-bar button[type=submit]").click()
    page.wait_for_load_state()
    second.locator("textarea").first.fill(second_words)
    second.locator(".record-bar button[type=submit]").click()
    expect(second.locator("body")).to_contain_text(first_words)
    expect(second.locator("body")).to_contain_text(second_words)
    check_page(second)


def test_a_coordinator_takes_the_minutes_home_as_pdf(page: Page, site: Site, tmp_path: Path) -> None:
    sign_in(page, site, "coordinator")
    for name in ("", "/agenda", "/programme", "/attendance", "/details", "/minutes", "/invitations", "/submission"):
        page.goto(f"/rounds/2550-1/south{name}")
        expect(page.locator("h1")).to_be_visible()
        check_page(page)
    answer = page.request.get("/rounds/2550-1/south/minutes.pdf?digits=thai")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    (tmp_path / "minutes.pdf").write_bytes(answer.body())
    text = PdfReader(tmp_path / "minutes.pdf").pages[0].extract_text()
    assert "รายงานการประชุม" in text
    assert "๒๕๕๐" in text


def test_a_coordinator_cannot_change_another_region(page: Page, site: Site) -> None:
    sign_in(page, site, "coordinator")
    for address in ("/rounds/2550-1/north/details", "/rounds/2550-1/north/invitations", "/rounds/new"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 403
        check_page(page)


def test_a_reader_reads_the_brief_and_leaves(page: Page, site: Site) -> None:
    sign_in(page, site, "reader")
    page.goto("/rounds/2550-1/brief")
    expect(page.locator("body")).to_contain_text("90,462.13")
    check_page(page)
    answer = page.request.get("/rounds/2550-1/brief.pdf")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    answer = page.goto("/partners")
    assert answer is not None
    assert answer.status == 403
    page.goto("/rounds")
    open_menu(page)
    page.locator("form[action*=logout] button").click()
    page.wait_for_load_state()
    page.goto("/rounds/2550-1/brief")
    assert "/login" in page.url
