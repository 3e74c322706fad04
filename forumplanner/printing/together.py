"""What must stay on one line in free text: dates, times, amounts, numbered things, names and places."""

import re
from collections.abc import Iterable

from forumplanner.core.thai.calendar_words import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from forumplanner.core.thai.names import HONORIFICS
from forumplanner.core.thai.terms import TERMS


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


# Units that follow a number. A no-break space would not do: after Thai digits Pango breaks by its dictionary.
COUNTED = (
    "กองทุน", "กลุ่ม", "เครือข่าย", "องค์กร", "หน่วยงาน", "ชุมชน", "หมู่บ้าน", "ครัวเรือน", "ตำบล", "อำเภอ", "จังหวัด", "ภาค",
    "พื้นที่", "แห่ง", "คณะ", "ประเด็น", "เรื่อง", "ข้อ", "ครั้ง", "หน้า", "ฉบับ", "ชุด", "คน", "ราย", "ท่าน", "รูป",
    "ปี", "เดือน", "สัปดาห์", "วัน", "ชั่วโมง", "นาที", "บาท",
)  # fmt: skip

# What a number follows.
NUMBERED_THINGS = (
    "ครั้งที่", "ข้อที่", "ข้อ", "หน้า", "วาระที่", "หมู่ที่", "มาตรา", "ฉบับที่", "ลำดับที่", "อันดับที่", "เลขที่", "ซอย", "ชั้น", "ห้อง",
    "ปี", "ปีงบประมาณ", "รุ่นที่", "ระยะที่", "No.",
)  # fmt: skip
# Shortened words that stand before a name or a number: places, schools, hospitals, local government.
SHORT_WORDS = (
    "จ.", "อ.", "ต.", "ม.", "ถ.", "ซ.", "รร.", "รพ.", "รพ.สต.", "อบต.", "อบจ.", "ทต.", "ทม.", "ทน.", "สภ.", "สน.",
    "โทร.", "นพ.", "พญ.", "ดร.", "ผศ.", "รศ.", "ศ.", "ทพ.", "ภก.", "ภญ.", "สพ.", "บจก.", "หจก.", "บมจ.",
)  # fmt: skip

# Every repeat has a bound: half a megabyte of digits or blanks must not take longer than other text.
_S = r"[ \u00a0]{0,2}"
_DIGIT = "[0-9๐-๙]"
_TO = rf"{_S}[-–]{_S}"
_THAI = "[ก-๎]"  # letters and marks, without digits
_NOT_THAI = rf"(?!{_THAI})"
_ALONE = rf"(?<!{_THAI})"

_DAY_NAME = rf"(?:{_one_of((*WEEKDAYS['th'], *SHORT_WEEKDAYS['th']))})"
_WEEKDAY = (
    rf"(?:(?:วัน)?{_DAY_NAME}(?:{_TO}(?:วัน)?{_DAY_NAME})?(?:ที่)?{_S}"
    rf"|(?:{_one_of((*WEEKDAYS['en'], *SHORT_WEEKDAYS['en']))}),?{_S})?"
)
_DAY = rf"{_WEEKDAY}{_DIGIT}{{1,2}}"
_MONTH = rf"(?:{_one_of((*MONTHS['th'], *SHORT_MONTHS['th']))}|(?:{_one_of((*MONTHS['en'], *SHORT_MONTHS['en']))})\b)"
_ERA = r"(?:พ|ค|ร|จ|ม)\.ศ\."
_YEAR = rf"(?:{_ERA}{_S})?{_DIGIT}{{4}}"
_MONTH_DAYS = rf"{_DAY}(?:{_TO}{_DAY})?{_S}{_MONTH}(?:{_S}{_YEAR})?"
DATE = rf"{_MONTH_DAYS}(?:{_TO}{_MONTH_DAYS})?"
# ม.ค.-ก.พ. 2550, เดือนมีนาคม 2550, พ.ศ. 2526.
MONTHS_OF_YEAR = rf"(?:เดือน{_S})?{_MONTH}(?:{_S}{_YEAR})?{_TO}{_MONTH}(?:{_S}{_YEAR})?|(?:เดือน{_S})?{_MONTH}{_S}{_YEAR}"
YEAR = rf"{_ERA}{_S}{_DIGIT}{{1,4}}(?:{_TO}{_DIGIT}{{1,4}})?"

_CLOCK = rf"{_DIGIT}{{1,2}}[.:]{_DIGIT}{{2}}"
TIME = rf"{_CLOCK}(?:{_TO}{_CLOCK})?{_S}(?:น\.|นาฬิกา)"

_NUMBER = rf"(?<!{_DIGIT}){_DIGIT}{{1,15}}(?:[.,/:]{_DIGIT}{{1,15}}){{0,5}}"
_THOUSANDS = r"(?:แสน|หมื่น)?(?:ล้าน|แสน|หมื่น|พัน)"
AMOUNT = (
    rf"(?:ร้อยละ{_S})?{_NUMBER}(?:{_S}{_THOUSANDS})?{_S}(?:{_one_of(COUNTED)}|%|baht\b|million\b)"
    rf"|ร้อยละ{_S}{_NUMBER}|{_NUMBER}{_S}{_THOUSANDS}"
)
NUMBERED = rf"(?:{_one_of(NUMBERED_THINGS)}){_S}{_NUMBER}"

# A telephone number, its series and its extension: โทร. 0-2281-9672 ถึง 4 ต่อ 101-103.
_PART = rf"{_DIGIT}{{1,5}}"
TELEPHONE = (
    rf"(?:(?:โทร(?:ศัพท์|สาร)?|มือถือ|แฟกซ์|Tel|Fax)\.?{_S})?"
    rf"(?<!{_DIGIT})[0๐+]{_DIGIT}{{0,2}}(?:[-. ]?{_DIGIT}{{2,5}}){{2,3}}"
    rf"(?:{_S}(?:-|ถึง|,){_S}{_DIGIT}{{1,2}}(?!{_DIGIT}))?"
    rf"(?:{_S}(?:ต่อ|กด|ext\.?){_S}{_PART}(?:{_TO}{_PART})?)?"
)

# Thai runs on without spaces, so a name is taken whole only where it ends as names do.
_HONORIFIC = _one_of(word for word in HONORIFICS if not word.isascii())
NAME = rf"{_ALONE}(?:{_HONORIFIC}){{1,3}}{_S}{_THAI}{{2,20}}(?: {_THAI}{{2,25}}{_NOT_THAI})?{_NOT_THAI}"
# A shortened word and what it stands before: จ.สงขลา, อ. หาดใหญ่, รพ.สต.บ้านพรุ, ม.5, and ฯพณฯ with whom it honours.
_SHORTENED = rf"(?:[ก-ฮ]\.){{2,5}}|{_ALONE}(?:[ก-ฮ]{{1,4}}\.){{2,4}}|{_ALONE}(?:{_one_of(SHORT_WORDS)})"
SHORTENED = (
    rf"(?:{_SHORTENED})(?:{_S}(?:{_NUMBER}|{_THAI}{{2,20}}{_NOT_THAI}))|(?:[ก-ฮ]\.){{2,5}}|ฯลฯ"
    rf"|ฯพณฯ(?:{_S}{_THAI}{{2,25}}{_NOT_THAI})?"
)
PLACE = rf"{_ALONE}(?:จังหวัด|อำเภอ|ตำบล|เขต|แขวง){_THAI}{{2,20}}{_NOT_THAI}"
# The same behind what bears its name, as in เครือข่ายอำเภอกาญจนดิษฐ์: no dictionary knows it, so it would break inside.
_BEARERS = "เครือข่าย|กลุ่ม|ชมรม|สมาพันธ์|สมาคม|สหกรณ์|กองทุน|สภา"
BEARER_OF_PLACE = rf"{_ALONE}(?:{_BEARERS})(?:จังหวัด|อำเภอ|ตำบล){_THAI}{{2,20}}{_NOT_THAI}"

REGION = rf"(?:การ)?(?:เวที|ประชุมวง)ภาค(?: ?{_THAI}{{2,20}}{_NOT_THAI})?"
TERM = rf"{REGION}|(?:การ)?(?:{_one_of(TERMS)})"

_ALWAYS = "|".join(
    (DATE, MONTHS_OF_YEAR, YEAR, TIME, TELEPHONE, AMOUNT, NUMBERED, NAME, PLACE, BEARER_OF_PLACE, SHORTENED, TERM)
)
# Where somebody is found: an address of the web or of mail. It may break, but only where nothing is lost.
ADDRESS = (
    r"(?:https?://|webcals?://|www\.)[\w\-.~:/?#\[\]@!$&'()*+,;=%]{1,2000}"
    r"|[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,6}"
)
_LEADING_HONORIFIC = re.compile(rf"(?:{_HONORIFIC}){{1,3}} ?")


def runs(names: Iterable[str] = ()) -> re.Pattern[str]:
    """A pattern that finds every run to keep on one line, `names` with and without their honorific among them, and
    every address (group `address`)."""
    forms = {form for name in names for form in (name, _LEADING_HONORIFIC.sub("", name, count=1)) if len(form) > 1}
    found = f"{_one_of(forms)}|{_ALWAYS}" if forms else _ALWAYS
    return re.compile(f"(?P<address>{ADDRESS})|{found}")
