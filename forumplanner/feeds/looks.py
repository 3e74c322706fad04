"""The one query of a request for a calendar: whether anything it shows has changed, whatever its size."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from forumplanner.core.db import CALENDAR, SAMPLE, Mark
from forumplanner.feeds.models import PersonalFeed
from forumplanner.invitations.models import Invitation
from forumplanner.partners.models import Partner

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CalendarLook:
    """The state of what public calendars show: `mark` differs when any of them may have changed, at `changed_at`."""

    mark: Hashable
    changed_at: datetime
    sample_today: date | None


@dataclass(frozen=True, slots=True)
class PersonLook:
    """The same for a person's own calendar, and how its address stands."""

    mark: Hashable
    sample_today: date | None
    link_version: int
    renewed_at: datetime | None
    revoked_at: datetime | None
    last_fetched_at: datetime | None

    @property
    def ended_at(self) -> datetime | None:
        """When earlier addresses, or all of them, ceased to show meetings."""
        return self.revoked_at or self.renewed_at


_MARKS = select(Mark.name, Mark.number, Mark.changed_at, Mark.value).where(
    or_(Mark.name == CALENDAR, Mark.name == SAMPLE)
)


def look_at_calendar(connection: Connection) -> CalendarLook:
    """The calendar mark and the sample's today."""
    number, changed_at, sample_today = 0, LONG_AGO, None
    for name, count, at, value in connection.execute(_MARKS):
        if name == CALENDAR:
            number, changed_at = count, at
        else:
            sample_today = _day(value)
    # A restored backup may count anew from a smaller number, but not at the same instant.
    return CalendarLook((number, changed_at), changed_at, sample_today)


def _mark(column: InstrumentedAttribute[Any], name: str) -> Any:
    return select(column).where(Mark.name == name).scalar_subquery()


_PERSON = (
    select(
        _mark(Mark.number, CALENDAR),
        _mark(Mark.changed_at, CALENDAR),
        # Any answer, change, new, moved or deleted invitation changes one of these.
        func.count(Invitation.id),
        func.sum(Invitation.id),
        func.sum(Invitation.version),
        _mark(Mark.value, SAMPLE),
        PersonalFeed.link_version,
        PersonalFeed.renewed_at,
        PersonalFeed.revoked_at,
        PersonalFeed.last_fetched_at,
    )
    .select_from(Partner.__table__)
    .outerjoin(PersonalFeed.__table__, PersonalFeed.partner_id == Partner.__table__.c.id)
    .outerjoin(Invitation.__table__, Invitation.partner_id == Partner.__table__.c.id)
    .where(Partner.__table__.c.id == bindparam("partner_id"))
    .group_by(Partner.__table__.c.id, PersonalFeed.partner_id)
)


def look_at_person(connection: Connection, partner_id: int) -> PersonLook | None:
    """The same for one partner; None where there is none of that number."""
    row = connection.execute(_PERSON, {"partner_id": partner_id}).first()
    if row is None:
        return None
    *mark, sample_today, link_version, renewed_at, revoked_at, last_fetched_at = row
    return PersonLook(tuple(mark), _day(sample_today), link_version or 1, renewed_at, revoked_at, last_fetched_at)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
