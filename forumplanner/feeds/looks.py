"""The one query of a request for a calendar: whether anything it shows has changed, whatever its size."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from forumplanner.core.db import CALENDAR, SAMPLE, Mark
from forumplanner.invitations.models import Invitation
from forumplanner.partners.links import follow_merged
from forumplanner.partners.models import Partner, Person, PersonalFeed, PersonClass
from forumplanner.web.private_links import LinkTarget

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CalendarLook:
    """The state of what public calendars show: `mark` differs when any of them may have changed."""

    # A number and an instant, as the driver gives them: a restored backup may count anew, but not at the same instant.
    mark: tuple[Any, Any]
    sample_today: date | None

    @property
    def changed_at(self) -> datetime:
        """When the last of these changes was made."""
        at = datetime.fromisoformat(self.mark[1]) if isinstance(self.mark[1], str) else self.mark[1]
        return at if at.tzinfo else at.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PersonLook:
    """The same for a person's own calendar, and how its address stands."""

    mark: Hashable
    sample_today: date | None
    link_version: int
    revoked_at: datetime | None
    last_fetched_at: datetime | None
    to_monk: bool = False


_MARKS = select(Mark.name, Mark.number, Mark.changed_at, Mark.value).where(
    or_(Mark.name == CALENDAR, Mark.name == SAMPLE)
)


@lru_cache(maxsize=4)
def _marks_in(dialect: Dialect) -> str:
    return str(_MARKS.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def look_at_calendar(engine: Engine) -> CalendarLook:
    """The calendar mark and the sample's today.

    Asked of the driver itself, without a transaction: through a session this one question costs four times as much as
    all the rest of the answer.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(_marks_in(engine.dialect))
        rows = cursor.fetchall()
    finally:
        connection.close()
    mark, sample_today = (0, LONG_AGO), None
    for name, number, changed_at, value in rows:
        if name == CALENDAR:
            mark = (number, changed_at)
        else:
            sample_today = _day(value)
    return CalendarLook(mark, sample_today)


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
        Person.__table__.c.person_class,
        PersonalFeed.link_version,
        PersonalFeed.revoked_at,
        PersonalFeed.last_fetched_at,
    )
    .select_from(Partner.__table__)
    .outerjoin(PersonalFeed.__table__, PersonalFeed.partner_id == Partner.__table__.c.id)
    .outerjoin(Invitation.__table__, Invitation.partner_id == Partner.__table__.c.id)
    .outerjoin(Person.__table__, Person.__table__.c.id == Partner.__table__.c.id)
    .where(Partner.__table__.c.id == bindparam("partner_id"))
    .group_by(Partner.__table__.c.id, PersonalFeed.partner_id, Person.__table__.c.id)
)


def look_at_person(connection: Connection, partner_id: int) -> PersonLook | None:
    """The same for one partner; None where there is none of that number."""
    row = connection.execute(_PERSON, {"partner_id": partner_id}).first()
    if row is None:
        return None
    *mark, sample_today, person_class, link_version, revoked_at, last_fetched_at = row
    # Who is spoken to otherwise has another calendar.
    return PersonLook(
        (*mark, person_class),
        _day(sample_today),
        link_version or 1,
        revoked_at,
        last_fetched_at,
        to_monk=person_class == PersonClass.MONK,
    )


def look_at_link(connection: Connection, target: LinkTarget) -> tuple[LinkTarget, PersonLook | None]:
    """The same for whom a link names; whoever was merged into another is that one."""
    look = look_at_person(connection, target.row_id)
    if look is not None:
        return target, look
    led = follow_merged(connection, target)
    return (led, look_at_person(connection, led.row_id)) if led else (target, None)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
