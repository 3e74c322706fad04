"""Thai dictionary order, as stored and compared by code point."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core import thai

# In the order of the Royal Institute's dictionary; ICU's Thai collation gives the same.
DICTIONARY = (
    "กก กกุธภัณฑ์ กฎ กรรม กระ กราบ กล กล้วย กลอง กลุ่ม กว่า กวาด กษัตริย์ กอง กะ กัน กั้น กา ก่า กาก การ การ์ตูน กำ ก่ำ กำไร กิน "
    "กี่ กึ่ง กุ้ง กู้ เก เก๋ เก็ง เก่ง เก้ง เก็บ เกม เกลือ เกวียน เก้าอี้ เกาะ เกิด เกียจ เกี่ยว แก แก่ แก้ แกง แก๊ง แกะ โกง ใกล้ ไก ไก่ "
    "ขา ข่า ข้า ฃ ฅ รัก ฤกษ์ ฤดู ฤๅษี ลัก ฦๅ วัด ศาล ษมา สัจจะ หมู หมู่ ออม อำเภอ ฮา"
).split(" ")

# The official alphabetical list of the 77 provinces.
PROVINCES = (
    "กระบี่ กรุงเทพมหานคร กาญจนบุรี กาฬสินธุ์ กำแพงเพชร ขอนแก่น จันทบุรี ฉะเชิงเทรา ชลบุรี ชัยนาท ชัยภูมิ ชุมพร เชียงราย เชียงใหม่ "
    "ตรัง ตราด ตาก นครนายก นครปฐม นครพนม นครราชสีมา นครศรีธรรมราช นครสวรรค์ นนทบุรี นราธิวาส น่าน บึงกาฬ บุรีรัมย์ ปทุมธานี "
    "ประจวบคีรีขันธ์ ปราจีนบุรี ปัตตานี พระนครศรีอยุธยา พะเยา พังงา พัทลุง พิจิตร พิษณุโลก เพชรบุรี เพชรบูรณ์ แพร่ ภูเก็ต มหาสารคาม "
    "มุกดาหาร แม่ฮ่องสอน ยโสธร ยะลา ร้อยเอ็ด ระนอง ระยอง ราชบุรี ลพบุรี ลำปาง ลำพูน เลย ศรีสะเกษ สกลนคร สงขลา สตูล สมุทรปราการ "
    "สมุทรสงคราม สมุทรสาคร สระแก้ว สระบุรี สิงห์บุรี สุโขทัย สุพรรณบุรี สุราษฎร์ธานี สุรินทร์ หนองคาย หนองบัวลำภู อ่างทอง อำนาจเจริญ "
    "อุดรธานี อุตรดิตถ์ อุทัยธานี อุบลราชธานี"
).split(" ")


def in_order(names: list[str]) -> list[str]:
    shuffled = random.Random(2550).sample(names, len(names))
    return sorted(shuffled, key=thai.sort_key)


def test_words_stand_as_in_the_dictionary() -> None:
    assert in_order(DICTIONARY) == DICTIONARY


def test_provinces_stand_as_in_the_official_list() -> None:
    assert in_order(PROVINCES) == PROVINCES


def test_the_official_list_holds_the_provinces_of_the_data(project: Path) -> None:
    rows = json.loads((project / "forumplanner" / "data" / "provinces.json").read_text(encoding="utf-8"))
    assert {row["th"] for row in rows} == set(PROVINCES)


@pytest.mark.parametrize(
    "names",
    [
        ["1 ตำบล", "2 ตำบล", "10 ตำบล", "ก", "A", "b", "C"],
        ["หมู่ 2", "หมู่ ๙", "หมู่ 10", "หมู่ 10ก"],
        ["กาน", "กาน ก", "กาน ดี", "กานดา ก"],
        ["กลุ่มสหกรณ์", "(กลุ่ม) สหกรณ์ ก"][::-1],
        ["กลุ่ม-ก", "กลุ่มข", "กลุ่ม-ค"],
        ["CODI", "codi ก", "Credit"],
        ["1.9", "1.10", "2.1"],
        ["École", "Ecu"],
    ],
)
def test_digits_spaces_punctuation_and_latin_have_their_place(names: list[str]) -> None:
    assert in_order(names) == names


@pytest.mark.parametrize(("one", "other"), [("ท่ี่", "ที่่"), (" น้ำ ", "นํ้า"), ("แม่", "เเม่")])
def test_spellings_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert thai.sort_key(one) == thai.sort_key(other)


@pytest.mark.parametrize(("one", "other"), [("ก (1)", "ก 1"), ("CODI", "codi"), ("หมู่ 007", "หมู่ 7"), ("พอช.", "พอช")])
def test_different_texts_have_different_keys(one: str, other: str) -> None:
    assert thai.sort_key(one) != thai.sort_key(other)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(max_size=300))
def test_a_key_fits_its_column_and_needs_no_care(text: str) -> None:
    key = thai.sort_key(text)
    assert len(key) <= thai.SORT_KEY_LENGTH
    assert key.encode().decode() == key


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.text(alphabet="กขเแ ่้์าิ1aB.-", max_size=12), max_size=8))
def test_bytes_of_keys_sort_as_their_code_points(texts: list[str]) -> None:
    keys = [thai.sort_key(text) for text in texts]
    assert sorted(keys) == sorted(keys, key=str.encode)
