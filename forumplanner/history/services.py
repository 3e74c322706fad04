"""Writes history in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import dialect_name
from forumplanner.history.models import Change, Look


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, or None with words ("by private link", "command line")."""

    id: int | None
    name: str


SYSTEM = Actor(None, "forumplanner")


def record_change(
    session: Session,
    actor: Actor,
    thing: str,
    thing_id: int,
    field: str,
    old: object,
    new: object,
    *,
    at: datetime | None = None,
) -> None:
    """Note that a field changed; equal values leave no trace."""
    before, after = _as_text(old), _as_text(new)
    if before == after:
        return
    change = Change(
        actor_id=actor.id, actor=actor.name, thing=thing, thing_id=thing_id, field=field, old=before, new=after
    )
    if at is not None:
        change.at = at
    session.add(change)


def record_look(session: Session, actor: Actor, thing: str, thing_id: int, *, at: datetime) -> None:
    """Note that an account looked at personal data: one row a person, thing and day in Thailand."""
    insert = postgresql.insert if dialect_name(session) == "postgresql" else sqlite.insert
    on = at.astimezone(clock.BANGKOK).date()
    row = {"on": on, "actor_id": actor.id, "actor": actor.name, "thing": thing, "thing_id": thing_id}
    session.execute(insert(Look).values(row).on_conflict_do_nothing())


def list_changes(session: Session, thing: str, thing_id: int, *, limit: int = 100) -> list[Change]:
    """The latest changes of one thing, newest first."""
    query = (
        select(Change)
        .where(Change.thing == thing, Change.thing_id == thing_id)
        .order_by(Change.at.desc(), Change.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def find_change_from(session: Session, thing: str, thing_id: int, field: str, old: object) -> datetime | None:
    """When a field last ceased to be `old`; None where it never did."""
    query = select(func.max(Change.at)).where(
        Change.thing == thing, Change.thing_id == thing_id, Change.field == field, Change.old == _as_text(old)
    )
    return session.scalar(query)


def _as_text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
