"""Answers that came after a line was made and say otherwise: pointed out, then followed or left."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forumplanner.attendance import rules
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.attendance.placing import WITH_PARTNER, by_answer, came_by_answer, line_of, must_ask
from forumplanner.attendance.rules import Came
from forumplanner.attendance.services import line_text, list_attendance, next_position, note_line
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor
from forumplanner.invitations.models import Answer, Invitation, Reply
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import lock_meeting


@dataclass(frozen=True, slots=True)
class Later:
    """A line, and a reply that came after it and says otherwise; `line` None: the reply takes it off the lists."""

    line: Attendance
    invitation: Invitation
    reply_id: int


def list_later(session: Session, meeting: Meeting, line_ids: Collection[int] | None = None) -> list[Later]:
    """The lines that differ from a reply that came since they were made, in the order of the lists."""
    newest = (
        select(Reply.invitation_id, func.max(Reply.id).label("reply_id"))
        .join(Invitation, Invitation.id == Reply.invitation_id)
        .where(Invitation.meeting_id == meeting.id)
        .group_by(Reply.invitation_id)
        .subquery()
    )
    query = (
        select(Attendance, Invitation, newest.c.reply_id)
        .join(Invitation, Invitation.id == Attendance.invitation_id)
        .join(newest, newest.c.invitation_id == Invitation.id)
        .where(
            Attendance.meeting_id == meeting.id,
            or_(Attendance.reply_id.is_(None), newest.c.reply_id > Attendance.reply_id),
        )
        .options(*WITH_PARTNER)
        .order_by(Attendance.list, Attendance.position, Attendance.id)
    )
    if line_ids is not None:
        query = query.where(Attendance.id.in_(line_ids))
    return [Later(*row) for row in session.execute(query) if _differs(row[0], row[1])]


def _differs(line: Attendance, invitation: Invitation) -> bool:
    answer, kind = invitation.answer_now, by_answer(invitation)
    if answer is None:
        return False
    if kind != line.list:
        # Participants who declined belong on no list.
        return kind is not None or line.list != AttendanceList.ABSENT
    if answer == Answer.DECLINED:
        return bool(invitation.reason) and invitation.reason != line.reason
    if answer == Answer.DELEGATE:
        named = invitation.known_delegate
        return bool(named) and rules.name_key(line.name) != rules.name_key(named or "")
    return line.shown_substitute is not None


def follow_reply(
    session: Session, meeting: Meeting, line_id: int, actor: Actor, *, reply_id: int, came: Came | None = None
) -> Attendance | None:
    """Bring a line to what the newest reply says; None where that takes it off the lists.

    `reply_id` is the reply that was shown: Conflict where another has come since. `came` says who came where the reply
    leaves it open; Invalid without.
    """
    lock_meeting(session, meeting)
    found = _get_later(session, meeting, line_id, reply_id)
    line, invitation = found.line, found.invitation
    before, kind = line_text(line), by_answer(invitation)
    if kind is None:
        note_line(session, meeting, actor, line, before, None)
        session.delete(line)
        session.flush()
        return None
    if kind != AttendanceList.ABSENT and came is None:
        if must_ask(invitation):
            raise Invalid(N_("Please say who came."), field="who")
        came = came_by_answer(invitation)
    new = line_of(invitation, kind, came)
    if kind != line.list:
        line.position = next_position(list_attendance(session, meeting)[kind])
    line.list, line.reply_id = kind, reply_id
    if line.substitute_for or new.substitute_for or rules.name_key(line.name) != rules.name_key(new.name):
        line.name, line.post, line.substitute_for = new.name, new.post, new.substitute_for
    line.reason = new.reason or (line.reason if kind == AttendanceList.ABSENT else None)
    session.flush()
    note_line(session, meeting, actor, line, before, line_text(line))
    return line


def keep_line(session: Session, meeting: Meeting, line_id: int, *, reply_id: int) -> Attendance:
    """Leave a line as it is, whatever that reply says; it is pointed out no more."""
    lock_meeting(session, meeting)
    line = _get_later(session, meeting, line_id, reply_id).line
    line.reply_id = reply_id
    session.flush()
    return line


def _get_later(session: Session, meeting: Meeting, line_id: int, reply_id: int) -> Later:
    found = next(iter(list_later(session, meeting, [line_id])), None)
    if found is None or found.reply_id != reply_id:
        raise Conflict(
            N_("Meanwhile somebody changed this line, or another answer came. Please look at the lists again.")
        )
    return found
