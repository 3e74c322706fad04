"""One row per changed field, and one per person, page, thing and day of looking at personal data."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime


class Change(Base):
    """A field of a thing changed from `old` to `new`. `actor` says who in words that outlive an account.

    Of a long text that follows its last change only what differs is kept, in `edits` (`history.differences`); `old` and
    `new` are empty then. `services.list_versions` gives the whole texts.
    """

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_thing", "thing", "thing_id"),
        # Who changed whose data, the latest first.
        Index("ix_changes_at", "at"),
    )

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
    edits: Mapped[str | None] = mapped_column(Text)
    # Whom the change is about, so that a name and a number can be blanked wherever they stand.
    partner_id: Mapped[int | None] = mapped_column(index=True)


class Look(Base):
    """An account looked at personal data (names with telephone numbers) on a page, on that day; named as changes are.

    Whose data it showed stands in `look_partners`. What was searched for is not kept: it may be a name itself.
    """

    __tablename__ = "looks"
    __table_args__ = (
        UniqueConstraint("actor_id", "on", "page", "thing", "thing_id"),
        Index("ix_looks_thing", "thing", "thing_id"),
        Index("ix_looks_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Thailand's day, also where a sample moves the calendar's: people look in earnest.
    on: Mapped[date]
    actor_id: Mapped[int]
    actor: Mapped[str] = mapped_column(String(200))
    # The page's endpoint; empty where it was not kept yet.
    page: Mapped[str] = mapped_column(String(60), default="")
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    # When first and last on that day; the first is not known of looks from before times were kept.
    first_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    showed: Mapped[list["LookPartner"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class LookPartner(Base):
    """A partner whose data a look showed, and when first. Partners may be erased: the number stays and says nothing."""

    __tablename__ = "look_partners"

    look_id: Mapped[int] = mapped_column(ForeignKey(Look.id, ondelete="CASCADE"), primary_key=True)
    partner_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
