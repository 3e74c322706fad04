"""What is noted beside the work, day by day: messages, changes of people's data, looks at it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from forumplanner.core.db import BLANKED
from forumplanner.history.models import Change, Look
from forumplanner.outbox.models import MessageState, OutboxMessage
from forumplanner.retention.kinds.base import Due, Eraser, Removed, as_day, instant_after, instant_of, thai_day

# A calendar's address: its versions are nobody's data, and say whether an old address was stopped or replaced.
CALENDARS = "personal_feed"
_WAITING = (MessageState.QUEUED, MessageState.SENDING)
TIME_OVER = "Its period is over."


def _on_days(at: Any, items: Iterable[int]) -> ColumnElement[bool]:
    days = map(date.fromordinal, items)
    return or_(*(and_(at >= instant_of(day), at < instant_after(day)) for day in days))


def _by_day(session: Session, at: Any, *conditions: ColumnElement[bool]) -> list[Due]:
    day = thai_day(session, at)
    found = session.execute(select(day, func.count()).where(*conditions).group_by(day))
    return [Due(as_day(each).toordinal(), as_day(each), count) for each, count in found]


def _sent() -> ColumnElement[Any]:
    return func.coalesce(OutboxMessage.sent_at, OutboxMessage.created_at)


def _said_in_mail() -> ColumnElement[bool]:
    return and_(OutboxMessage.recipient != BLANKED, OutboxMessage.state.not_in(_WAITING))


def find_messages(session: Session, until: date) -> list[Due]:
    """The messages of each day that left or never will, and are not blank yet."""
    return _by_day(session, _sent(), _said_in_mail(), _sent() < instant_after(until))


def blank_messages(session: Session, items: Sequence[int], _eraser: Eraser | None) -> Removed:
    """Their key stays: what was sent once is not sent again."""
    about = and_(_said_in_mail(), _on_days(_sent(), items))
    count = session.scalar(select(func.count()).select_from(OutboxMessage).where(about)) or 0
    held = OutboxMessage.state == MessageState.HELD
    values: dict[str, Any] = {
        "recipient": BLANKED, "subject": BLANKED, "text_body": "", "html_body": None, "mime": None, "attachments": [],
        "server_answer": TIME_OVER, "partner_id": None, "invitation_id": None,
        "state": case((held, MessageState.FAILED), else_=OutboxMessage.state),
    }  # fmt: skip
    session.execute(update(OutboxMessage).where(about).values(values).execution_options(synchronize_session=False))
    session.expire_all()
    return Removed(items, count)


def _about_people() -> ColumnElement[bool]:
    return and_(Change.partner_id.is_not(None), Change.actor != BLANKED)


def find_changes(session: Session, until: date) -> list[Due]:
    """The changes of each day to what is kept of partners, that still say what and who."""
    return _by_day(session, Change.at, _about_people(), Change.at < instant_after(until))


def blank_changes(session: Session, items: Sequence[int], _eraser: Eraser | None) -> Removed:
    """When stays: from it the period of their person is counted."""
    about = and_(_about_people(), _on_days(Change.at, items))
    count = session.scalar(select(func.count()).select_from(Change).where(about)) or 0
    says = and_(about, Change.thing != CALENDARS)
    whole = {"synchronize_session": False}
    session.execute(
        update(Change)
        .where(says)
        .values(
            old=case((or_(Change.old.is_not(None), Change.edits.is_not(None)), BLANKED)),
            new=case((or_(Change.new.is_not(None), Change.edits.is_not(None)), BLANKED)),
            edits=None,
        )
        .execution_options(**whole)
    )
    session.execute(update(Change).where(about).values(actor=BLANKED, actor_id=None).execution_options(**whole))
    session.expire_all()
    return Removed(items, count)


def find_looks(session: Session, until: date) -> list[Due]:
    """The looks of each day."""
    found = session.execute(select(Look.on, func.count()).where(Look.on <= until).group_by(Look.on))
    return [Due(on.toordinal(), on, count) for on, count in found]


def remove_looks(session: Session, items: Sequence[int], _eraser: Eraser | None) -> Removed:
    """With whose data they showed."""
    about = Look.on.in_([date.fromordinal(item) for item in items])
    count = session.scalar(select(func.count()).select_from(Look).where(about)) or 0
    session.execute(delete(Look).where(about))
    return Removed(items, count)
