"""RFC 5545 bytes to records: our own feeds, read back by another's parser to check them."""

import re
from datetime import date, datetime, timedelta
from typing import Any, cast

from icalendar import Calendar

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import DEFAULT_LANGUAGE, N_, Lang
from forumplanner.ical.records import BANGKOK, EventStatus, Feed, FeedColour, FeedHead, MeetingEvent
from forumplanner.ical.text import unescape
from forumplanner.ical.zones import find_zone

_UTC = "UTC"
# What icalendar and the tables of zones raise over a body that is no calendar of ours: a zone's name is asked for as a
# file, a date may lie beyond the calendar, blocks may be nested without end.
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, OSError, RecursionError)


def read_feed(body: bytes) -> Feed:
    """The head and the events of a feed of ours, in its order: what `join_feed` was given, tidied.

    Made for checks, so it forgives nothing: raises Invalid, with the reason in English as `reason`, for a body that
    is no calendar, a property that cannot be read, or one of ours that is missing.
    """
    # Bytes, never text: icalendar may take a text for the name of a file.
    try:
        for name in _ZONES.findall(_FOLDS.sub(b"", bytes(body))):
            if find_zone(name.decode()) is None:
                raise ValueError(f"{name[:60].decode()} is not a time zone")
        calendar = Calendar.from_ical(bytes(body))
        return Feed(_head_of(calendar), tuple(map(_event_of, calendar.events)))
    except _UNREADABLE as error:
        raise Invalid(
            N_("This is not a calendar that can be read: %(reason)s"), reason=f"{type(error).__name__}: {error}"[:300]
        ) from error


_FOLDS = re.compile(rb"\r?\n[ \t]")
_ZONES = re.compile(rb"(?im)(?:;TZID=|^TZID:)\"?([^\":;\r\n]*)")


def _head_of(calendar: Calendar) -> FeedHead:
    return FeedHead(
        name=unescape(str(calendar["NAME"])),
        description=unescape(str(calendar.get("X-WR-CALDESC", ""))),
        colour=FeedColour(str(calendar["COLOR"]), str(calendar["X-APPLE-CALENDAR-COLOR"])),
        timezone=str(calendar["X-WR-TIMEZONE"]),
    )


def _event_of(event: Any) -> MeetingEvent:
    if event.errors:
        raise ValueError(str(event.errors))
    starts, zone = _time_of(event["DTSTART"])
    ends, _ = _time_of(event["DTEND"])
    url = str(event["URL"])
    *lines, last = str(event["DESCRIPTION"]).split("\n")
    if last != url:
        raise ValueError(f"the last line of DESCRIPTION is not {url}")
    geo = event.get("GEO")
    return MeetingEvent(
        uid=str(event["UID"]),
        starts=starts,
        ends=ends if isinstance(ends, datetime) else ends - timedelta(days=1),
        timezone=zone or BANGKOK,
        summary=str(event["SUMMARY"]),
        location=str(event.get("LOCATION", "")),
        description_lines=tuple(lines),
        url=url,
        categories=tuple(str(category) for each in _all_of(event, "CATEGORIES") for category in each.cats),
        status=cast("EventStatus", str(event["STATUS"]).lower()),
        sequence=int(event["SEQUENCE"]),
        created_at=event["CREATED"].dt,
        changed_at=event["LAST-MODIFIED"].dt,
        lang=cast("Lang", event["SUMMARY"].params.get("LANGUAGE", DEFAULT_LANGUAGE)),
        geo=(geo.latitude, geo.longitude) if geo else None,
        conference=str(event["CONFERENCE"]) if "CONFERENCE" in event else None,
        free=str(event["TRANSP"]) == "TRANSPARENT",
    )


def _time_of(value: Any) -> tuple[date | datetime, str]:
    """A day and no zone, or a naive local time and its zone."""
    moment: date | datetime = value.dt
    if not isinstance(moment, datetime):
        return moment, ""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone")
    return moment.replace(tzinfo=None), value.params.get("TZID", _UTC)


def _all_of(event: Any, name: str) -> list[Any]:
    """The values of a property that may stand several times."""
    values = event.get(name, [])
    return values if isinstance(values, list) else [values]
