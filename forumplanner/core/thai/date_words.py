"""Reads the words around the numbers of a typed date: months, weekdays, eras, in any usual spelling.

Each is looked up by its letters alone, without dots, spaces and brackets, and remembered: dates have few words.
"""

import re
from enum import Enum
from functools import lru_cache

from forumplanner.core.thai.calendar_words import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from forumplanner.core.thai.repairing import repair


class Era(Enum):
    """The era a text names; UNSAID where the year itself decides."""

    BUDDHIST = "be"
    CHRISTIAN = "ce"
    UNSAID = ""


_NOT_LETTERS = re.compile(r"[\s.,()\[\]'\"’ฯ]+")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)?(?:of)?(?=[a-z]{3})")

_ERAS = {
    "": Era.UNSAID,
    "ปี": Era.UNSAID,
    **dict.fromkeys(("พศ", "ปีพศ", "พุทธศักราช", "be"), Era.BUDDHIST),
    **dict.fromkeys(("คศ", "ปีคศ", "คริสตศักราช", "คริสต์ศักราช", "ce", "ad"), Era.CHRISTIAN),
}


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", repair(text)).lower()


def _month_words() -> dict[str, int]:
    words: dict[str, int] = {}
    for names in (MONTHS["th"], SHORT_MONTHS["th"], MONTHS["en"], SHORT_MONTHS["en"]):
        words |= {_letters(name): number for number, name in enumerate(names, 1)}
    # As spoken, without the ending; and slips that nobody notices.
    words |= {re.sub("(คม|ยน|พันธ์)$", "", name): number for number, name in enumerate(MONTHS["th"], 1)}
    words |= {"sept": 9, "กรกฏาคม": 7, "กุมภาพันธุ์": 2, "กุมภาพัน": 2, "พฤษจิกายน": 11}
    return words


def _weekday_words() -> dict[str, int]:
    words: dict[str, int] = {}
    for names in (WEEKDAYS["th"], SHORT_WEEKDAYS["th"], WEEKDAYS["en"], SHORT_WEEKDAYS["en"]):
        words |= {_letters(name): number for number, name in enumerate(names)}
    return words | {"พฤหัส": 3, "tues": 1, "weds": 2, "thur": 3, "thurs": 3}


_MONTHS = _month_words()
_WEEKDAYS = _weekday_words()
_ANY_WEEKDAY = "|".join(
    re.escape(name)
    for name in sorted(
        {
            name
            for names in (WEEKDAYS["th"], SHORT_WEEKDAYS["th"], ("พฤหัส",), WEEKDAYS["en"], SHORT_WEEKDAYS["en"])
            for name in names
        }
        | {"พฤหัสฯ", "จ", "อ", "พ", "พฤ", "ศ", "ส", "อา"},
        key=len,
        reverse=True,
    )
)
_WEEKDAYS_AND = rf"(?:วัน ?)?(?:{_ANY_WEEKDAY})(?: ?(?:-|,|และ|ถึง|&|and|to) ?(?:วัน ?)?(?:{_ANY_WEEKDAY})){{1,6}}"
_WEEKDAYS_BEFORE = re.compile(rf"^(?P<words>[^0-9]{{0,20}}?)(?P<days>{_WEEKDAYS_AND}) ?(?:ที่|the)? ?(?=[0-9])", re.I)
_WEEKDAYS_BEHIND = re.compile(rf"[ (,]+(?P<days>{_WEEKDAYS_AND})[ )]*$", re.IGNORECASE)
_EACH_WEEKDAY = re.compile(_ANY_WEEKDAY, re.IGNORECASE)
_BEFORE_DAY = re.compile(
    "(?:เมื่อ|ใน|ณ|ลง|ประจำ|กำหนด|ระหว่าง|ตั้งแต่|on|from|between|dated)?(?:วันที่|วัน|the)?"
    f"({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})?(?:วันที่|ที่|the)?"
)


def take_weekdays(text: str) -> tuple[str, tuple[int, int] | None]:
    """A text of days without the weekdays that stand together before or behind them, and the first and last of those.

    วันเสาร์-อาทิตย์ที่ 3-4 มีนาคม 2550, ส.-อา. 3-4 มี.ค. 2550, 3-4 มี.ค. 2550 (ส.-อา.); None where no weekdays do.
    """
    before = _WEEKDAYS_BEFORE.search(text)
    found = before if before and read_before(before["words"] or "") else _WEEKDAYS_BEHIND.search(text)
    if found is None:
        return text, None
    named = [_WEEKDAYS[_letters(name)] for name in _EACH_WEEKDAY.findall(found["days"].replace("วัน", " "))]
    return text[: found.start()] + text[found.end() :], (named[0], named[-1])


@lru_cache(maxsize=1024)
def read_month(text: str) -> tuple[int, Era] | None:
    """The month (1-12) and era of what stands between day and year; None where it is neither."""
    letters = _letters(text).removeprefix("เดือน")
    letters = _ORDINAL.sub("", letters, count=1) if letters.isascii() else letters
    if letters in _MONTHS:
        return _MONTHS[letters], Era.UNSAID
    for word, era in _ERAS.items():
        if word and letters.endswith(word) and letters.removesuffix(word) in _MONTHS:
            return _MONTHS[letters.removesuffix(word)], era
    return None


@lru_cache(maxsize=1024)
def read_before(text: str) -> tuple[int | None] | None:
    """The weekday (0 is Monday) of what stands before the day, None within it if none; None where it is neither."""
    found = _BEFORE_DAY.fullmatch(_letters(text))
    return (_WEEKDAYS[found[1]] if found[1] else None,) if found else None


@lru_cache(maxsize=1024)
def read_after(text: str) -> tuple[Era, int | None] | None:
    """Era and weekday of what stands after the year; None where it is neither."""
    letters = _letters(text)
    if letters in _ERAS:
        return _ERAS[letters], None
    weekday = _WEEKDAYS.get(letters.removeprefix("วัน"))
    return None if weekday is None else (Era.UNSAID, weekday)


def names_month(text: str) -> bool:
    """Whether a month's name stands before the day, as Americans write it."""
    return read_month(text) is not None
