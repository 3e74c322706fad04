"""Meetings that cannot stand in a calendar are refused with a sentence, so that the feed can leave them out."""
# ruff: noqa: DTZ001 - planned hours are local times without a zone

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core.errors import Invalid
from forumplanner.ical import CannotRender, FeedHead, join_feed, read_feed, render_event, tidy_event
from tests.ical.events import HEAD, body_of, meeting

ODD = [b":" * 3000, b"\r\nBEGIN:VEVENT\r\n", b"99999999T999999Z", b";TZID=" + b"x" * 3000, b"\x00", b"-P99999999999W"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ends": datetime(2007, 1, 30, 8, 59)}, "it ends before it begins"),
        ({"ends": datetime(2007, 1, 30, 9, 0)}, "it ends before it begins"),
        ({"starts": date(2007, 1, 30), "ends": date(2007, 1, 29)}, "it ends before it begins"),
        ({"starts": date(2550, 1, 30), "ends": date(2550, 1, 31)}, "not 2550"),
        ({"ends": datetime(2550, 1, 31, 16)}, "not 2550"),
        ({"starts": date(2399, 12, 31), "ends": date(2400, 1, 1)}, "not 2400"),
        ({"starts": date(1969, 12, 31), "ends": date(1970, 1, 1)}, "not 1969"),
        ({"changed_at": datetime(2550, 1, 1, tzinfo=UTC)}, "not 2550"),
        ({"ends": date(2007, 1, 31)}, "either both its beginning and its end have hours"),
        ({"starts": date(2007, 1, 30)}, "either both its beginning and its end have hours"),
        ({"starts": datetime(2007, 1, 30, 9, tzinfo=UTC)}, "must be local times"),
        ({"ends": datetime(2007, 1, 31, 9, tzinfo=timezone(timedelta(hours=7)))}, "must be local times"),
        ({"timezone": "Asia/Krungthep"}, "Asia/Krungthep is not a time zone"),
        ({"timezone": "+07:00"}, "+07:00 is not a time zone"),
        ({"timezone": "../../etc/passwd"}, "is not a time zone"),
        ({"timezone": ""}, "is not a time zone"),
        (
            {"timezone": "Europe/Berlin", "starts": datetime(2007, 3, 25, 2, 30)},
            "the clocks in Europe/Berlin skip 02.30",
        ),
        (
            {"timezone": "Europe/Berlin", "starts": datetime(2070, 1, 1, 9), "ends": datetime(2070, 1, 1, 10)},
            "known only until 2059",
        ),
        ({"created_at": datetime(2007, 1, 1)}, "when it was made or changed"),
        ({"summary": " \x00\u2028"}, "it has no title"),
        ({"uid": "south"}, "its identifier is damaged"),
        ({"uid": "a\r\nATTENDEE:b@x.org"}, "its identifier is damaged"),
        ({"sequence": -1}, "its identifier is damaged"),
        ({"url": "javascript:alert(1)"}, "the address of its page"),
        ({"url": ""}, "the address of its page"),
        ({"conference": "file:///etc/passwd"}, "the address of its page"),
    ],
)
def test_meeting_is_refused_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    defaults: dict[str, Any] = {"ends": datetime(2007, 3, 26, 16)} if "timezone" in changes else {}
    with pytest.raises(CannotRender) as refusal:
        render_event(meeting(**(defaults | changes)))
    assert reason in str(refusal.value)


def test_head_with_an_unknown_zone_is_refused() -> None:
    with pytest.raises(CannotRender):
        join_feed(FeedHead("x", timezone="Mars/Base"), [])


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({"timezone": "Etc/UTC"}, "timezone", "UTC"),
        ({"timezone": "Asia/Ho_Chi_Minh"}, "timezone", "Asia/Ho_Chi_Minh"),
        ({"starts": date(2007, 1, 1), "timezone": "Asia/Tokyo", "ends": date(2007, 1, 1)}, "timezone", "Asia/Bangkok"),
        ({"geo": (91.0, 100.0)}, "geo", None),
        ({"geo": (float("nan"), 100.0)}, "geo", None),
        ({"geo": (0.00001, -100.1234567)}, "geo", (0.0, -100.123457)),
        (
            {"url": "https://x.org/ประชุม วง"},
            "url",
            "https://x.org/" + "%E0%B8%9B%E0%B8%A3%E0%B8%B0%E0%B8%8A%E0%B8%B8%E0%B8%A1%20%E0%B8%A7%E0%B8%87",
        ),
        ({"categories": ("ใต้, ตอนล่าง", " ", "x")}, "categories", ("ใต้ ตอนล่าง", "x")),
        ({"conference": "tel:+6621234567"}, "conference", "tel:+6621234567"),
        ({"starts": datetime(2007, 1, 30, 9, 0, 0, 999)}, "starts", datetime(2007, 1, 30, 9)),
        (
            {"changed_at": datetime(2007, 1, 1, 7, tzinfo=timezone(timedelta(hours=7)))},
            "changed_at",
            datetime(2007, 1, 1, tzinfo=UTC),
        ),
    ],
)
def test_record_is_tidied(changes: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(tidy_event(meeting(**changes)), name) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"/etc/passwd",
        b"BEGIN:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"\xff\xfe",
        body_of("two-days").replace(b"DTEND;TZID=Asia/Bangkok:2007", b"DTEND;TZID=Asia/Bangkok:20O7"),
        body_of("two-days").replace(b";TZID=Asia/Bangkok:", b":"),
        body_of("two-days").replace(b"SUMMARY", b"X-SUMMARY"),
        body_of("two-days").replace(b"URL:https", b"URL:http"),
        body_of("two-days").replace(b"Asia/Bangkok", b"A/" * 1500),
        body_of("two-days").replace(b"TZID=Asia/Bangkok", b"TZID=/etc/passwd"),
        body_of("two-days").replace(b"TZID=Asia/Bangkok", b"TZID=../../../../etc/passwd"),
        body_of("two-days").replace(b"TZID=Asia/Bangkok", b'TZID="Asia/\r\n Nowhere"'),
        body_of("two-days").replace(b"TZID=Asia/Bangkok", b"TZID=Asia"),
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000,
        body_of("two-days").replace(b"LAST-MODIFIED:", b"LAST-MODIFIED:99"),
        body_of("two-days").replace(b"SEQUENCE:", b"SEQUENCE:" + b"9" * 5000),
    ],
)
def test_damaged_calendar_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        read_feed(body)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(data=st.data())
def test_whatever_is_damaged_in_a_calendar_it_is_read_or_refused(data: st.DataObject) -> None:
    body = body_of("two-days")
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 80)))
    damaged = body[:start] + data.draw(st.binary(max_size=60) | st.sampled_from(ODD)) + body[end:]
    try:
        found = read_feed(damaged)
    except Invalid:
        return
    assert isinstance(found.head.name, str)


def test_refused_meeting_leaves_the_feed_alive() -> None:
    rendered = []
    for event in (meeting(), meeting(starts=date(2550, 1, 30), ends=date(2550, 1, 31)), meeting(uid="b@x.org")):
        try:
            rendered.append(render_event(event))
        except CannotRender:
            continue
    assert [event.uid for event in read_feed(join_feed(HEAD, rendered)).events] == [meeting().uid, "b@x.org"]
