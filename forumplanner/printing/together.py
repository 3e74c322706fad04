"""What must stay on one line in free text: dates, times, amounts, numbered things, names and places."""

import re
from collections.abc import Iterable

from forumplanner.core.thai.calendar_words import MONTHS, SHORT_MONTHS, WEEKDAYS
from forumplanner.core.thai.names import HONORIFICS


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


# Units that follow a number. A no-break space would not do: after Thai digits Pango breaks by its dictionary.
COUNTED = (
    "กองทุน", "กลุ่ม", "เครือข่าย", "องค์กร", "หน่วยงาน", "ชุมชน", "หมู่บ้าน", "ครัวเรือน", "ตำบล", "อำเภอ", "จังหวัด", "ภาค",
    "พื้นที่", "แห่ง", "คณะ", "ประเด็น", "เรื่อง", "ข้อ", "ครั้ง", "หน้า", "ฉบับ", "ชุด", "คน", "ราย", "ท่าน", "รูป",
    "ปี", "เดือน", "สัปดาห์", "วัน", "ชั่วโมง", "นาที", "บาท",
)  # fmt: skip

# Every repeat has a bound: half a megabyte of digits or blanks must not take longer than other text.
_S = r"[ \u00a0]{0,2}"
_DIGIT = "[0-9๐-๙]"
_TO = rf"{_S}[-–]{_S}"
_THAI = "[ก-๎]"  # letters and marks, without digits
_NOT_THAI = rf"(?!{_THAI})"
_ALONE = rf"(?<!{_THAI})"

_WEEKDAY = rf"(?:(?:วัน)?(?:{_one_of(WEEKDAYS['th'])})(?:ที่)?{_S}|(?:{_one_of(WEEKDAYS['en'])}){_S})?"
_DAY = rf"{_WEEKDAY}{_DIGIT}{{1,2}}"
_MONTH = rf"(?:{_one_of((*MONTHS['th'], *SHORT_MONTHS['th']))}|(?:{_one_of((*MONTHS['en'], *SHORT_MONTHS['en']))})\b)"
_YEAR = rf"(?:(?:พ\.ศ\.|ค\.ศ\.){_S})?{_DIGIT}{{4}}"
_MONTH_DAYS = rf"{_DAY}(?:{_TO}{_DAY})?{_S}{_MONTH}(?:{_S}{_YEAR})?"
DATE = rf"{_MONTH_DAYS}(?:{_TO}{_MONTH_DAYS})?"

_CLOCK = rf"{_DIGIT}{{1,2}}[.:]{_DIGIT}{{2}}"
TIME = rf"{_CLOCK}(?:{_TO}{_CLOCK})?{_S}(?:น\.|นาฬิกา)"

_NUMBER = rf"(?<!{_DIGIT}){_DIGIT}{{1,15}}(?:[.,/:]{_DIGIT}{{1,15}}){{0,5}}"
_THOUSANDS = r"(?:แสน|หมื่น)?(?:ล้าน|แสน|หมื่น|พัน)"
AMOUNT = (
    rf"(?:ร้อยละ{_S})?{_NUMBER}(?:{_S}{_THOUSANDS})?{_S}(?:{_one_of(COUNTED)}|%|baht\b|million\b)"
    rf"|ร้อยละ{_S}{_NUMBER}|{_NUMBER}{_S}{_THOUSANDS}"
)
NUMBERED = rf"(?:ครั้งที่|ข้อที่|ข้อ|หน้า|วาระที่|หมู่ที่|No\.){_S}{_NUMBER}"

# Thai runs on without spaces, so a name is taken whole only where it ends as names do.
_HONORIFIC = _one_of(word for word in HONORIFICS if not word.isascii())
NAME = rf"{_ALONE}(?:{_HONORIFIC}){{1,3}}{_S}{_THAI}{{2,20}}(?: {_THAI}{{2,25}}{_NOT_THAI})?{_NOT_THAI}"
PLACE = rf"{_ALONE}(?:จังหวัด|อำเภอ|ตำบล|เขต|แขวง){_THAI}{{2,20}}{_NOT_THAI}"
# The same behind what bears its name, as in เครือข่ายอำเภอกาญจนดิษฐ์: no dictionary knows it, so it would break inside.
_BEARERS = "เครือข่าย|กลุ่ม|ชมรม|สมาพันธ์|สมาคม|สหกรณ์|กองทุน|สภา"
BEARER_OF_PLACE = rf"{_ALONE}(?:{_BEARERS})(?:จังหวัด|อำเภอ|ตำบล){_THAI}{{2,20}}{_NOT_THAI}"

_ALWAYS = f"{DATE}|{TIME}|{AMOUNT}|{NUMBERED}|{NAME}|{PLACE}|{BEARER_OF_PLACE}"
_LEADING_HONORIFIC = re.compile(rf"(?:{_HONORIFIC}){{1,3}} ?")


def runs(names: Iterable[str] = ()) -> re.Pattern[str]:
    """A pattern that finds every run to keep on one line; `names` with and without their honorific among them."""
    forms = {form for name in names for form in (name, _LEADING_HONORIFIC.sub("", name, count=1)) if len(form) > 1}
    return re.compile(f"{_one_of(forms)}|{_ALWAYS}" if forms else _ALWAYS)
