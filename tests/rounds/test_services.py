"""What calendars see of a change: SEQUENCE, LAST-MODIFIED, the calendar mark, history."""

from collections.abc import Callable
from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forumplanner.core.db import CALENDAR, find_mark
from forumplanner.core.errors import NotFound
from forumplanner.history.services import Actor, list_changes
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.services import (
    change_meeting,
    find_current_code,
    find_meeting,
    get_meeting,
    get_round,
    list_coming,
    list_summaries,
    new_uid,
    set_hours,
)
from tests.history import add_history

SOMEBODY = Actor(None, "somebody")
TODAY = date(2007, 3, 6)


def change(session: Session, what: Callable[[Meeting], object], slug: str = "west") -> tuple[int, int, bool]:
    """By how much SEQUENCE and the calendar mark rose, and whether LAST-MODIFIED moved."""
    meeting = get_meeting(session, "2550-1", slug)
    mark = find_mark(session, CALENDAR)
    assert mark is not None
    before, changed_at, number = meeting.sequence, meeting.changed_at, mark.number
    with change_meeting(session, meeting, SOMEBODY):
        what(meeting)
    session.commit()
    session.refresh(mark)
    return meeting.sequence - before, mark.number - number, meeting.changed_at > changed_at


@pytest.mark.parametrize(
    "what",
    [
        lambda meeting: setattr(meeting, "title_th", "ประชุมวงภาคตะวันตก ครั้งพิเศษ"),
        lambda meeting: setattr(meeting, "contact_phone", "081-000-0000"),
        lambda meeting: setattr(meeting, "note_th", "นำบัตรประชาชนมาด้วย"),
        lambda meeting: setattr(meeting, "title_en", "Another spelling"),
        lambda meeting: setattr(meeting, "map_url", "https://maps.example.org/1"),
    ],
)
def test_a_corrected_text_keeps_the_sequence(
    session: Session, sample: Flask, what: Callable[[Meeting], object]
) -> None:
    assert change(session, what) == (0, 1, True)


@pytest.mark.parametrize(
    "what",
    [
        lambda meeting: setattr(meeting, "starts_on", date(2007, 3, 7)),
        lambda meeting: setattr(meeting, "ends_on", date(2007, 3, 10)),
        lambda meeting: setattr(meeting, "venue_th", "โรงแรมอื่น"),
        lambda meeting: setattr(meeting, "venue_en", "Another hotel"),
        lambda meeting: setattr(meeting, "venue_address", "เลขที่ 1 ถนนอื่น"),
        lambda meeting: setattr(meeting, "province_code", "71"),
        lambda meeting: setattr(meeting, "status", MeetingStatus.CANCELLED),
        lambda meeting: set_hours(meeting, {date(2007, 3, 8): (time(8), time(16))}),
        lambda meeting: set_hours(meeting, {}),
    ],
)
def test_another_time_place_or_state_raises_the_sequence_by_one(
    session: Session, sample: Flask, what: Callable[[Meeting], object]
) -> None:
    assert change(session, what) == (1, 1, True)


def test_a_change_that_changes_nothing_leaves_no_trace(session: Session, sample: Flask) -> None:
    assert change(session, lambda meeting: setattr(meeting, "venue_th", meeting.venue_th)) == (0, 0, False)


def test_history_says_who_changed_what_from_what(session: Session, sample: Flask) -> None:
    change(session, lambda meeting: setattr(meeting, "starts_on", date(2007, 3, 7)))
    meeting = get_meeting(session, "2550-1", "west")
    found = [(item.actor, item.field, item.old, item.new) for item in list_changes(session, "meeting", meeting.id)]
    assert found == [("somebody", "starts_on", "2007-03-08", "2007-03-07")]


def test_a_cancelled_meeting_remembers_when_and_forgets_it_once_revived(session: Session, sample: Flask) -> None:
    change(session, lambda meeting: setattr(meeting, "status", MeetingStatus.CANCELLED))
    meeting = get_meeting(session, "2550-1", "west")
    assert meeting.cancelled_at is not None
    change(session, lambda meeting: setattr(meeting, "status", MeetingStatus.ANNOUNCED))
    assert (meeting.cancelled_at, meeting.sequence) == (None, 2)


def test_uids_are_of_our_domain_and_differ() -> None:
    one, other = new_uid("forum.example.org"), new_uid("forum.example.org")
    assert (one.partition("@")[2], one == other) == ("forum.example.org", False)


def test_unknown_rounds_and_meetings_are_refused_with_what_to_do(session: Session, sample: Flask) -> None:
    with pytest.raises(NotFound, match="There is no round 2551-1"):
        get_round(session, "2551-1")
    with pytest.raises(NotFound, match="Please choose one from the round's page"):
        get_meeting(session, "2550-1", "souht")
    assert find_meeting(session, "2551-1", "south") is None


def test_coming_meetings_are_those_not_over_by_day_without_proposed_ones(session: Session, sample: Flask) -> None:
    change(session, lambda meeting: setattr(meeting, "status", MeetingStatus.PROPOSED), "east")
    change(session, lambda meeting: setattr(meeting, "status", MeetingStatus.CANCELLED), "west")
    assert [meeting.slug for meeting in list_coming(session, TODAY)] == ["west", "upper-central", "national"]


@pytest.mark.parametrize(
    ("today", "code"),
    [(TODAY, "2550-1"), (date(2006, 12, 1), "2550-1"), (date(2006, 2, 1), "2549-1"), (date(2009, 1, 1), "2550-1")],
)
def test_the_current_round_runs_or_comes_next_or_was_the_last(
    session: Session, sample: Flask, today: date, code: str
) -> None:
    add_history(session, 2)
    assert find_current_code(session, today, public=True) == code


def test_a_round_of_proposed_meetings_is_current_for_coordinators_alone(session: Session, sample: Flask) -> None:
    for meeting in get_round(session, "2550-1").meetings:
        meeting.status = MeetingStatus.PROPOSED
    session.flush()
    found = [find_current_code(session, TODAY, public=public) for public in (True, False)]
    assert found == [None, "2550-1"]


def test_the_list_counts_forums_and_the_national_meeting_by_how_they_stand(session: Session, sample: Flask) -> None:
    change(session, lambda meeting: setattr(meeting, "status", MeetingStatus.PROPOSED), "east")
    add_history(session, 1)
    found = [(item.round.code, item.held, item.ahead, item.proposed) for item in list_summaries(session, TODAY)]
    assert found == [("2550-1", 4, 3, 1), ("2549-1", 7, 0, 1)]
