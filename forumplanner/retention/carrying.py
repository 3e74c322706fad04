"""Announces what will be removed, and removes what was announced thirty days ago and is due still.

A kind is looked through once a day, in transactions of its own; its row in `retention_looked_at` is locked meanwhile,
so that two workers do not both remove. A run that was killed is found undone by the next. Whether something is due is
asked anew in the transaction that removes it: a period that got longer, a person who was invited meanwhile, a reason
somebody wrote all hold it back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import dialect_name, is_sample
from forumplanner.retention.kinds import KINDS, Due, Eraser, Kind
from forumplanner.retention.models import Announcement, LookedAt, Removal
from forumplanner.retention.reading import numbers_in_force
from forumplanner.retention.rules import NOTICE, end_of, latest_since

# Rows named in one query.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Carried:
    """What one transaction did to one kind; `is_done`: nothing is left for today."""

    kind: Kind
    removed: int
    refused: int
    is_done: bool


def kinds_left(session: Session, today: date) -> list[Kind]:
    """The kinds that were not looked through to their end today; one query."""
    done = set(session.scalars(select(LookedAt.kind).where(LookedAt.on == today)))
    return [kind for kind in KINDS if kind.slug not in done]


def start_again(session: Session, kinds: Iterable[Kind]) -> None:
    """Let kinds be looked through once more today; nobody else does anything about them until the commit."""
    for kind in sorted(kinds, key=lambda each: each.slug):
        lock(session, kind)
        session.execute(update(LookedAt).where(LookedAt.kind == kind.slug).values(on=None))


def announce(session: Session, kind: Kind, today: date) -> list[Announcement]:
    """Write down what falls due within thirty days, take back what no longer does; returns what is to go today."""
    lock(session, kind)
    due = _due(session, kind, today)
    known = {each.item: each for each in session.scalars(select(Announcement).where(Announcement.kind == kind.slug))}
    gone = [each.id for item, each in known.items() if item not in due]
    for begin in range(0, len(gone), AT_ONCE):
        session.execute(delete(Announcement).where(Announcement.id.in_(gone[begin : begin + AT_ONCE])))
    for item, (found, ends_on) in due.items():
        each = known.get(item)
        if each is not None:
            each.count = found.count
            # Never earlier than was said.
            each.remove_on = max(each.remove_on, ends_on)
    new = [
        {
            "kind": kind.slug,
            "item": item,
            "count": found.count,
            "announced_on": today,
            "remove_on": max(ends_on, today + NOTICE),
            "is_told": False,
            "is_refused": False,
        }
        for item, (found, ends_on) in due.items()
        if item not in known
    ]
    if new:
        session.execute(insert(Announcement), new)
    session.flush()
    ready = [each for item, each in known.items() if item in due and each.remove_on <= today and due[item][1] <= today]
    return sorted(ready, key=lambda each: (each.remove_on, each.item))


def carry_out(session: Session, kind: Kind, today: date, *, eraser: Eraser | None = None) -> Carried | None:
    """Announce, and remove what is to go, in the caller's transaction; None where somebody did so today already.

    In the sample nothing is removed: its people are invented, and its calendar stands still.
    """
    looked = lock(session, kind)
    if looked.on == today:
        return None
    ready = announce(session, kind, today)
    if is_sample(session):
        ready = []
    # What something stands against is tried again each day, behind the others.
    ready.sort(key=lambda each: each.is_refused)
    now, removed = ready[: kind.at_once], 0
    by_item = {each.item: each.id for each in now}
    if by_item:
        done = kind.remove(session, sorted(by_item), eraser)
        removed = done.count
        session.execute(delete(Announcement).where(Announcement.id.in_([by_item[item] for item in done.items])))
        against = [by_item[item] for item in done.refused]
        session.execute(update(Announcement).where(Announcement.id.in_(against)).values(is_refused=True))
        if done.count:
            _note(session, kind, today, done.count)
        if not done.items:
            # Something stands against all that are left.
            now = ready
    is_done = len(now) == len(ready)
    if is_done:
        session.execute(update(LookedAt).where(LookedAt.kind == kind.slug).values(on=today))
    session.flush()
    return Carried(kind, removed, len(ready) - removed if is_done else 0, is_done)


def _due(session: Session, kind: Kind, today: date) -> dict[int, tuple[Due, date]]:
    """What ends within thirty days, by item, with the day on which it does."""
    number, unit = numbers_in_force(session)[kind.period.slug], kind.period.unit
    if number is None:
        return {}
    horizon = today + NOTICE
    found = {}
    for each in kind.find(session, latest_since(horizon, number, unit)):
        ends_on = max(end_of(each.since, number, unit), each.held_until or date.min)
        if ends_on <= horizon:
            found[each.item] = (each, ends_on)
    return found


def lock(session: Session, kind: Kind) -> LookedAt:
    """Let nobody else announce or remove of this kind until the commit; SQLite queues all writers by itself."""
    query = select(LookedAt).where(LookedAt.kind == kind.slug).with_for_update()
    query = query.execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        adding = postgresql.insert if dialect_name(session) == "postgresql" else sqlite.insert
        session.execute(adding(LookedAt).values(kind=kind.slug, on=None).on_conflict_do_nothing())
        found = session.scalars(query).one()
    return found


def _note(session: Session, kind: Kind, today: date, count: int) -> None:
    adding = postgresql.insert if dialect_name(session) == "postgresql" else sqlite.insert
    row = adding(Removal).values(on=today, kind=kind.slug, count=count, at=clock.now())
    more = {"count": Removal.count + row.excluded.count, "at": row.excluded.at}
    session.execute(row.on_conflict_do_update(index_elements=[Removal.on, Removal.kind], set_=more))
