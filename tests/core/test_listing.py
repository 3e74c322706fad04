"""Lists as people paste them: numbered, with blank lines, in two languages."""

import pytest

from forumplanner.core.errors import Invalid
from forumplanner.core.listing import pair_lines, read_lines, without_number


@pytest.mark.parametrize(
    ("pasted", "texts"),
    [
        ("1. ก\n2. ข", ["ก", "ข"]),
        ("๑. ก\r\n\r\n๒. ข\r\n", ["ก", "ข"]),
        ("1) ก\n2) ข", ["ก", "ข"]),
        ("(1) ก\n(2) ข", ["ก", "ข"]),
        ("ข้อ 1 ก\nข้อ 2 ข", ["ก", "ข"]),
        ("1.ก\n2.ข", ["ก", "ข"]),
        ("- ก\n- ข", ["ก", "ข"]),
        ("• ก\n• ข", ["ก", "ข"]),
        ("1. ก\nข", ["1. ก", "ข"]),
        ("30 ปี กองทุน\n40 ปี", ["30 ปี กองทุน", "40 ปี"]),
        ("1.5 ล้านบาท\n2.5 ล้านบาท", ["1.5 ล้านบาท", "2.5 ล้านบาท"]),
        ("2. ก\n1. ข", ["2. ก", "1. ข"]),
        ("- ก", ["- ก"]),
        ("", []),
    ],
)
def test_what_numbers_a_line_is_no_part_of_it(pasted: str, texts: list[str]) -> None:
    assert [line.text for line in read_lines(pasted)] == texts


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        ("ก\nข\nค", "A\nB\nC", [("ก", "A"), ("ข", "B"), ("ค", "C")]),
        ("ก\nข\nค", "A\n\nC", [("ก", "A"), ("ข", ""), ("ค", "C")]),
        ("ก\nข\nค", "\n\nC", [("ก", ""), ("ข", ""), ("ค", "C")]),
        ("ก\n\nข\n\nค", "A\nB\nC", [("ก", "A"), ("ข", "B"), ("ค", "C")]),
        ("ก\nข\nค", "A\n\nB\n\nC\n", [("ก", "A"), ("ข", "B"), ("ค", "C")]),
        ("ก\n\nข\n\nค", "A\n\n\n\nC", [("ก", "A"), ("ข", ""), ("ค", "C")]),
        ("1. ก\n2. ข\n3. ค", "1. A\n3. C", [("ก", "A"), ("ข", ""), ("ค", "C")]),
        ("ก\nข\nค", "1. A\n3. C", [("ก", "A"), ("ข", ""), ("ค", "C")]),
        ("ก\nข", "A", [("ก", "A"), ("ข", "")]),
        ("ก\nข", "", [("ก", ""), ("ข", "")]),
        ("", "", []),
    ],
)
def test_two_languages_keep_their_order_over_blank_lines(first: str, second: str, pairs: list[tuple[str, str]]) -> None:
    assert pair_lines(first, second, field="en") == pairs


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ก", "A\nB"),
        ("", "A"),
        ("ก\nข", "A\nB\nC"),
        ("ก\nข", "1. A\n3. C\n4. D"),
        ("ก\nข", "\n\nA"),
    ],
)
def test_a_line_that_has_no_place_is_said_and_not_dropped(first: str, second: str) -> None:
    with pytest.raises(Invalid) as refusal:
        pair_lines(first, second, field="en")
    assert refusal.value.field == "en"


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("1. เรื่องแจ้ง", "เรื่องแจ้ง"),
        ("ระเบียบวาระที่ ๑ เรื่องแจ้ง", "เรื่องแจ้ง"),
        ("4.1 ความก้าวหน้า", "ความก้าวหน้า"),
        ("๔.๑) ความก้าวหน้า", "ความก้าวหน้า"),
        ("Agenda item 2: Matters", "Matters"),
        ("30 ปี กองทุน", "30 ปี กองทุน"),
        ("1.5 ล้านบาท", "1.5 ล้านบาท"),
        ("2550. ปีแห่งการออม", "2550. ปีแห่งการออม"),
        ("ข้อเสนอ", "ข้อเสนอ"),
        ("1.", "1."),
    ],
)
def test_a_title_loses_the_number_it_was_pasted_with(title: str, kept: str) -> None:
    assert without_number(title) == kept
