"""Records to RFC 5545 bytes.

One meeting is rendered when it changes and its bytes are kept; a feed joins kept bytes. An invitation by mail
(RFC 5546) can wrap the component of `event_component` in a calendar of its own, with METHOD, ORGANIZER and ATTENDEE;
feeds never have them.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Component, Event, Parameters, vDate, vDatetime, vGeo, vText, vUri

from forumplanner.core.i18n import Lang
from forumplanner.ical.records import BANGKOK, FeedHead, MeetingEvent
from forumplanner.ical.text import LONGEST_LINE, LONGEST_TEXT, Text, clean_line, fold, shorten
from forumplanner.ical.tidy import known_zone, tidy_event
from forumplanner.ical.zones import zone_block

PRODID = "-//forumplanner//meetings//EN"
REFRESH = "PT1H"

# A list, which icalendar leaves unquoted; a text with a comma it would quote.
_CALL = Parameters({"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"]})
_END = b"END:VCALENDAR\r\n"
_ZONE_OF_EVENT = re.compile(rb"\r\nDTSTART;TZID=([^:;\r\n]+):")


def render_event(event: MeetingEvent) -> bytes:
    """One VEVENT with CRLF line ends, the same bytes for the same record in every process.

    Raises CannotRender, so that a caller can leave the meeting out and let the feed live.
    """
    return _bytes_of(event_component(event))


def event_component(event: MeetingEvent) -> Event:
    """The meeting as icalendar's component, tidied (RFC 5545, 3.6.1; CONFERENCE: RFC 7986, 5.11).

    No ATTENDEE, ORGANIZER, VALARM or RRULE. Raises CannotRender.
    """
    event = tidy_event(event)
    component = Event()
    component.add("UID", Text(event.uid))
    _add_times(component, event)
    component.add("DTSTAMP", vDatetime(event.changed_at))
    component.add("CREATED", vDatetime(event.created_at))
    component.add("LAST-MODIFIED", vDatetime(event.changed_at))
    component.add("SEQUENCE", event.sequence)
    component.add("STATUS", Text(event.status.upper()))
    component.add("SUMMARY", Text(event.summary), _language(event.summary, event.lang))
    if event.location:
        component.add("LOCATION", Text(event.location), _language(event.location, event.lang))
    description = "\n".join((*event.description_lines, event.url))
    component.add("DESCRIPTION", Text(description), _language(description, event.lang))
    component.add("URL", vUri(event.url))
    for category in event.categories:
        component.add("CATEGORIES", Text(category), _language(category, event.lang))
    if event.geo:
        component.add("GEO", vGeo(event.geo))
    if event.conference:
        component.add("CONFERENCE", vUri(event.conference), _CALL)
    return component


def join_feed(head: FeedHead, events: Iterable[bytes]) -> bytes:
    """A whole calendar of rendered events in the order given (RFC 5545, 3.4; NAME, COLOR, REFRESH: RFC 7986).

    Each zone that is used stands once before the events. No METHOD, which would demand an ORGANIZER (RFC 5546, 3.2),
    and no UID, which makes some readers take the whole feed for one thing. Raises CannotRender for an unknown zone
    of the head.
    """
    blocks = list(events)
    zones = dict.fromkeys((head.timezone, *filter(None, map(_zone_of, blocks))))
    return b"".join((_head_bytes(head), *map(zone_block, zones), *blocks, _END))


def body_etag(body: bytes) -> str:
    """The strong entity tag of a body, quotes included (RFC 9110, 8.8.3); compute it when the body changes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


@lru_cache(maxsize=256)
def _head_bytes(head: FeedHead) -> bytes:
    """Everything before the zones."""
    known_zone(head.timezone)
    name = Text(shorten(clean_line(head.name), LONGEST_LINE))
    calendar = Calendar()
    calendar.add("VERSION", Text("2.0"))
    calendar.add("PRODID", Text(PRODID))
    calendar.add("CALSCALE", Text("GREGORIAN"))
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    if head.description:
        calendar.add("X-WR-CALDESC", Text(shorten(clean_line(head.description), LONGEST_TEXT)))
    calendar.add("X-WR-TIMEZONE", Text(head.timezone))
    calendar.add("REFRESH-INTERVAL", vText(REFRESH), {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText(REFRESH))
    calendar.add("COLOR", Text(head.colour.css_name))
    calendar.add("X-APPLE-CALENDAR-COLOR", Text(head.colour.hexadecimal))
    return _bytes_of(calendar).removesuffix(_END)


def _bytes_of(component: Component) -> bytes:
    return b"".join(fold(line) for line in component.content_lines(sorted=False) if line)


def _zone_of(block: bytes) -> str:
    """The zone an event's times name, empty for whole days and UTC."""
    if b"\r\nDTSTART;TZID=Asia/Bangkok:" in block:
        return BANGKOK
    found = _ZONE_OF_EVENT.search(block)
    return found[1].decode() if found else ""


def _language(text: str, lang: Lang) -> dict[str, str]:
    """The LANGUAGE of a text (RFC 5545, 3.2.10): Thai where most of it is: what has no English is told so."""
    letters = [letter for letter in text if letter.isalpha()]
    thai = sum("ก" <= letter <= "๛" for letter in letters)
    return {"LANGUAGE": "th" if 2 * thai > len(letters) else lang}


def _add_times(component: Event, event: MeetingEvent) -> None:
    """DTSTART and DTEND; whole days end on the day after the last (RFC 5545, 3.6.1) and leave their time free."""
    starts, ends = event.starts, event.ends
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        zone = known_zone(event.timezone)
        component.add("DTSTART", vDatetime(starts.replace(tzinfo=zone)))
        component.add("DTEND", vDatetime(ends.replace(tzinfo=zone)))
    else:
        component.add("DTSTART", vDate(date(starts.year, starts.month, starts.day)), {"VALUE": "DATE"})
        component.add("DTEND", vDate(date(ends.year, ends.month, ends.day) + timedelta(days=1)), {"VALUE": "DATE"})
    component.add("TRANSP", Text("TRANSPARENT" if event.free else "OPAQUE"))
