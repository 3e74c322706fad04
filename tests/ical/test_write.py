"""What stands in a feed and what never does."""
# ruff: noqa: DTZ001 - planned hours are local times without a zone

from datetime import date, datetime, time

import pytest

from forumplanner.ical import Day, FeedHead, Span, body_etag, join_feed, read_feed, render_event, span_of
from tests.ical.events import HEAD, SOUTH, body_of, meeting


def names_in(body: bytes) -> set[str]:
    unfolded = body.decode().replace("\r\n ", "")
    return {line.partition(":")[0].partition(";")[0] for line in unfolded.splitlines()}


def test_calendar_says_what_it_is_and_how_often_to_ask() -> None:
    head, _, _ = body_of("two-days").partition(b"BEGIN:VTIMEZONE")
    assert head.decode().replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//forumplanner//meetings//EN",
        "CALSCALE:GREGORIAN",
        "NAME:เวทีภาคใต้",
        "X-WR-CALNAME:เวทีภาคใต้",
        "X-WR-CALDESC:การประชุมวงภาคของภาคใต้ และการประชุมระดับประเทศ",
        "X-WR-TIMEZONE:Asia/Bangkok",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "COLOR:steelblue",
        "X-APPLE-CALENDAR-COLOR:#0072B2",
        "",
    ]


def test_feed_is_no_invitation_and_no_single_item() -> None:
    body = body_of("two-days")
    assert names_in(body) & {"METHOD", "ORGANIZER", "ATTENDEE", "RRULE", "COMMENT", "TRIGGER"} == set()
    assert b"UID" not in body.partition(b"BEGIN:VEVENT")[0]


def test_event_holds_these_properties_and_no_others() -> None:
    assert names_in(render_event(meeting(conference="https://meet.example.org/1"))) == {
        *("BEGIN", "UID", "DTSTART", "DTEND", "TRANSP", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "STATUS"),
        *("SUMMARY", "LOCATION", "DESCRIPTION", "URL", "CATEGORIES", "GEO", "CONFERENCE", "END"),
    }


def test_stamps_come_from_the_row() -> None:
    lines = render_event(SOUTH).decode().split("\r\n")
    assert [line for line in lines if line.startswith(("DTSTAMP", "CREATED", "LAST-MODIFIED"))] == [
        "DTSTAMP:20061220T080000Z",
        "CREATED:20061201T031507Z",
        "LAST-MODIFIED:20061220T080000Z",
    ]


def test_hours_are_local_with_their_zone() -> None:
    assert b"\r\nDTSTART;TZID=Asia/Bangkok:20070130T090000\r\nDTEND;TZID=Asia/Bangkok:20070131T163000\r\n" in (
        render_event(SOUTH)
    )


def test_whole_days_end_on_the_day_after_and_leave_time_free() -> None:
    rendered = render_event(meeting(starts=date(2007, 2, 28), ends=date(2007, 3, 1)))
    assert b"\r\nDTSTART;VALUE=DATE:20070228\r\nDTEND;VALUE=DATE:20070302\r\nTRANSP:TRANSPARENT\r\n" in rendered


def test_cancelled_meeting_leaves_its_time_free() -> None:
    assert b"\r\nTRANSP:TRANSPARENT\r\n" in render_event(meeting(status="cancelled"))


def test_call_lists_its_features_unquoted() -> None:
    rendered = render_event(meeting(conference="https://meet.example.org/a?b=1,2;c"))
    assert b"\r\nCONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://meet.example.org/a?b=1,2;c\r\n" in rendered


def test_page_address_is_the_last_line_of_the_description() -> None:
    rendered = render_event(meeting(description_lines=()))
    assert b"\r\nDESCRIPTION;LANGUAGE=th:https://forum.example.org/rounds/2550-1/south\r\n" in rendered


def test_long_description_keeps_the_address_of_the_rest() -> None:
    (event,) = read_feed(join_feed(HEAD, [render_event(meeting(description_lines=("ที่" * 70_000,)))])).events
    assert (event.description_lines, event.url) == (("ที่" * 2666 + "…",), SOUTH.url)


def test_zones_stand_once_and_before_the_events() -> None:
    berlin = render_event(meeting(uid="b@x.org", timezone="Europe/Berlin"))
    universal = render_event(meeting(uid="u@x.org", timezone="UTC"))
    body = join_feed(HEAD, [render_event(SOUTH), berlin, universal, berlin])
    lines = body.decode().split("\r\n")
    marks = [line for line in lines if line.startswith(("TZID:", "BEGIN:VEVENT"))]
    assert marks == ["TZID:Asia/Bangkok", "TZID:Europe/Berlin", *["BEGIN:VEVENT"] * 4]


def test_feed_without_meetings_is_still_a_calendar() -> None:
    assert read_feed(join_feed(HEAD, [])).events == ()


def test_feed_keeps_the_order_given() -> None:
    uids = [f"m{number}@x.org" for number in (3, 1, 2)]
    body = join_feed(HEAD, (render_event(meeting(uid=uid)) for uid in uids))
    assert [event.uid for event in read_feed(body).events] == uids


def test_etag_is_strong_quoted_and_of_the_body() -> None:
    assert body_etag(b"calendar") == '"5152790e278eb89039f8bfaa354b944e"'
    assert body_etag(b"calendar ") != body_etag(b"calendar")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], None),
        ([Day(date(2007, 1, 31)), Day(date(2007, 1, 30))], Span(date(2007, 1, 30), date(2007, 1, 31))),
        (
            [Day(date(2007, 1, 30), time(9), time(16)), Day(date(2007, 1, 31), time(8, 30), time(12))],
            Span(datetime(2007, 1, 30, 9), datetime(2007, 1, 31, 12)),
        ),
        ([Day(date(2007, 3, 29), time(9), time(16))], Span(datetime(2007, 3, 29, 9), datetime(2007, 3, 29, 16))),
        ([Day(date(2007, 3, 29), time(9))], Span(date(2007, 3, 29), date(2007, 3, 29))),
        (
            [Day(date(2007, 1, 30), time(9), time(16)), Day(date(2007, 1, 31))],
            Span(date(2007, 1, 30), date(2007, 1, 31)),
        ),
    ],
)
def test_meeting_takes_whole_days_until_its_hours_are_known(days: list[Day], expected: Span | None) -> None:
    assert span_of(days) == expected


def test_head_in_another_zone_brings_that_zone() -> None:
    body = join_feed(FeedHead("x", timezone="Asia/Tokyo"), [])
    assert [line for line in body.decode().split("\r\n") if "Asia/" in line] == [
        "X-WR-TIMEZONE:Asia/Tokyo",
        "TZID:Asia/Tokyo",
    ]


def test_text_that_has_no_english_is_marked_as_thai() -> None:
    event = meeting(lang="en", summary="Working meeting", location="โรงแรมดีลักษณ์ Bangkok", categories=("South",))
    lines = render_event(event).decode().replace("\r\n ", "").split("\r\n")
    found = {line.partition(":")[0] for line in lines if "LANGUAGE" in line}
    assert {"SUMMARY;LANGUAGE=en", "LOCATION;LANGUAGE=th", "CATEGORIES;LANGUAGE=en"} <= found
