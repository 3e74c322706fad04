"""The words of the calendar: months and weekdays in Thai and English, long and short."""

from datetime import date

from forumplanner.core.i18n import Lang

MONTHS: dict[Lang, tuple[str, ...]] = {
    "th": (
        "มกราคม",
        "กุมภาพันธ์",
        "มีนาคม",
        "เมษายน",
        "พฤษภาคม",
        "มิถุนายน",
        "กรกฎาคม",
        "สิงหาคม",
        "กันยายน",
        "ตุลาคม",
        "พฤศจิกายน",
        "ธันวาคม",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
SHORT_MONTHS: dict[Lang, tuple[str, ...]] = {
    "th": ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
# Monday first, as date.weekday() counts.
WEEKDAYS: dict[Lang, tuple[str, ...]] = {
    "th": ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_WEEKDAYS: dict[Lang, tuple[str, ...]] = {
    "th": ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def month_name(month: int, lang: Lang = "th", *, short: bool = False) -> str:
    """The name of month 1-12: มกราคม or ม.ค."""
    return (SHORT_MONTHS if short else MONTHS)[lang][month - 1]


def weekday_name(day: date, lang: Lang = "th") -> str:
    """The weekday of a date, without วัน: อังคาร."""
    return WEEKDAYS[lang][day.weekday()]
