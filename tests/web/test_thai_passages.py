"""Thai within an English page is marked as Thai."""

import re

import html5lib
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.web.thai_passages import mark_thai
from tests.pages import PageClient, text_of
from tests.waiting import processor_guard


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>นางมาลา วงศ์คำ</p>", '<p><span lang="th">นางมาลา วงศ์คำ</span></p>'),
        (
            "<button>Take นายทอง 2 ใจดี off</button>",
            '<button><span>Take <span lang="th">นายทอง 2 ใจดี</span> off</span></button>',
        ),
        ('<p lang="th">ภาค <b>ใต้</b></p>', '<p lang="th">ภาค <b>ใต้</b></p>'),
        (
            '<p lang="th"><b lang="en">Was ใต้</b></p>',
            '<p lang="th"><b lang="en"><span>Was <span lang="th">ใต้</span></span></b></p>',
        ),
        ("<p>30 ก.พ. 2550</p>", '<p><span>30 <span lang="th">ก.พ.</span> 2550</span></p>'),
        ('<a hreflang="th">ใต้</a>', '<a hreflang="th"><span lang="th">ใต้</span></a>'),
        ('<p title="ก > ข">South</p>', '<p title="ก > ข">South</p>'),
        ("<title>ใต้</title><!-- ใต้ --><script>ใต้</script>", "<title>ใต้</title><!-- ใต้ --><script>ใต้</script>"),
        (
            "<select><option>ใต้</option><option>S ใต้</option></select>",
            '<select><option lang="th">ใต้</option><option>S ใต้</option></select>',
        ),
        ("<textarea>ใต้</textarea>", '<textarea lang="th">ใต้</textarea>'),
        ('<input value="ใต้">', '<input lang="th" value="ใต้">'),
        ('<input type="hidden" value="ใต้">', '<input type="hidden" value="ใต้">'),
        (
            "<svg><title>ใต้</title><text>ใต้</text></svg>",
            '<svg><title>ใต้</title><text><tspan lang="th">ใต้</tspan></text></svg>',
        ),
        ("<p>a<br>ก&amp;ข</p>", '<p>a<br><span><span lang="th">ก</span>&amp;<span lang="th">ข</span></span></p>'),
        ("<ul><li>ก<li>b</ul>", '<ul><li><span lang="th">ก</span><li>b</ul>'),
    ],
)
def test_each_run_of_thai_is_marked_once(html: str, marked: str) -> None:
    assert mark_thai(html) == marked


PIECES = ["ก", "ข ค", " ", "a", "&amp;", "<b>", "</b>", '<i lang="th">', "</i>", "<br>", "1", "<p>", "</p>"]


@settings(derandomize=True, deadline=None, max_examples=300, database=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_what_is_read_stays_as_it_was_whatever_the_page(pieces: list[str]) -> None:
    html = "".join(pieces)
    before, after = (html5lib.parse(text, namespaceHTMLElements=False) for text in (html, mark_thai(html)))
    assert "".join(after.itertext()) == "".join(before.itertext())


def test_a_long_page_is_gone_through_once() -> None:
    with processor_guard():
        mark_thai("<p>" + "ก 1" * 300_000 + "</p>" + "<b>ก</b>x" * 50_000)


def test_an_english_page_marks_names_and_a_thai_one_does_not(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    english = client.get("/partners?lang=en")
    names = {text_of(node) for node in english.root.iter("span") if node.get("lang") == "th"}
    assert "นางมาลา วงศ์คำ" in names
    thai = client.get("/partners?lang=th").response.get_data(as_text=True)
    assert not re.search(r'<span lang="th">', thai)
