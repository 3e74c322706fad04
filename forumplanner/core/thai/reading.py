"""Reads dates and ranges as people type them; refuses, with a sentence that says what to do, what could be misread."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.thai.date_words import Era, names_month, read_after, read_before, read_month, take_weekdays
from forumplanner.core.thai.eras import (
    BUDDHIST_OFFSET,
    FIRST_BUDDHIST,
    FIRST_GREGORIAN,
    LAST_BUDDHIST,
    LAST_GREGORIAN,
    YEAR_OUT_OF_RANGE,
    gregorian_year,
)
from forumplanner.core.thai.repairing import drop_invisible

EMPTY = N_("Please write a date, for example 30 Jan 2007 or 30/01/2007.")
UNREADABLE = N_(
    "“%(typed)s” could not be read as a date. Please write day, month and year, for example 30 Jan 2007 or 30/01/2007."
)
ONE_DAY = N_("“%(typed)s” is more than one day. Please write one date here, for example 30 Jan 2007.")
NOT_CONSECUTIVE = N_(
    "“%(typed)s” names two days that do not follow each other. "
    "Please write the first and the last day, for example 30-31 Jan 2007."
)
SEPARATE_DAYS = N_(
    "“%(typed)s” names days that do not all follow each other. The days of a meeting do: "
    "please write the first and the last day here, and add the other days as another meeting."
)
MONTH_FIRST = N_("“%(typed)s” has the month first. Please write the day first, for example 30 Jan 2007 or 30/01/2007.")
DAY_BEFORE_MONTH = N_(
    "“%(typed)s” begins with the year, but the month does not follow. "
    "Please write the day first, for example 30/01/2007."
)
NO_SUCH_MONTH = N_(
    "“%(typed)s” does not exist: there is no month %(month)s. Please write day, month, year: 30/01/2007."
)
NO_SUCH_DAY = N_("“%(typed)s” does not exist: that month has the days 1 to %(last)s. Please correct the day.")
NO_YEAR = N_("“%(typed)s” has no year. Please add it with four digits, for example 2007.")
NO_YEAR_AT_END = N_("The last day in “%(typed)s” has no year. Please add it with four digits, for example 2007.")
SHORT_YEAR = N_(
    "The year in “%(typed)s” has two digits, which could be of either era. "
    "Please write it with four digits, for example 2007."
)
ODD_YEAR = N_("The year in “%(typed)s” does not have four digits. Please write it like 2007.")
BUDDHIST_CALLED_CHRISTIAN = N_(
    "“%(typed)s” says CE %(buddhist)s, which looks like a Buddhist year. "
    "Please write BE %(buddhist)s or CE %(christian)s."
)
CHRISTIAN_CALLED_BUDDHIST = N_(
    "“%(typed)s” says BE %(christian)s, which looks like a year of the Christian era. "
    "Please write BE %(buddhist)s or CE %(christian)s."
)
BACKWARDS = N_(
    "“%(typed)s” ends before it begins. Please write the earlier day first. "
    "Where the days are in two years, write both years: 30 Dec 2006 - 2 Jan 2007."
)

_LONGEST = 120
_CLEAN = str.maketrans("๐๑๒๓๔๕๖๗๘๙\u00a0\u202f\t\n\r‐‑‒–—―−~", "0123456789     --------")
_UNTIL = re.compile(r"จนถึง|ถึง|\bto\b|\buntil\b|\bthrough\b", re.IGNORECASE)
# Two days named one by one: 12 และ 13 มี.ค., 12, 13 มี.ค.
_AND = re.compile(r"และ|&|\band\b|(?<=[0-9]) ?, ?(?=[0-9])", re.IGNORECASE)
# Several days named one by one or in parts: 1-3, 5 มี.ค.; 1, 2 และ 3 มี.ค.
_PART = r"[0-9]{1,2}(?: ?- ?[0-9]{1,2})?"
_LISTED = re.compile(
    rf"(?P<before>[^0-9]*)(?P<days>{_PART}(?: ?(?:,|และ|&|and) ?{_PART}){{1,9}})(?=[^0-9,-])(?P<behind>.+)",
    re.IGNORECASE,
)
# The hour that stands behind a date: เวลา 09.00 น., 09.00-16.30 น.
_HOUR_BEHIND = re.compile(
    r"[ ,]*(?:(?:ตั้งแต่|ระหว่าง)?เวลา.*| [0-9]{1,2}[.:][0-9]{2}(?: ?- ?[0-9]{1,2}[.:][0-9]{2})? ?(?:น\.?|นาฬิกา))"
    r"(?: ?เป็นต้นไป)?$"
)
_MONTH_BETWEEN = re.compile(r"\s*([-/])(.*)\1\s*")
_SHAPE = re.compile("([^0-9]*)([0-9]+)(?:([^0-9]+)([0-9]+)(?:([^0-9]+)([0-9]+))?)?([^0-9]*)")


class _Piece(NamedTuple):
    """What one date text holds, not yet checked. `year` is as typed, digits alone."""

    typed: str
    day: int
    month: int | None
    year: str | None
    era: Era
    weekday: int | None


def _clean(text: str) -> str:
    text = drop_invisible(text[: _LONGEST + 1]).translate(_CLEAN).strip()
    if not text:
        raise Invalid(EMPTY)
    if len(text) > _LONGEST:
        raise Invalid(UNREADABLE, typed=f"{text[:40]}...")
    return _HOUR_BEHIND.sub("", text) or text


def _listed(text: str) -> str:
    """Several days named in parts as one range where they follow each other; refused where they do not."""
    match = _LISTED.fullmatch(text)
    if not match or read_before(match["before"]) is None:
        return text
    if re.fullmatch(r"[0-9]+[^0-9-]+[0-9]+", match["days"]):
        return text  # two days: 30 และ 31
    days: list[int] = []
    for part in re.split(r" ?(?:,|และ|&|and) ?", match["days"]):
        first, _, last = part.partition("-")
        days += range(int(first), int(last or first) + 1)
    if days != list(range(days[0], days[0] + len(days))):
        raise Invalid(SEPARATE_DAYS, typed=text)
    return f"{match['before']}{days[0]}-{days[-1]}{match['behind']}"


def _piece(text: str) -> _Piece | None:  # noqa: PLR0911 - one return a shape
    """Take one date text apart; None where it has no shape of a date."""
    match = _SHAPE.fullmatch(text)
    if not match:
        return None
    before, first, between, second, between2, third, after = match.groups()
    opening = read_before(before)
    if opening is None:
        if names_month(before) and len(first) <= 2:
            raise Invalid(MONTH_FIRST, typed=text.strip())
        return None
    weekday = opening[0]
    if third is not None:
        same_separators = between.strip() == between2.strip() in ("/", "-", ".")
        return _three_numbers(text, (first, second, third), after, weekday) if same_separators else None
    if len(first) > 2:
        return None
    if second is not None:
        closing = read_after(after)
        if closing is None:
            return None
        if between.strip() == "/" and len(second) <= 2:
            return _Piece(text, int(first), int(second), None, Era.UNSAID, _either(weekday, closing[1]))
        dashed = _MONTH_BETWEEN.fullmatch(between)  # 30-ม.ค.-2550, as spreadsheets write it
        found = read_month(dashed[2] if dashed else between)
        if found is None:
            return None
        era = closing[0] if found[1] is Era.UNSAID else found[1]
        return _Piece(text, int(first), found[0], second, era, _either(weekday, closing[1]))
    if not after.strip():
        return _Piece(text, int(first), None, None, Era.UNSAID, weekday)
    found = read_month(after)
    return _Piece(text, int(first), found[0], None, Era.UNSAID, weekday) if found else None


def _three_numbers(text: str, numbers: tuple[str, str, str], after: str, weekday: int | None) -> _Piece | None:
    """A date all in numbers, the day first, or ISO's with the year first."""
    first, month, third = numbers
    closing = read_after(after)
    if closing is None or len(month) > 2:
        return None
    iso = len(first) == 4
    day, year = (third, first) if iso else (first, third)
    if len(day) > 2:
        return None
    if iso and int(month) > 12 and int(day) <= 12:
        raise Invalid(DAY_BEFORE_MONTH, typed=text.strip())
    return _Piece(text, int(day), int(month), year, closing[0], _either(weekday, closing[1]))


def _either(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def _year(typed: str, year: str, era: Era) -> int:
    """The Gregorian year of a year as typed."""
    if len(year) != 4:
        raise Invalid(SHORT_YEAR if len(year) == 2 else ODD_YEAR, typed=typed)
    number = int(year)
    buddhist = FIRST_BUDDHIST <= number <= LAST_BUDDHIST
    christian = FIRST_GREGORIAN <= number <= LAST_GREGORIAN
    if buddhist:
        if era is Era.CHRISTIAN:
            other = number - BUDDHIST_OFFSET
            raise Invalid(BUDDHIST_CALLED_CHRISTIAN, typed=typed, buddhist=number, christian=other)
        return number - BUDDHIST_OFFSET
    if christian:
        if era is Era.BUDDHIST:
            other = number + BUDDHIST_OFFSET
            raise Invalid(CHRISTIAN_CALLED_BUDDHIST, typed=typed, buddhist=other, christian=number)
        return number
    raise Invalid(YEAR_OUT_OF_RANGE, year=year)


def _resolve(piece: _Piece, month: int | None, year: int | None) -> date:
    """The date of a piece; `month` and the Gregorian `year` stand in where it has none."""
    typed = piece.typed.strip()
    found_month = month if piece.month is None else piece.month
    if found_month is None:
        raise Invalid(UNREADABLE, typed=typed)
    if found_month > 12:
        first_as_month = piece.day <= 12 and found_month <= 31
        raise Invalid(MONTH_FIRST if first_as_month else NO_SUCH_MONTH, typed=typed, month=found_month)
    found_year = year if piece.year is None else _year(typed, piece.year, piece.era)
    if found_year is None:
        raise Invalid(NO_YEAR, typed=typed)
    try:
        return date(found_year, found_month, piece.day)
    except ValueError:
        if found_month < 1:
            raise Invalid(NO_SUCH_MONTH, typed=typed, month=found_month) from None
        raise Invalid(NO_SUCH_DAY, typed=typed, last=monthrange(found_year, found_month)[1]) from None


def _split(text: str) -> tuple[_Piece, _Piece] | None:
    """The two ends of a range: the first hyphen on whose both sides a date can stand."""
    text = _AND.sub("-", _UNTIL.sub("-", text))
    for position, char in enumerate(text):
        if char == "-":
            end = _piece(text[position + 1 :])
            start = _piece(text[:position]) if end and end.month is not None else None
            if start and end:
                return start, end
    return None


def parse_date(text: str, year: int | None = None) -> date:
    """Read one date as typed, Buddhist or Gregorian by its year; `year`, of either era, stands in where it has none.

    Raises Invalid with a sentence for each cause: two-digit, missing or out-of-range year, a day the month does not
    have, the month first, a range, anything unreadable.
    """
    text = take_weekdays(_clean(text))[0]
    piece = _piece(text)
    if piece is None:
        raise Invalid(ONE_DAY if _split(text) else UNREADABLE, typed=text)
    return _resolve(piece, None, None if year is None else gregorian_year(year))


def parse_range(text: str, year: int | None = None) -> tuple[date, date]:
    """Read a range as typed, or one date as a range of one day: 30-31ม.ค.2550, 28 ก.พ. ถึง 1 มี.ค. 2550.

    Two days named one by one (30 และ 31 ม.ค. 2550) are a range where one follows the other. The first day takes month
    and year of the last where it has none of its own; `year` as in `parse_date`.
    Raises Invalid as `parse_date` does, and where the range runs backwards.
    """
    text = _listed(take_weekdays(_clean(text))[0])
    box = None if year is None else gregorian_year(year)
    whole = _piece(text)
    if whole:
        day = _resolve(whole, None, box)
        return day, day
    ends = _split(text)
    if ends is None:
        raise Invalid(UNREADABLE, typed=text)
    if ends[0].year and not ends[1].year and box is None:
        raise Invalid(NO_YEAR_AT_END, typed=text)
    end = _resolve(ends[1]._replace(typed=text), None, box)
    start = _resolve(ends[0]._replace(typed=text), end.month, end.year)
    if start > end:
        raise Invalid(BACKWARDS, typed=text)
    if _AND.search(text) and (end - start).days != 1:
        raise Invalid(NOT_CONSECUTIVE, typed=text)
    return start, end


@dataclass(frozen=True)
class WeekdayMismatch:
    """A weekday was written that the date does not have: a warning for the person to check, never a refusal."""

    message: str
    params: dict[str, object]


_IS_WEEKDAY = (
    N_("“%(typed)s” does not fit: day %(day)s is a Monday. Please check the date."),
    N_("“%(typed)s” does not fit: day %(day)s is a Tuesday. Please check the date."),
    N_("“%(typed)s” does not fit: day %(day)s is a Wednesday. Please check the date."),
    N_("“%(typed)s” does not fit: day %(day)s is a Thursday. Please check the date."),
    N_("“%(typed)s” does not fit: day %(day)s is a Friday. Please check the date."),
    N_("“%(typed)s” does not fit: day %(day)s is a Saturday. Please check the date."),
    N_("“%(typed)s” does not fit: day %(day)s is a Sunday. Please check the date."),
)


def weekday_mismatch(text: str, start: date, end: date | None = None) -> WeekdayMismatch | None:
    """The warning where `text`, read before as `start` (to `end`), names a weekday that its date does not have."""
    typed = _clean(text)
    text, pair = take_weekdays(typed)
    text = _listed(text)
    whole = _piece(text)
    for named, day in zip(pair or (), (start, end or start), strict=False):
        if named != day.weekday():
            return WeekdayMismatch(_IS_WEEKDAY[day.weekday()], {"typed": typed, "day": day.day})
    pieces = (whole,) if whole else _split(text) or ()
    for piece, day in zip(pieces, (start, end or start), strict=False):
        if piece.weekday is not None and piece.weekday != day.weekday():
            return WeekdayMismatch(_IS_WEEKDAY[day.weekday()], {"typed": piece.typed.strip(), "day": day.day})
    return None
