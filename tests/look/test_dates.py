"""Every date of four years, in every form and piece, fits on a phone; `whole` keeps together what fits."""

import re
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask, render_template
from markupsafe import Markup
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from forumplanner.core import thai
from forumplanner.web.wholes import whole
from tests.fitting import MISFITS, TWICE, USUAL, text_size
from tests.look.gallery import ROOT, create_gallery
from tests.waiting import CEILING_MS

pytestmark = pytest.mark.browser

FORMS = (thai.format_short, thai.format_long, thai.format_full)
RANGES = (thai.format_days, thai.format_range_short, thai.format_range_long, thai.format_range_full)
# Each text is wrapped at every width; what stands at the end and at the beginning of its lines is told.
ENDS = """([html, from]) => {
    const box = document.querySelector('main');
    box.innerHTML = `<p style="max-width: none">${html}</p>`;
    const found = new Set();
    for (let width = from; width < 520; width += 1) {
        box.style.cssText = `width: ${width}px; max-width: none; padding: 0; flex: none`;
        const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
        let above = null, before = '';
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            for (let at = 0; at < text.length; at += 1) {
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                const line = [...range.getClientRects()].pop();
                if (line && line.width && text.data[at].trim()) {
                    if (above !== null && line.top > above + 10) found.add(`${before.slice(-1)}|${text.data[at]}`);
                    above = line.top;
                    before += text.data[at];
                }
            }
        }
        if (box.scrollWidth > width + 0.5) found.add('runs out');
    }
    return [...found];
}"""


@pytest.fixture(scope="module")
def gallery() -> Flask:
    app = create_gallery(ROOT / "translations")

    @app.route("/all-dates/<lang>")
    def all_dates(lang: str) -> str:
        days, ranges = dates_of("en" if lang == "en" else "th")
        return render_template("dates.html", days=[*days, *ranges], ranges=ranges)

    return app


@pytest.fixture(scope="module")
def address(gallery: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, gallery, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 640}, base_url=address)
    context.set_default_timeout(CEILING_MS)
    yield context.new_page()
    context.close()


def dates_of(lang: Any) -> tuple[list[str], list[str]]:
    """Days and ranges of every month of 2569-2572, in every form; some end in the next month or year."""
    starts = [date(year - 543, month, 27) for year, month in product(range(2569, 2573), range(1, 13))]
    days = [form(day, lang) for day in starts for form in FORMS]
    lasting = (timedelta(days=1), timedelta(days=6))
    ranges = [form(day, day + more, lang) for day in starts for form in RANGES for more in lasting]
    return days, [*ranges, *(thai.format_span(None, day, lang) for day in starts)]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_date_of_four_years_fits_in_every_piece(phone: Page, lang: str) -> None:
    answer = phone.goto(f"/all-dates/{lang}?lang={lang}")
    assert answer is not None
    assert answer.status == 200
    set_size = text_size(phone)
    found = {}
    for size in (USUAL, TWICE):
        set_size(size)
        found[size] = phone.evaluate(MISFITS)
    assert found == {USUAL: [], TWICE: []}


PLAIN = re.compile(r'<\w+ class="(?:[^"]* )?whole(?: [^"]*)?"[^>]*>(?!<(?:span|a|strong|time)\b)')
NAME = whole("นางสาวสมศรี ใจดี ณ อยุธยา")
DAY = Markup('<span class="whole"><a href="#x">6 มีนาคม 2550</a></span>')


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("ประชุมที่ “{}” มาแล้ว", {"“|น", "า|”"}),
        ("ประชุมกับ ({}) มาแล้ว", {"(|น", "า|)"}),
        ("เช่น {}, นายสมชาย", {"า|,"}),
        ("เช่น {}; นายสมชาย: {}! ใช่ {}?", {"า|;", "า|:", "า|!", "า|?"}),
        ("เช่น {}/ กับ {}- แล้ว", {"า|/", "า|-"}),
        ('เช่น "{}" กับ {}.', {'"|น', 'า|"', "า|."}),
    ],
)
def test_what_stands_beside_a_whole_stays_with_it(phone: Page, text: str, parted: set[str]) -> None:
    phone.goto("/empty")
    found = set(phone.evaluate(ENDS, [str(Markup(text).format(NAME, NAME, NAME)), 290]))
    inside = {"ว|ส", "ศ|ร", "รี|ใ", "ี|ใ", "ดี|ณ", "ี|ณ", "ณ|อ", "สาว|ส"}
    assert found & (parted | inside | {"runs out"}) == set()
    assert found, "it was wrapped somewhere"


def test_what_does_not_fit_wraps_at_its_spaces(phone: Page) -> None:
    phone.goto("/empty")
    found = phone.evaluate(ENDS, [f"วันที่ “{DAY}”, {NAME}", 110])
    assert "runs out" not in found
    assert "ี|ใ" in found
    assert "ม|2" not in phone.evaluate(ENDS, [f"วันที่ “{DAY}”, {NAME}", 150])


def test_every_whole_holds_one_element() -> None:
    """What stands in it plainly would not wrap, and would leave a narrow page."""
    pages = [path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "print"]
    assert [(path.name, found) for path in pages for found in PLAIN.findall(path.read_text("utf-8"))] == []


def test_a_link_that_stays_together_is_underlined(phone: Page) -> None:
    phone.goto("/empty")
    phone.evaluate("html => { document.querySelector('main').innerHTML = html }", str(DAY))
    line = "getComputedStyle(document.querySelector('main a')).textDecorationLine"
    assert phone.evaluate(line) == "underline"
