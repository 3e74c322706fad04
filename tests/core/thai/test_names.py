"""Honorifics split off names."""

import pytest

from forumplanner.core import thai


@pytest.mark.parametrize(
    ("name", "honorific", "rest"),
    [
        ("นายสมชาย ใจดี", "นาย", "สมชาย ใจดี"),
        ("นาง สมศรี", "นาง", "สมศรี"),
        ("นางสาวสมศรี", "นางสาว", "สมศรี"),
        ("น.ส.สมศรี", "น.ส.", "สมศรี"),
        ("น.ส. สมศรี", "น.ส.", "สมศรี"),
        ("นส.สมศรี", "น.ส.", "สมศรี"),
        ("พระสุบิน ปณีโต", "พระ", "สุบิน ปณีโต"),
        ("พระครูพิพัฒนโชติ", "พระครู", "พิพัฒนโชติ"),
        ("พระอาจารย์สุบิน", "พระอาจารย์", "สุบิน"),
        ("ครูชบ ยอดแก้ว", "ครู", "ชบ ยอดแก้ว"),
        ("อาจารย์เสรี", "อาจารย์", "เสรี"),
        ("อ.เสรี", "อ.", "เสรี"),
        ("ดร.เสรี", "ดร.", "เสรี"),
        ("ดร เสรี", "ดร.", "เสรี"),
        ("ผศ. ดร. สมคิด", "ผศ.ดร.", "สมคิด"),
        ("รศ.สมคิด", "รศ.", "สมคิด"),
        ("กำนันสมบูรณ์", "กำนัน", "สมบูรณ์"),
        ("ผู้ใหญ่บ้านวิบูลย์", "ผู้ใหญ่บ้าน", "วิบูลย์"),
        ("ลุงยงค์", "ลุง", "ยงค์"),
        ("ป้าแดง", "ป้า", "แดง"),
        ("พี่เล็ก", "พี่", "เล็ก"),
        ("นายกมล สุขดี", "นาย", "กมล สุขดี"),
        ("นายแพทย์สมชาย", "นายแพทย์", "สมชาย"),
        ("นพ.สมชาย", "นพ.", "สมชาย"),
        ("Dr. Jane Doe", "Dr.", "Jane Doe"),
        ("mr John Doe", "Mr.", "John Doe"),
    ],
)
def test_an_honorific_is_split_off_and_kept(name: str, honorific: str, rest: str) -> None:
    assert thai.split_honorific(name) == (honorific, rest)


@pytest.mark.parametrize(
    "name",
    [
        "สมชาย ใจดี",
        "พรทิพย์",
        "คุณากร ดี",
        "นายิกา",
        "อารี",
        "ดรุณี",
        "ศศิธร",
        "นายกเทศมนตรีตำบลท่าข้าม",
        "ครูใหญ่",
        "พระ",
        "นางสาว",
        "พระครู",
        "พระมหา",
        "ผู้ใหญ่บ้าน",
        "",
        "Drew Smith",
    ],
)
def test_a_name_that_merely_begins_like_one_stays_whole(name: str) -> None:
    assert thai.split_honorific(name) == ("", name)


@pytest.mark.parametrize("name", ["นายสมชาย ใจดี", "ดร.เสรี", "Dr. Jane Doe", "สมชาย"])
def test_a_name_is_joined_as_it_was(name: str) -> None:
    assert thai.join_honorific(*thai.split_honorific(name)) == name


@pytest.mark.parametrize(
    ("honorific", "monk"), [("พระครู", True), ("สามเณร", True), ("ครู", False), ("แม่ชี", False), ("", False)]
)
def test_monks_are_told_by_their_honorific(honorific: str, monk: bool) -> None:
    assert thai.is_monks_honorific(honorific) is monk


@pytest.mark.parametrize(("name", "joined"), [("ใต้", "ภาคใต้"), ("กทม.และปริมณฑล", "ภาค กทม.และปริมณฑล")])
def test_a_name_with_an_abbreviation_is_set_off_from_the_word_before(name: str, joined: str) -> None:
    assert "ภาค" + thai.after_word(name) == joined
