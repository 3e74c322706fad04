"""The sample round of 2550 in the words of these tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.services import list_items
from forumplanner.core.db import db
from forumplanner.core.stamps import make_stamp
from forumplanner.history.models import Change
from forumplanner.history.services import Actor
from forumplanner.outcomes.models import Outcome
from forumplanner.outcomes.services import (
    TypedOutcome,
    keep_decision,
    list_outcomes,
    review,
    shown_of_discussion,
    typed_of,
)
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting

CODE = "2550-1"
RECORDER = Actor(None, "ผู้บันทึก")
ORGANISER = Actor(None, "ส่วนกลาง")


def meeting_at(session: Session, slug: str) -> Meeting:
    """A meeting of the sample round."""
    return get_meeting(session, CODE, slug)


def item_at(session: Session, meeting: Meeting, number: str) -> AgendaItem:
    """The agenda item of that number."""
    return next(item for found, item in list_items(session, meeting) if found == number)


def numbered_titles(session: Session, meeting: Meeting) -> list[str]:
    """The agenda as a person reads it."""
    return [f"{number} {item.title_th}" for number, item in list_items(session, meeting)]


def texts_of(session: Session, item: AgendaItem) -> list[str]:
    """The outcomes of an item in order."""
    return [outcome.text for outcome in list_outcomes(session, item.meeting).get(item.id, ())]


def accept_anew(session: Session, slug: str) -> None:
    """Let what stands there now be what organisers accepted."""
    session.flush()
    session.expire_all()
    found = review(session, meeting_at(session, slug))
    assert found.submission is not None
    keep_decision(session, meeting_at(session, slug), found.submission, found)
    session.flush()


def as_typed(session: Session, item: AgendaItem) -> list[TypedOutcome]:
    """The outcomes of an item as an untouched form sends them."""
    return [typed_of(outcome) for outcome in list_outcomes(session, item.meeting).get(item.id, ())]


def seen_discussion(item: AgendaItem) -> str:
    """What the form about an item carries of its discussion."""
    return make_stamp(shown_of_discussion(item.discussion))


def count_outcomes(session: Session) -> int:
    """All outcomes of the database."""
    return session.scalar(select(func.count()).select_from(Outcome)) or 0


def history_of(session: Session, thing: str, thing_id: int) -> list[tuple[str, str | None, str | None]]:
    """Field, old and new of all changes of a thing, the oldest first."""
    query = select(Change).where(Change.thing == thing, Change.thing_id == thing_id).order_by(Change.id)
    return [(change.field, change.old, change.new) for change in session.scalars(query)]


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The SQL sent inside the block (in an application context)."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
