"""How far the work on the sample's meetings is, and moving one."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.agenda.services import list_items, list_programme
from forumplanner.attendance.models import Attendance, AttendanceList, Sitting
from forumplanner.core import clock
from forumplanner.core.errors import Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.desks.rules import Act, Work, next_act
from forumplanner.desks.services import begin_meeting, find_work, move_meeting, shown_days
from forumplanner.history.services import Actor
from forumplanner.invitations.models import Invitation
from forumplanner.outcomes.models import Outcome, Submission
from forumplanner.outcomes.rules import OutcomeKind, SubmissionState
from forumplanner.partners.models import Partner
from forumplanner.rounds.models import Meeting, MeetingKind
from forumplanner.rounds.planning import MeetingPlan, RoundPlan, create_round
from forumplanner.rounds.services import get_meeting, get_round

SOMEBODY = Actor(None, "somebody")


def work_of(session: Session, slug: str) -> Work:
    meeting = get_meeting(session, "2550-1", slug)
    return find_work(session, [meeting])[meeting.id]


def test_the_sample_stands_as_it_is_said_to(session: Session, sample: Flask) -> None:
    meetings = get_round(session, "2550-1").meetings
    work = find_work(session, meetings)
    found = {meeting.slug: next_act(work[meeting.id], clock.today()) for meeting in meetings}
    assert found == {
        "2006-11-19": None,
        "2007-01-23": None,
        "south": Act.PRINT_MINUTES,
        "northeast": Act.DECIDE,
        "north": Act.CORRECT,
        "bangkok": Act.SUBMIT,
        "west": Act.CALL,
        "east": Act.SET_HOURS,
        "upper-central": Act.SET_PLACE,
        "national": Act.SET_HOURS,
    }


def test_counts_are_of_invitations_in_force_and_of_questions_answered(session: Session, sample: Flask) -> None:
    south = work_of(session, "south")
    counts = south.answers
    assert (south.invited, counts.accepted, counts.declined, counts.delegate, south.unanswered) == (8, 5, 1, 2, 0)
    assert (south.in_the_room, south.outcomes) == (8, 8)
    assert (south.agenda.questions, south.concluded.questions_answered) == (4, 4)
    assert (south.submission, south.submitted_on, south.decided_on) == (
        SubmissionState.ACCEPTED,
        date(2007, 2, 3),
        date(2007, 2, 6),
    )
    assert work_of(session, "bangkok").concluded.questions_answered == 2


def test_a_withdrawn_invitation_counts_no_more(session: Session, sample: Flask) -> None:
    meeting = get_meeting(session, "2550-1", "west")
    invitation = session.query(Invitation).filter_by(meeting_id=meeting.id, answer=None).one()
    invitation.revoked_at = clock.now()
    session.flush()
    west = work_of(session, "west")
    assert (west.invited, west.unanswered) == (1, 0)


def withdrawn(session: Session, meeting: Meeting) -> None:
    partner_id = session.scalars(select(Partner.id).order_by(Partner.id)).first()
    session.add(Invitation(meeting_id=meeting.id, partner_id=partner_id, revoked_at=clock.now()))


def absent(session: Session, meeting: Meeting) -> None:
    session.add(Attendance(meeting_id=meeting.id, list=AttendanceList.ABSENT, position=1, name="ก"))


def sitting(session: Session, meeting: Meeting) -> None:
    session.add(Sitting(meeting_id=meeting.id, chair="ก"))


def discussion(session: Session, meeting: Meeting) -> None:
    list_items(session, meeting)[0][1].discussion = "ประธานกล่าวเปิด"


def outcome(session: Session, meeting: Meeting) -> None:
    item = list_items(session, meeting)[0][1]
    session.add(Outcome(agenda_item_id=item.id, kind=OutcomeKind.PROGRESS, position=1, text="ก"))


def submission(session: Session, meeting: Meeting) -> None:
    session.add(Submission(meeting_id=meeting.id))


@pytest.mark.parametrize("record", [withdrawn, absent, sitting, discussion, outcome, submission])
def test_whatever_was_done_about_a_meeting_keeps_it(
    session: Session, sample: Flask, record: Callable[[Session, Meeting], None]
) -> None:
    plan = RoundPlan("รอบ", "Round", date(2008, 1, 1), date(2008, 3, 31))
    found = create_round(session, "2551-1", plan, [("คำถาม", "A question")], SOMEBODY)
    national = MeetingPlan(MeetingKind.NATIONAL, date(2008, 3, 20), date(2008, 3, 20))
    meeting = begin_meeting(session, found, national, SOMEBODY, host="forum.example.org")
    planned = find_work(session, [meeting])[meeting.id]
    record(session, meeting)
    session.flush()
    assert (planned.has_records, find_work(session, [meeting])[meeting.id].has_records) == (False, True)


def test_a_new_forum_begins_with_the_usual_agenda_and_the_rounds_questions(session: Session) -> None:
    plan = RoundPlan("รอบ", "Round", date(2008, 1, 1), date(2008, 3, 31))
    found = create_round(session, "2551-1", plan, [("คำถาม", "A question")], SOMEBODY)
    national = MeetingPlan(MeetingKind.NATIONAL, date(2008, 3, 20), date(2008, 3, 20))
    meeting = begin_meeting(session, found, national, SOMEBODY, host="forum.example.org")
    session.commit()
    assert [number for number, item in list_items(session, meeting) if item.question_id] == ["4.1"]


def test_a_working_meeting_begins_without_an_agenda(session: Session, sample: Flask) -> None:
    plan = MeetingPlan(MeetingKind.WORKING, date(2007, 1, 10), date(2007, 1, 10))
    meeting = begin_meeting(session, get_round(session, "2550-1"), plan, SOMEBODY, host="forum.example.org")
    assert list_items(session, meeting) == []


def test_the_programme_moves_with_its_meeting(session: Session, sample: Flask) -> None:
    meeting = get_meeting(session, "2550-1", "west")
    outside = move_meeting(
        session, meeting, date(2007, 3, 14), date(2007, 3, 15), SOMEBODY, seen=make_stamp(shown_days(meeting))
    )
    session.commit()
    days = {line.on for line in list_programme(session, get_meeting(session, "2550-1", "west"))}
    assert (outside, days) == (0, {date(2007, 3, 14), date(2007, 3, 15)})


def test_lines_on_a_day_that_falls_away_are_counted_and_kept(session: Session, sample: Flask) -> None:
    meeting = get_meeting(session, "2550-1", "west")
    outside = move_meeting(
        session, meeting, date(2007, 3, 14), date(2007, 3, 14), SOMEBODY, seen=make_stamp(shown_days(meeting))
    )
    assert (outside, len(list_programme(session, meeting))) == (3, 8)


def test_two_who_move_one_meeting_are_told_apart(session: Session, sample: Flask) -> None:
    meeting = get_meeting(session, "2550-1", "west")
    seen = make_stamp(shown_days(meeting))
    move_meeting(session, meeting, date(2007, 3, 14), date(2007, 3, 15), SOMEBODY, seen=seen)
    session.commit()
    with pytest.raises(Stale) as caught:
        move_meeting(session, meeting, date(2007, 3, 21), date(2007, 3, 22), SOMEBODY, seen=seen)
    assert (caught.value.theirs, caught.value.yours) == (
        {"days": (date(2007, 3, 14), date(2007, 3, 15))},
        {"days": (date(2007, 3, 21), date(2007, 3, 22))},
    )
