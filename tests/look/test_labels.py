"""Labels of timeline and map in Chromium: as wide as was computed, apart from each other and from today's line."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from forumplanner.core import thai
from forumplanner.desks import region_map
from forumplanner.desks.label_widths import Weight, fitting, text_width
from forumplanner.desks.timeline import Timeline, lay_out
from forumplanner.desks.timeline_bars import LABEL_HEIGHT, Entry
from tests.look.gallery import PROVINCES, REGIONS, ROOT, create_gallery
from tests.waiting import CEILING_MS

FIRST = date(2027, 1, 1)
YEARS = range(2569, 2573)
NAMES = json.loads((ROOT / "forumplanner/data/provinces.json").read_text(encoding="utf-8"))
PICTURE = '{% from "desks/_timeline.html" import timeline with context %}{{ timeline(model, "x") }}'
# The text of each label or name in a picture, and where it stands in it.
BOXES = """([width, form]) => {
    document.querySelector('main').style.cssText = `width: ${width}px; max-width: none; padding: 0; margin: 0`;
    const svg = document.querySelector(form), home = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).map(text => {
        const box = text.getBoundingClientRect();
        return [text.textContent.trim(), text.classList.contains('tl-today-word') ? 'today'
            : text.closest('g') ? 'label' : 'axis', box.left - home.left, box.top - home.top,
            box.right - home.left, box.bottom - home.top];
    });
}"""
WIDTHS = """([texts, size, weight]) => texts.map(text => {
    const span = document.createElement('span');
    span.style.cssText = `white-space: pre; position: absolute; font: ${weight} ${size}px Sarabun`;
    span.textContent = text;
    document.body.append(span);
    const width = span.getBoundingClientRect().width;
    span.remove();
    return width;
})"""


@dataclass(frozen=True)
class Box:
    """A text as it was drawn, in pixels of its picture."""

    text: str
    kind: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, left: float, top: float, right: float, bottom: float) -> bool:
        return self.left < right and left < self.right and self.top < bottom and top < self.bottom


@pytest.fixture(scope="module")
def gallery() -> Flask:
    return create_gallery(ROOT / "translations")


@pytest.fixture(scope="module")
def window(browser: Browser, gallery: Flask) -> Iterator[Page]:
    """A page of the gallery, into which pictures are put."""
    server = make_server("127.0.0.1", 0, gallery, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(CEILING_MS)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/empty")
    page.evaluate("Promise.all([400, 600, 700].map(weight => document.fonts.load(`${weight} 16px Sarabun`, 'กa')))")
    yield page
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()


def names_of(number: int, lang: str) -> list[str]:
    """So many names of regions: the movement's own, then provinces, as organisers would add them."""
    return ([region[lang] for region in REGIONS] + [row[lang] for row in NAMES])[:number]


@cache
def entries_of(number: int, lang: str) -> tuple[Entry, ...]:
    """A forum of two days for each, one after the other, two of them on the same days; then the national meeting."""
    starts = [FIRST + timedelta(days=2 * (place - (place % 4 == 3))) for place in range(number)]
    forums = [
        Entry(name, start, start + timedelta(days=1), short(start, start + timedelta(days=1), lang), place + 1)
        for place, (name, start) in enumerate(zip(names_of(number, lang), starts, strict=True))
    ]
    last = starts[-1] + timedelta(days=9)
    national = {"th": "ระดับประเทศ", "en": "National"}[lang]
    return (*forums, Entry(national, last, last, short(last, last, lang), "national"))


def short(start: date, end: date, lang: str) -> str:
    """Days without their year."""
    return thai.format_range_short(start, end, lang=lang).rpartition(" ")[0]


@cache
def lay(entries: tuple[Entry, ...], lang: str, today: date | None = None) -> Timeline:
    return lay_out(
        entries,
        month_name=lambda month: f"{thai.month_name(month.month, lang, short=True)} {month.year + 543}",
        today=today,
        today_text=f"{'วันนี้' if lang == 'th' else 'Today'} {short(today, today, lang)}" if today else "",
    )


def drawn(window: Page, gallery: Flask, model: Timeline, lang: str, width: int, form: str) -> list[Box]:
    """Put a picture on the page and say where its texts stand."""
    with gallery.test_request_context(f"/?lang={lang}"):
        html = render_template_string(PICTURE, model=model)
    window.set_viewport_size({"width": 1280 if form == ".tl-wide" else width, "height": 800})
    window.evaluate("html => { document.querySelector('main').innerHTML = html; }", html)
    return [Box(*found) for found in window.evaluate(BOXES, [width, form])]


def all_days(model_days: tuple[Entry, ...]) -> list[date]:
    first = min(entry.start for entry in model_days).replace(day=1)
    last = max(entry.end for entry in model_days)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def touching(boxes: list[Box]) -> list[tuple[str, str]]:
    """Texts that run into each other; the two lines of one label stand close on purpose."""
    return [
        (one.text, other.text)
        for one, other in combinations(boxes, 2)
        if one.touches(other.left, other.top + 3, other.right, other.bottom - 3)
    ]


def test_the_table_of_widths_is_that_of_the_fonts(tmp_path: Any) -> None:
    subprocess.run([sys.executable, ROOT / "tools/label_widths.py", tmp_path / "widths.json"], check=True)
    kept = ROOT / "forumplanner/data/label_widths.json"
    assert (tmp_path / "widths.json").read_text("utf-8") == kept.read_text("utf-8"), "run `make fonts`"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "weight", "name"), [(16, 400, "Regular"), (15, 600, "SemiBold"), (15, 400, "Regular"), (16, 700, "Bold")]
)
def test_a_label_is_as_wide_as_was_computed(window: Page, size: int, weight: int, name: Weight) -> None:
    texts = [*names_of(84, "th"), *names_of(84, "en")]
    months = [date(year - 543, month, 28) for year in YEARS for month in range(1, 13)]
    texts += [
        short(day, day + timedelta(days=days), lang) for day in months for days in (0, 1, 9) for lang in ("th", "en")
    ]
    measured = window.evaluate(WIDTHS, [texts, size, weight])
    wrong = [
        (text, computed, found)
        for text, found in zip(texts, measured, strict=True)
        # Fonts move some pairs of letters together; a label is never wider than its room.
        for computed in [text_width(text, size, name)]
        if not computed - 3 <= found <= computed + 0.5
    ]
    assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("number", [5, 8, 77])
def test_labels_stand_clear_of_each_other_and_of_today_on_every_day(
    window: Page, gallery: Flask, number: int, lang: str
) -> None:
    entries = entries_of(number, lang)
    plain = lay(entries, lang)
    days = all_days(entries)
    for width in (680, 1152):
        boxes = drawn(window, gallery, plain, lang, width, ".tl-wide")
        assert len([box for box in boxes if box.kind == "label"]) == 2 * (number + 1)
        assert touching([box for box in boxes if box.kind == "axis"]) == []
        assert [box.text for box in boxes if box.left < -1 or box.right > width + 1] == []
        labels = [box for box in boxes if box.kind == "label"]
        assert {pair for pair in touching(labels) if not _is_one_label(pair, entries)} == set()
        for day in days:
            model = lay(entries, lang, day)
            assert model.bars == plain.bars
            assert model.today is not None
            x = (model.today.x + model.today.width / 2) * width / 100
            lines = [(x - 1, top, x + 1, bottom) for top, bottom in model.today_pieces]
            assert lines[-1][3] > model.height - 30, "it begins at its word"
            assert [(day, box.text) for box in labels for line in lines if box.touches(*line)] == []


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("number", [5, 8, 77])
def test_on_a_phone_too(window: Page, gallery: Flask, number: int, lang: str) -> None:
    entries = entries_of(number, lang)
    days = all_days(entries)
    boxes = drawn(window, gallery, lay(entries, lang, days[0]), lang, 320, ".tl-tall")
    (word,) = [box for box in boxes if box.kind == "today"]
    others = [box for box in boxes if box.kind != "today"]
    assert touching(others) == []
    assert [box.text for box in boxes if box.left < -1 or box.right > 320 - 32] == []
    word_at = lay(entries, lang, days[0]).today_word_y
    for day in days:
        model = lay(entries, lang, day)
        assert model.today is not None
        y = model.today.y + model.day_height / 2
        line = (model.axis - 12, y - 1, model.label_x - 12, y + 1)
        assert [(day, box.text) for box in others if box.touches(*line)] == []
        moved = model.today_word_y - word_at
        shown = (word.left, word.top + moved + 3, word.right, word.bottom + moved - 3)
        assert [(day, box.text) for box in others if box.touches(*shown)] == []
        assert abs(model.today_word_y - y) < 2 * LABEL_HEIGHT


def _is_one_label(pair: tuple[str, str], entries: tuple[Entry, ...]) -> bool:
    return pair in {(entry.label, entry.dates) for entry in entries}


def test_a_year_and_more_names_its_months_where_they_have_room() -> None:
    for months in (2, 9, 12, 24, 40):
        last = date(2027 + months // 12, months % 12 + 1, 1)
        model = lay((Entry("ใต้", FIRST, FIRST, "1 ม.ค."), Entry("เหนือ", last, last, "1 ม.ค.")), "th")
        named = [month for month in model.months if month.text]
        ends = [month.x * 6.8 + 6 + text_width(month.text, weight="Bold") for month in named]
        assert all(end <= after.x * 6.8 for end, after in zip(ends, named[1:], strict=False))
        assert len(named) >= min(months, 9)


@pytest.mark.parametrize("text", ["ประชุมคณะทำงานพัฒนาระบบข้อมูลการเงินชุมชนเพื่อความมั่นคง", "Working meeting " * 5])
def test_a_long_label_is_shortened_where_a_letter_keeps_what_belongs_to_it(text: str) -> None:
    for width in range(30, 300):
        found = fitting(text, width)
        assert text_width(found) <= width
        kept = found.removesuffix("…")
        assert text.startswith(kept)
        after = text[len(kept) : len(kept) + 1]
        assert not re.match("[\u0e30-\u0e3a\u0e45-\u0e4e]", after)
        assert not re.search("[เแโใไ]$", kept)


def test_labels_by_hand_give_way_to_longer_names() -> None:
    entries = [region_map.Entry(region["slug"], region["th"] * 3, region["list_order"]) for region in REGIONS]
    labels = [area for area in region_map.lay_out(entries, PROVINCES).areas if area.has_label]
    assert all(area.left >= 0 and area.left + area.width <= region_map.WIDTH for area in labels)
    crossing = [
        (one.entry.slug, other.entry.slug)
        for one, other in combinations(labels, 2)
        if abs(one.y - other.y) < 40 and one.left < other.left + other.width and other.left < one.left + one.width
    ]
    assert crossing == []
