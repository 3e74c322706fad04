"""What becomes of a meeting in calendars while it is moved, corrected, cancelled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.core import clock
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import SYSTEM
from forumplanner.ical import MeetingEvent, read_feed
from forumplanner.invitations.models import Capacity, Invitation
from forumplanner.invitations.services import change_invitation, shown_of_particulars
from forumplanner.partners.links import personal_feed_url
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.planning import RoundPlan, change_round, shown_of_round
from forumplanner.rounds.services import change_meeting, get_meeting, get_round, set_hours, touch_calendar

ROUND = "/feeds/2550-1.ics"
CHANGED = datetime(2007, 3, 6, 8, 15, tzinfo=UTC)


def events(http: FlaskClient, path: str = ROUND) -> dict[str, MeetingEvent]:
    """The meetings a calendar shows, by slug."""
    found = read_feed(http.get(path).data).events
    return {event.uid.removeprefix("2550-1-").partition("@")[0]: event for event in found}


@contextmanager
def changing(session: Session, slug: str) -> Iterator[Meeting]:
    """Change a meeting as a page does."""
    meeting = get_meeting(session, "2550-1", slug)
    with time_machine.travel(CHANGED, tick=False), change_meeting(session, meeting, SYSTEM):
        yield meeting
    session.commit()


def facts(event: MeetingEvent) -> tuple[Any, ...]:
    return event.uid, event.sequence, event.status, event.changed_at


def test_moved_meeting_keeps_its_uid_and_counts_up(session: Session, http: FlaskClient) -> None:
    before = events(http)["east"]
    with changing(session, "east") as meeting:
        meeting.starts_on, meeting.ends_on = date(2007, 3, 14), date(2007, 3, 15)
    after = events(http)["east"]
    assert (before.uid, before.sequence, before.starts) == ("2550-1-east@127.0.0.1", 0, date(2007, 3, 12))
    assert (*facts(after), after.starts, after.ends) == (
        *(before.uid, 1, "confirmed", CHANGED),
        *(date(2007, 3, 14), date(2007, 3, 15)),
    )


def test_a_link_to_a_map_gives_calendars_the_position(session: Session, http: FlaskClient) -> None:
    with changing(session, "east") as meeting:
        meeting.map_url = "https://maps.google.com/?q=12.6096,102.1045"
    assert events(http)["east"].geo == (12.6096, 102.1045)
    assert b"GEO:12.6096;102.1045\r\n" in http.get(ROUND).data


def test_hours_turn_whole_days_into_times(session: Session, http: FlaskClient) -> None:
    with changing(session, "east") as meeting:
        set_hours(meeting, {date(2007, 3, 12): (time(9), time(16, 30)), date(2007, 3, 13): (time(8, 30), time(12))})
    after = events(http)["east"]
    assert (after.sequence, str(after.starts), str(after.ends), after.description_lines[:2]) == (
        1,
        "2007-03-12 09:00:00",
        "2007-03-13 12:00:00",
        ("วันจันทร์ที่ 12 มีนาคม 2550 เวลา 09.00-16.30 น.", "วันอังคารที่ 13 มีนาคม 2550 เวลา 08.30-12.00 น."),
    )


def test_meeting_stays_whole_days_until_the_hours_of_its_last_day_are_known(
    session: Session, http: FlaskClient
) -> None:
    with changing(session, "east") as meeting:
        set_hours(meeting, {date(2007, 3, 12): (time(9), time(16, 30))})
    after = events(http)["east"]
    assert (after.all_day, after.description_lines[:2]) == (
        True,
        ("วันจันทร์ที่ 12 มีนาคม 2550 เวลา 09.00-16.30 น.", "วันอังคารที่ 13 มีนาคม 2550 (ยังไม่กำหนดเวลา)"),
    )


def test_hours_are_not_set_yet_while_a_meeting_is_coming_and_not_given_once_it_is_past(
    session: Session, http: FlaskClient
) -> None:
    found = events(http)
    english = events(http, f"{ROUND}?lang=en")
    assert [
        (each["2007-01-23"].description_lines[0], each["east"].description_lines[0]) for each in (found, english)
    ] == [
        ("วันอังคารที่ 23 มกราคม 2550 (ไม่ได้ระบุเวลา)", "วันจันทร์ที่ 12 - วันอังคารที่ 13 มีนาคม 2550 (ยังไม่กำหนดเวลา)"),
        ("Tuesday 23 January 2007 (hours not given)", "Monday 12 - Tuesday 13 March 2007 (hours not set yet)"),
    ]


def test_hours_of_days_a_meeting_no_longer_has_do_not_count(session: Session, http: FlaskClient) -> None:
    with changing(session, "west") as meeting:
        meeting.starts_on, meeting.ends_on = date(2007, 3, 15), date(2007, 3, 16)
    assert events(http)["west"].starts == date(2007, 3, 15)


def test_another_place_counts_up(session: Session, http: FlaskClient) -> None:
    with changing(session, "west") as meeting:
        meeting.venue_th = "หอประชุมเทศบาลเมืองราชบุรี"
    after = events(http)["west"]
    # The province has been named, so it is not named again.
    assert (after.sequence, after.location) == (1, "หอประชุมเทศบาลเมืองราชบุรี")


def test_corrected_typo_keeps_the_count(session: Session, http: FlaskClient) -> None:
    with changing(session, "west") as meeting:
        meeting.title_th = "ประชุมวงภาคตะวันตก ครั้งแรก"
    after = events(http)["west"]
    assert (*facts(after), after.summary) == (
        *("2550-1-west@127.0.0.1", 0, "confirmed", CHANGED),
        "ประชุมวงภาคตะวันตก ครั้งแรก",
    )


def test_corrected_agenda_keeps_the_count(session: Session, http: FlaskClient) -> None:
    events(http)
    meeting = get_meeting(session, "2550-1", "west")
    item = session.scalars(
        select(AgendaItem).where(
            AgendaItem.meeting_id == meeting.id, AgendaItem.position == 1, AgendaItem.parent_id.is_(None)
        )
    ).one()
    item.title_th = "เปิดประชุม"
    with time_machine.travel(CHANGED, tick=False):
        touch_calendar(session, meeting)
    session.commit()
    after = events(http)["west"]
    assert (after.sequence, after.changed_at, "1 เปิดประชุม" in after.description_lines) == (0, CHANGED, True)


def test_renaming_a_round_stamps_its_meetings_and_keeps_the_count(session: Session, http: FlaskClient) -> None:
    events(http)
    found = get_round(session, "2550-1")
    plan = RoundPlan("ชื่อใหม่ของรอบ", "", found.starts_on, found.ends_on, found.outcomes_due_on)
    with time_machine.travel(CHANGED, tick=False):
        change_round(session, found, plan, SYSTEM, seen=make_stamp(shown_of_round(found)))
    session.commit()
    after = events(http).values()
    assert {(event.sequence, event.changed_at, "ชื่อใหม่ของรอบ" in event.description_lines) for event in after} == {
        (0, CHANGED, True)
    }


def test_another_window_of_a_round_stamps_no_meeting(session: Session, http: FlaskClient) -> None:
    before = events(http)
    found = get_round(session, "2550-1")
    plan = RoundPlan(found.name_th, found.name_en, found.starts_on, date(2007, 4, 10), None)
    with time_machine.travel(CHANGED, tick=False):
        change_round(session, found, plan, SYSTEM, seen=make_stamp(shown_of_round(found)))
    session.commit()
    assert events(http) == before


def test_another_capacity_stamps_the_persons_own_calendar(session: Session, http: FlaskClient) -> None:
    found = session.scalars(select(Invitation).join(Invitation.meeting).where(Meeting.slug == "south")).first()
    assert found is not None
    settings = http.application.config["SETTINGS"]
    path = personal_feed_url(settings, found.partner_id).removeprefix(settings.base_url)
    events(http, path)
    capacity = next(other for other in Capacity if other != found.capacity)
    seen = make_stamp(shown_of_particulars(found))
    with time_machine.travel(CHANGED, tick=False):
        change_invitation(session, SYSTEM, found, channel=found.channel, capacity=capacity, seen=seen)
    session.commit()
    after = events(http, path)["south"]
    assert (after.sequence, after.changed_at) == (0, CHANGED)


@pytest.mark.parametrize("path", [ROUND, "/feeds/all.ics", "/feeds/regions/west.ics", "/feeds/m/2550-1/west.ics"])
def test_cancelled_meeting_stays_and_says_so(session: Session, http: FlaskClient, path: str) -> None:
    with changing(session, "west") as meeting:
        meeting.status = MeetingStatus.CANCELLED
    after = events(http, path)["west"]
    assert (*facts(after), after.summary, after.free) == (
        *("2550-1-west@127.0.0.1", 1, "cancelled", CHANGED),
        *("ยกเลิก: ประชุมวงภาคตะวันตก", True),
    )


def test_revived_meeting_counts_up_again(session: Session, http: FlaskClient) -> None:
    for status in (MeetingStatus.CANCELLED, MeetingStatus.ANNOUNCED):
        with changing(session, "west") as meeting:
            meeting.status = status
    after = events(http)["west"]
    assert (after.sequence, after.status, after.summary) == (2, "confirmed", "ประชุมวงภาคตะวันตก")


@pytest.mark.parametrize("path", [ROUND, "/feeds/all.ics"])
def test_cancelled_meeting_leaves_thirty_days_after_its_date(session: Session, http: FlaskClient, path: str) -> None:
    with changing(session, "west") as meeting:
        meeting.status = MeetingStatus.CANCELLED
    last = date(2007, 3, 9)
    shown = {}
    for days in (30, 31, 29):
        with today(http, last + timedelta(days=days)):
            shown[days] = "west" in events(http, path)
    assert shown == {29: True, 30: True, 31: False}


def test_leaving_is_a_change_by_the_clock(session: Session, http: FlaskClient) -> None:
    with changing(session, "west") as meeting:
        meeting.status = MeetingStatus.CANCELLED
    with today(http, date(2007, 4, 9)):
        answer = http.get(ROUND)
    assert answer.headers["Last-Modified"] == "Sun, 08 Apr 2007 17:00:00 GMT"


@pytest.mark.parametrize("path", [ROUND, "/feeds/all.ics", "/feeds/regions/west.ics", "/feeds/2550-1/west.ics"])
def test_proposed_meeting_is_in_no_public_calendar(session: Session, http: FlaskClient, path: str) -> None:
    with changing(session, "west") as meeting:
        meeting.status = MeetingStatus.PROPOSED
    assert "west" not in events(http, path)


def test_proposed_meeting_cannot_be_taken_alone(session: Session, http: FlaskClient) -> None:
    with changing(session, "west") as meeting:
        meeting.status = MeetingStatus.PROPOSED
    assert http.get("/feeds/m/2550-1/west.ics").status_code == 404


@contextmanager
def today(http: FlaskClient, day: date) -> Iterator[None]:
    """Let the sample take that day for today, without counting the calendar mark up."""
    from forumplanner.core.db import SAMPLE, db, find_mark

    def move(to: str) -> str:
        with http.application.app_context():
            mark = find_mark(db.session(), SAMPLE)
            assert mark is not None
            before, mark.value = mark.value, to
            db.session.commit()
            assert before is not None
            return before

    before = move(day.isoformat())
    try:
        yield
    finally:
        move(before)


def test_window_shows_six_months_back_and_two_years_ahead(session: Session, http: FlaskClient) -> None:
    shown = {}
    for day in (
        date(2007, 5, 31),
        date(2007, 6, 1),
        date(2007, 9, 30),
        date(2007, 10, 1),
        date(2005, 2, 28),
        date(2005, 3, 1),
    ):
        with today(http, day):
            found = events(http, "/feeds/all.ics")
        shown[day.isoformat()] = [slug for slug in ("2006-11-19", "bangkok", "national") if slug in found]
    assert shown == {
        "2005-02-28": ["2006-11-19"],
        "2005-03-01": ["2006-11-19", "bangkok", "national"],
        "2007-05-31": ["2006-11-19", "bangkok", "national"],
        "2007-06-01": ["bangkok", "national"],
        "2007-09-30": ["bangkok", "national"],
        "2007-10-01": [],
    }


def test_round_is_always_whole(session: Session, http: FlaskClient) -> None:
    with today(http, date(2017, 1, 1)):
        assert len(events(http)) == 10


def test_body_changes_by_the_clock_on_the_first_of_a_month_only(session: Session, http: FlaskClient) -> None:
    tags = []
    for day in (date(2007, 5, 1), date(2007, 5, 31), date(2007, 6, 1), date(2007, 6, 30)):
        with today(http, day):
            tags.append(http.get("/feeds/all.ics").headers["ETag"])
    assert (tags[0] == tags[1], tags[1] == tags[2], tags[2] == tags[3]) == (True, False, True)


def test_moved_today_is_undone_after_each_request(http: FlaskClient) -> None:
    http.get("/feeds/all.ics")
    assert clock.moved_today() is None
