"""Numbers of minutes on both databases, and who signs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.minutes.models import Minutes, MinutesState
from forumplanner.minutes.services import (
    find_minutes,
    follow_year,
    get_minutes,
    list_unnumbered_before,
    name_signers,
    shown_of_signers,
    start_minutes,
)
from forumplanner.rounds.models import Body, Meeting, MeetingKind, MeetingStatus, Round
from tests.outcomes.sample_round import ORGANISER, RECORDER, history_of, meeting_at

pytestmark = pytest.mark.usefixtures("sample")
TODAY = date(2007, 3, 6)
AT_ONCE = 6


def add_working_meetings(session: Session, days: list[date]) -> list[int]:
    """Meetings of the working body; their ids."""
    round_id = session.scalar(select(Round.id))
    body_id = session.scalar(select(Body.id).where(Body.slug == "working"))
    meetings = [
        Meeting(
            round_id=round_id,
            body_id=body_id,
            kind=MeetingKind.WORKING,
            slug=day.isoformat(),
            status=MeetingStatus.ANNOUNCED,
            starts_on=day,
            ends_on=day,
            uid=f"working-{day}@example.org",
        )
        for day in days
    ]
    session.add_all(meetings)
    session.commit()
    return [meeting.id for meeting in meetings]


def start(session: Session, slug: str, today: date = TODAY) -> tuple[int, int]:
    started = start_minutes(session, meeting_at(session, slug), RECORDER, today=today)
    return started.number, started.year


def test_a_bodys_first_minutes_of_a_year_are_number_one(session: Session) -> None:
    assert (start(session, "north"), start(session, "bangkok")) == ((1, 2007), (1, 2007))


def test_numbers_run_on_within_a_body_and_begin_anew_each_january(session: Session) -> None:
    add_working_meetings(session, [date(2007, 2, 1), date(2008, 1, 5)])
    slugs = ["2006-11-19", "2007-01-23", "2007-02-01", "2008-01-05"]
    assert [start(session, slug, date(2008, 2, 1)) for slug in slugs] == [(1, 2006), (1, 2007), (2, 2007), (1, 2008)]


def test_minutes_that_are_started_keep_their_number(session: Session) -> None:
    first = start_minutes(session, meeting_at(session, "north"), RECORDER, today=TODAY)
    assert start_minutes(session, meeting_at(session, "north"), ORGANISER, today=TODAY) is first
    assert history_of(session, "minutes", first.id) == [("number", None, "1/2007")]


@pytest.mark.parametrize("slug", ["west", "national"])
def test_a_meeting_that_lies_ahead_gets_no_number(session: Session, slug: str) -> None:
    with pytest.raises(Conflict, match="has not begun"):
        start(session, slug)
    assert find_minutes(session, meeting_at(session, slug)) is None


def test_minutes_without_a_number_are_not_for_print(session: Session) -> None:
    with pytest.raises(Conflict, match="have no number yet"):
        get_minutes(session, meeting_at(session, "north"))


def test_an_undone_start_leaves_no_gap(session: Session) -> None:
    add_working_meetings(session, [date(2007, 2, 1)])
    start(session, "2007-01-23")
    session.rollback()
    assert start(session, "2007-02-01") == (1, 2007)


def test_earlier_meetings_of_the_year_without_a_number_are_named(session: Session) -> None:
    add_working_meetings(session, [date(2007, 2, 1)])
    later = meeting_at(session, "2007-02-01")
    assert [meeting.slug for meeting in list_unnumbered_before(session, later)] == ["2007-01-23"]
    start(session, "2007-01-23")
    assert list_unnumbered_before(session, later) == []


def start_at_once(app: Flask, meeting_ids: list[int]) -> list[tuple[int, int]]:
    """Start all of them in the same moment, each in a thread and transaction of its own; (meeting, number)."""
    ready = Barrier(len(meeting_ids))

    def begin(meeting_id: int) -> tuple[int, int]:
        with app.app_context():
            session = db.session()
            meeting = session.get(Meeting, meeting_id)
            assert meeting is not None
            session.rollback()
            ready.wait()
            number = start_minutes(session, meeting, RECORDER, today=date(2007, 12, 31)).number
            session.commit()
            return meeting_id, number

    with ThreadPoolExecutor(len(meeting_ids)) as pool:
        return [done.result() for done in [pool.submit(begin, meeting_id) for meeting_id in meeting_ids]]


@pytest.mark.both_databases
def test_minutes_started_at_once_get_different_numbers_without_a_gap(app: Flask) -> None:
    with app.app_context():
        ids = add_working_meetings(db.session(), [date(2007, 4, day) for day in range(1, AT_ONCE + 1)])
    started = start_at_once(app, ids)
    assert sorted(number for _meeting, number in started) == list(range(1, AT_ONCE + 1))


@pytest.mark.both_databases
def test_two_who_start_the_same_minutes_at_once_get_the_same(app: Flask) -> None:
    with app.app_context():
        (meeting_id,) = add_working_meetings(db.session(), [date(2007, 4, 1)])
    assert start_at_once(app, [meeting_id] * AT_ONCE) == [(meeting_id, 1)] * AT_ONCE
    with app.app_context():
        found = db.session.scalars(select(Minutes.number).where(Minutes.meeting_id == meeting_id)).all()
    assert list(found) == [1]


def test_names_are_saved_with_their_history(session: Session) -> None:
    south = meeting_at(session, "south")
    seen = make_stamp(shown_of_signers(get_minutes(session, south)))
    saved = name_signers(session, south, ORGANISER, recorder="นางจำเนียร น้ำใส", checker="", seen=seen)
    assert (saved.recorder_name, saved.checker_name) == ("นางจำเนียร น้ำใส", None)
    assert history_of(session, "minutes", saved.id) == [
        ("recorder_name", "น.ส.วรรณา ทองคำ", "นางจำเนียร น้ำใส"),
        ("checker_name", "นายสมชาย ใจดี", None),
    ]


def test_a_stale_name_is_refused_with_both_and_nothing_changes(session: Session) -> None:
    south = meeting_at(session, "south")
    seen = make_stamp(shown_of_signers(get_minutes(session, south)))
    name_signers(session, south, ORGANISER, recorder="นายแรก", checker=None, seen=seen)
    with pytest.raises(Stale) as refused:
        name_signers(session, south, RECORDER, recorder="นายหลัง", checker=None, seen=seen)
    assert (refused.value.theirs["recorder_name"], refused.value.yours["recorder_name"]) == ("นายแรก", "นายหลัง")
    assert get_minutes(session, south).recorder_name == "นายแรก"


def test_saving_the_same_names_twice_is_no_conflict(session: Session) -> None:
    south = meeting_at(session, "south")
    seen = make_stamp(shown_of_signers(get_minutes(session, south)))
    for _time in range(2):
        saved = name_signers(session, south, ORGANISER, recorder="นายเดียวกัน", checker=None, seen=seen)
    assert saved.recorder_name == "นายเดียวกัน"


def test_names_need_minutes(session: Session) -> None:
    with pytest.raises(Conflict, match="not been started"):
        name_signers(session, meeting_at(session, "north"), ORGANISER, recorder="ก", checker=None, seen="")


def test_the_number_follows_a_date_corrected_into_another_year(session: Session) -> None:
    add_working_meetings(session, [date(2006, 1, 9), date(2007, 1, 9)])
    assert (start(session, "2006-01-09"), start(session, "2007-01-09")) == ((1, 2006), (1, 2007))
    meeting = meeting_at(session, "2006-01-09")
    meeting.starts_on = meeting.ends_on = date(2007, 1, 8)
    followed = follow_year(session, meeting, RECORDER)
    assert followed is not None
    assert (followed.number, followed.year) == (2, 2007)
    assert ("number", "1/2006", "2/2007") in history_of(session, "minutes", followed.id)
    assert follow_year(session, meeting, RECORDER) is None


def test_signed_minutes_keep_their_number(session: Session) -> None:
    add_working_meetings(session, [date(2006, 1, 9)])
    start(session, "2006-01-09")
    meeting = meeting_at(session, "2006-01-09")
    get_minutes(session, meeting).state = MinutesState.APPROVED
    meeting.starts_on = meeting.ends_on = date(2007, 1, 8)
    assert follow_year(session, meeting, RECORDER) is None
