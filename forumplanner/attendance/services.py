"""Reads and changes of the three lists of form 11. When a meeting began and who chaired it: `sittings`."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic

from forumplanner.attendance import rules
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.core.errors import Conflict, Invalid, NotFound
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh, check_removal
from forumplanner.history.services import Actor, record_change
from forumplanner.invitations.models import Answer, Capacity, Invitation
from forumplanner.partners.models import Organisation, Partner, Person
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.rows import get_row, moved
from forumplanner.rounds.services import lock_meeting

LONGEST = 300
FIELDS = ("list", "name", "post", "substitute_for", "reason")


def list_attendance(session: Session, meeting: Meeting) -> dict[AttendanceList, list[Attendance]]:
    """The three lists of a meeting, each in its order; all three are there, also where empty."""
    query = (
        select(Attendance)
        .where(Attendance.meeting_id == meeting.id)
        .order_by(Attendance.position, Attendance.id)
        .execution_options(populate_existing=True)
    )
    found: dict[AttendanceList, list[Attendance]] = {kind: [] for kind in AttendanceList}
    for attendance in session.scalars(query):
        found[attendance.list].append(attendance)
    return found


def get_attendance(session: Session, meeting: Meeting, attendance_id: int) -> Attendance:
    """A line of this meeting's lists; Removed where it was taken off, NotFound where it is another meeting's."""
    return get_row(session, Attendance, meeting, attendance_id, removed=N_("This line was taken off the lists."))


def list_alike(
    lists: Mapping[AttendanceList, list[Attendance]], name: str, *, besides: int | None = None
) -> list[Attendance]:
    """The lines that bear this name, with whatever honorific: perhaps the same person."""
    key = rules.name_key(name)
    lines = (line for listed in lists.values() for line in listed)
    return [line for line in lines if line.id != besides and rules.name_key(line.name) == key]


def list_unplaced(session: Session, meeting: Meeting) -> list[Invitation]:
    """Invitations in force whose partner stands on no list yet, in Thai order."""
    query = (
        select(Invitation)
        .join(Invitation.partner)
        .outerjoin(Attendance, Attendance.invitation_id == Invitation.id)
        .where(Invitation.meeting_id == meeting.id, Invitation.revoked_at.is_(None), Attendance.id.is_(None))
        .options(joinedload(Invitation.partner).options(selectin_polymorphic(Partner, [Person, Organisation])))
        .order_by(Partner.sort_key, Partner.id)
    )
    return list(session.scalars(query))


class Filled(NamedTuple):
    """How many were put on the lists, how many have no answer to go by, and whose name stands on a list already."""

    placed: int
    unanswered: int
    alike: int = 0


def fill_from_invitations(session: Session, meeting: Meeting, actor: Actor, *, today: date) -> Filled:
    """Put everybody who answered on the list the answer calls for; who stands on a list already stays as they are.

    Members who accepted came, a delegate came in a member's place (แทน), members who declined are absent; participants
    and their delegates are participants. Whose name stands on a list already is left to be placed by hand: it may be
    the same person, written down before. Refused before the meeting's first day.
    """
    lock_meeting(session, meeting)
    rules.check_begun(meeting.starts_on, today)
    lists = list_attendance(session, meeting)
    names = {rules.name_key(line.name) for listed in lists.values() for line in listed}
    placed = unanswered = alike = 0
    for invitation in list_unplaced(session, meeting):
        kind = rules.list_for(invitation.capacity, invitation.answer)
        if kind is not None:
            line = _line_of(meeting, invitation, kind, len(lists[kind]))
            if rules.name_key(line.name) in names:
                alike += 1
                continue
            lists[kind].append(line)
            session.add(line)
            placed += 1
        elif invitation.answer is None:
            unanswered += 1
    session.flush()
    if placed:
        record_change(session, actor, "meeting", meeting.id, "attendance", None, f"+{placed}")
    return Filled(placed, unanswered, alike)


def place_invited(
    session: Session, meeting: Meeting, invitation_id: int, actor: Actor, *, came: bool, today: date
) -> Attendance:
    """Put one invited partner on a list by what was seen in the room, whatever was answered or not."""
    lock_meeting(session, meeting)
    rules.check_begun(meeting.starts_on, today)
    query = select(Invitation).where(Invitation.id == invitation_id, Invitation.meeting_id == meeting.id)
    invitation = session.scalar(query)
    if invitation is None:
        raise NotFound(N_("There is no such invitation to this meeting. Please choose from the page."))
    if session.scalar(select(Attendance.id).where(Attendance.invitation_id == invitation.id)):
        raise Conflict(N_("This person stands on a list already."))
    if not came:
        kind = AttendanceList.ABSENT
    elif invitation.capacity == Capacity.PARTICIPANT:
        kind = AttendanceList.PARTICIPANT
    else:
        kind = AttendanceList.CAME
    placed = _line_of(meeting, invitation, kind, len(list_attendance(session, meeting)[kind]))
    session.add(placed)
    session.flush()
    _note(session, meeting, actor, placed, None, _line(placed))
    return placed


def shown_of_attendance(attendance: Attendance) -> Shown:
    """What the form about a line shows."""
    return {name: getattr(attendance, name) for name in FIELDS}


def add_attendance(
    session: Session, meeting: Meeting, actor: Actor, values: Mapping[str, object], *, is_another: bool = False
) -> Attendance:
    """Add somebody who simply came, at the end of a list. `values`: as FIELDS names them, texts None where empty.

    Invalid where the name stands on a list already, unless it was said to be another person's (`is_another`).
    """
    lock_meeting(session, meeting)
    kind = AttendanceList(str(values["list"]))
    lists = list_attendance(session, meeting)
    _check_alike(lists, str(values["name"]), is_another=is_another)
    position = _next_position(lists[kind])
    attendance = Attendance(meeting_id=meeting.id, position=position, **_values(values))
    session.add(attendance)
    session.flush()
    _note(session, meeting, actor, attendance, None, _line(attendance))
    return attendance


def change_attendance(
    session: Session,
    meeting: Meeting,
    attendance_id: int,
    actor: Actor,
    values: Mapping[str, object],
    *,
    seen: str,
    is_another: bool = False,
) -> Attendance:
    """Correct a line, or move it to the end of another list; Stale where somebody changed it since `seen`.

    Invalid where a new name stands on a list already, unless `is_another`.
    """
    lock_meeting(session, meeting)
    lists = list_attendance(session, meeting)
    attendance = get_attendance(session, meeting, attendance_id)
    typed = Attendance(**_values(values))
    check_fresh(seen, shown_of_attendance(attendance), shown_of_attendance(typed))
    if rules.name_key(typed.name) != rules.name_key(attendance.name):
        _check_alike(lists, typed.name, besides=attendance.id, is_another=is_another)
    before = _line(attendance)
    if typed.list != attendance.list:
        attendance.position = _next_position(lists[typed.list])
    for name in FIELDS:
        setattr(attendance, name, getattr(typed, name))
    session.flush()
    _note(session, meeting, actor, attendance, before, _line(attendance))
    return attendance


def move_attendance(session: Session, meeting: Meeting, attendance_id: int, *, step: int) -> Attendance:
    """Move a line within its list, `step` places down, or up where negative: the order is that of rank."""
    lock_meeting(session, meeting)
    lists = list_attendance(session, meeting)
    attendance = get_attendance(session, meeting, attendance_id)
    by_id = {found.id: found for found in lists[attendance.list]}
    for position, found_id in enumerate(moved(list(by_id), attendance.id, step), start=1):
        by_id[found_id].position = position
    session.flush()
    return attendance


def remove_attendance(session: Session, meeting: Meeting, attendance_id: int, actor: Actor, *, seen: str) -> Attendance:
    """Take a line off the lists; Conflict where somebody changed it since `seen`."""
    lock_meeting(session, meeting)
    attendance = get_attendance(session, meeting, attendance_id)
    check_removal(seen, shown_of_attendance(attendance))
    _note(session, meeting, actor, attendance, _line(attendance), None)
    session.delete(attendance)
    session.flush()
    return attendance


def _check_alike(
    lists: Mapping[AttendanceList, list[Attendance]], name: str, *, besides: int | None = None, is_another: bool
) -> None:
    if not is_another and list_alike(lists, name, besides=besides):
        raise Invalid(
            N_(
                "This name stands on the lists already, so nothing is saved yet. "
                "If this is somebody else, please tick so and press the same button again."
            ),
            field="is_another",
        )


def _line_of(meeting: Meeting, invitation: Invitation, kind: AttendanceList, count: int) -> Attendance:
    """A line for an invited partner, as the minutes will print it."""
    partner = invitation.partner
    name, post = _name_and_post(partner)
    # A delegate whose name was to follow is still not the invited: the coordinator writes the name in.
    delegate = (invitation.delegate_name or f"ผู้แทน {name}"[:LONGEST]) if invitation.answer == Answer.DELEGATE else None
    placed = Attendance(
        meeting_id=meeting.id, invitation_id=invitation.id, list=kind, position=count + 1, name=name, post=post
    )
    if delegate and kind == AttendanceList.CAME:
        placed.name, placed.post, placed.substitute_for = delegate, None, name
    elif delegate and kind == AttendanceList.PARTICIPANT:
        placed.name = delegate
    elif kind == AttendanceList.ABSENT and invitation.answer == Answer.DECLINED and invitation.comment:
        placed.reason = " ".join(invitation.comment.split())[:LONGEST]
    return placed


def _name_and_post(partner: Partner) -> tuple[str, str | None]:
    if isinstance(partner, Person):
        parts = (partner.post, partner.organisation_text)
        return partner.shown_name("th")[:LONGEST], " ".join(part for part in parts if part)[:LONGEST] or None
    seat = partner.seat if isinstance(partner, Organisation) else None
    return f"{seat or ''}{partner.name}"[:LONGEST], partner.name[:LONGEST]


def _values(values: Mapping[str, object]) -> dict[str, object]:
    """What is kept: all that was typed, also what the chosen list does not show; it comes back with the line."""
    kept = {name: values.get(name) or None for name in FIELDS}
    return kept | {"list": AttendanceList(str(values["list"]))}


def _next_position(listed: list[Attendance]) -> int:
    return max((found.position for found in listed), default=0) + 1


def _line(attendance: Attendance) -> str:
    parts = (
        attendance.name,
        attendance.post,
        f"(แทน) {attendance.shown_substitute}" if attendance.shown_substitute else None,
        f"({attendance.shown_reason})" if attendance.shown_reason else None,
    )
    return "\n".join(part for part in parts if part)


def _note(
    session: Session, meeting: Meeting, actor: Actor, attendance: Attendance, old: str | None, new: str | None
) -> None:
    """Put a line's change into the meeting's history; it names the partner whose invitation the line stands for."""
    partner_id = attendance.invitation.partner_id if attendance.invitation else None
    record_change(session, actor, "meeting", meeting.id, "attendance", old, new, partner_id=partner_id)
