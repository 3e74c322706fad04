"""What one partner has to do with the rounds: meetings they came to or may come to, commitments, its people."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forumplanner.agenda.models import AgendaItem
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.invitations.models import Invitation
from forumplanner.outcomes.models import Outcome, OutcomeKind
from forumplanner.partners.models import Person
from forumplanner.rounds.models import Meeting, MeetingStatus

MOST_PEOPLE = 50
MOST_COMMITMENTS = 50


def find_attendance_of(session: Session, partner_id: int) -> dict[int, AttendanceList]:
    """On which list a partner stands, by the number of their invitation; where nobody noted it they are left out."""
    query = (
        select(Attendance.invitation_id, Attendance.list)
        .join(Attendance.invitation)
        .where(Invitation.partner_id == partner_id)
    )
    return {invitation_id: kind for invitation_id, kind in session.execute(query) if invitation_id is not None}


def list_commitments_of(session: Session, partner_id: int) -> list[Outcome]:
    """What a partner took on, the latest due first, each with its meeting, its round and its region."""
    query = (
        select(Outcome)
        .join(Outcome.agenda_item)
        .join(AgendaItem.meeting)
        .where(Outcome.owner_partner_id == partner_id, Outcome.kind == OutcomeKind.COMMITMENT)
        .options(
            contains_eager(Outcome.agenda_item)
            .contains_eager(AgendaItem.meeting)
            .options(joinedload(Meeting.round), joinedload(Meeting.region))
        )
        .order_by(Outcome.due_on.desc(), Outcome.id)
        .limit(MOST_COMMITMENTS)
    )
    return list(session.scalars(query))


def list_meetings_to_invite_to(session: Session, today: date) -> list[Meeting]:
    """The meetings that somebody can still be invited to, by day: neither over nor cancelled; prepared ones too."""
    query = (
        select(Meeting)
        .where(Meeting.ends_on >= today, Meeting.status != MeetingStatus.CANCELLED)
        .options(joinedload(Meeting.round), joinedload(Meeting.region))
        .order_by(Meeting.starts_on, Meeting.id)
    )
    return list(session.scalars(query))


def list_people_of(session: Session, organisation_id: int) -> list[Person]:
    """Those who stand under an organisation, in Thai order; at most MOST_PEOPLE."""
    query = (
        select(Person)
        .where(Person.organisation_id == organisation_id)
        .options(joinedload(Person.province))
        .order_by(Person.sort_key, Person.id)
        .limit(MOST_PEOPLE)
    )
    return list(session.scalars(query))
