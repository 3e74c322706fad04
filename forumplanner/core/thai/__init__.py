"""Thai text, dates, times, digits and order: pure functions, no language chosen here.

Where a function takes `lang`, "th" writes Buddhist years and "en" Gregorian ones. Only this package knows 543.
"""

from forumplanner.core.thai.amounts import format_amount
from forumplanner.core.thai.calendar_words import month_name, weekday_name
from forumplanner.core.thai.digits import from_thai_digits, to_thai_digits
from forumplanner.core.thai.eras import buddhist_year, gregorian_year
from forumplanner.core.thai.hours import format_time, format_time_range, parse_time, parse_time_range
from forumplanner.core.thai.names import (
    Doubt,
    after_word,
    find_doubt,
    is_monks_honorific,
    join_honorific,
    name_key,
    split_honorific,
)
from forumplanner.core.thai.order import SORT_KEY_LENGTH, sort_key
from forumplanner.core.thai.reading import WeekdayMismatch, parse_date, parse_range, weekday_mismatch
from forumplanner.core.thai.repairing import check_plain_text, repair, repair_lines, search_key, searchable
from forumplanner.core.thai.telephone_reading import find_phones, read_mobile, read_phone, read_phones, show_phones
from forumplanner.core.thai.telephones import PhoneNumber, format_phone, join_phones, shown_note
from forumplanner.core.thai.writing import (
    format_days,
    format_full,
    format_long,
    format_month,
    format_numeric,
    format_range_full,
    format_range_long,
    format_range_short,
    format_short,
    format_span,
)
from forumplanner.core.thai.years import format_day_or_year, parse_day_or_year

__all__ = [
    "SORT_KEY_LENGTH",
    "Doubt",
    "PhoneNumber",
    "WeekdayMismatch",
    "after_word",
    "buddhist_year",
    "check_plain_text",
    "find_doubt",
    "find_phones",
    "format_amount",
    "format_day_or_year",
    "format_days",
    "format_full",
    "format_long",
    "format_month",
    "format_numeric",
    "format_phone",
    "format_range_full",
    "format_range_long",
    "format_range_short",
    "format_short",
    "format_span",
    "format_time",
    "format_time_range",
    "from_thai_digits",
    "gregorian_year",
    "is_monks_honorific",
    "join_honorific",
    "join_phones",
    "month_name",
    "name_key",
    "parse_date",
    "parse_day_or_year",
    "parse_range",
    "parse_time",
    "parse_time_range",
    "read_mobile",
    "read_phone",
    "read_phones",
    "repair",
    "repair_lines",
    "search_key",
    "searchable",
    "show_phones",
    "shown_note",
    "sort_key",
    "split_honorific",
    "to_thai_digits",
    "weekday_mismatch",
    "weekday_name",
]
