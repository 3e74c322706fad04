"""Changes of a meeting's programme (กำหนดการ): lines of a time and an activity."""

from datetime import date, time

from sqlalchemy.orm import Session

from forumplanner.agenda import rules
from forumplanner.agenda.models import ProgrammeEntry
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh, check_removal, list_differing
from forumplanner.history.services import Actor, record_change
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.rows import get_row
from forumplanner.rounds.services import lock_meeting, touch_calendar

FIELDS = ("on", "starts_at", "ends_at", "activity_th", "activity_en", "room")


def get_entry(session: Session, meeting: Meeting, entry_id: int) -> ProgrammeEntry:
    """A line of this meeting's programme; Removed where it was deleted, NotFound where it is another meeting's."""
    return get_row(session, ProgrammeEntry, meeting, entry_id, removed=N_("This line of the programme was deleted."))


def shown_of_entry(entry: ProgrammeEntry) -> Shown:
    """What the form about a line shows."""
    return {name: getattr(entry, name) for name in FIELDS}


def entry_text(entry: ProgrammeEntry) -> str:
    """A line in words, for the history and for comparing: `2007-01-30 09:00-09:30 ลงทะเบียน (ห้อง 1)`."""
    ends = f"-{entry.ends_at:%H:%M}" if entry.ends_at else ""
    room = f" ({entry.room})" if entry.room else ""
    return f"{entry.on} {entry.starts_at:%H:%M}{ends} {entry.activity_th}{room}"


def add_entry(
    session: Session,
    meeting: Meeting,
    actor: Actor,
    *,
    on: date,
    starts_at: time,
    ends_at: time | None,
    activity_th: str,
    activity_en: str | None,
    room: str | None,
) -> ProgrammeEntry:
    """Add a line on one of the meeting's days; times are local to its zone."""
    lock_meeting(session, meeting)
    rules.check_entry(on, starts_at, ends_at, meeting.starts_on, meeting.ends_on)
    entry = ProgrammeEntry(
        meeting_id=meeting.id,
        on=on,
        starts_at=starts_at,
        ends_at=ends_at,
        activity_th=activity_th,
        activity_en=activity_en or None,
        room=room or None,
    )
    session.add(entry)
    session.flush()
    _note(session, meeting, actor, None, entry_text(entry))
    return entry


def change_entry(
    session: Session,
    meeting: Meeting,
    entry_id: int,
    actor: Actor,
    *,
    on: date,
    starts_at: time,
    ends_at: time | None,
    activity_th: str,
    activity_en: str | None,
    room: str | None,
    seen: str,
) -> ProgrammeEntry:
    """Change a line; Stale where somebody changed it since `seen`."""
    lock_meeting(session, meeting)
    entry = get_entry(session, meeting, entry_id)
    rules.check_entry(on, starts_at, ends_at, meeting.starts_on, meeting.ends_on)
    typed = ProgrammeEntry(
        on=on,
        starts_at=starts_at,
        ends_at=ends_at,
        activity_th=activity_th,
        activity_en=activity_en or None,
        room=room or None,
    )
    check_fresh(seen, shown_of_entry(entry), shown_of_entry(typed))
    if not list_differing(shown_of_entry(entry), shown_of_entry(typed)):
        return entry
    before = entry_text(entry)
    for name in FIELDS:
        setattr(entry, name, getattr(typed, name))
    session.flush()
    _note(session, meeting, actor, before, entry_text(entry))
    return entry


def delete_entry(session: Session, meeting: Meeting, entry_id: int, actor: Actor, *, seen: str) -> ProgrammeEntry:
    """Delete a line; Conflict where somebody changed it since `seen`."""
    lock_meeting(session, meeting)
    entry = get_entry(session, meeting, entry_id)
    check_removal(seen, shown_of_entry(entry))
    _note(session, meeting, actor, entry_text(entry), None)
    session.delete(entry)
    session.flush()
    return entry


def _note(session: Session, meeting: Meeting, actor: Actor, old: str | None, new: str | None) -> None:
    """Put the change into the meeting's history and let calendars see it."""
    record_change(session, actor, "meeting", meeting.id, "programme", old, new)
    touch_calendar(session, meeting)
