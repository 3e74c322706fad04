"""When a meeting began and ended, and who chaired it."""

from collections.abc import Mapping, Sequence
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.attendance import rules
from forumplanner.attendance.models import Attendance, AttendanceList, Sitting
from forumplanner.attendance.services import list_attendance
from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh, list_differing
from forumplanner.history.services import Actor, record_change, record_name
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import lock_meeting


def find_sitting(session: Session, meeting: Meeting) -> Sitting | None:
    """When the meeting began and ended and who chaired it; None while nothing of it is recorded."""
    query = select(Sitting).where(Sitting.meeting_id == meeting.id)
    return session.scalar(query.execution_options(populate_existing=True))


def list_named(lists: Mapping[AttendanceList, Sequence[Attendance]], name: str | None) -> list[Attendance]:
    """The lines of those in the room who bear this name, members who came first."""
    if not name:
        return []
    key = thai.search_key(name)
    exactly = [line for line in _in_the_room(lists) if thai.search_key(line.name) == key]
    bare = rules.name_key(name)
    return exactly or [line for line in _in_the_room(lists) if rules.name_key(line.name) == bare]


def _in_the_room(lists: Mapping[AttendanceList, Sequence[Attendance]]) -> list[Attendance]:
    return [*lists[AttendanceList.CAME], *lists[AttendanceList.PARTICIPANT]]


def find_chair(sitting: Sitting | None, lists: Mapping[AttendanceList, Sequence[Attendance]]) -> Attendance | None:
    """The chair's line: the one that was tied, else the first of that name, written down since; None for a stranger."""
    if sitting is None or not sitting.chair:
        return None
    tied = [line for line in _in_the_room(lists) if line.id == sitting.chair_line_id]
    return next(iter([*tied, *list_named(lists, sitting.chair)]), None)


def shown_of_sitting(sitting: Sitting | None) -> Shown:
    """What the form about the sitting shows."""
    return {name: getattr(sitting, name, None) for name in ("began_at", "ended_at", "chair", "chair_line_id")}


def save_sitting(
    session: Session,
    meeting: Meeting,
    actor: Actor,
    *,
    began_at: time | None,
    ended_at: time | None,
    chair: str | None,
    chair_line_id: int | None = None,
    seen: str,
) -> Sitting:
    """Record when the meeting began and ended and who chaired; Stale where somebody changed it since `seen`.

    The chair is tied to the line of that name. Where several lines bear it, `chair_line_id` says which; Invalid if not.
    """
    lock_meeting(session, meeting)
    rules.check_sitting(began_at, ended_at, days=(meeting.ends_on - meeting.starts_on).days + 1)
    sitting = find_sitting(session, meeting)
    tied = _line_meant(list_named(list_attendance(session, meeting), chair), chair_line_id)
    typed = Sitting(began_at=began_at, ended_at=ended_at, chair=chair or None, chair_line_id=tied)
    check_fresh(seen, shown_of_sitting(sitting), shown_of_sitting(typed))
    if not list_differing(shown_of_sitting(sitting), shown_of_sitting(typed)):
        return sitting or typed
    if sitting is None:
        sitting = Sitting(meeting_id=meeting.id)
        session.add(sitting)
    before, after = ((found.chair, _partner_of(session, found.chair_line_id)) for found in (sitting, typed))
    record_name(session, actor, "meeting", meeting.id, "chair", before, after)
    for name in ("began_at", "ended_at"):
        record_change(session, actor, "meeting", meeting.id, name, getattr(sitting, name), getattr(typed, name))
        setattr(sitting, name, getattr(typed, name))
    sitting.chair, sitting.chair_line_id = typed.chair, tied
    session.flush()
    return sitting


def _line_meant(named: list[Attendance], chosen: int | None) -> int | None:
    ids = [line.id for line in named]
    if len(ids) > 1 and chosen not in ids:
        raise Invalid(
            N_("Several people on the lists bear this name. Please choose who chaired."), field="chair_line_id"
        )
    return chosen if chosen in ids else next(iter(ids), None)


def _partner_of(session: Session, line_id: int | None) -> int | None:
    """The partner whose invitation a line of the lists stands for."""
    line = session.get(Attendance, line_id) if line_id is not None else None
    return line.invitation.partner_id if line is not None and line.invitation else None
