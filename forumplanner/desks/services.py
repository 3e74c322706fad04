"""Reads that span features: how far the work on each meeting is; and moving a meeting with its programme."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, case, func, not_, select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem, AgendaText, ProgrammeEntry
from forumplanner.agenda.services import begin_with_usual_agenda
from forumplanner.attendance.models import Attendance, AttendanceList, Sitting
from forumplanner.core import clock
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.desks.rules import Work
from forumplanner.history.services import Actor
from forumplanner.invitations.lists import for_days_of
from forumplanner.invitations.models import Answer, Invitation
from forumplanner.minutes.models import Minutes
from forumplanner.minutes.services import follow_year
from forumplanner.outcomes.models import Outcome, Submission, SubmissionState
from forumplanner.rounds.describing import has_place
from forumplanner.rounds.models import Meeting, MeetingKind, Round
from forumplanner.rounds.planning import MeetingPlan, add_meeting, set_days
from forumplanner.rounds.rules import STALE_CHECKED, check_can_move
from forumplanner.rounds.services import lock_meeting


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _of(counts: Subquery, *names: str) -> list[ColumnElement[int]]:
    return [func.coalesce(counts.c[name], 0).label(name) for name in names]


def _counting(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """One row a meeting: counts of what hangs on it, its submission, its minutes."""
    in_force, current = Invitation.revoked_at.is_(None), for_days_of(Meeting)
    invited = (
        select(
            Invitation.meeting_id,
            func.count().label("ever_invited"),
            _how_many(in_force).label("invited"),
            *(_how_many(in_force & current & (Invitation.answer == answer)).label(answer.value) for answer in Answer),
            _how_many(in_force & Invitation.answer.is_not(None) & not_(current)).label("other_days"),
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Invitation.meeting_id.in_(ids))
        .group_by(Invitation.meeting_id)
        .subquery()
    )
    on_its_days = ProgrammeEntry.on.between(Meeting.starts_on, Meeting.ends_on)
    programme = (
        select(
            ProgrammeEntry.meeting_id,
            _how_many(on_its_days).label("programme_lines"),
            _how_many(~on_its_days).label("programme_outside"),
        )
        .join(Meeting, Meeting.id == ProgrammeEntry.meeting_id)
        .where(ProgrammeEntry.meeting_id.in_(ids))
        .group_by(ProgrammeEntry.meeting_id)
        .subquery()
    )
    came = (
        select(
            Attendance.meeting_id,
            func.count().label("listed"),
            _how_many(Attendance.list != AttendanceList.ABSENT).label("in_the_room"),
        )
        .where(Attendance.meeting_id.in_(ids))
        .group_by(Attendance.meeting_id)
        .subquery()
    )
    concluded = (
        select(
            AgendaItem.meeting_id,
            func.count(AgendaItem.id.distinct()).label("agenda_items"),
            func.count(case((AgendaText.text != "", AgendaItem.id)).distinct()).label("discussed"),
            func.count(Outcome.id).label("outcomes"),
            func.count(AgendaItem.question_id.distinct()).label("questions"),
            func.count(case((Outcome.id.is_not(None), AgendaItem.question_id)).distinct()).label("questions_answered"),
        )
        .outerjoin(AgendaText, AgendaText.agenda_item_id == AgendaItem.id)
        .outerjoin(Outcome, Outcome.agenda_item_id == AgendaItem.id)
        .where(AgendaItem.meeting_id.in_(ids))
        .group_by(AgendaItem.meeting_id)
        .subquery()
    )
    query = (
        select(
            Meeting.id,
            *_of(invited, "ever_invited", "invited", "accepted", "declined", "delegate", "other_days"),
            *_of(programme, "programme_lines", "programme_outside"),
            *_of(came, "listed", "in_the_room"),
            *_of(concluded, "agenda_items", "discussed", "outcomes", "questions", "questions_answered"),
            Sitting.id.label("sitting"),
            Submission.state.label("submission"),
            Submission.submitted_at,
            Submission.decided_at,
            Submission.remark,
            Minutes.state.label("minutes"),
            Minutes.number.label("minutes_number"),
            Minutes.year.label("minutes_year"),
        )
        .outerjoin(Submission, Submission.meeting_id == Meeting.id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .outerjoin(Sitting, Sitting.meeting_id == Meeting.id)
        .where(Meeting.id.in_(ids))
    )
    for counts in (invited, programme, came, concluded):
        query = query.outerjoin(counts, counts.c.meeting_id == Meeting.id)
    return query


def find_work(session: Session, meetings: Sequence[Meeting]) -> Mapping[int, Work]:
    """How far the work on each of these meetings is, by the meeting's id; one query however many there are."""
    rows = {row.id: row for row in session.execute(_counting([meeting.id for meeting in meetings]))}
    return {meeting.id: _work(meeting, rows[meeting.id]) for meeting in meetings}


def _work(meeting: Meeting, row: Row[*tuple[Any, ...]]) -> Work:
    return Work(
        kind=meeting.kind,
        status=meeting.status,
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        has_place=has_place(meeting),
        hours_missing=(meeting.ends_on - meeting.starts_on).days + 1 - len(meeting.days),
        invited=row.invited,
        accepted=row.accepted,
        declined=row.declined,
        delegates=row.delegate,
        other_days=row.other_days,
        programme_lines=row.programme_lines,
        programme_outside=row.programme_outside,
        agenda_items=row.agenda_items,
        records=row.ever_invited
        + row.listed
        + row.discussed
        + row.outcomes
        + sum(found is not None for found in (row.sitting, row.submission, row.minutes)),
        in_the_room=row.in_the_room,
        outcomes=row.outcomes,
        questions=row.questions,
        questions_answered=row.questions_answered,
        submission=row.submission or SubmissionState.DRAFT,
        submitted_on=_day(row.submitted_at),
        decided_on=_day(row.decided_at),
        remark=row.remark,
        minutes=row.minutes,
        minutes_number=(row.minutes_number, row.minutes_year) if row.minutes else None,
    )


def _day(at: datetime | None) -> date | None:
    return at.astimezone(clock.BANGKOK).date() if at else None


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
