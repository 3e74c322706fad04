"""The page client's own checks: what it finds on a page, how often it reads one, and what its reading costs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import page_checks, waiting
from tests.page_checks import checked_tree
from tests.pages import form_values
from tests.waiting import processor_guard

# What is meant, tried from every letter; the search that the client uses must find the same.
MEANT = re.compile(r"[A-Za-z]{2,}(?:'[a-z]+)?(?:[ ,:;]+[A-Za-z]+(?:'[a-z]+)?){2,}")
PAGE = """<!DOCTYPE html><html lang="th"><head><title>ทดลอง</title></head><body><h1>ทดลอง</h1>
<form method="post"><input type="hidden" name="csrf_token" value="{token}">
<input type="hidden" name="form_key" value="key{token}">
<input id="version" name="version" type="hidden" value="{version}"><label for="a">ชื่อ</label>
<textarea id="a" name="a">{text}</textarea></form></body></html>"""
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Not yet here", "Not yet here"),
        ("ยังไม่มี Nothing was saved แล้ว", "Nothing was saved"),
        ("ก a bc: don't, stop", "bc: don't, stop"),
        ("it's a dog", "it's a dog"),
        ("ชื่อ: aa'bX cc dd", "bX cc dd"),
        ("Google Calendar", None),
        ("a b c", None),
        ("one 2 three four", None),
    ],
)
def test_three_english_words_in_a_row_are_found(text: str, phrase: str | None) -> None:
    found = page_checks.ENGLISH_PHRASE.search(text)
    assert (found and found[0]) == phrase


@settings(derandomize=True, deadline=None, max_examples=2000, database=None)
@given(st.text(alphabet="abAB'' ,:;ก1", max_size=16))
def test_english_is_found_where_a_search_from_every_letter_finds_it(text: str) -> None:
    found, meant = page_checks.ENGLISH_PHRASE.search(text), MEANT.search(text)
    assert (found and found.span()) == (meant and meant.span())


@pytest.mark.parametrize("text", ["a" * MILLION, "aa" + "," * MILLION, "aa b" + "," * MILLION, "aa'" * MILLION])
def test_the_search_reads_a_long_text_once(text: str) -> None:
    # It takes a hundredth of a second; read once from each letter, it would take hours.
    with processor_guard():
        assert page_checks.ENGLISH_PHRASE.search(text) is None


def test_the_guard_stops_what_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PROCESSOR_CEILING_SECONDS", 0.2)
    with pytest.raises(AssertionError, match="at work for"), processor_guard():
        MEANT.search("a" * MILLION)


def test_a_page_is_read_strictly_once_and_handed_out_with_its_own_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    strictly = page_checks.parse_strictly
    monkeypatch.setattr(page_checks, "parse_strictly", lambda html: (read.append(html), strictly(html))[1])
    monkeypatch.setattr(page_checks, "_checked_trees", {})
    trees = [
        checked_tree(PAGE.format(token=token, version=version, text=text))
        for token, version, text in (("ab.c-d", 1, "ก"), ("ef_g", 2, "ก"), ("ef_g", 2, "ข"))
    ]
    trees[0].clear()
    forms = [form_values(next(tree.iter("form"))) for tree in trees[1:]]
    assert forms == [
        {"csrf_token": "ef_g", "form_key": "keyef_g", "version": "2", "a": "ก"},
        {"csrf_token": "ef_g", "form_key": "keyef_g", "version": "2", "a": "ข"},
    ]
    assert len(read) == 2


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("</p>", "invalid HTML"),
        ("<input name='x'>", "no label for x"),
        ("<p>Nothing was saved</p>", "English on a Thai page"),
        ('<label for="b">มีหรือไม่ <span class="field-optional">(ถ้ามี)</span></label>', "may stay open"),
        ('<p class="notice-title">อาจมีแล้ว</p><ul class="error-summary"><li>ชื่อ: เพราะอาจมีแล้ว</li></ul>', "said twice"),
    ],
)
def test_a_faulty_page_fails_each_time_it_is_opened(fault: str, found: str) -> None:
    html = PAGE.format(token="a", version=1, text="").replace("<form", f"{fault}<form")
    for _ in range(2):
        with pytest.raises(AssertionError, match=found):
            checked_tree(html)


def test_thai_on_an_english_page_is_found_unless_it_says_so() -> None:
    html = PAGE.format(token="a", version=1, text="ก").replace('lang="th"', 'lang="en"')
    marked = html.replace("<h1>ทดลอง", '<h1 lang="th">ทดลอง').replace('for="a">ชื่อ', 'for="a" lang="th">ชื่อ')
    checked_tree(marked)
    with pytest.raises(AssertionError, match="Thai on an English page"):
        checked_tree(html)
