"""Times of day: 09.30 น. in Thai, 09:30 in English, and both read."""

import re
from datetime import time

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_, Lang
from forumplanner.core.thai.digits import from_thai_digits
from forumplanner.core.thai.repairing import repair

_LONGEST = 60
_TIME = re.compile(
    r"(?:เวลา|at)? ?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d)(?:[.:]00)?)? ?(?P<unit>น\.?|นาฬิกา|a\.?m\.?|p\.?m\.?)?",
    re.IGNORECASE | re.ASCII,
)
_BETWEEN = re.compile(r" ?(?:-|[‐-―−~]|จนถึง|ถึง|\bto\b|\buntil\b) ?")

UNREADABLE_TIME = N_("“%(typed)s” could not be read as a time. Please write hours and minutes, for example 09.30.")
UNREADABLE_HOURS = N_(
    "“%(typed)s” could not be read as hours. Please write when it begins and ends, for example 09.00-16.30."
)
NO_SUCH_TIME = N_("There is no time %(typed)s. Please write hours from 0 to 23 and minutes from 00 to 59.")
ONE_TIME = N_("“%(typed)s” names more than one time. Please write one time here, for example 09.30.")
TIMES_BACKWARDS = N_(
    "“%(typed)s” does not end later than it begins. Please write the earlier time first, for example 09.30-16.30."
)


def format_time(value: time, lang: Lang = "th") -> str:
    """09.30 น.; English 09:30."""
    return f"{value:%H.%M} น." if lang == "th" else f"{value:%H:%M}"


def format_time_range(start: time, end: time | None = None, lang: Lang = "th") -> str:
    """09.30-16.30 น.; without an end 09.30 น. เป็นต้นไป; English 09:30-16:30 and from 09:30."""
    if end is None:
        return f"{format_time(start)} เป็นต้นไป" if lang == "th" else f"from {format_time(start, lang)}"
    return f"{start:%H.%M}-{end:%H.%M} น." if lang == "th" else f"{start:%H:%M}-{end:%H:%M}"


def _read(text: str, unit: str = "") -> tuple[time | None, str]:
    """One time and its unit; None where the text is none. `unit` comes from the other end of a range."""
    match = _TIME.fullmatch(text)
    if not match:
        return None, ""
    written = (match["unit"] or unit).lower().replace(".", "")
    if match["minute"] is None and not written:  # a bare 9 may be anything
        return None, ""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if written in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise Invalid(NO_SUCH_TIME, typed=text)
        hour = hour % 12 + (12 if written == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Invalid(NO_SUCH_TIME, typed=text)
    return time(hour, minute), written


def _clean(text: str) -> str:
    text = from_thai_digits(repair(text[: _LONGEST + 1]))
    if not text or len(text) > _LONGEST:
        raise Invalid(UNREADABLE_TIME, typed=text[:_LONGEST])
    return text


def parse_time(text: str) -> time:
    """Read 9.30, 09:30, 09.30 น., 9 น., 4.30 pm, Thai digits too; raises Invalid with a sentence for each cause."""
    text = _clean(text)
    if _BETWEEN.search(text):
        raise Invalid(ONE_TIME, typed=text)
    value, _ = _read(text)
    if value is None:
        raise Invalid(UNREADABLE_TIME, typed=text)
    return value


def parse_time_range(text: str) -> tuple[time, time]:
    """Read 9.30-16.30, 09.30 น. ถึง 16.30 น., 9-12 น.; raises Invalid, also where the end is not after the start."""
    text = _clean(text)
    parts = _BETWEEN.split(text)
    if len(parts) != 2:
        raise Invalid(UNREADABLE_HOURS, typed=text)
    end, unit = _read(parts[1])
    start, _ = _read(parts[0], unit)
    if start is None or end is None:
        raise Invalid(UNREADABLE_HOURS, typed=text)
    if end <= start:
        raise Invalid(TIMES_BACKWARDS, typed=text)
    return start, end
