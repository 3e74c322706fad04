"""Calendars: records to RFC 5545 bytes and back.

Pure: no database, no clock, no web, no language; texts come ready. The only importer of icalendar.
"""

from forumplanner.ical.read import read_feed
from forumplanner.ical.records import (
    BANGKOK,
    CSS_COLOURS,
    OKABE_ITO,
    TEAL,
    Day,
    EventStatus,
    Feed,
    FeedColour,
    FeedHead,
    MeetingEvent,
    Span,
    feed_colour,
    span_of,
)
from forumplanner.ical.text import clean_line, clean_text, shorten
from forumplanner.ical.tidy import CannotRender, tidy_event
from forumplanner.ical.write import body_etag, event_component, join_feed, render_event

__all__ = [
    "BANGKOK",
    "CSS_COLOURS",
    "OKABE_ITO",
    "TEAL",
    "CannotRender",
    "Day",
    "EventStatus",
    "Feed",
    "FeedColour",
    "FeedHead",
    "MeetingEvent",
    "Span",
    "body_etag",
    "clean_line",
    "clean_text",
    "event_component",
    "feed_colour",
    "join_feed",
    "read_feed",
    "render_event",
    "shorten",
    "span_of",
    "tidy_event",
]
