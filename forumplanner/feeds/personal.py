"""A person's own calendar address: made without a row, renewed, stopped, its use noted."""

from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import dialect_name
from forumplanner.feeds.rules import NOTED_EVERY
from forumplanner.history.services import Actor, find_change_from, record_change
from forumplanner.partners.models import PersonalFeed


def renew_address(session: Session, partner_id: int, actor: Actor) -> int:
    """Put a new address in force, also of a calendar that was stopped; returns its version.

    The one in force ends now: for 28 days it answers with an event that says so.
    """
    feed = _ensure_feed(session, partner_id)
    _raise_version(session, feed, actor)
    _note(session, actor, feed, "revoked_at", feed.revoked_at, None)
    feed.revoked_at = None
    session.flush()
    return feed.link_version


def stop_calendar(session: Session, partner_id: int, actor: Actor) -> int:
    """Let no address show meetings any more; returns the version whose page can start the calendar anew."""
    feed = _ensure_feed(session, partner_id)
    _raise_version(session, feed, actor)
    feed.revoked_at = feed.renewed_at
    _note(session, actor, feed, "revoked_at", None, feed.revoked_at)
    session.flush()
    return feed.link_version


def when_replaced(session: Session, partner_id: int, version: int) -> datetime | None:
    """When the address of that version gave way to the next; None for one that has not."""
    return find_change_from(session, "personal_feed", partner_id, "link_version", version)


def note_fetch(session: Session, partner_id: int, at: datetime) -> None:
    """Note that a calendar program has taken this calendar, once an hour at most."""
    insert = postgresql.insert if dialect_name(session) == "postgresql" else sqlite.insert
    row = {"partner_id": partner_id, "link_version": 1, "created_at": at, "last_fetched_at": at}
    added = insert(PersonalFeed).values(row).on_conflict_do_nothing().returning(PersonalFeed.partner_id)
    if session.scalar(added) is not None:
        return
    session.execute(
        update(PersonalFeed)
        .where(
            PersonalFeed.partner_id == partner_id,
            or_(PersonalFeed.last_fetched_at.is_(None), PersonalFeed.last_fetched_at <= at - NOTED_EVERY),
        )
        .values(last_fetched_at=at)
    )


def _ensure_feed(session: Session, partner_id: int) -> PersonalFeed:
    feed = session.get(PersonalFeed, partner_id, with_for_update=True)
    if feed is None:
        feed = PersonalFeed(partner_id=partner_id, link_version=1)
        session.add(feed)
        session.flush()
    return feed


def _raise_version(session: Session, feed: PersonalFeed, actor: Actor) -> None:
    now, version = clock.now(), feed.link_version
    _note(session, actor, feed, "link_version", version, version + 1, at=now)
    feed.link_version, feed.renewed_at = version + 1, now
    # Nobody has taken the new address yet.
    feed.last_fetched_at = None


def _note(
    session: Session, actor: Actor, feed: PersonalFeed, field: str, old: object, new: object, at: datetime | None = None
) -> None:
    partner_id = feed.partner_id
    record_change(session, actor, "personal_feed", partner_id, field, old, new, partner_id=partner_id, at=at)
