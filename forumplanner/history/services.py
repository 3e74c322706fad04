"""Writes history in the caller's transaction, and reads it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import BLANKED
from forumplanner.history.differences import LONG, Edit, apply_edits, digest, read_edits, write_edits
from forumplanner.history.models import Change


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, or None with words ("by private link", "command line")."""

    id: int | None
    name: str


SYSTEM = Actor(None, "forumplanner")


class Version(NamedTuple):
    """A text as somebody left it; None where what it was is no longer kept. `edits`: what they changed."""

    at: datetime
    actor: str
    text: str | None
    edits: list[Edit]


def record_change(
    session: Session,
    actor: Actor,
    thing: str,
    thing_id: int,
    field: str,
    old: object,
    new: object,
    *,
    partner_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """Note that a field changed; equal values leave no trace.

    `partner_id`: the partner it is about, whether or not the thing is one. Of a long text what differs is kept.
    """
    before, after = _as_text(old), _as_text(new)
    if before == after:
        return
    change = Change(
        actor_id=actor.id, actor=actor.name, thing=thing, thing_id=thing_id, field=field, partner_id=partner_id
    )
    change.edits = _difference(session, change, before or "", after or "")
    if change.edits is None:
        change.old, change.new = before, after
    if at is not None:
        change.at = at
    session.add(change)


def record_beginnings(
    session: Session, actor: Actor, thing: str, field: str, new: str, made: Sequence[tuple[int, int | None]]
) -> None:
    """Note of many things at once that a field of each began as `new`; `made`: their numbers and partners."""
    common = {"actor_id": actor.id, "actor": actor.name, "thing": thing, "field": field, "new": new, "at": clock.now()}
    rows = [{**common, "thing_id": number, "partner_id": partner_id} for number, partner_id in made]
    if rows:
        session.execute(insert(Change), rows)


def record_name(
    session: Session,
    actor: Actor,
    thing: str,
    thing_id: int,
    field: str,
    old: tuple[str | None, int | None],
    new: tuple[str | None, int | None],
) -> None:
    """Note that a name gave way to another, each with the partner who bears it; two partners' get a line each."""
    (before, about), (after, about_now) = old, new
    if about and about_now and about != about_now:
        record_change(session, actor, thing, thing_id, field, before, None, partner_id=about)
        record_change(session, actor, thing, thing_id, field, None, after, partner_id=about_now)
    else:
        record_change(session, actor, thing, thing_id, field, before, after, partner_id=about_now or about)


def list_changes(
    session: Session, thing: str, thing_id: int, *, limit: int = 100, also: Sequence[int] = ()
) -> list[Change]:
    """The latest changes of one thing, newest first; `also`: numbers of what has become part of it."""
    query = (
        select(Change)
        .where(Change.thing == thing, Change.thing_id.in_((thing_id, *also)))
        .order_by(Change.at.desc(), Change.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def list_versions(session: Session, thing: str, thing_id: int, field: str) -> list[Version]:
    """Every version of a text, the newest first, put together from what was kept of it; one query."""
    query = (
        select(Change)
        .where(Change.thing == thing, Change.thing_id == thing_id, Change.field == field)
        .order_by(Change.at, Change.id)
    )
    versions: list[Version] = []
    text: str | None = None
    for change in session.scalars(query):
        edits = edits_of(change)
        if change.edits is None:
            text = change.new or ""
        else:
            known = text is not None and digest(text) == read_edits(change.edits)[0]
            text = apply_edits(text, edits) if text is not None and known else None
        versions.append(Version(change.at, change.actor, text, edits))
    return versions[::-1]


def edits_of(change: Change) -> list[Edit]:
    """What a change took out and put in, passage by passage."""
    if change.edits is not None:
        return read_edits(change.edits)[2]
    return [Edit(0, change.old or "", change.new or "")]


def passages_of(change: Change) -> tuple[str, str]:
    """What a change took out and put in, as text to read: whole where it is short, else the passages that differ."""
    edits = edits_of(change)
    removed, inserted = ([part for part in parts if part] for parts in zip(*(edit[1:] for edit in edits), strict=True))
    return " … ".join(removed), " … ".join(inserted)


def blank_partner(session: Session, partner_id: int) -> int:
    """Blank what the changes about a partner say, in all their things; when and by whom stays. Returns how many."""
    about = Change.partner_id == partner_id
    count = session.scalar(select(func.count()).select_from(Change).where(about)) or 0
    for column in (Change.old, Change.new):
        session.execute(update(Change).where(about, column.is_not(None)).values({column: BLANKED}))
    session.execute(update(Change).where(about, Change.edits.is_not(None)).values(old=BLANKED, new=BLANKED, edits=None))
    return count


def find_change_from(session: Session, thing: str, thing_id: int, field: str, old: object) -> datetime | None:
    """When a field last ceased to be `old`; None where it never did."""
    query = select(func.max(Change.at)).where(
        Change.thing == thing, Change.thing_id == thing_id, Change.field == field, Change.old == _as_text(old)
    )
    return session.scalar(query)


def _as_text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


def _difference(session: Session, change: Change, old: str, new: str) -> str | None:
    """What differs, as it is kept; None where both texts are kept whole.

    That is so where they are short, where hardly anything is alike, and where the last change did not leave `old`.
    """
    if max(len(old), len(new)) <= LONG:
        return None
    query = (
        select(Change.new, Change.edits)
        .where(Change.thing == change.thing, Change.thing_id == change.thing_id, Change.field == change.field)
        .order_by(Change.at.desc(), Change.id.desc())
        .limit(1)
    )
    # What is being changed around it may not be whole yet.
    with session.no_autoflush:
        last = session.execute(query).first()
    if last is None or (read_edits(last.edits)[1] if last.edits else digest(last.new or "")) != digest(old):
        return None
    edits = write_edits(old, new)
    return edits if len(edits) < len(old) + len(new) else None
