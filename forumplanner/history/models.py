"""One row per changed field, and one per look at personal data."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime


class Change(Base):
    """A field of a thing changed from `old` to `new`. `actor` says who in words that outlive an account."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_thing", "thing", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    actor_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200), default="")
    # A table's name and a row's key: rows may be erased, their history stays.
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(60))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)


class Look(Base):
    """Somebody looked at personal data (a list of names, telephone numbers)."""

    __tablename__ = "looks"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    actor_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200), default="")
    page: Mapped[str] = mapped_column(String(200))
