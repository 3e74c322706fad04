"""Reads what is in force, what is announced and what was removed; a constant number of queries each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core.periods import PERIODS
from forumplanner.partners.models import Partner, Person
from forumplanner.retention.models import Announcement, Hold, Removal, RetentionPeriod

Numbers = Mapping[str, int | None]
"""The number of each period, by its slug."""
PAGE_SIZE = 50


def numbers_in_force(session: Session) -> dict[str, int | None]:
    """The number of each period: what an organiser set, else its default."""
    kept = {row.slug: row.number for row in session.execute(select(RetentionPeriod.slug, RetentionPeriod.number))}
    return {
        slug: period.number if period.is_fixed else kept.get(slug, period.number) for slug, period in PERIODS.items()
    }


@dataclass(frozen=True, slots=True)
class Coming:
    """What is announced of one kind: how many, from which day to which it will be removed, how many wait for a hand."""

    kind: str
    count: int
    first: date
    last: date
    refused: int


def list_coming(session: Session) -> list[Coming]:
    """What is announced, by kind; one query."""
    refused = func.count().filter(Announcement.is_refused)
    query = select(
        Announcement.kind,
        func.sum(Announcement.count),
        func.min(Announcement.remove_on),
        func.max(Announcement.remove_on),
        refused,
    ).group_by(Announcement.kind)
    return [
        Coming(kind, int(count), first, last, waiting) for kind, count, first, last, waiting in session.execute(query)
    ]


def list_coming_people(session: Session, kind: str, *, page: int = 1) -> tuple[list[Announcement], bool]:
    """A page of those announced, the next to go first; whether there are more."""
    query = select(Announcement).where(Announcement.kind == kind)
    query = query.order_by(Announcement.remove_on, Announcement.item)
    found = list(session.scalars(query.limit(PAGE_SIZE + 1).offset((page - 1) * PAGE_SIZE)))
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


def names_of_people(session: Session, numbers: Sequence[int]) -> dict[int, Person]:
    """The people of these numbers."""
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(numbers)))}


def names_of_accounts(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """What the accounts of these numbers are called."""
    rows = session.execute(select(User.id, User.name, User.email).where(User.id.in_(numbers)))
    return {number: name or email for number, name, email in rows}


def list_holds(session: Session) -> list[Hold]:
    """Who is kept longer, the first to end first."""
    query = select(Hold).join(Partner, Partner.id == Hold.partner_id).order_by(Hold.until, Partner.sort_key, Partner.id)
    return list(session.scalars(query))


def list_removals(session: Session, *, page: int = 1) -> tuple[list[Removal], bool]:
    """What was removed, the latest first; whether there is more."""
    query = select(Removal).order_by(Removal.on.desc(), Removal.id.desc())
    found = list(session.scalars(query.limit(PAGE_SIZE + 1).offset((page - 1) * PAGE_SIZE)))
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


def find_announcement(session: Session, kind: str, item: int) -> Announcement | None:
    """What is announced of one thing."""
    return session.scalar(select(Announcement).where(Announcement.kind == kind, Announcement.item == item))
