"""Time zones as calendars carry them (RFC 5545, 3.6.5)."""

from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.timezone.tzid import tzid_from_tzinfo

from forumplanner.ical.records import BANGKOK
from forumplanner.ical.text import fold

FIRST_YEAR = 1970
LAST_YEAR = 2399
"""No calendar date has a later one: from 2400 on it is a Buddhist year that was typed as a Gregorian one."""
LAST_YEAR_OF_TABLES = 2059
"""Zones that change their clocks are written out as a list of dates, which has to end somewhere."""

_BANGKOK_BLOCK = (
    b"BEGIN:VTIMEZONE\r\n"
    b"TZID:Asia/Bangkok\r\n"
    b"BEGIN:STANDARD\r\n"
    b"DTSTART:19700101T000000\r\n"
    b"TZNAME:+07\r\n"
    b"TZOFFSETFROM:+0700\r\n"
    b"TZOFFSETTO:+0700\r\n"
    b"END:STANDARD\r\n"
    b"END:VTIMEZONE\r\n"
)


@cache
def allowed_zones() -> frozenset[str]:
    """The IANA names a calendar may use: `Area/Place`, and UTC. Any other is never looked up: a name is a path."""
    return frozenset(("UTC", BANGKOK, *(name for name in available_timezones() if "/" in name)))


def find_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, None if it is not allowed."""
    return ZoneInfo(name) if name in allowed_zones() else None


@cache
def zone_name(name: str) -> str:
    """The name under which calendars carry a known zone: its own, or UTC for every alias of UTC."""
    return tzid_from_tzinfo(find_zone(name)) or name


def last_year_of(name: str) -> int:
    """The last year whose local times the zone's block explains."""
    return LAST_YEAR if name in (BANGKOK, "UTC") else LAST_YEAR_OF_TABLES


@cache
def zone_block(name: str) -> bytes:
    """The VTIMEZONE of a known zone, empty for UTC; built once per process, a constant for Asia/Bangkok."""
    if name == BANGKOK:
        return _BANGKOK_BLOCK
    if zone_name(name) == "UTC":
        return b""
    block = Timezone.from_tzid(name, first_date=date(FIRST_YEAR, 1, 1), last_date=date(LAST_YEAR_OF_TABLES + 1, 1, 1))
    block.pop("COMMENT")
    for observance in block.subcomponents:
        _correct_onsets(observance)
    return b"".join(fold(line) for line in block.content_lines(sorted=False) if line)


def _correct_onsets(observance: TimezoneStandard | TimezoneDaylight) -> None:
    """Repair what readers other than icalendar 7.3 trip over in the observances it writes.

    Onsets count in the offset before them (RFC 5545, 3.6.5): where an hour is skipped, icalendar writes the first
    time after it. And ical.js reads only the first date of an RDATE line, so each gets a line of its own.
    """
    skipped = max(observance.TZOFFSETTO - observance.TZOFFSETFROM, timedelta())
    observance.DTSTART -= skipped
    onsets = observance.pop("RDATE").dts if "RDATE" in observance else ()
    for onset in onsets:
        observance.add("RDATE", [onset.dt - skipped])
