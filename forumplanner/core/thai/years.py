"""Dates of which people know the year or the month alone: a former name borne until 2545."""

import re
from calendar import monthrange
from datetime import date

from forumplanner.core.i18n import Lang
from forumplanner.core.thai.date_words import read_month
from forumplanner.core.thai.digits import from_thai_digits
from forumplanner.core.thai.eras import buddhist_year, gregorian_year
from forumplanner.core.thai.reading import parse_date
from forumplanner.core.thai.repairing import repair
from forumplanner.core.thai.writing import format_short

_YEAR = re.compile(r"(?:ปี ?)?(?:พ\.? ?ศ\.? ?|ค\.? ?ศ\.? ?|BE ?|CE ?|AD ?)?(\d{4})", re.IGNORECASE | re.ASCII)
_MONTH = re.compile(r"(\D+?) ?(\d{4})", re.ASCII)


def parse_day_or_year(text: str, *, last: bool) -> date:
    """Read a date, a month (ต.ค. 2545) or a year (2545); of the latter two the first day, or the last where `last`.

    Raises Invalid as `parse_date` does.
    """
    typed = from_thai_digits(repair(text))
    year = _YEAR.fullmatch(typed)
    if year:
        number = gregorian_year(int(year[1]))
        return date(number, 12, 31) if last else date(number, 1, 1)
    found = _MONTH.fullmatch(typed)
    month = read_month(found[1]) if found else None
    if found and month:
        number = gregorian_year(int(found[2]))
        return date(number, month[0], monthrange(number, month[0])[1] if last else 1)
    return parse_date(text)


def format_day_or_year(day: date, lang: Lang = "th", *, last: bool) -> str:
    """The year alone where it is the year's first day, or last; any other day in full."""
    if (day.month, day.day) == ((12, 31) if last else (1, 1)):
        return str(buddhist_year(day) if lang == "th" else day.year)
    return format_short(day, lang)
