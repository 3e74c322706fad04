"""What was given for one meeting and has no use long after it: answers, ticks, contacts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import BLANKED
from forumplanner.history.models import Change
from forumplanner.history.services import SYSTEM
from forumplanner.invitations.models import ChosenGuest, Invitation, Reply
from forumplanner.retention.kinds.base import Due, Eraser, Removed
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import change_meeting

CONTACTS = ("contact_name", "contact_phone", "contact_email")


def _says_something(answer: type[Invitation] | type[Reply]) -> ColumnElement[bool]:
    said: list[ColumnElement[bool]] = [
        answer.delegate_name.is_not(None) & (answer.delegate_name != BLANKED),
        answer.delegate_phone.is_not(None),
        answer.comment.is_not(None),
        answer.reason.is_not(None),
    ]
    if answer is Reply:
        said.append(Reply.taken_by.is_not(None) & (Reply.taken_by != BLANKED))
    return or_(*said)


def find_answers(session: Session, until: date) -> list[Due]:
    """Meetings that ended, with answers that say more than yes or no; counted from the last answer if it is later."""
    of_invitations = (
        select(Meeting.id, Meeting.ends_on, func.max(Invitation.answered_at), func.count())
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(Meeting.ends_on <= until, _says_something(Invitation))
        .group_by(Meeting.id, Meeting.ends_on)
    )
    of_replies = (
        select(Meeting.id, Meeting.ends_on, func.max(Reply.at), func.count())
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .join(Reply, Reply.invitation_id == Invitation.id)
        .where(Meeting.ends_on <= until, _says_something(Reply))
        .group_by(Meeting.id, Meeting.ends_on)
    )
    found: dict[int, Due] = {}
    for query in (of_invitations, of_replies):
        for number, ends_on, last, count in session.execute(query):
            known = found.get(number, Due(number, ends_on, 0))
            since = max(known.since, clock.day_of(last) if last else ends_on)
            found[number] = Due(number, since, max(known.count, count))
    return list(found.values())


def blank_answers(session: Session, items: Sequence[int], _eraser: Eraser | None) -> Removed:
    """Who was invited and what they answered stays, and that a delegate was named: figures count it."""
    count = 0
    of = select(Invitation.id).where(Invitation.meeting_id.in_(items))
    for answer, whose in ((Invitation, Invitation.meeting_id.in_(items)), (Reply, Reply.invitation_id.in_(of))):
        values: dict[Any, Any] = {
            "delegate_name": _mark(answer.delegate_name),
            "delegate_phone": None,
            "comment": None,
            "reason": None,
        }
        if answer is Reply:
            values["taken_by"] = _mark(Reply.taken_by)
        about = and_(whose, _says_something(answer))
        number = session.scalar(select(func.count()).select_from(answer).where(about)) or 0
        session.execute(update(answer).where(about).values(values).execution_options(synchronize_session=False))
        count = max(count, number)
    session.expire_all()
    return Removed(items, count)


def _mark(column: Any) -> ColumnElement[Any]:
    return case((column.is_not(None), BLANKED))


def find_choices(session: Session, until: date) -> list[Due]:
    """Meetings that ended, with guests who are ticked still."""
    query = (
        select(Meeting.id, Meeting.ends_on, func.count())
        .join(ChosenGuest, ChosenGuest.meeting_id == Meeting.id)
        .where(Meeting.ends_on <= until)
        .group_by(Meeting.id, Meeting.ends_on)
    )
    return [Due(number, ends_on, count) for number, ends_on, count in session.execute(query)]


def remove_choices(session: Session, items: Sequence[int], _eraser: Eraser | None) -> Removed:
    """Untick them."""
    about = ChosenGuest.meeting_id.in_(items)
    count = session.scalar(select(func.count()).select_from(ChosenGuest).where(about)) or 0
    session.execute(delete(ChosenGuest).where(about))
    return Removed(items, count)


def find_contacts(session: Session, until: date) -> list[Due]:
    """Meetings that ended and still name whom to ask."""
    named = or_(*(getattr(Meeting, name).is_not(None) for name in CONTACTS))
    query = select(Meeting.id, Meeting.ends_on).where(Meeting.ends_on <= until, named)
    return [Due(number, ends_on) for number, ends_on in session.execute(query)]


def empty_contacts(session: Session, items: Sequence[int], _eraser: Eraser | None) -> Removed:
    """Empty them as a person would on the meeting's page, so that calendars follow; history forgets what they were."""
    for meeting in session.scalars(select(Meeting).where(Meeting.id.in_(items))):
        with change_meeting(session, meeting, SYSTEM):
            for name in CONTACTS:
                setattr(meeting, name, None)
    session.flush()
    about = (Change.thing == "meeting", Change.thing_id.in_(items), Change.field.in_(CONTACTS))
    for column in (Change.old, Change.new):
        session.execute(update(Change).where(*about, column.is_not(None)).values({column: BLANKED}))
    return Removed(items, len(items))
