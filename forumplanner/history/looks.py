"""Looks at personal data: noted once the page was sent, and read for whoever asks whose data somebody saw."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, func, literal_column, or_, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import Base, dialect_name
from forumplanner.history.models import Change, Look, LookPartner
from forumplanner.history.services import Actor

PARTNER = "partner"
PAGE_SIZE = 50
# Names that stand in a line of the list; the line's own page has all.
NAMED = 5


def record_look(
    session: Session,
    actor: Actor,
    thing: str,
    thing_id: int,
    *,
    at: datetime,
    page: str = "",
    whose: Collection[int] = (),
) -> None:
    """Note that an account saw the data of these partners (else of the thing itself, where it is a partner).

    One row a person, page, thing and day in Thailand, with every partner it showed that day.
    """
    adding = postgresql.insert if dialect_name(session) == "postgresql" else sqlite.insert
    row = {"on": clock.day_of(at), "actor_id": actor.id, "actor": actor.name, "page": page}
    row |= {"thing": thing, "thing_id": thing_id, "first_at": at, "at": at}
    added = adding(Look).values(row)
    known = [Look.actor_id, Look.on, Look.page, Look.thing, Look.thing_id]
    kept = added.on_conflict_do_update(index_elements=known, set_={"at": added.excluded.at})
    look_id = session.scalars(kept.returning(Look.id)).one()
    seen = set(whose) or ({thing_id} if thing == PARTNER else set())
    if seen:
        rows = [{"look_id": look_id, "partner_id": number, "at": at} for number in sorted(seen)]
        session.execute(adding(Base.metadata.tables[LookPartner.__tablename__]).on_conflict_do_nothing(), rows)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose looks and changes, of which days of Thailand, at whose data; None leaves it open."""

    actor_id: int | None = None
    first: date | None = None
    last: date | None = None
    partner_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is filtered."""
        return self == Wanted()


class Entry(NamedTuple):
    """A line of the list: somebody looked at partners' data, or changed one's.

    `page`: an endpoint. `field` is None for a look. `since`: when first that day, None where not known.
    """

    number: int
    at: datetime
    since: datetime | None
    actor_id: int | None
    actor: str
    page: str
    thing: str
    thing_id: int
    field: str | None
    partner_ids: Sequence[int]
    partners: int

    @property
    def place(self) -> str:
        """Where the list goes on behind this line, as an address carries it."""
        return f"{self.at.isoformat()}~{'look' if self.field is None else 'change'}~{self.number}"


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A part of the list, the latest first; `later` is where the next part begins, None at its end."""

    entries: Sequence[Entry]
    later: str | None


def list_entries(session: Session, wanted: Wanted, *, behind: str = "") -> EntryPage:
    """Looks and changes together, the latest first, behind such a place; four queries, however long the list."""
    place = _read_place(behind)
    found = [*_looks(session, wanted, place), *_changes(session, wanted, place)]
    found.sort(key=lambda entry: (entry.at, entry.field is None, entry.number), reverse=True)
    shown = found[:PAGE_SIZE]
    return EntryPage(_with_partners(session, shown), shown[-1].place if len(found) > PAGE_SIZE else None)


def _read_place(text: str) -> tuple[datetime, bool, int] | None:
    """The time, whether a look, and the number; None where the text names no place."""
    try:
        at, kind, number = text.split("~")
        read = datetime.fromisoformat(at)
        return (read, kind == "look", min(int(number), 2**31 - 1)) if read.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _behind(model: type[Look | Change], place: tuple[datetime, bool, int] | None) -> ColumnElement[bool]:
    """Of one instant, looks come before changes, and the later made before the earlier."""
    if place is None:
        return true()
    at, is_look, number = place
    same: ColumnElement[bool] = model.at == at
    if is_look == (model is Look):
        same = and_(same, model.id < number)
    elif model is Look:
        return model.at < at
    return or_(model.at < at, same)


def _days(wanted: Wanted) -> tuple[datetime | None, datetime | None]:
    """The instants at which the days begin and end."""
    first = datetime.combine(wanted.first, time(), clock.BANGKOK) if wanted.first else None
    last = datetime.combine(wanted.last, time(), clock.BANGKOK) + timedelta(days=1) if wanted.last else None
    return first, last


def _look_filter(wanted: Wanted) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if wanted.actor_id is not None:
        parts.append(Look.actor_id == wanted.actor_id)
    first, last = _days(wanted)
    # A look's day is that of its last time, which has an index.
    if first is not None:
        parts.append(Look.at >= first)
    if last is not None:
        parts.append(Look.at < last)
    return and_(*parts)


def _change_filter(wanted: Wanted) -> ColumnElement[bool]:
    first, last = _days(wanted)
    parts: list[ColumnElement[bool]] = [Change.partner_id.is_not(None)]
    if wanted.actor_id is not None:
        parts.append(Change.actor_id == wanted.actor_id)
    if first is not None:
        parts.append(Change.at >= first)
    if last is not None:
        parts.append(Change.at < last)
    if wanted.partner_id is not None:
        parts.append(Change.partner_id == wanted.partner_id)
    return and_(*parts)


def _looks(session: Session, wanted: Wanted, place: tuple[datetime, bool, int] | None) -> list[Entry]:
    query = select(Look).where(_look_filter(wanted), _behind(Look, place))
    if wanted.partner_id is not None:
        query = query.where(exists().where(LookPartner.look_id == Look.id, LookPartner.partner_id == wanted.partner_id))
    query = query.order_by(Look.at.desc(), Look.id.desc()).limit(PAGE_SIZE + 1)
    return [
        Entry(look.id, look.at, look.first_at, look.actor_id, look.actor, look.page, look.thing, look.thing_id,
              None, (), 0)
        for look in session.scalars(query)
    ]  # fmt: skip


def _changes(session: Session, wanted: Wanted, place: tuple[datetime, bool, int] | None) -> list[Entry]:
    query = select(
        Change.id, Change.at, Change.actor_id, Change.actor, Change.thing, Change.thing_id, Change.field,
        Change.partner_id,
    )  # fmt: skip
    query = query.where(_change_filter(wanted), _behind(Change, place))
    query = query.order_by(Change.at.desc(), Change.id.desc()).limit(PAGE_SIZE + 1)
    return [
        Entry(row.id, row.at, row.at, row.actor_id, row.actor, "", row.thing, row.thing_id, row.field,
              (row.partner_id,), 1)
        for row in session.execute(query)
    ]  # fmt: skip


def _with_partners(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """The looks among them with their first partners and how many there are."""
    ids = [entry.number for entry in entries if entry.field is None]
    place = func.row_number().over(partition_by=LookPartner.look_id, order_by=(LookPartner.at, LookPartner.partner_id))
    count = func.count().over(partition_by=LookPartner.look_id)
    all_of = select(LookPartner.look_id, LookPartner.partner_id, place.label("place"), count.label("partners"))
    ranked = all_of.where(LookPartner.look_id.in_(ids)).subquery()
    named: dict[int, list[int]] = {}
    counts: dict[int, int] = {}
    query = select(ranked).where(ranked.c.place <= NAMED).order_by(ranked.c.look_id, ranked.c.place)
    for row in session.execute(query) if ids else ():
        named.setdefault(row.look_id, []).append(row.partner_id)
        counts[row.look_id] = row.partners
    return [
        entry
        if entry.field is not None
        else entry._replace(partner_ids=named.get(entry.number, ()), partners=counts.get(entry.number, 0))
        for entry in entries
    ]


class Showing(NamedTuple):
    """A partner whose data one look showed, and when first."""

    partner_id: int
    at: datetime


def list_shown(session: Session, look_id: int, *, page: int = 1) -> tuple[list[Showing], bool]:
    """A page of the partners one look showed, in the order in which they were seen; whether there are more."""
    query = select(LookPartner.partner_id, LookPartner.at).where(LookPartner.look_id == look_id)
    query = query.order_by(LookPartner.at, LookPartner.partner_id)
    query = query.limit(PAGE_SIZE + 1).offset((max(page, 1) - 1) * PAGE_SIZE)
    found = [Showing(*row) for row in session.execute(query)]
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


class Reported(NamedTuple):
    """What an account saw or changed of one partner: on which page (or which field of what), when first and last."""

    partner_id: int
    actor_id: int | None
    actor: str
    page: str
    thing: str
    field: str | None
    first: datetime
    last: datetime
    days: int


def report_entries(session: Session, wanted: Wanted) -> list[Reported]:
    """All of it, grouped by partner, account and page: what has to be told within 72 hours of a breach."""
    seen = _of_looks(wanted)
    changed = (
        select(
            Change.partner_id,
            Change.actor_id,
            func.max(Change.actor),
            func.min(Change.thing),
            Change.field,
            func.min(Change.at),
            func.max(Change.at),
        )
        .where(_change_filter(wanted))
        .group_by(Change.partner_id, Change.actor_id, Change.thing, Change.field)
    )
    found = [
        Reported(partner_id, actor_id, actor, page, thing, None, first, last, days)
        for partner_id, actor_id, actor, page, thing, first, last, days in session.execute(seen)
    ]
    found += [
        Reported(partner_id or 0, actor_id, actor, "", thing, field, first, last, 0)
        for partner_id, actor_id, actor, thing, field, first, last in session.execute(changed)
    ]
    return sorted(found, key=lambda each: (each.partner_id, each.first, each.actor, each.page, each.field or ""))


def _of_looks(wanted: Wanted) -> Select[int, int, str, str, str, datetime, datetime, int]:
    # As a sum, so that SQLite does not read the table in the order of its index: that takes three times as long.
    partner_id = LookPartner.partner_id + literal_column("0", Integer)
    query = (
        select(
            partner_id,
            Look.actor_id,
            func.max(Look.actor),
            Look.page,
            Look.thing,
            func.min(LookPartner.at),
            func.max(Look.at),
            func.count(),
        )
        .join(Look, Look.id == LookPartner.look_id)
        .where(_look_filter(wanted))
        .group_by(partner_id, Look.actor_id, Look.page, Look.thing)
    )
    return query if wanted.partner_id is None else query.where(LookPartner.partner_id == wanted.partner_id)
