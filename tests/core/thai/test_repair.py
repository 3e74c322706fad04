"""Text repaired on the way in."""

import re
import unicodedata
from unittest.mock import patch

import pytest
from fontTools import agl
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.thai import repairing
from forumplanner.core.thai.repairing import CONTROL_CHARACTERS, TOO_LONG

thai_soup = st.text(alphabet="\uf70a\uf712\uf885ๆกขนมเแา ำ่้๊๋์็ิีึืฺุูํั\u200b\u200d\ufeff\u00a0\u0301\u05b0\n\r\tAé๑1", max_size=40)
fixed = settings(derandomize=True, deadline=None, max_examples=300)


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("เเม่", "แม่"),
        ("นํา", "นำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("ท่ี", "ที่"),
        ("ผู่", "ผู่"),
        ("ผู่", "ผู่"),
        ("ม่ัน", "มั่น"),
        ("ที่\u200bประชุม\ufeff", "ที่ประชุม"),
        ("ก\u200c\u200dข", "กข"),
        ("  กลุ่ม \u00a0\t ออมทรัพย์\n", "กลุ่ม ออมทรัพย์"),
        ("e\u0301", "é"),
        ("น้ำ", "น้ำ"),
        ("๒๕๕๐", "๒๕๕๐"),
        ("", ""),
        ("ส านักงาน", "สำนักงาน"),
        ("ท างาน", "ทำงาน"),
        ("ก าหนดการ", "กำหนดการ"),
        ("ประจ าปี", "ประจำปี"),
        ("จะต้องท า", "จะต้องทำ"),
        ("จ\u00a0ากัด", "จำกัด"),
        ("สํ านัก", "สำนัก"),
        ("ส ํานัก", "สำนัก"),
        ("ตำ าบล", "ตำบล"),
        ("น ้าท่วม", "น้ำท่วม"),
        ("ค ่าใช้จ่าย", "ค่าใช้จ่าย"),
        ("ที ่ประชุม", "ที่ประชุม"),
        ("น่่า", "น่า"),
        ("ที่ี่", "ที่"),
        ("ททีี่", "ททีี่".replace("ีี", "ี")),
        ("กำำ", "กำ"),
        ("ส\uf70aง", "ส่ง"),
        ("ป\uf702\uf713", "ปี่"),
        ("ผู\uf70bแทน", "ผู้แทน"),
        ("ฟ\uf710น", "ฟัน"),
        ("ป\uf712น", "ป็น"),
        ("\uf70f\uf718\uf700าน", "ญุฐาน"),
        ("ที\uf88bประช\uf89bม", "ที่ประชุม"),
        ("\uf0b7 ข้อหนึ่ง", "• ข้อหนึ่ง"),
        ("สระ า", "สระ า"),
        ("ม า ก ม า ย", "ม า ก ม า ย"),
        ("มา มาก", "มา มาก"),
        ("ทำ งาน", "ทำ งาน"),
    ],
)
def test_text_is_repaired(typed: str, repaired: str) -> None:
    assert thai.repair(typed) == repaired


@fixed
@given(thai_soup)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = thai.repair(text)
    assert thai.repair(once) == once


@fixed
@given(thai_soup)
def test_repaired_text_is_in_nfc(text: str) -> None:
    assert unicodedata.is_normalized("NFC", thai.repair(text))


@pytest.mark.parametrize("heap", ["่ิ", "ำ้", "ุ่", "่ิ\u05b0", "\u0316\u0301", "ํ่า้"])
def test_a_heap_of_marks_is_repaired_for_good(heap: str) -> None:
    once = thai.repair(heap * 3000)
    assert thai.repair(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("กลุ่มที่ ๒", "กลุ่มท่ี 2"),
        ("ต่างๆ", "ต่าง ๆ"),
        ("ส านัก", "สำนัก"),
        ("ฯลฯ", " ฯลฯ"),
        ("CODI", "codi"),
        ("น้ำ", "นํ้า"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_that_look_alike_have_one_search_key(one: str, other: str) -> None:
    assert thai.search_key(one) == thai.search_key(other)


@fixed
@given(thai_soup)
def test_the_search_key_of_a_search_key_is_itself(text: str) -> None:
    assert thai.search_key(thai.search_key(text)) == thai.search_key(text)


def test_line_ends_stay_where_there_may_be_several_lines() -> None:
    assert thai.check_plain_text("\r\n ท่ี 1 \r\n\r\nที่  2\n", 100, multiline=True) == "ที่ 1\n\nที่ 2"


def test_line_ends_become_spaces_in_one_line() -> None:
    assert thai.check_plain_text("สมชาย\r\nใจดี", 100) == "สมชาย ใจดี"


def test_marks_nobody_sees_are_dropped() -> None:
    assert thai.check_plain_text("\u202a081-234\u00ad5678\u202c", 100) == "081-2345678"


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_control_characters_are_refused_by_their_code(char: str) -> None:
    with pytest.raises(Invalid) as refused:
        thai.check_plain_text(f"ก{char}ข", 100, multiline=True)
    assert (refused.value.message, refused.value.params) == (CONTROL_CHARACTERS, {"code": f"U+{ord(char):04X}"})


@pytest.mark.parametrize("length", [11, 5000])
def test_text_that_is_too_long_is_refused_with_both_figures(length: int) -> None:
    with pytest.raises(Invalid) as refused:
        thai.check_plain_text("ก" * length, 10)
    assert (refused.value.message, refused.value.params) == (TOO_LONG, {"length": length, "max_length": 10})


def test_what_the_repair_drops_does_not_count() -> None:
    assert thai.check_plain_text(" " * 50 + "ก" * 10, 10) == "ก" * 10


def test_letters_of_old_fonts_are_those_of_the_published_table() -> None:
    """Names of the Adobe Glyph List: maiekupperleftthai is ่, saraueeleftthai ื, thothanlessthai ฐ."""
    words = {"mai ek": "maiek", "mai tho": "maitho", "mai tri": "maitri", "mai chattawa": "maichattawa"}
    words |= {"thanthakhat": "thanthakhat", "mai han-akat": "maihanakat", "maitaikhu": "maitaikhu"}
    words |= {
        "sara i": "sarai",
        "sara ii": "saraii",
        "sara ue": "saraue",
        "sara uee": "sarauee",
        "nikhahit": "nikhahit",
    }
    unlike, seen = [], 0
    for name, code in [*agl.AGL2UV.items(), *agl.LEGACY_AGL2UV.items()]:
        codes = code if isinstance(code, (list, tuple)) else (code,)
        if name.endswith("leftthai") and len(codes) == 1 and 0xF884 <= codes[0] <= 0xF89E:
            seen += 1
            letter = unicodedata.name(thai.repair(chr(codes[0]))).removeprefix("THAI CHARACTER ").lower()
            if not name.startswith(words[letter]):
                unlike.append(name)
    assert (unlike, seen) == ([], 17)


def test_each_code_of_windows_fonts_is_that_of_macintosh_fonts_too() -> None:
    windows = "".join(thai.repair(chr(code)) for code in range(0xF700, 0xF71B))
    macintosh = "".join(thai.repair(chr(code)) for code in range(0xF884, 0xF89F))
    assert (set(windows), len(windows), len(macintosh)) == (set(macintosh), 27, 27)


def test_a_query_without_tone_marks_finds_a_name_that_has_them() -> None:
    kept = thai.searchable("นายแจ๋ว", "ชุมชนต่าง ๆ", None)
    found = [query for query in ("แจว", "แจ๋ว", "แจ่ว", "ต่างๆ", "ต่าง ๆ", "ตางๆ") if thai.search_key(query) in kept]
    assert found == ["แจว", "แจ๋ว", "ต่างๆ", "ต่าง ๆ", "ตางๆ"]


@fixed
@given(thai_soup | st.text(alphabet="กขนมเแาำ่้์็ิีุูั ๆA1", max_size=12))
def test_what_is_passed_over_as_whole_would_not_have_been_changed(text: str) -> None:
    passed = repairing._repaired(text)
    with patch.object(repairing, "_NEEDS_NO_REPAIR", re.compile("(?!)")):
        assert repairing._repaired(text) == passed


def test_nearly_all_of_a_list_is_passed_over() -> None:
    texts = ["นางสาวน้ำผึ้ง เก็บทรัพย์", "ที่ทำการกลุ่มออมทรัพย์เพื่อการผลิต ม.3 ต.บ้านพรุ", "081-000-0001", "แม่ใหญ่ ๆ"]
    assert [text for text in texts if not repairing._NEEDS_NO_REPAIR.fullmatch(text)] == []
