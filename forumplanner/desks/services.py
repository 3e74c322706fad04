"""Reads that span features: how far the work on each meeting is; and moving a meeting with its programme."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.agenda.counting import AGENDA, PROGRAMME
from forumplanner.agenda.models import ProgrammeEntry
from forumplanner.agenda.services import begin_with_usual_agenda
from forumplanner.attendance.counting import ATTENDANCE
from forumplanner.core import clock
from forumplanner.core.db.counting import read_counts
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.desks.rules import Work
from forumplanner.history.services import Actor
from forumplanner.invitations.counting import ANSWERS
from forumplanner.minutes.counting import MINUTES
from forumplanner.minutes.services import follow_year
from forumplanner.outcomes.counting import OUTCOMES, SUBMISSION
from forumplanner.rounds.describing import has_place
from forumplanner.rounds.models import Meeting, MeetingKind, Round
from forumplanner.rounds.planning import MeetingPlan, add_meeting, set_days
from forumplanner.rounds.rules import STALE_CHECKED, check_can_move
from forumplanner.rounds.services import lock_meeting

# What each feature counts, in the order of the fields of `Work` that hold it.
COUNTED = (ANSWERS, PROGRAMME, AGENDA, ATTENDANCE, OUTCOMES, SUBMISSION, MINUTES)


def find_work(session: Session, meetings: Sequence[Meeting]) -> Mapping[int, Work]:
    """How far the work on each of these meetings is, by the meeting's id; one query however many there are."""
    counts = read_counts(session, Meeting.id, [meeting.id for meeting in meetings], COUNTED)
    return {
        meeting.id: Work(
            meeting.kind,
            meeting.status,
            meeting.starts_on,
            meeting.ends_on,
            has_place(meeting),
            (meeting.ends_on - meeting.starts_on).days + 1 - len(meeting.days),
            *counts[meeting.id],
        )
        for meeting in meetings
    }


def begin_meeting(session: Session, found: Round, plan: MeetingPlan, actor: Actor, *, host: str) -> Meeting:
    """Add a proposed meeting to a round; forums and the national meeting begin with the usual agenda."""
    meeting = add_meeting(session, found, plan, actor, host=host)
    if plan.kind != MeetingKind.WORKING:
        begin_with_usual_agenda(session, meeting, actor)
    return meeting


def shown_days(meeting: Meeting) -> Shown:
    """What the form about a meeting's days shows."""
    return {"days": (meeting.starts_on, meeting.ends_on)}


def count_lost_lines(session: Session, meeting: Meeting, starts_on: date, ends_on: date) -> int:
    """How many lines of the programme would lie outside these days when it moves along, first day to first day."""
    last = meeting.starts_on + (ends_on - starts_on)
    query = (
        select(func.count())
        .select_from(ProgrammeEntry)
        .where(ProgrammeEntry.meeting_id == meeting.id, ~ProgrammeEntry.on.between(meeting.starts_on, last))
    )
    return session.scalar(query) or 0


def move_meeting(session: Session, meeting: Meeting, starts_on: date, ends_on: date, actor: Actor, *, seen: str) -> int:
    """Move a meeting with its hours and programme; returns how many lines of the programme fall outside its new days.

    Stale where somebody moved it since `seen` (`shown_days`); days to come are refused where records say it was held.
    """
    lock_meeting(session, meeting)
    check_can_move(starts_on, clock.today(), was_held=find_work(session, [meeting])[meeting.id].was_held(clock.today()))
    check_fresh(seen, shown_days(meeting), {"days": (starts_on, ends_on)}, STALE_CHECKED)
    outside, shift = count_lost_lines(session, meeting, starts_on, ends_on), starts_on - meeting.starts_on
    set_days(session, meeting, starts_on, ends_on, actor)
    for line in session.scalars(select(ProgrammeEntry).where(ProgrammeEntry.meeting_id == meeting.id)):
        line.on += shift
    session.flush()
    follow_year(session, meeting, actor)
    return outside
