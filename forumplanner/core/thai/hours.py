"""Times of day: 09.30 น. in Thai, 09:30 in English, and both read, as are the hours people say: บ่ายสองโมง, เที่ยง."""

import re
from datetime import time
from typing import NamedTuple

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_, Lang
from forumplanner.core.thai.digits import from_thai_digits
from forumplanner.core.thai.repairing import repair

_LONGEST = 60
_OPENING = re.compile(r"(?:ระหว่าง|ตั้งแต่|from|between)? ?(?:เวลา|at)? ?", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:(?:[.:]|(?<=\d\d)(?=\d\d(?!\d)))(?P<minute>\d\d)(?:[.:]00)?)? ?"
    r"(?P<unit>น\.?|นาฬิกา|hrs?\.?|a\.?m\.?|p\.?m\.?)?",
    re.IGNORECASE | re.ASCII,
)
_BETWEEN = re.compile(r" ?(?:-|[‐-―−~]|จนถึง|ถึง|\bto\b|\buntil\b) ?(?:เวลา ?)?")
_SAID = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "สิบเอ็ด", "สิบสอง")
_WORDS = {word: number for number, word in enumerate(_SAID, 1)}
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_MINUTES = r"(?: ?(?P<half>ครึ่ง)| ?(?P<minutes>\d\d?) ?(?:นาที)?)?"
_SPOKEN = (
    # Hours of the day as they are said, and what is added to the number; the first that fits counts.
    ("noon", re.compile(rf"เที่ยง(?:วัน|ตรง)?{_MINUTES}", re.ASCII)),
    ("midnight", re.compile("เที่ยงคืน")),
    ("night", re.compile(rf"ตี ?{_NUMBER}{_MINUTES}", re.ASCII)),
    ("evening", re.compile(rf"(?:{_NUMBER} ?)?ทุ่ม(?P<one> ?หนึ่ง)?{_MINUTES}", re.ASCII)),
    ("afternoon", re.compile(rf"บ่าย ?(?:{_NUMBER} ?)?(?:โมง)?{_MINUTES}", re.ASCII)),
    ("afternoon", re.compile(rf"{_NUMBER} ?โมง(?:เย็น){_MINUTES}", re.ASCII)),
    ("morning", re.compile(rf"{_NUMBER} ?โมง(?:เช้า){_MINUTES}", re.ASCII)),
    ("day", re.compile(rf"{_NUMBER} ?โมง(?:ตรง)?{_MINUTES}", re.ASCII)),
)
# The hours a number may be in each part of the day, and what makes it one of 24.
_HOURS = {
    "night": {number: number for number in range(1, 6)},
    "evening": {number: 18 + number for number in range(1, 6)},
    "afternoon": {number: 12 + number for number in range(1, 7)},
    "morning": {number: number + 6 if number < 6 else number for number in range(1, 12)},
    "day": {number: number + 12 if number < 6 else number for number in range(1, 13)},
}
_END_OF_DAY = time(23, 59)

UNREADABLE_TIME = N_("“%(typed)s” could not be read as a time. Please write hours and minutes, for example 09.30.")
UNREADABLE_HOURS = N_(
    "“%(typed)s” could not be read as hours. Please write when it begins and ends, for example 09.00-16.30."
)
NO_SUCH_TIME = N_("There is no time %(typed)s. Please write hours from 0 to 23 and minutes from 00 to 59.")
ONE_TIME = N_("“%(typed)s” names more than one time. Please write one time here, for example 09.30.")
TIMES_BACKWARDS = N_(
    "“%(typed)s” does not end later than it begins. Please write the earlier time first, for example 09.30-16.30."
)


class _Read(NamedTuple):
    """A time and its unit. `bare`: an hour alone, which means a time only beside another."""

    value: time
    unit: str
    bare: bool = False


def format_time(value: time, lang: Lang = "th") -> str:
    """09.30 น.; English 09:30."""
    return f"{value:%H.%M} น." if lang == "th" else f"{value:%H:%M}"


def format_time_range(start: time, end: time | None = None, lang: Lang = "th") -> str:
    """09.30-16.30 น.; without an end 09.30 น. เป็นต้นไป; English 09:30-16:30 and from 09:30."""
    if end is None:
        return f"{format_time(start)} เป็นต้นไป" if lang == "th" else f"from {format_time(start, lang)}"
    return f"{start:%H.%M}-{end:%H.%M} น." if lang == "th" else f"{start:%H:%M}-{end:%H:%M}"


def _read(text: str, unit: str = "") -> _Read | None:
    """One time; None where the text is none. `unit` comes from the other end of a range."""
    text = text[_OPENING.match(text).end() :] if _OPENING.match(text) else text  # type: ignore[union-attr]
    spoken = _read_spoken(text) or (_read_spoken(f"{text} {unit}") if unit in ("โมง", "ทุ่ม") else None)
    if spoken:
        return spoken
    match = _TIME.fullmatch(text)
    if not match:
        return None
    written = (match["unit"] or unit).lower().replace(".", "")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if written in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise Invalid(NO_SUCH_TIME, typed=text)
        hour = hour % 12 + (12 if written == "pm" else 0)
    if (hour, minute) == (24, 0):
        return _Read(_END_OF_DAY, written)
    if hour > 23 or minute > 59:
        raise Invalid(NO_SUCH_TIME, typed=text)
    return _Read(time(hour, minute), written, bare=match["minute"] is None and not written)


def _read_spoken(text: str) -> _Read | None:
    for part, pattern in _SPOKEN:
        match = pattern.fullmatch(text)
        if not match:
            continue
        said = match.groupdict()
        minute = 30 if said.get("half") else int(said.get("minutes") or 0)
        unit = "ทุ่ม" if part == "evening" else "โมง"
        if part == "midnight":
            return _Read(_END_OF_DAY, unit)
        number = said.get("number")
        hour = 12 if part == "noon" else _HOURS[part].get(_WORDS.get(number or "", 0) or int(number or 1))
        if hour is None or minute > 59:
            raise Invalid(NO_SUCH_TIME, typed=text)
        return _Read(time(hour, minute), unit)
    return None


def _clean(text: str) -> str:
    text = from_thai_digits(repair(text[: _LONGEST + 1]))
    if not text or len(text) > _LONGEST:
        raise Invalid(UNREADABLE_TIME, typed=text[:_LONGEST])
    return text


def parse_time(text: str) -> time:
    """Read 9.30, 09:30, 0930, 9 น., 4.30 pm, บ่ายสองโมงครึ่ง, เที่ยง, Thai digits too; 24.00 is the day's last minute.

    Raises Invalid with a sentence for each cause.
    """
    text = _clean(text)
    if _BETWEEN.search(text):
        raise Invalid(ONE_TIME, typed=text)
    found = _read(text)
    if found is None or found.bare:  # a bare 9 may be anything
        raise Invalid(UNREADABLE_TIME, typed=text)
    return found.value


def parse_time_range(text: str) -> tuple[time, time]:
    """Read 9.30-16.30, 0900-1630 น., ตั้งแต่เวลา 09.30 น. ถึงเวลา 16.30 น., 9-16, 9 โมง - บ่าย 3.

    Raises Invalid, also where the end is not after the start.
    """
    text = _clean(text)
    parts = _BETWEEN.split(text)
    if len(parts) != 2:
        raise Invalid(UNREADABLE_HOURS, typed=text)
    end = _read(parts[1])
    start = _read(parts[0], end.unit if end else "")
    if start is None or end is None:
        raise Invalid(UNREADABLE_HOURS, typed=text)
    closes = end.value
    if end.bare and start.unit == "โมง" and start.value >= time(12) and closes.hour < 7:
        closes = closes.replace(hour=closes.hour + 12)  # บ่าย 1 ถึง 3
    if closes <= start.value:
        raise Invalid(TIMES_BACKWARDS, typed=text)
    return start.value, closes
