"""Where many lines are added in a row: after each, what was done is in view and the next empty field has the focus."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, check_page, open_context, sign_in

pytestmark = pytest.mark.browser
ROUND = "/rounds/2550-1"
# The page, what is typed, the words of the button's form, and the field that is to be filled next.
PAGES = {
    "walk-ins": (f"{ROUND}/south/attendance", {"name": "นางมาเอง ไม่ได้เชิญ {}"}, "name"),
    "programme": (
        f"{ROUND}/upper-central/programme",
        {"starts_at": "9.0{}", "activity_th": "ลงทะเบียนครั้งที่ {}"},
        "starts_at",
    ),
    "agenda": (f"{ROUND}/west/agenda", {"title_th": "เรื่องที่เพิ่ม {}"}, "title_th"),
    "holidays": ("/holidays", {"on": "1{} ก.ย. 2550", "name_th": "วันหยุดพิเศษ {}"}, "on"),
}
ENDS = (f"{ROUND}/west/programme", {"starts_at": "20.1{}", "ends_at": "20.3{}", "activity_th": "ปิด {}"}, "ends_at")


def add(page: Page, path: str, typed: dict[str, str], turn: int) -> None:
    """Type into the form that stands open, and send it; a form that asks to be checked is sent once more."""
    for name, words in typed.items():
        page.locator(f".adding [name={name}]").fill(words.format(turn))
    for _ in range(2):
        with page.expect_navigation():
            page.locator(".adding button[type=submit]").last.click()
        if page.locator(".said-here").count():
            return
    raise AssertionError(page.inner_text("main"))


def check_what_follows(page: Page, field: str) -> None:
    """The sentence is read aloud and in view, and so is the field, which is empty and can be typed into."""
    said = page.locator(".said-here [role=status]")
    expect(said).to_have_count(1)
    expect(said).to_be_in_viewport(ratio=1)
    box = page.locator(f".adding [name={field}]")
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport(ratio=1)
    expect(box).to_have_value("")


@pytest.mark.parametrize("kind", [*PAGES, "programme with ends"])
def test_after_adding_a_line_the_next_can_be_typed_at_once(page: Page, site: Site, kind: str) -> None:
    path, typed, field = PAGES.get(kind, ENDS)
    sign_in(page, site, "organiser")
    page.goto(path)
    # The site is shared by both widths.
    first = 1 if page.viewport_size and page.viewport_size["width"] > 500 else 3
    for turn in (first, first + 1):
        add(page, path, typed, turn)
        check_what_follows(page, field)
    check_page(page)


def test_without_scripts_it_is_the_same(browser: Browser, site: Site) -> None:
    context = open_context(browser, site, 360, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "organiser")
    page.goto(f"{ROUND}/south/attendance")
    add(page, "", {"name": "นายไม่มีสคริปต์ ใด ๆ {}"}, 1)
    said, box = page.locator(".said-here"), page.locator(".adding [name=name]")
    expect(said).to_be_in_viewport(ratio=1)
    expect(box).to_be_focused()
    context.close()
