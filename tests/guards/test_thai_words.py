"""What an editor would mend in the Thai that people read, as far as a machine sees it: catalogues and word tables."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
CATALOGUES = sorted((ROOT / "translations/th/LC_MESSAGES").glob("*.po"))
# Modules whose Thai is what people write or what is read from them, not what the product says.
NOT_OURS = ("data", "demo", "core/thai", "core/listing", "desks/label_widths", "printing")

FAULTS = {
    "a passive with ถูก": re.compile("ถูก(?!ต้อง)"),
    "the user speaks as ฉัน": re.compile("ฉัน"),
    "jargon": re.compile("กระดาน|โทเค็?น|แบ็กอัป|ล็อกอิน|คลิก(?!ขวา)"),
    "a file is ไฟล์": re.compile("แฟ้ม"),
    "ๆ stands between spaces": re.compile(r"\Sๆ|ๆ[^\s)”,.]"),
    "a field is filled in: กรอก": re.compile("กรุณา(?:เขียน|พิมพ์|ใส่)|ที่พิมพ์ไว้|ที่ท่าน(?:พิมพ์|เขียน)"),
    "one looks over: ตรวจสอบ": re.compile("ตรวจดู|ตรวจ(?!สอบ|รายงาน)"),
    "a question with (ถ้ามี)": re.compile(r"หรือไม่ ?\(ถ้ามี\)"),
    "outcomes go back: ส่งคืนให้ภาคแก้ไข": re.compile("ส่งกลับ(?!มา)|ส่งคืน(?!ให้ภาคแก้ไข)"),
    "the remark is ข้อความถึงภาค": re.compile("ข้อสังเกต"),
    "ที่อยู่ alone is a place; a calendar has ที่อยู่ปฏิทิน": re.compile("ที่อยู่(?:ของปฏิทิน|ใหม่|เดิม|นี้|ด้านล่าง|คงเดิม)"),
    "the prescribed word is ระเบียบวาระ": re.compile("(?<!ระเบียบ)วาระ"),
    "who is invited is ผู้รับเชิญ": re.compile("ผู้ได้รับเชิญ"),
    "the request is กรุณา": re.compile("โปรด"),
    "two steps are สองขั้นตอน": re.compile("สองขั้น(?!ตอน)"),
    "one asks for ผู้ใด": re.compile("(?<!อะ)ใคร"),
}
# What may stand in a name's place without a space: words that are Thai from end to end, or bring their own space.
GLUED = {
    "outcomes": "ข้อสรุป 3 ข้อ",
    "kind": "the kinds of outcomes",
    "province": "names of provinces",
    "region": "Region.name_after_word brings a space where one is needed",
    "regions": "the same",
}
GLUE = re.compile(r"(?<=[ก-๛])%\((\w+)\)[sd]|%\((\w+)\)[sd](?=[ก-๛])")
BUTTON = re.compile(r'button\(((?:_\("[^"]*"\)(?: if [^,]*? else )?)+)')
MESSAGE = re.compile(r'_\("([^"]*)"')


# Each of them as it once stood.
SEEN = {
    "a passive with ถูก": "วาระนี้ถูกลบแล้ว",
    "the user speaks as ฉัน": "ส่งลิงก์ให้ฉัน",
    "jargon": "เปิดกระดานรอบ 2550-1",
    "a file is ไฟล์": "ไม่ใช่แฟ้มสำรอง",
    "ๆ stands between spaces": "ระเบียบวาระอื่นๆ",
    "a field is filled in: กรอก": "กรุณาเขียนข้อสรุป",
    "one looks over: ตรวจสอบ": "ตรวจวันที่",
    "a question with (ถ้ามี)": "มีเรื่องจะฝากหรือไม่ (ถ้ามี)",
    "outcomes go back: ส่งคืนให้ภาคแก้ไข": "รับหรือส่งกลับ",
    "the remark is ข้อความถึงภาค": "แก้ข้อสรุปตามข้อสังเกต",
    "ที่อยู่ alone is a place; a calendar has ที่อยู่ปฏิทิน": "ขอที่อยู่ใหม่",
    "the prescribed word is ระเบียบวาระ": "ลบวาระนี้แล้ว",
    "who is invited is ผู้รับเชิญ": "ผู้ได้รับเชิญ",
    "the request is กรุณา": "โปรดตรวจสอบ",
    "two steps are สองขั้นตอน": "ลงชื่อเข้าใช้สองขั้น",
    "one asks for ผู้ใด": "ใครมา",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_seen(fault: str) -> None:
    assert FAULTS[fault].search(SEEN[fault])


def translations() -> dict[str, str]:
    """Thai by its English message, of all catalogues."""
    found: dict[str, str] = {}
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file, locale="th"):
                if message.id:
                    is_one = isinstance(message.id, str)
                    found[message.id if is_one else message.id[0]] = message.string if is_one else message.string[0]
    return found


def spoken() -> Iterator[tuple[str, str]]:
    """Where it stands, and the Thai that is read: the catalogues, and modules that hold the words of documents."""
    yield from translations().items()
    for path in sorted((ROOT / "forumplanner").rglob("*.py")):
        name = path.relative_to(ROOT / "forumplanner").as_posix()
        if not name.startswith(NOT_OURS):
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            documentation = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
            for node in nodes:
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
                    yield name, node.value


@pytest.mark.parametrize("fault", FAULTS)
def test_no_thai_has_a_fault_an_editor_would_mend(fault: str) -> None:
    assert [f"{where}: {thai}" for where, thai in spoken() if FAULTS[fault].search(thai)] == []


def test_no_message_has_spaces_to_spare() -> None:
    # What follows a comma in English follows a space in Thai.
    wrong = {
        english: thai
        for english, thai in translations().items()
        if "  " in thai or (thai != thai.strip() and english == english.strip() and not english.startswith(","))
    }
    assert wrong == {}


def test_what_may_end_or_begin_in_a_digit_or_a_latin_letter_stands_between_spaces() -> None:
    wrong = [
        thai
        for thai in translations().values()
        if any((found[1] or found[2]) not in GLUED for found in GLUE.finditer(thai))
    ]
    assert wrong == []


def test_two_buttons_of_a_page_that_do_two_things_say_two_things() -> None:
    thai = translations()
    alike, buttons = {}, 0
    for path in sorted((ROOT / "templates").rglob("*.html")):
        said: dict[str, set[str]] = defaultdict(set)
        for button in BUTTON.findall(path.read_text(encoding="utf-8")):
            buttons += 1
            for english in MESSAGE.findall(button):
                said[thai[english]].add(english)
        alike |= {f"{path.name}: {words}": acts for words, acts in said.items() if len(acts) > 1}
    assert (alike, buttons > 100) == ({}, True)
