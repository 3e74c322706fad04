"""Splits honorifics off names; they are kept, but neither sorted nor compared."""

import re

from forumplanner.core.thai.repairing import repair

_MONKS = (
    *("พระ", "พระครู", "พระอาจารย์", "พระมหา", "พระปลัด", "พระสมุห์", "พระใบฎีกา", "พระอธิการ", "เจ้าอธิการ", "ครูบา"),
    *("หลวงพ่อ", "หลวงพี่", "หลวงปู่", "หลวงตา", "สามเณร"),
)
_OTHERS = (
    *("นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง", "คุณ", "ลุง", "ป้า", "พี่", "แม่ชี", "ครู", "อาจารย์", "กำนัน", "ผู้ใหญ่บ้าน"),
    *("นายแพทย์", "แพทย์หญิง", "ผู้ใหญ่", "หม่อมหลวง", "หม่อมราชวงศ์", "ว่าที่ร้อยตรี", "ว่าที่ร้อยตรีหญิง"),
)
_WORDS = sorted((*_MONKS, *_OTHERS), key=len, reverse=True)  # นางสาว before นาง
# Abbreviations end in a dot, or at least in a space.
_ABBREVIATIONS = {
    "น.ส.": r"น\.? ?ส",
    "ด.ช.": r"ด\.? ?ช",
    "ด.ญ.": r"ด\.? ?ญ",
    "ม.ล.": r"ม\. ?ล",
    "ม.ร.ว.": r"ม\. ?ร\. ?ว",
    "ว่าที่ ร.ต.": r"ว่าที่ ?ร\.? ?ต",
    "นพ.": r"น\.? ?พ",
    "พญ.": r"พ\.? ?ญ",
    "ดร.": "ดร",
    "ผศ.": "ผศ",
    "รศ.": "รศ",
    "ศ.": "ศ",
    "อ.": "อ",
}
HONORIFICS: tuple[str, ...] = (*_WORDS, *_ABBREVIATIONS)
_ENGLISH = {"mr": "Mr.", "mrs": "Mrs.", "ms": "Ms.", "miss": "Miss", "dr": "Dr.", "prof": "Prof.", "ven": "Ven."}

# What follows must be able to begin a name: not a vowel that hangs on the letter before (คุณากร), nor a silent letter.
_NAME_BEGINS = r"(?=[ก-ฮ](?!์)|[เ-ไ]|[A-Za-z(])"
_WORD = re.compile(f"({'|'.join(_WORDS)}) ?{_NAME_BEGINS}")
_SHAPES = "|".join(f"(?P<a{index}>{shape})" for index, shape in enumerate(_ABBREVIATIONS.values()))
_ABBREVIATION = re.compile(rf"(?:{_SHAPES})(?:\. ?| ){_NAME_BEGINS}")
_LATIN = re.compile(rf"({'|'.join(_ENGLISH)})(?:\. ?| )(?=\S)", re.IGNORECASE)
# Posts that merely begin like an honorific: นายกเทศมนตรี is nobody called กเทศมนตรี, ครูใหญ่ nobody called ใหญ่.
_POST = re.compile(r"นายก(?: |$|เทศ|สมาคม|องค์การ|รัฐมนตรี|อบ[ตจ]|สภา)|ครูใหญ่|อาจารย์ใหญ่")


def split_honorific(name: str) -> tuple[str, str]:
    """Split a name into honorific and rest, both repaired; the honorific is "" where there is none.

    "นางสาวสมศรี ใจดี" gives ("นางสาว", "สมศรี ใจดี"), "ผศ. ดร. สมคิด" gives ("ผศ.ดร.", "สมคิด"). Abbreviations are
    returned with their dots. A name that is nothing but an honorific stays whole. A guess to be shown and corrected:
    a given name may begin like an honorific.
    """
    rest = repair(name)
    if rest in HONORIFICS or _POST.match(rest):
        return "", rest
    honorific = ""
    word = _WORD.match(rest)
    if word:
        honorific, rest = word[1], rest[word.end() :]
    while abbreviation := _ABBREVIATION.match(rest):
        index = int((abbreviation.lastgroup or "a0")[1:])
        honorific, rest = honorific + list(_ABBREVIATIONS)[index], rest[abbreviation.end() :]
    latin = None if honorific else _LATIN.match(rest)
    if latin:
        honorific, rest = _ENGLISH[latin[1].lower()], rest[latin.end() :]
    return honorific, rest


def join_honorific(honorific: str, name: str) -> str:
    """Write a name with its honorific: Thai ones stand close (นายสมชาย, ดร.สมคิด), English ones apart."""
    if not honorific:
        return name
    return f"{honorific} {name}" if honorific.isascii() else f"{honorific}{name}"


def after_word(name: str) -> str:
    """A name as it follows straight after a Thai word; an abbreviation is set off: ภาคใต้, ภาค กทม.และปริมณฑล."""
    return f" {name}" if "." in name else name


def is_monks_honorific(honorific: str) -> bool:
    """Whether an honorific, as split off, is a monk's or novice's: it decides the salutation."""
    return honorific in _MONKS
