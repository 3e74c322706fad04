"""From invitations and their answers to lines of the three lists: in one act or one by one."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic

from forumplanner.attendance import rules
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.attendance.rules import Came, Who
from forumplanner.attendance.services import LONGEST, line_text, list_attendance, next_position, note_line
from forumplanner.core.errors import Conflict, NotFound
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor, record_change
from forumplanner.invitations.models import Answer, Capacity, Invitation, Reply
from forumplanner.partners.models import Organisation, Partner, PartnerKind, Person
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter, conditions
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import lock_meeting

WITH_PARTNER = (
    joinedload(Invitation.partner).options(selectin_polymorphic(Partner, [Person, Organisation])),
    joinedload(Invitation.seat),
)


def unplaced(meeting: Meeting, capacity: Capacity | None = None, text: str = "") -> Select[Invitation]:
    """Invitations in force whose partner stands on no list yet, in Thai order; `text` as the search of partners."""
    query = (
        select(Invitation)
        .join(Invitation.partner)
        .outerjoin(Attendance, Attendance.invitation_id == Invitation.id)
        .where(Invitation.meeting_id == meeting.id, Invitation.revoked_at.is_(None), Attendance.id.is_(None))
        .options(*WITH_PARTNER)
        .order_by(Partner.sort_key, Partner.id, Invitation.id)
    )
    if text:
        query = query.where(conditions(Sight(everything=True), PartnerFilter(text=text)))
    return query if capacity is None else query.where(Invitation.capacity == capacity)


def list_unplaced(session: Session, meeting: Meeting) -> list[Invitation]:
    """All of them."""
    return list(session.scalars(unplaced(meeting)))


def must_ask(invitation: Invitation) -> bool:
    """Whether the answer leaves open who came: a seat is nobody's name, and a delegate may not be named yet."""
    if invitation.answer_now == Answer.DELEGATE:
        return not invitation.known_delegate
    return invitation.answer_now == Answer.ACCEPTED and invitation.partner.kind == PartnerKind.ORGANISATION


def by_answer(invitation: Invitation) -> AttendanceList | None:
    """The list the answer calls for; None without one, and for answers given for other days."""
    answer = invitation.answer_now
    return rules.list_for(invitation.capacity, answer.value if answer else None)


class Filled(NamedTuple):
    """What filling did: how many were placed; how many gave no answer, or one for other days; whose name stands on a
    list already; of how many it has to be asked who came."""

    placed: int
    unanswered: int
    alike: int = 0
    open: int = 0


def fill_from_invitations(session: Session, meeting: Meeting, actor: Actor, *, today: date) -> Filled:
    """Put everybody who answered on the list the answer calls for; who stands on a list already stays as they are.

    Members who accepted came, a delegate came in a member's place (แทน), members who declined are absent; participants
    and their delegates are participants. Left to be placed by hand: whose name stands on a list already, since it may
    be the same person written down before; seats and delegates without a name. Refused before the first day.
    """
    lock_meeting(session, meeting)
    rules.check_begun(meeting.starts_on, today)
    waiting = list_unplaced(session, meeting)
    asked = [found for found in waiting if must_ask(found)]
    answered = [found for found in waiting if by_answer(found) is not None and not must_ask(found)]
    placed = _place_all(session, meeting, answered, actor)
    unanswered = sum(1 for found in waiting if found.answer_now is None)
    return Filled(placed, unanswered, len(answered) - placed, len(asked))


def place_rest_absent(session: Session, meeting: Meeting, actor: Actor, *, expected: int, today: date) -> Filled:
    """All members on no list did not come, in one act; participants are listed where they come and nowhere else.

    `expected` is the number the button named: Conflict where others wait meanwhile. Whose name stands on a list
    already is left to be placed by hand.
    """
    lock_meeting(session, meeting)
    rules.check_begun(meeting.starts_on, today)
    rest = list(session.scalars(unplaced(meeting, Capacity.MEMBER)))
    if len(rest) != expected:
        raise Conflict(N_("Meanwhile somebody changed these lists, so nothing was saved. Please look at them again."))
    placed = _place_all(session, meeting, rest, actor, kind=AttendanceList.ABSENT)
    return Filled(placed, 0, len(rest) - placed)


def _place_all(
    session: Session,
    meeting: Meeting,
    invitations: Sequence[Invitation],
    actor: Actor,
    *,
    kind: AttendanceList | None = None,
) -> int:
    """Place them by their answers, or all on one list; returns how many. Names that stand there already are left."""
    lists = list_attendance(session, meeting)
    names = {rules.name_key(line.name) for listed in lists.values() for line in listed}
    positions = {found: next_position(listed) for found, listed in lists.items()}
    newest = newest_replies(session, [invitation.id for invitation in invitations])
    placed = 0
    for invitation in invitations:
        chosen = kind or by_answer(invitation)
        assert chosen is not None
        line = line_of(invitation, chosen, None if chosen == AttendanceList.ABSENT else came_by_answer(invitation))
        if rules.name_key(line.name) in names:
            continue
        line.position, line.reply_id = positions[chosen], newest.get(invitation.id)
        positions[chosen] += 1
        session.add(line)
        placed += 1
    session.flush()
    if placed:
        record_change(session, actor, "meeting", meeting.id, "attendance", None, f"+{placed}")
    return placed


def came_by_answer(invitation: Invitation) -> Came:
    """Who came, as far as the answer says."""
    if invitation.answer_now == Answer.DELEGATE:
        return Came(Who.DELEGATE if invitation.known_delegate else Who.UNNAMED, invitation.known_delegate or "")
    return Came(Who.HOLDER)


def get_invited(session: Session, meeting: Meeting, invitation_id: int) -> Invitation:
    """An invitation of this meeting, with its partner and seat."""
    query = select(Invitation).where(Invitation.id == invitation_id, Invitation.meeting_id == meeting.id)
    invitation = session.scalar(query.options(*WITH_PARTNER))
    if invitation is None:
        raise NotFound(N_("There is no such invitation to this meeting. Please choose from the page."))
    return invitation


def find_line(session: Session, invitation: Invitation) -> Attendance | None:
    """The line an invited partner stands on, if any."""
    return session.scalar(select(Attendance).where(Attendance.invitation_id == invitation.id))


def place_invited(
    session: Session, meeting: Meeting, invitation_id: int, actor: Actor, *, came: Came | None, today: date
) -> Attendance:
    """Put one invited partner on a list by what was seen in the room, whatever was answered; `came` None: did not.

    Invalid where a delegate's name is missing.
    """
    lock_meeting(session, meeting)
    rules.check_begun(meeting.starts_on, today)
    invitation = get_invited(session, meeting, invitation_id)
    if find_line(session, invitation):
        raise Conflict(N_("This person is on a list already."))
    kind = _list_of(invitation, came)
    placed = line_of(invitation, kind, came)
    placed.position = next_position(list_attendance(session, meeting)[kind])
    placed.reply_id = newest_replies(session, [invitation.id]).get(invitation.id)
    session.add(placed)
    session.flush()
    note_line(session, meeting, actor, placed, None, line_text(placed))
    return placed


def _list_of(invitation: Invitation, came: Came | None) -> AttendanceList:
    if came is None:
        return AttendanceList.ABSENT
    return AttendanceList.PARTICIPANT if invitation.capacity == Capacity.PARTICIPANT else AttendanceList.CAME


def newest_replies(session: Session, invitation_ids: Iterable[int]) -> dict[int, int]:
    """The number of each invitation's newest reply; those without one are left out."""
    ids = list(invitation_ids)
    query = select(Reply.invitation_id, func.max(Reply.id)).group_by(Reply.invitation_id)
    found: dict[int, int] = {}
    for first in range(0, len(ids), 500):
        rows = session.execute(query.where(Reply.invitation_id.in_(ids[first : first + 500])))
        found.update((invitation_id, reply_id) for invitation_id, reply_id in rows)
    return found


def line_of(invitation: Invitation, kind: AttendanceList, came: Came | None) -> Attendance:
    """A line for an invited partner, as the minutes will print it; nobody's post and place stand there twice."""
    partner, seat = invitation.partner, invitation.printed_name
    line = Attendance(meeting_id=invitation.meeting_id, invitation_id=invitation.id, list=kind, name=seat)
    is_person = isinstance(partner, Person)
    if isinstance(partner, Person):
        line.post = " ".join(part for part in (partner.post, partner.organisation_text) if part)
    if kind == AttendanceList.ABSENT:
        line.reason = invitation.reason if invitation.answer_now == Answer.DECLINED else None
    elif came is not None and came.who == Who.HOLDER and came.name and not is_person:
        line.name, line.post = came.name, seat
    elif came is not None and came.who == Who.DELEGATE:
        rules.check_delegate_named(came)
        line.name, line.post, line.substitute_for = came.name, came.post, seat
        if kind == AttendanceList.PARTICIPANT and not came.post and not is_person:
            line.post = partner.name
    elif came is not None and came.who == Who.UNNAMED:
        # The words say already whose place it is.
        line.name, line.post = f"ผู้แทน{seat}", None
    line.name, line.post = line.name[:LONGEST], (line.post or "")[:LONGEST] or None
    line.substitute_for = line.substitute_for[:LONGEST] if line.substitute_for else None
    return line
