"""The gallery in Chromium: nothing scrolls sideways, targets can be touched, nothing overlaps, scripts only help."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.look.gallery import PAGES, create_gallery
from tests.waiting import CEILING_MS

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1280)
# Pixels by which the page is wider than the window.
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """[...document.querySelectorAll('.button, .menu a, .head a, .choice, .input, .skip ~ .back')]
    .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 47.5)
    .map(e => e.outerHTML.slice(0, 90))"""
TOUCHING_LABELS = """[...document.querySelectorAll('.timeline svg g')].flatMap((one, at, all) => {
    const boxes = e => [...e.querySelectorAll('text')].map(t => t.getBoundingClientRect()).filter(b => b.width);
    return all.slice(at + 1).flatMap(other => boxes(one).flatMap(a => boxes(other).filter(b =>
        a.left < b.right && b.left < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom)
        .map(() => one.textContent.trim() + ' / ' + other.textContent.trim())));
})"""
# The texts of a label are one group in the timeline, one link in the map.
TOUCHING_ON_MAP = TOUCHING_LABELS.replace(".timeline svg g", ".map a:has(text)")
OFF_THE_MAP = """[...document.querySelectorAll('.map text')].filter(t => {
    const box = t.getBoundingClientRect(), map = t.ownerSVGElement.getBoundingClientRect();
    return box.left < map.left || map.right < box.right;
}).map(t => t.textContent)"""
SMALL_ON_MAP = """[...document.querySelectorAll('.map a:has(text)')]
    .filter(a => a.getBoundingClientRect().height < 47.5).map(a => a.textContent.trim())"""
LABELS_OUTSIDE = """[...document.querySelectorAll('.timeline svg text')]
    .filter(t => t.getBoundingClientRect().width)
    .filter(t => t.getBoundingClientRect().right > innerWidth || t.getBoundingClientRect().left < 0)
    .map(t => t.textContent)"""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The gallery, served on a free port."""
    server = make_server("127.0.0.1", 0, create_gallery(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the gallery in a window of a width; what the console says is kept."""
    contexts = []

    def open_it(page: str, width: int = 1280, height: int = 640, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=address, **options)
        context.set_default_timeout(CEILING_MS)
        contexts.append(context)
        window = context.new_page()
        window.goto(f"/{page}")
        return window

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways(open_page: Open, width: int):
    window = open_page("board", width)
    too_wide = []
    for page in PAGES:
        window.goto(f"/{page}")
        if window.evaluate(OVERFLOW) > 0:
            too_wide.append(page)
    assert too_wide == []


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_48_pixels_high(open_page: Open, width: int):
    window = open_page("board", width)
    small = []
    for page in PAGES:
        window.goto(f"/{page}")
        small += window.evaluate(SMALL_TARGETS)
    assert small == []


@pytest.mark.parametrize("width", WIDTHS)
def test_labels_of_the_timeline_touch_neither_each_other_nor_the_edge(open_page: Open, width: int):
    window = open_page("board", width)
    assert (window.evaluate(TOUCHING_LABELS), window.evaluate(LABELS_OUTSIDE)) == ([], [])


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("width", [900, 1280])
def test_labels_of_the_map_touch_neither_each_other_nor_its_edge_and_can_be_touched(
    open_page: Open, width: int, lang: str
):
    window = open_page(f"board?lang={lang}", width)
    assert window.locator(".map text").count() == 14
    assert [window.evaluate(said) for said in (TOUCHING_ON_MAP, OFF_THE_MAP, SMALL_ON_MAP, OVERFLOW)] == [[], [], [], 0]


def test_the_map_stands_beside_the_list_and_is_left_out_on_a_phone_and_on_paper(open_page: Open):
    window = open_page("board", 1280)
    board, picture = window.locator(".board").bounding_box(), window.locator(".map").bounding_box()
    assert board is not None
    assert picture is not None
    assert board["x"] + board["width"] < picture["x"]
    window.emulate_media(media="print")
    on_paper = window.locator(".map").is_visible()
    assert (on_paper, open_page("board", 360).locator(".map").is_visible()) == (False, False)


def test_coming_forums_are_hatched_and_held_ones_are_not(open_page: Open):
    window = open_page("board")
    hatched = [use.get_attribute("href") for use in window.locator(".map use").all()]
    fills = {use.evaluate("use => getComputedStyle(use).fill") for use in window.locator(".map use").all()}
    assert (hatched, fills) == (["#map-upper-central", "#map-east", "#map-west"], {'url("#map-hatch")'})


def test_browser_reports_nothing(open_page: Open):
    window = open_page("board")
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    for page in PAGES:
        window.goto(f"/{page}")
    assert said == []


def test_three_answers_stand_above_the_fold_of_a_small_phone(open_page: Open):
    window = open_page("reply", 360, 640)
    lowest = window.evaluate(
        "Math.max(...[...document.querySelectorAll('.reply')].map(e => e.getBoundingClientRect().bottom))"
    )
    assert lowest <= 640


def test_pages_are_read_without_javascript(open_page: Open):
    window = open_page("pieces", java_script_enabled=False)
    copy = window.locator("[data-copy]")
    assert (window.locator("h1").inner_text(), copy.is_visible()) == ("ภาคี", False)


def test_a_double_click_sends_once(open_page: Open):
    window = open_page("reply")
    # A double click is quick, however slow the machine.
    window.clock.set_fixed_time("2026-03-02T12:00:00")
    window.route("**/reply_done", lambda route: route.fulfill(status=204))
    window.evaluate(
        "window.submitted = []; addEventListener('submit', event => submitted.push(!event.defaultPrevented))",
    )
    with window.expect_request("**/reply_done"):
        window.locator(".reply").first.dblclick()
    assert window.evaluate("submitted") == [True, False]


def test_a_text_is_copied_and_the_page_says_so(open_page: Open):
    window = open_page("pieces", permissions=["clipboard-read", "clipboard-write"])
    window.locator("[data-copy]").click()
    window.locator(".copy-button [role=status]:not(:empty)").wait_for()
    assert window.evaluate("navigator.clipboard.readText()").startswith("ขอเชิญคุณสมศรี")


def test_the_error_summary_takes_the_focus(open_page: Open):
    window = open_page("form")
    window.locator("main button[type=submit]").click()
    # The browser moves the focus a moment after it has drawn the page.
    summary = window.locator(".error-summary:focus")
    summary.wait_for()
    assert summary.count() == 1


def test_the_skip_link_comes_first(open_page: Open):
    window = open_page("board")
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_print_leaves_the_navigation_out(open_page: Open):
    window = open_page("board")
    window.emulate_media(media="print")
    shown = [
        window.locator(part).first.is_visible() for part in (".menu", ".head-ways", ".board-act .button", ".timeline")
    ]
    assert shown == [False, False, False, True]


def test_the_menu_of_a_phone_is_one_row_and_opens_without_javascript(open_page: Open):
    window = open_page("board", 360, java_script_enabled=False)
    opener = window.locator(".head-opener summary")
    places = [window.locator(part).bounding_box() for part in (".head-frame", ".product", ".head-opener summary")]
    head, product, word = (place or {} for place in places)
    assert head["height"] < 64
    assert min(product["height"], word["height"], word["width"]) >= 48
    assert abs(product["y"] - word["y"]) <= 2
    assert [window.locator(part).is_visible() for part in (".menu", ".head-ways")] == [False, False]
    opener.focus()
    window.keyboard.press("Enter")
    links = window.locator(".menu a, .head-ways a, .head-ways button")
    assert links.count() == 5 + 3
    assert all((link.bounding_box() or {})["height"] >= 47.5 for link in links.all())
    assert window.evaluate(OVERFLOW) == 0
    opener.click()
    assert window.locator(".menu").is_visible() is False


def test_the_menu_closes_by_escape_and_a_wide_screen_shows_it_open(open_page: Open):
    window = open_page("board", 360)
    window.locator(".head-opener summary").click()
    window.locator(".menu a").first.focus()
    window.keyboard.press("Escape")
    assert window.locator(".menu").is_visible() is False
    assert window.evaluate("document.activeElement.tagName") == "SUMMARY"
    wide = open_page("board", 1280)
    seen = [wide.locator(part).is_visible() for part in (".head-opener", ".menu", ".head-ways")]
    assert seen == [False, True, True]
