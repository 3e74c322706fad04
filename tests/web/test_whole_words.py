"""Names, states and words of the field stay whole at a line's end, whatever a browser's dictionary knows."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser

from forumplanner.core.thai.terms import TERMS
from forumplanner.web.whole_words import keep_words_whole
from tests.pages import PageClient
from tests.whole_words import without_terms

BROKEN = """width => [...document.querySelectorAll('p')].filter(line => {
    const range = document.createRange(), tops = new Set();
    const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) if (nodes.currentNode.parentElement.className === 'term' || !line.querySelector('.term')) {
        range.selectNodeContents(nodes.currentNode);
        for (const box of range.getClientRects()) tops.add(Math.round(box.top));
    }
    return tops.size > 1;
}).map(line => line.textContent)"""

LONG = "ความเป็นมาและเหตุผลของเรื่องนี้ยาวกว่าที่จะอยู่ในบรรทัดเดียวของโทรศัพท์เครื่องเล็ก"


def kept(html: str) -> list[str]:
    """What stays whole."""
    return re.findall('<span class="term">([^<]*)</span>', keep_words_whole(html))


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ("<td>นายเจ๊ะอาแว มะแซ</td>", ["นายเจ๊ะอาแว", "มะแซ"]),
        ("<td>สมชาย ณ อยุธยา</td>", ["สมชาย", "อยุธยา"]),
        ("<strong>รอส่วนกลางพิจารณา</strong>", ["รอส่วนกลางพิจารณา"]),
        (f"<p>{LONG}โดยนายเจ๊ะอาแว มะแซ</p>", ["นายเจ๊ะอาแว"]),
        (f"<p>{LONG} (น.ส.วรรณา) {LONG}</p>", ["น.ส.วรรณา"]),
        (f"<td>นาย{LONG}</td>", []),
        ("<td>South: ภาคใต้ 3</td>", ["ภาคใต้"]),
        (
            "<p>เช่น 30-31 ม.ค. 2550 หรือ 29 มีนาคม 2550</p>",
            ["เช่น", "30-31 ม.ค. 2550", "หรือ", "29 มีนาคม 2550"],
        ),
        (f"<p>{LONG} 24 ม.ค. - 1 มี.ค. 2550 {LONG}</p>", ["24 ม.ค.", "1 มี.ค. 2550"]),
        (f"<p>{LONG} 1129 มี.ค. และ 29 ม.ค.2550</p>", ["29 ม.ค.2550"]),
    ],
)
def test_names_and_states_are_kept_whole(html: str, whole: list[str]) -> None:
    assert kept(html) == whole


@pytest.mark.parametrize("term", TERMS)
def test_a_term_in_a_sentence_is_kept_whole(term: str) -> None:
    before, after = "ขอให้ท่านกรุณาเปิดดูรายละเอียดของเรื่องนี้คือ", "ของท่านก่อนวันที่กำหนดไว้แล้วตอบมา"
    kept = f'<p><span class="terms">{before}<span class="term">{term}</span>{after}</span></p>'
    assert keep_words_whole(f"<p>{before}{term}{after}</p>") == kept


@pytest.mark.parametrize(
    "html",
    [
        '<input placeholder="ข้อสรุป">',
        "<title>ข้อสรุป</title>",
        "<option selected>ข้อสรุป</option>",
        "<textarea>\nข้อสรุป <b></textarea>",
        "<script>'ข้อสรุป'</script>",
        "<svg viewBox='0 0 9 9'><text>ข้อสรุป</text></svg>",
        "<svg><svg/><svg><rect/></svg><text>ข้อสรุป</text></svg>",
        "<p>มี.ค. จ.ตาก 8</p>",
        '<p title="3 > 2 ข้อสรุป">5</p>',
        "<!-- a > b ข้อสรุป -->",
        "<p>ก<b>ข</b></p>",
        f"<p>{LONG}</p>",
        f"<p>ที่ประชุมิ{LONG}</p>",
        "<p>plain</p>",
        "",
    ],
)
def test_nothing_else_is_touched(html: str) -> None:
    assert keep_words_whole(html) == html


def test_the_longest_term_is_taken() -> None:
    assert keep_words_whole("<p>ผู้เข้าร่วมประชุม</p>") == '<p><span class="term">ผู้เข้าร่วมประชุม</span></p>'


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_page_says_the_same_as_before(sample: Flask, client: PageClient, lang: str) -> None:
    client.http.set_cookie("lang", lang)
    html = client.http.get("/rounds/2550-1/south").get_data(as_text=True)
    assert 'class="term"' in html
    assert keep_words_whole(without_terms(html)) == html


@pytest.mark.browser
@pytest.mark.parametrize("display", ["inline-flex", "inline-grid", "block"])
def test_a_button_reads_as_it_was_written(browser: Browser, display: str) -> None:
    window = browser.new_page(viewport={"width": 360, "height": 640})
    html = "<a>รับข้อสรุป 5 ข้อ แล้วส่ง ต่อไป</a>"
    style = f"<style>a {{ display: {display}; gap: 9px; font-size: 16px }} .term {{ white-space: nowrap }}</style>"
    sizes = []
    for shown in (html, keep_words_whole(html)):
        window.set_content(f'<html lang="th">{style}{shown}')
        box = window.locator("a").bounding_box() or {}
        sizes.append([window.locator("a").inner_text(), round(box["width"]), round(box["height"])])
    assert sizes[0] == sizes[1]
    window.close()


@pytest.mark.browser
def test_a_browser_breaks_no_term(browser: Browser) -> None:
    window = browser.new_page(viewport={"width": 360, "height": 640})
    lines = "".join(f"<p>{'ก ' * 9}{term}</p>" for term in TERMS)
    style = "<style>p { width: 1em } .term { white-space: nowrap }</style>"
    window.set_content(f'<html lang="th">{style}{lines}')
    assert len(window.evaluate(BROKEN, 0)) > len(TERMS) / 2  # so it does by itself
    window.set_content(f'<html lang="th">{style}{keep_words_whole(lines)}')
    assert window.evaluate(BROKEN, 0) == []
    window.close()
