"""Ranges of days in the reader's language, for templates."""

from datetime import date

from forumplanner.core import thai
from forumplanner.web.locale import current_language


def days_short(start: date, end: date) -> str:
    """30-31 ม.ค. 2550."""
    return thai.format_range_short(start, end, lang=current_language())


def days_words(start: date, end: date) -> str:
    """อังคาร 30 - พุธ 31 ม.ค. 2550."""
    return thai.format_days(start, end, lang=current_language())


def days_full(start: date, end: date) -> str:
    """วันอังคารที่ 30 - วันพุธที่ 31 มกราคม 2550, for showing a reading back."""
    return thai.format_range_full(start, end, lang=current_language())
