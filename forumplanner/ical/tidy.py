"""What may stand in a calendar: a meeting's record, checked and cleaned."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from forumplanner.core.errors import Refused
from forumplanner.core.i18n import N_
from forumplanner.ical.records import BANGKOK, MeetingEvent
from forumplanner.ical.text import LONGEST_LINE, LONGEST_TEXT, clean_line, clean_text, shorten
from forumplanner.ical.zones import FIRST_YEAR, LAST_YEAR, find_zone, last_year_of, zone_name

_UID = re.compile(r"[A-Za-z0-9._+-]{1,180}@[A-Za-z0-9.-]{1,70}")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_CALL_ADDRESS = re.compile(r"(https?://|tel:|sips?:|xmpp:)\S+")
_KEPT_IN_ADDRESSES = "%/:?#[]@!$&'()*+,;=~-._"
_HIGHEST_SEQUENCE = 2**31 - 1


class CannotRender(Refused):
    """A meeting that cannot stand in a calendar: the feed leaves it out and says so to its organisers."""


def tidy_event(event: MeetingEvent) -> MeetingEvent:
    """The event as a reader of the feed will have it: texts cleaned and shortened, times in whole seconds.

    Whole days lose their zone, since calendars give them none. Tidying twice changes nothing.
    Raises CannotRender with a sentence for the organiser.
    """
    summary = shorten(clean_line(event.summary), LONGEST_LINE)
    if not summary:
        raise CannotRender(N_("This meeting cannot be shown in calendars: it has no title. Please give it one."))
    if not _UID.fullmatch(event.uid) or not 0 <= event.sequence <= _HIGHEST_SEQUENCE:
        raise CannotRender(N_("This meeting cannot be shown in calendars: its identifier is damaged."))
    starts, ends, timezone = _tidy_times(event)
    return replace(
        event,
        starts=starts,
        ends=ends,
        timezone=timezone,
        summary=summary,
        url=_tidy_address(event.url, _WEB_ADDRESS),
        created_at=_tidy_stamp(event.created_at),
        changed_at=_tidy_stamp(event.changed_at),
        location=shorten(clean_line(event.location), LONGEST_LINE),
        description_lines=_tidy_description(event.description_lines),
        categories=tuple(filter(None, map(_tidy_category, event.categories))),
        geo=_tidy_place(event.geo),
        conference=_tidy_address(event.conference, _CALL_ADDRESS) if event.conference else None,
        free=event.free or event.all_day or event.status == "cancelled",
    )


def known_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; raises CannotRender if there is none."""
    zone = find_zone(name)
    if zone is None:
        raise CannotRender(
            N_("This meeting cannot be shown in calendars: %(zone)s is not a time zone known here."),
            zone=clean_line(name)[:40],
        )
    return zone


def _tidy_times(event: MeetingEvent) -> tuple[date | datetime, date | datetime, str]:
    starts, ends = event.starts, event.ends
    for each in (starts, ends):
        _check_year(each.year)
    zone = known_zone(event.timezone)
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        starts, ends = starts.replace(microsecond=0), ends.replace(microsecond=0)
        last_year = last_year_of(event.timezone)
        if ends.year > last_year:
            raise CannotRender(
                N_("This meeting cannot be shown in calendars: the hours of %(zone)s are known only until %(year)s."),
                zone=event.timezone,
                year=last_year,
            )
        is_backwards = _instant(starts, zone) >= _instant(ends, zone)
    elif isinstance(starts, datetime) or isinstance(ends, datetime):
        raise CannotRender(
            N_("This meeting cannot be shown in calendars: either both its beginning and its end have hours, or none.")
        )
    else:
        is_backwards = starts > ends
    if is_backwards:
        raise CannotRender(
            N_("This meeting cannot be shown in calendars: it ends before it begins. Please correct its days or hours.")
        )
    return starts, ends, BANGKOK if event.all_day else zone_name(event.timezone)


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive local time that exists."""
    if local.tzinfo is not None:
        raise CannotRender(
            N_("This meeting cannot be shown in calendars: its hours must be local times of the place where it is.")
        )
    instant = local.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != local:
        raise CannotRender(
            N_("This meeting cannot be shown in calendars: on that day the clocks in %(zone)s skip %(time)s."),
            zone=zone.key,
            time=local.strftime("%H.%M"),
        )
    return instant


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CannotRender(
            N_(
                "This meeting cannot be shown in calendars: they know the years %(first)s to %(last)s, not %(year)s."
                " Please check whether a Buddhist year was taken for a Gregorian one."
            ),
            first=FIRST_YEAR,
            last=LAST_YEAR,
            year=year,
        )


def _tidy_stamp(moment: datetime) -> datetime:
    """Whole seconds in UTC."""
    if moment.tzinfo is None:
        raise CannotRender(
            N_("This meeting cannot be shown in calendars: the time when it was made or changed is not known.")
        )
    _check_year(moment.year)
    return moment.astimezone(UTC).replace(microsecond=0)


def _tidy_address(address: str, pattern: re.Pattern[str]) -> str:
    quoted = quote(clean_line(address), safe=_KEPT_IN_ADDRESSES)
    if not pattern.fullmatch(quoted) or len(quoted) > LONGEST_TEXT:
        raise CannotRender(N_("This meeting cannot be shown in calendars: the address of its page or call is damaged."))
    return quoted


def _tidy_description(lines: tuple[str, ...]) -> tuple[str, ...]:
    text = shorten(clean_text("\n".join(lines)), LONGEST_TEXT)
    return tuple(text.split("\n")) if text else ()


def _tidy_category(category: str) -> str:
    """Many readers split categories at a comma even where it is escaped."""
    return shorten(clean_line(category.replace(",", " ")), LONGEST_LINE)


def _tidy_place(place: tuple[float, float] | None) -> tuple[float, float] | None:
    """Six decimals, a tenth of a metre; a place off the globe is left out, the meeting stands without it.

    What is next to nothing becomes zero: the FLOAT of RFC 5545 (3.3.7) has no exponent.
    """
    if place is None:
        return None
    latitude, longitude = (0.0 if abs(each) < 1e-4 else round(each, 6) for each in place)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
