"""Reads and changes of rounds and meetings. Each change goes through `change_meeting`, which decides what calendars see."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, bump_mark
from forumplanner.core.errors import NotFound, Stale
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor, record_change
from forumplanner.rounds import rules
from forumplanner.rounds.models import Meeting, MeetingDay, MeetingStatus, Round

# What a person can change about a meeting; each field's change is history.
CHANGEABLE = (
    "status",
    "starts_on",
    "ends_on",
    "timezone",
    "title_th",
    "title_en",
    "venue_th",
    "venue_en",
    "venue_address",
    "province_code",
    "map_url",
    "contact_name",
    "contact_phone",
    "contact_email",
    "note_th",
    "note_en",
)


def get_round(session: Session, code: str) -> Round:
    """A round with its meetings, their regions and days; NotFound where there is none."""
    query = (
        select(Round)
        .where(Round.code == code)
        .options(
            selectinload(Round.meetings).options(joinedload(Meeting.region), selectinload(Meeting.days)),
            selectinload(Round.questions),
        )
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound(N_("There is no round %(code)s. Please begin at the list of rounds."), code=code[:40])
    return found


def list_rounds(session: Session) -> list[Round]:
    """All rounds, the newest first."""
    return list(session.scalars(select(Round).order_by(Round.starts_on.desc(), Round.id.desc())))


def find_meeting(session: Session, code: str, slug: str) -> Meeting | None:
    """The meeting at an address, with its round, region, province and days."""
    query = (
        select(Meeting)
        .join(Meeting.round)
        .where(Round.code == code, Meeting.slug == slug)
        .options(
            joinedload(Meeting.round),
            joinedload(Meeting.region),
            joinedload(Meeting.province),
            selectinload(Meeting.days),
        )
    )
    return session.scalar(query)


def get_meeting(session: Session, code: str, slug: str) -> Meeting:
    """The same; NotFound where there is none."""
    found = find_meeting(session, code, slug)
    if found is None:
        raise NotFound(N_("There is no such meeting in this round. Please choose one from the round's page."))
    return found


def meeting_title(meeting: Meeting, lang: str) -> str:
    """The meeting's title in a language: its own, or the one its kind and region give."""
    own = (meeting.title_en if lang == "en" else meeting.title_th) or None
    region = meeting.region.name(lang) if meeting.region else None
    return own or rules.default_title(meeting.kind, region, lang)


def new_uid(host: str) -> str:
    """A calendar UID of our own domain, stored and never used again (RFC 7986, 5.3)."""
    return f"{secrets.token_hex(16)}@{host}"


def calendar_facts(meeting: Meeting) -> tuple[object, ...]:
    """What raises SEQUENCE when it differs: days, hours, status, zone and place."""
    hours = tuple((day.on, day.opens_at, day.closes_at) for day in sorted(meeting.days, key=lambda day: day.on))
    return (
        meeting.starts_on,
        meeting.ends_on,
        meeting.timezone,
        meeting.status,
        meeting.venue_th,
        meeting.venue_address,
        meeting.province_code,
        hours,
    )


@contextmanager
def change_meeting(session: Session, meeting: Meeting, actor: Actor, *, version: int | None = None) -> Iterator[None]:
    """Change a meeting inside the block: history, SEQUENCE, LAST-MODIFIED and the calendar mark follow from what differs.

    `version` is the one the form was filled from; Stale where somebody saved since.
    """
    if version is not None and version != meeting.version:
        raise Stale
    facts = calendar_facts(meeting)
    before = {name: getattr(meeting, name) for name in CHANGEABLE}
    hours = facts[-1]
    yield
    after = {name: getattr(meeting, name) for name in CHANGEABLE}
    new_facts = calendar_facts(meeting)
    if before == after and hours == new_facts[-1]:
        return
    for name in CHANGEABLE:
        record_change(session, actor, "meeting", meeting.id, name, before[name], after[name])
    record_change(session, actor, "meeting", meeting.id, "hours", _hours_text(hours), _hours_text(new_facts[-1]))
    if meeting.status == MeetingStatus.CANCELLED and before["status"] != MeetingStatus.CANCELLED:
        meeting.cancelled_at = clock.now()
    if rules.calendar_sequence_rises(facts, new_facts):
        meeting.sequence += 1
    touch_calendar(session, meeting)


def touch_calendar(session: Session, meeting: Meeting) -> None:
    """Note that calendars may show this meeting otherwise now (its agenda changed, say), without raising SEQUENCE."""
    meeting.changed_at = clock.now()
    bump_mark(session, CALENDAR, at=meeting.changed_at)


def set_hours(meeting: Meeting, hours: dict[date, tuple[time, time]]) -> None:
    """Replace the hours of the meeting's days; days left out have none known."""
    kept = {day.on: day for day in meeting.days}
    for on, day in kept.items():
        if on not in hours:
            meeting.days.remove(day)
    for on, (opens_at, closes_at) in sorted(hours.items()):
        known = kept.get(on)
        if known is None:
            meeting.days.append(MeetingDay(on=on, opens_at=opens_at, closes_at=closes_at))
        else:
            known.opens_at, known.closes_at = opens_at, closes_at


def _hours_text(hours: object) -> str:
    return "; ".join(f"{on} {opens:%H:%M}-{closes:%H:%M}" for on, opens, closes in hours)  # type: ignore[attr-defined]
