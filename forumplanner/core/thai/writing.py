"""Writes dates: Buddhist years in Thai, Gregorian years in English; a plain hyphen between days.

Digits are Arabic; a document that wants Thai digits passes its finished text through `to_thai_digits`.
"""

from datetime import date

from forumplanner.core.i18n import Lang
from forumplanner.core.thai.calendar_words import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from forumplanner.core.thai.eras import BUDDHIST_OFFSET


def _shown_year(day: date, lang: Lang) -> int:
    return day.year + BUDDHIST_OFFSET if lang == "th" else day.year


def _page_weekday(day: date, lang: Lang) -> str:
    # Thai weekdays are written out on pages: one or two letters, as in a calendar's head, say little in a sentence.
    return (WEEKDAYS if lang == "th" else SHORT_WEEKDAYS)[lang][day.weekday()]


def format_numeric(day: date, lang: Lang = "th") -> str:
    """30/01/2550."""
    return f"{day.day:02}/{day.month:02}/{_shown_year(day, lang)}"


def format_short(day: date, lang: Lang = "th") -> str:
    """30 ม.ค. 2550; English 30 Jan 2007."""
    return f"{day.day} {SHORT_MONTHS[lang][day.month - 1]} {_shown_year(day, lang)}"


def format_long(day: date, lang: Lang = "th") -> str:
    """30 มกราคม 2550, the form of official headings; English 30 January 2007."""
    return f"{day.day} {MONTHS[lang][day.month - 1]} {_shown_year(day, lang)}"


def format_full(day: date, lang: Lang = "th") -> str:
    """วันอังคารที่ 30 มกราคม 2550; English Tuesday 30 January 2007."""
    weekday = WEEKDAYS[lang][day.weekday()]
    return f"วัน{weekday}ที่ {format_long(day)}" if lang == "th" else f"{weekday} {format_long(day, lang)}"


def format_month(day: date, lang: Lang = "th") -> str:
    """มกราคม 2550, for the head of a month."""
    return f"{MONTHS[lang][day.month - 1]} {_shown_year(day, lang)}"


def _range(start: date, end: date, lang: Lang, months: tuple[str, ...]) -> str:
    last = f"{end.day} {months[end.month - 1]} {_shown_year(end, lang)}"
    if start == end:
        return last
    if start.year != end.year:
        return f"{start.day} {months[start.month - 1]} {_shown_year(start, lang)} - {last}"
    if start.month != end.month:
        return f"{start.day} {months[start.month - 1]} - {last}"
    return f"{start.day}-{last}"


def format_range_short(start: date, end: date, lang: Lang = "th") -> str:
    """30-31 ม.ค. 2550, 28 ก.พ. - 1 มี.ค. 2550, 30 ธ.ค. 2549 - 2 ม.ค. 2550; one day as `format_short`."""
    return _range(start, end, lang, SHORT_MONTHS[lang])


def format_span(start: date | None, end: date | None, lang: Lang = "th") -> str:
    """As `format_range_short`, also where one end is not known: ตั้งแต่ 30 ม.ค. 2550, until 30 Jan 2007; else ""."""
    if start and end:
        return format_range_short(start, end, lang)
    from_word, until_word = ("ตั้งแต่", "ถึง") if lang == "th" else ("from", "until")
    if start:
        return f"{from_word} {format_short(start, lang)}"
    return f"{until_word} {format_short(end, lang)}" if end else ""


def format_range_long(start: date, end: date, lang: Lang = "th") -> str:
    """30-31 มกราคม 2550, 28 กุมภาพันธ์ - 1 มีนาคม 2550; one day as `format_long`."""
    return _range(start, end, lang, MONTHS[lang])


def _shared_end(start: date, end: date, lang: Lang, months: tuple[str, ...]) -> str:
    """What follows the first day of a range that names its weekdays: nothing it shares with the last."""
    if start.year != end.year:
        return f" {months[start.month - 1]} {_shown_year(start, lang)}"
    return f" {months[start.month - 1]}" if start.month != end.month else ""


def format_days(start: date, end: date | None = None, lang: Lang = "th") -> str:
    """The form of pages, weekday first: อังคาร 30 - พุธ 31 ม.ค. 2550, or พฤหัสบดี 29 มี.ค. 2550 for one day."""
    end = end or start
    last = f"{_page_weekday(end, lang)} {format_short(end, lang)}"
    if start == end:
        return last
    return f"{_page_weekday(start, lang)} {start.day}{_shared_end(start, end, lang, SHORT_MONTHS[lang])} - {last}"


def format_range_full(start: date, end: date, lang: Lang = "th") -> str:
    """วันอังคารที่ 30 - วันพุธที่ 31 มกราคม 2550, for showing a reading back; one day as `format_full`."""
    last = format_full(end, lang)
    if start == end:
        return last
    weekday = WEEKDAYS[lang][start.weekday()]
    first = f"วัน{weekday}ที่ {start.day}" if lang == "th" else f"{weekday} {start.day}"
    return f"{first}{_shared_end(start, end, lang, MONTHS[lang])} - {last}"
