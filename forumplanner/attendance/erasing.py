"""How the lists of form 11 forget a person: lines stay and count, names go where the minutes are not certified."""

from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from forumplanner.attendance.models import Attendance, Sitting
from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.core.traces import NAME_REMOVED
from forumplanner.invitations.erasing import partner_of_invitation
from forumplanner.invitations.models import Invitation


def _partner_of_chair(table: Table) -> ColumnElement[Any]:
    line, invitation = Attendance.__table__.c, Invitation.__table__.c
    query = select(invitation.partner_id).join(line.invitation_id.table, line.invitation_id == invitation.id)
    return query.where(line.id == table.c.chair_line_id).scalar_subquery()


def _forget(session: Session, leaving: Leaving) -> None:
    """The lines made of their invitations: their own, and those of whoever came in their place."""
    query = select(Attendance).join(Attendance.invitation).where(Invitation.partner_id == leaving.partner_id)
    for line in session.scalars(query.order_by(Attendance.id)).all():
        if line.meeting_id in leaving.certified:
            leaving.kept += 1
            continue
        leaving.count("attendances", 1)
        if line.substitute_for is not None:
            line.substitute_for = NAME_REMOVED
        else:
            _forget_chair(session, line)
            line.name, line.post = NAME_REMOVED, None
        line.reason = None
    session.flush()


def _forget_chair(session: Session, line: Attendance) -> None:
    for sitting in session.scalars(select(Sitting).where(Sitting.chair_line_id == line.id)):
        sitting.chair = NAME_REMOVED


ERASING = Erasing(
    whose={"attendances": partner_of_invitation, "sittings": _partner_of_chair},
    printed_in={"attendances": lambda table: table.c.meeting_id, "sittings": lambda table: table.c.meeting_id},
    own=_forget,
)
