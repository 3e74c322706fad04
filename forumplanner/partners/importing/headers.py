"""What a column holds, told by its heading in Thai or English."""

import re
from enum import StrEnum
from functools import lru_cache

from forumplanner.core import thai
from forumplanner.core.i18n import N_


class Field(StrEnum):
    """What a column can be read as."""

    NUMBER = "running-number"
    NAME = "name"
    TITLE = "title"
    GIVEN = "given"
    SURNAME = "surname"
    PHONE = "phone"
    EMAIL = "email"
    LINE = "line"
    POST = "post"
    ORGANISATION = "organisation"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    PROVINCE = "province"
    ADDRESS = "address"
    REGION = "region"
    REMARK = "remark"
    # Kept as a note under the column's heading.
    KEPT = "kept"
    LEFT_OUT = "left-out"


# As the pages offer them; untranslated.
FIELD_WORDS = {
    Field.NAME: N_("Name in one cell"),
    Field.TITLE: N_("Title before the name"),
    Field.GIVEN: N_("Given name"),
    Field.SURNAME: N_("Surname"),
    Field.PHONE: N_("Telephone"),
    Field.EMAIL: N_("E-mail"),
    Field.LINE: N_("LINE name"),
    Field.POST: N_("Post"),
    Field.ORGANISATION: N_("Group or organisation"),
    Field.SUBDISTRICT: N_("Subdistrict"),
    Field.DISTRICT: N_("District"),
    Field.PROVINCE: N_("Province"),
    Field.ADDRESS: N_("Address"),
    Field.REGION: N_("Region"),
    Field.REMARK: N_("Note"),
    Field.KEPT: N_("Keep as a note under its heading"),
    Field.NUMBER: N_("Running number, not kept"),
    Field.LEFT_OUT: N_("Leave out"),
}
NAMES = frozenset({Field.NAME, Field.GIVEN})
PLACES = frozenset({Field.SUBDISTRICT, Field.DISTRICT, Field.PROVINCE, Field.ADDRESS})
# One cell a person; a second column of the kind is kept as a note.
ONCE = frozenset(Field) - {Field.PHONE, Field.KEPT, Field.LEFT_OUT, Field.NUMBER, Field.REMARK}

_NOISE = re.compile(r"[\s.\-–—_/\\:;*()\[\]{}“”\"'’,&+#?•]|(?:ฯ)")
# The first that fits decides; each against the heading without blanks and signs, in small letters.
_SHAPES: tuple[tuple[Field, str], ...] = (
    (Field.EMAIL, r"(?:ที่อยู่)?(?:อีเมล์?ล?์?|e?mail|อีเมล)(?:address|แอดเดรส)?|ไปรษณีย์อิเล็กทรอนิกส์|.*(?:email|อีเมล).*"),
    # What looks like something else: numbers of accounts, of cards, of shirts; other people's numbers.
    (
        Field.KEPT,
        r".*(?:บัญชี|ประชาชน|บัตร|account|เสียภาษี|รหัส|zip|postal|ไปรษณีย์|เสื้อ|รองเท้า|ไซส์|ขนาด|ทะเบียน|รถ|แฟกซ์|แฟ็กซ์|โทรสาร|fax|"
        r"ฉุกเฉิน|emergency|คู่สมรส|บิดา|มารดา|ชื่อเล่น|nickname|ประเภท|กลุ่มเลือด|เลือด|อายุ|วันเกิด|birth|อาหาร|food|ศาสนา|"
        r"ชื่อย่อ|จำนวน|เพศ|ลายมือ|ลงชื่อ|signature|username).*",
    ),
    (Field.NUMBER, r"(?:ที่|ลำดับ|ลำดับที่|ลำดับที|ลำ?ดับ|no|number|seq|item|ข้อ|เลขลำดับ|ลว|n|order)"),
    (Field.LINE, r".*(?:ไลน์|line).*"),
    (
        Field.PHONE,
        r".*(?:โทร|มือถือ|telephone|phone|mobile).*|tel|tel(?:no|number)|cell|เบอร์(?:ติดต่อ|บ้าน|ที่ทำงาน)?|หมายเลขติดต่อ|ติดต่อ",
    ),
    (
        Field.ADDRESS,
        r"(?:ที่อยู่|address|ภูมิลำเนา|พื้นที่|สถานที่|ที่ตั้ง|place).*|.*(?:ตำบล|แขวง).*(?:อำเภอ|เขต).*|.*(?:อำเภอ|เขต).*จังหวัด.*|ตอจ|ตำบลอำเภอ",
    ),
    (Field.SUBDISTRICT, r"(?:ชื่อ)?(?:ตำบล|แขวง|ต)(?:แขวง)?|tambon|tambol|sub-?district"),
    (Field.DISTRICT, r"(?:ชื่อ)?(?:อำเภอ|เขต|อ)(?:เขต)?|amphoe|amphur|district"),
    (Field.PROVINCE, r"(?:ชื่อ)?(?:จังหวัด|จ|จว)|province|changwat|jangwat"),
    (Field.REGION, r"(?:ภูมิ)?ภาค|region"),
    (
        Field.NAME,
        r"(?:คำนำหน้า(?:นาม)?)?ชื่อ(?:จริง|ตัว)?(?:และ)?(?:ชื่อ)?(?:นาม)?สกุล(?:ผู้.*|สมาชิก.*|ตัวแทน.*)?|รายชื่อ(?:ผู้.*|สมาชิก.*)?|รายนาม.*|"
        r"ชื่อ(?:ผู้|สมาชิก|ตัวแทน|ประธาน|คน|บุคคล).*|ชื่อเต็ม|full-?name|name(?:surname|lastname|inthai|thai)?|names|nameandsurname|"
        r"firstname(?:and)?(?:sur|last)name|ผู้แทน|ผู้เข้าร่วม(?:ประชุม)?|ผู้ประสานงาน",
    ),
    (Field.TITLE, r"คำนำหน้า(?:ชื่อ|นาม)?|คำนำ|title|prefix|ยศ|คำหน้า"),
    (Field.SURNAME, r"(?:นาม|ชื่อ)?สกุล|surname|last-?name|familyname"),
    (Field.GIVEN, r"ชื่อ(?:จริง|ตัว)?|first-?name|givenname|given"),
    (Field.REMARK, r"(?:หมายเหตุ|หมายเหต|remarks?|notes?|บันทึก|comments?|ข้อมูลเพิ่มเติม|เพิ่มเติม)"),
    (
        Field.ORGANISATION,
        r"(?:ชื่อ)?(?:กลุ่ม|องค์กร|องค์การ|หน่วยงาน|สังกัด|เครือข่าย|สถาบัน|สหกรณ์|กองทุน|ชุมชน|organi[sz]ation|agency|group|network|affiliation).*|"
        r"ตำแหน่ง(?:และ|หรือ)?(?:กลุ่ม|องค์กร|หน่วยงาน|สังกัด).*",
    ),
    (Field.POST, r"(?:ตำแหน่ง|บทบาท|หน้าที่|position|post|role|duty|สถานะ(?:ในกลุ่ม)?).*"),
)
# How a list that was downloaded from here heads what only this system keeps (`exporting.KEPT_HERE`).
OURS = ("(ในระบบ)", "(in the system)")
_FIELDS = [(field, re.compile(shape)) for field, shape in _SHAPES]
# A heading is short; what is longer is text.
_LONGEST = 60


# One of these stands in every heading of names, given names and surnames; marks and blanks aside.
_OF_NAMES = re.compile("ชอ|นาม|สกล|ผแทน|ผเขา|ผประสาน|name|given")
_BARE = str.maketrans("", "", "ัิีึืฺุู็่้๊๋์ํ๎ \n\t.-")


def may_name(text: str) -> bool:
    """Whether a heading of names may stand in this text; told quickly, since nearly every row of a list has none."""
    return _OF_NAMES.search(text.casefold().translate(_BARE)) is not None


def key_of(heading: str) -> str:
    """A heading without blanks and signs."""
    return _NOISE.sub("", thai.repair(heading.replace("\n", " ")).casefold())


@lru_cache(maxsize=2048)
def field_of(heading: str) -> Field | None:
    """What a column of this heading holds; None where the heading is none that is known."""
    if not heading or len(heading) > _LONGEST:
        return None
    if heading.rstrip().endswith(OURS):
        return Field.LEFT_OUT
    key = key_of(heading)
    if key in ("", "ไม่มี"):
        return Field.NUMBER if heading.strip() in ("#", "№") else None
    return next((field for field, shape in _FIELDS if shape.fullmatch(key)), None)
