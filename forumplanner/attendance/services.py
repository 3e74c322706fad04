"""Reads and changes of the three lists of form 11.

When a meeting began and who chaired it: `sittings`; from answers to lines: `placing`.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.attendance import rules
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh, check_removal
from forumplanner.history.services import Actor, record_change
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
    lists: Mapping[AttendanceList, Sequence[Attendance]], name: str, *, besides: int | None = None
) -> list[Attendance]:
    """The lines that bear this name, with whatever honorific: perhaps the same person."""
    key = rules.name_key(name)
    lines = (line for listed in lists.values() for line in listed)
    return [line for line in lines if line.id != besides and rules.name_key(line.name) == key]


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
    position = next_position(lists[kind])
    attendance = Attendance(meeting_id=meeting.id, position=position, **_values(values))
    session.add(attendance)
    session.flush()
    note_line(session, meeting, actor, attendance, None, line_text(attendance))
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
    before = line_text(attendance)
    if typed.list != attendance.list:
        attendance.position = next_position(lists[typed.list])
    for name in FIELDS:
        setattr(attendance, name, getattr(typed, name))
    session.flush()
    note_line(session, meeting, actor, attendance, before, line_text(attendance))
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
    note_line(session, meeting, actor, attendance, line_text(attendance), None)
    session.delete(attendance)
    session.flush()
    return attendance


def _check_alike(
    lists: Mapping[AttendanceList, Sequence[Attendance]], name: str, *, besides: int | None = None, is_another: bool
) -> None:
    if not is_another and list_alike(lists, name, besides=besides):
        raise Invalid(
            N_(
                "This name is on the lists already, so nothing is saved yet. "
                "If this is somebody else, please tick the box and press the same button again."
            ),
            field="is_another",
        )


def _values(values: Mapping[str, object]) -> dict[str, object]:
    """What is kept: all that was typed, also what the chosen list does not show; it comes back with the line."""
    kept = {name: values.get(name) or None for name in FIELDS}
    return kept | {"list": AttendanceList(str(values["list"]))}


def next_position(listed: list[Attendance]) -> int:
    """The place behind the last of a list."""
    return max((found.position for found in listed), default=0) + 1


def line_text(attendance: Attendance) -> str:
    """A line in words, for history and conflicts."""
    parts = (
        attendance.name,
        attendance.post,
        f"(แทน) {attendance.shown_substitute}" if attendance.shown_substitute else None,
        f"({attendance.shown_reason})" if attendance.shown_reason else None,
    )
    return "\n".join(part for part in parts if part)


def note_line(
    session: Session, meeting: Meeting, actor: Actor, attendance: Attendance, old: str | None, new: str | None
) -> None:
    """Put a line's change into the meeting's history; it names the partner whose invitation the line stands for."""
    partner_id = attendance.invitation.partner_id if attendance.invitation else None
    record_change(session, actor, "meeting", meeting.id, "attendance", old, new, partner_id=partner_id)
