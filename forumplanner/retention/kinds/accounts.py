"""Accounts nobody signs in with."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core import clock
from forumplanner.core.db import BLANKED
from forumplanner.history.models import Change
from forumplanner.retention.kinds.base import Due, Eraser, Removed, instant_after


def find_unused(session: Session, until: date) -> list[Due]:
    """Those made, and last signed in with, on that day or before; one organiser who can sign in always stays."""
    query = select(User).where(User.created_at < instant_after(until), ~User.is_sample)
    query = query.where(or_(User.last_signed_in_on.is_(None), User.last_signed_in_on <= until))
    since = {user.id: _last_use(user) for user in session.scalars(query)}
    if since:
        able = [
            each for each in session.scalars(select(User).where(User.active)) if each.is_organiser and each.password
        ]
        if able and all(each.id in since for each in able):
            since.pop(max(able, key=lambda each: (since[each.id], -each.id)).id)
    return [Due(number, day) for number, day in sorted(since.items())]


def _last_use(user: User) -> date:
    made = clock.day_of(user.created_at)
    return max(made, user.last_signed_in_on or made)


def remove(session: Session, items: Sequence[int], _eraser: Eraser | None) -> Removed:
    """Remove them; what they did keeps the name in its history for as long as that is kept."""
    about = (Change.thing == "user", Change.thing_id.in_(items))
    for column in (Change.old, Change.new):
        session.execute(update(Change).where(*about, column.is_not(None)).values({column: BLANKED}))
    session.execute(delete(User).where(User.id.in_(items)))
    session.expire_all()
    return Removed(items, len(items))
