"""Reads of rounds and meetings, and the one way to change a meeting, which decides what calendars see.

What organisers and coordinators change stands in `planning` and `details`.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, bump_mark
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.history.models import Change
from forumplanner.history.services import Actor, record_change
from forumplanner.rounds import rules
from forumplanner.rounds.models import Meeting, MeetingDay, MeetingKind, MeetingStatus, Round

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


# A round with all that its board and its work ask of it.
_WHOLE = (
    selectinload(Round.meetings).options(
        joinedload(Meeting.region), joinedload(Meeting.province), selectinload(Meeting.days)
    ),
    selectinload(Round.questions),
)

# Of meetings to come as many are named on a visitor's first page.
MOST_COMING = 12


def get_round(session: Session, code: str) -> Round:
    """A round with its meetings, their regions and days; NotFound where there is none."""
    found = session.scalar(select(Round).where(Round.code == code).options(*_WHOLE))
    if found is None:
        raise NotFound(N_("There is no round %(code)s. Please begin at the list of rounds."), code=code[:40])
    return found


def list_rounds(session: Session) -> list[Round]:
    """All rounds, the newest first."""
    return list(session.scalars(select(Round).order_by(Round.starts_on.desc(), Round.id.desc())))


def list_coming(session: Session, today: date) -> list[Meeting]:
    """What the public may look forward to: meetings announced or cancelled that are not over, of all rounds, by day."""
    query = (
        select(Meeting)
        .where(Meeting.ends_on >= today, Meeting.status != MeetingStatus.PROPOSED)
        .options(joinedload(Meeting.round), joinedload(Meeting.region), joinedload(Meeting.province))
        .order_by(Meeting.starts_on, Meeting.id)
        .limit(MOST_COMING)
    )
    return list(session.scalars(query))


def find_current_code(session: Session, today: date, *, public: bool) -> str | None:
    """The code of the round that runs or comes next, else of the last one; with `public`, of those announced."""
    query = select(Round.code).order_by(
        case((Round.ends_on >= today, 0), else_=1),
        case((Round.ends_on >= today, Round.starts_on)),
        Round.ends_on.desc(),
        Round.id.desc(),
    )
    if public:
        query = query.where(Round.meetings.any(Meeting.status != MeetingStatus.PROPOSED))
    return session.scalar(query.limit(1))


def list_running_rounds(session: Session, today: date) -> list[Round]:
    """The rounds that are not over, and those that ended so lately that minutes and decisions may still wait.

    As `get_round` gives them, the earliest first; as many queries however many there are.
    """
    query = (
        select(Round)
        .where(Round.ends_on >= today - timedelta(days=rules.LATE_WORK_DAYS))
        .order_by(Round.starts_on, Round.id)
        .options(*_WHOLE)
    )
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """A round in a list: its forums and national meeting counted by how they stand."""

    round: Round
    held: int
    ahead: int
    proposed: int
    cancelled: int

    @property
    def is_public(self) -> bool:
        return self.held + self.ahead + self.cancelled > 0


def list_summaries(session: Session, today: date) -> list[RoundSummary]:
    """All rounds with the number of their meetings, working meetings aside, the newest first; two queries."""

    def count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)

    announced = Meeting.status == MeetingStatus.ANNOUNCED
    counts = (
        select(
            Meeting.round_id,
            count(announced, Meeting.ends_on < today),
            count(announced, Meeting.ends_on >= today),
            count(Meeting.status == MeetingStatus.PROPOSED),
            count(Meeting.status == MeetingStatus.CANCELLED),
        )
        .where(Meeting.kind != MeetingKind.WORKING)
        .group_by(Meeting.round_id)
    )
    by_round = {round_id: tuple(int(number) for number in numbers) for round_id, *numbers in session.execute(counts)}
    return [RoundSummary(found, *by_round.get(found.id, (0, 0, 0, 0))) for found in list_rounds(session)]


def find_meeting(session: Session, code: str, slug: str) -> Meeting | None:
    """The meeting at an address, with its round, region, province and days."""
    query = (
        select(Meeting)
        .join(Meeting.round)
        .where(Round.code == code)
        .options(
            joinedload(Meeting.round),
            joinedload(Meeting.region),
            joinedload(Meeting.province),
            selectinload(Meeting.days),
        )
    )
    found = session.scalar(query.where(Meeting.slug == slug))
    if found is None:
        # A working meeting that was moved had another day for its address.
        moved = select(Change.thing_id).where(Change.thing == "meeting", Change.field == "slug", Change.old == slug)
        found = session.scalar(query.where(Meeting.id.in_(moved)).order_by(Meeting.id.desc()).limit(1))
    return found


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
        meeting.venue_en,
        meeting.venue_address,
        meeting.province_code,
        hours,
    )


def lock_meeting(session: Session, meeting: Meeting) -> None:
    """Let changes of one meeting queue until the commit, so that no two decide on the same facts.

    Other tables may still refer to the meeting meanwhile. SQLite queues all writers by itself.
    """
    session.refresh(meeting, [*CHANGEABLE, "version", "sequence", "changed_at", "days"], {"key_share": True})


@contextmanager
def change_meeting(session: Session, meeting: Meeting, actor: Actor) -> Iterator[None]:
    """Change a meeting in the block: history, SEQUENCE, LAST-MODIFIED and the mark of calendars follow from it."""
    lock_meeting(session, meeting)
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
    elif meeting.status != MeetingStatus.CANCELLED:
        meeting.cancelled_at = None
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
