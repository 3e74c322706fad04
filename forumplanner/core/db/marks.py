"""Marks: a few named values about the database as a whole, read together in one query.

`calendar` counts changes that any calendar feed could show; `sample` is there in a sample database alone and its value
is the day the sample takes for today.
"""

from datetime import datetime, timedelta

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from forumplanner.core import clock
from forumplanner.core.db.base import Base
from forumplanner.core.db.types import UTCDateTime

CALENDAR = "calendar"
SAMPLE = "sample"


class Mark(Base):
    """One named value with the number of its changes and the instant of the last."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    value: Mapped[str | None] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


def find_mark(session: Session, name: str) -> Mark | None:
    """The mark of that name, or None."""
    return session.get(Mark, name)


def is_sample(session: Session) -> bool:
    """Whether this database holds the sample, whose people are invented."""
    return find_mark(session, SAMPLE) is not None


def bump_mark(session: Session, name: str, *, at: datetime | None = None) -> None:
    """Count one more change under this name, in the caller's transaction.

    No two changes are of the same second, though the later one be dated a moment ahead: their dates are compared.
    """
    second = clock.next_second(at or clock.now())
    mark = session.scalar(select(Mark).where(Mark.name == name).with_for_update())
    if mark is None:
        session.add(Mark(name=name, number=1, changed_at=second))
    else:
        mark.number += 1
        mark.changed_at = max(second, clock.next_second(mark.changed_at) + timedelta(seconds=1))
    session.flush()
