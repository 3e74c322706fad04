"""Titles of every kind and their compounds split off names; names that begin like one stay whole or are asked about."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core import thai
from forumplanner.core.thai import titles


@pytest.mark.parametrize(
    ("name", "honorific", "rest"),
    [
        ("ร.ต.อ.สมชาย ใจดี", "ร.ต.อ.", "สมชาย ใจดี"),
        ("ร. ต. อ. สมชาย", "ร.ต.อ.", "สมชาย"),
        ("รตอ.สมชาย", "ร.ต.อ.", "สมชาย"),
        ("รตอ สมชาย", "ร.ต.อ.", "สมชาย"),
        ("พ.ต.อ.หญิง ดร.สมศรี", "พ.ต.อ.หญิง ดร.", "สมศรี"),
        ("พ.ต.ท. (หญิง) สมศรี", "พ.ต.ท.หญิง", "สมศรี"),
        ("พลตำรวจตรี สมชาย", "พลตำรวจตรี", "สมชาย"),
        ("ดาบตำรวจสมชาย", "ดาบตำรวจ", "สมชาย"),
        ("จ.ส.อ.หญิงสมศรี", "จ.ส.อ.หญิง", "สมศรี"),
        ("พลเอก เปรม", "พลเอก", "เปรม"),
        ("พล.ร.อ.สมชาย", "พล.ร.อ.", "สมชาย"),
        ("พล.อ.อ. สมชาย", "พล.อ.อ.", "สมชาย"),
        ("น.อ.(พิเศษ)สมชาย", "น.อ.(พิเศษ)", "สมชาย"),
        ("นาวาอากาศเอก สมชาย", "นาวาอากาศเอก", "สมชาย"),
        ("ว่าที่ ร.ต.หญิง สมศรี", "ว่าที่ ร.ต.หญิง", "สมศรี"),
        ("ว่าที่ร.ต. สมชาย", "ว่าที่ ร.ต.", "สมชาย"),
        ("ว่าที่ร้อยตรีหญิงสมศรี", "ว่าที่ร้อยตรีหญิง", "สมศรี"),
        ("ว่าที่ พันตรีสมชาย", "ว่าที่พันตรี", "สมชาย"),
        ("นายกองเอก สมชาย", "นายกองเอก", "สมชาย"),
        ("คุณหญิงสมศรี", "คุณหญิง", "สมศรี"),
        ("ท่านผู้หญิงสมศรี", "ท่านผู้หญิง", "สมศรี"),
        ("มรว.ถนัดศรี", "ม.ร.ว.", "ถนัดศรี"),
        ("ม.ร.ว. ถนัดศรี สวัสดิวัตน์", "ม.ร.ว.", "ถนัดศรี สวัสดิวัตน์"),
        ("ร.อ. ม.ร.ว.ถนัดศรี", "ร.อ.ม.ร.ว.", "ถนัดศรี"),
        ("ผู้ช่วยศาสตราจารย์ ดร. สมคิด", "ผู้ช่วยศาสตราจารย์ ดร.", "สมคิด"),
        ("รศ.(พิเศษ) ดร.สมคิด", "รศ.(พิเศษ) ดร.", "สมคิด"),
        ("ศ.เกียรติคุณ นพ.ประเวศ วะสี", "ศ.เกียรติคุณ นพ.", "ประเวศ วะสี"),
        ("ศาสตราจารย์เกียรติคุณ นายแพทย์ประเวศ", "ศาสตราจารย์เกียรติคุณ นายแพทย์", "ประเวศ"),
        ("ทพ.สมชาย", "ทพ.", "สมชาย"),
        ("สพ.ญ. สมศรี", "สพ.ญ.", "สมศรี"),
        ("น.พ.สมชาย", "นพ.", "สมชาย"),
        ("นางสาว ดร.สมศรี", "นางสาว ดร.", "สมศรี"),
        ("พระครูสมุห์สมชาย", "พระครูสมุห์", "สมชาย"),
        ("พระวินัยธรสมชาย", "พระวินัยธร", "สมชาย"),
        ("พระครูปลัดสุวัฒน", "พระครูปลัด", "สุวัฒน"),
        ("พระมหา ดร.สมชาย", "พระมหา ดร.", "สมชาย"),
        ("หลวงปู่แหวน", "หลวงปู่", "แหวน"),
        ("ครูบาศรีวิชัย", "ครูบา", "ศรีวิชัย"),
        ("อิหม่ามอับดุลเลาะ", "อิหม่าม", "อับดุลเลาะ"),
        ("โต๊ะครูสมาน", "โต๊ะครู", "สมาน"),
        ("คอเต็บ สมาน", "คอเต็บ", "สมาน"),
        ("นายกฯ สมชาย", "นายกฯ", "สมชาย"),
        ("นายก สมชาย", "นายก", "สมชาย"),
        ("ผญบ.แดง", "ผญบ.", "แดง"),
        ("ส.อบต. แดง", "ส.อบต.", "แดง"),
        ("สารวัตรกำนันแดง", "สารวัตรกำนัน", "แดง"),
        ("คุณหมอสมชาย", "คุณหมอ", "สมชาย"),
        ("อา แดง", "อา", "แดง"),
        ("นาย ก", "นาย", "ก"),
        ("นายพระพร ใจดี", "นาย", "พระพร ใจดี"),
        ("นายพลเอก ใจดี", "นาย", "พลเอก ใจดี"),
        ("คุณแม่นวล", "คุณแม่", "นวล"),
        ("Assoc. Prof. Dr. John Doe", "Assoc. Prof. Dr.", "John Doe"),
        ("Pol. Lt. Col. Somchai", "Pol. Lt. Col.", "Somchai"),
    ],
)
def test_titles_of_every_kind_are_split_off(name: str, honorific: str, rest: str) -> None:
    assert thai.split_honorific(name) == (honorific, rest)


@pytest.mark.parametrize(
    "name",
    [
        *("พระพร ใจดี", "แม่นมั่น ใจดี", "แม่น ใจดี", "หมอก ใจดี", "ป้าน", "อาทิตย์ ใจดี", "อานนท์", "อารี", "ตาล ใจดี", "พอ ใจดี"),
        *("คุณวุฒิ ใจดี", "พลอย ใจดี", "พลกฤต", "สิบ ใจดี", "สว่าง", "ศศิธร", "ดรุณี", "ทพพล", "หมอน", "เจ๊ะอาแว", "รอ ใจดี"),
        *("นายก อบต.ท่าข้าม", "นายกเทศมนตรี", "นายกสมาคมสตรี", "ปลัดอำเภอ", "เจ้าหน้าที่พัฒนาชุมชน", "ครูใหญ่", "แม่บ้าน", "พ่อค้า"),
    ],
)
def test_what_merely_begins_like_a_title_stays_whole(name: str) -> None:
    assert thai.split_honorific(name) == ("", name)


@pytest.mark.parametrize(
    "title", sorted({*titles.MONKS, *titles.CIVIL, *titles.RANKS, *titles.MUSLIM, *titles.MEDICAL})
)
def test_every_title_is_known_close_and_apart(title: str) -> None:
    assert thai.split_honorific(f"{title} สมบูรณ์ ใจดี") == (title, "สมบูรณ์ ใจดี")
    assert thai.split_honorific(f"{title}สมบูรณ์ ใจดี") == (title, "สมบูรณ์ ใจดี")


@pytest.mark.parametrize(
    "title", sorted({*titles.ABBREVIATED_RANKS, *titles.ABBREVIATED_CIVIL, *titles.ABBREVIATED_OTHERS})
)
def test_every_abbreviation_is_known_with_and_without_spaces_and_inner_dots(title: str) -> None:
    shown = titles.ALIASES.get(title, title)
    together = title.replace(".", "") + "."
    for written in (title, title.replace(".", ". "), f"{title} "):
        assert thai.split_honorific(f"{written}สมบูรณ์") == (shown, "สมบูรณ์")
    assert re.sub(r"\.", "", thai.split_honorific(f"{together}สมบูรณ์")[0]) == title.replace(".", "")


def test_those_of_monks_decide_the_salutation() -> None:
    assert [title for title in titles.MONKS if not thai.is_monks_honorific(title)] == []
    assert thai.is_monks_honorific("พระมหา ดร.")
    others = {*titles.CIVIL, *titles.RANKS, *titles.MUSLIM, *titles.OFFICE, *titles.FAMILIAR, *titles.ROYAL}
    assert [title for title in others if thai.is_monks_honorific(title)] == []


@pytest.mark.parametrize(
    ("name", "title", "rest"),
    [
        ("ก.ก.ส. สมชาย ใจดี", "ก.ก.ส.", "สมชาย ใจดี"),
        ("กกส.สมชาย", "กกส.", "สมชาย"),
        ("ดร.กกส.สมชาย", "ดร.กกส.", "สมชาย"),
        ("พระพร ใจดี", "พระ", "พร ใจดี"),
        ("นางนวล ใจดี", "นาง", "นวล ใจดี"),
    ],
)
def test_what_only_the_person_can_tell_is_asked(name: str, title: str, rest: str) -> None:
    assert thai.find_doubt(name) == thai.Doubt(title, rest)


@pytest.mark.parametrize("name", ["นายสมชาย ใจดี", "ผศ.ดร.สมคิด", "สมชาย", "", "กกส.", "ดร.", "J. Doe", "สมชาย จ.สงขลา"])
def test_what_is_clear_is_not_asked(name: str) -> None:
    assert thai.find_doubt(name) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ร.ต.อ.สมชาย ใจดี", "นาย สมชาย  ใจดี"),
        ("น.อ.สมชาย ใจดี ร.น.", "สมชาย ใจดี"),
        ("กกส.สมชาย ใจดี", "สมชาย ใจดี"),
        ("พระครูสมุห์สมชาย", "พระสมชาย"),
        ("โต๊ะครูสมาน", "สมาน"),
        ("นำชัย", "นางส\uf70aาน าชัย".replace("นางส\uf70aา", "นาย")),
    ],
)
def test_two_spellings_of_one_person_have_one_key(one: str, other: str) -> None:
    assert thai.name_key(one) == thai.name_key(other)


EVERY = sorted(
    {*titles.MONKS, *titles.CIVIL, *titles.RANKS, *titles.MUSLIM, *titles.OFFICE, *titles.FAMILIAR, *titles.ROYAL}
    | {*titles.ACADEMIC, *titles.MEDICAL, *titles.ABBREVIATED_RANKS, *titles.ABBREVIATED_CIVIL}
    | {*titles.ABBREVIATED_OTHERS, "ว่าที่ ร.ต.", "หญิง", "(พิเศษ)", "กกส.", "เกียรติคุณ", "นายก", "พอ", "ส.ศ."}
)
NAMES = ("สมชาย ใจดี", "พระพร", "แม่นมั่น", "อาทิตย์", "กมล", "ก", "เอก", "นวล", "")


def letters(text: str) -> str:
    return re.sub(r"[ .()]", "", text)


@settings(derandomize=True, deadline=None, max_examples=2000)
@given(st.lists(st.sampled_from(EVERY), max_size=3), st.sampled_from(["", " "]), st.sampled_from(NAMES))
def test_splitting_loses_no_letter(before: list[str], gap: str, name: str) -> None:
    typed = gap.join([*before, name]).strip()
    honorific, rest = thai.split_honorific(typed)
    assert letters(honorific + rest) == letters(thai.repair(typed))
    assert bool(rest) == bool(typed)
    doubt = thai.find_doubt(typed)
    assert doubt is None or letters(doubt.title + doubt.rest) == letters(thai.repair(typed))
