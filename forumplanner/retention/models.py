"""Periods that organisers set, what was announced, who is kept longer, and what was removed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime
from forumplanner.partners.models import Partner


class RetentionPeriod(Base):
    """The number an organiser set for a period (`core.periods`); without a row its default is in force."""

    __tablename__ = "retention_periods"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    number: Mapped[int]


class Announcement(Base):
    """One thing of a kind will be removed on a day, and stands on the organisers' page since `announced_on`.

    `item` is what the kind is counted by: a person's or an account's number, a meeting's, or a day as an ordinal.
    """

    __tablename__ = "retention_announcements"
    __table_args__ = (
        UniqueConstraint("kind", "item"),
        Index("ix_retention_announcements_remove", "kind", "remove_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    item: Mapped[int]
    # What it stands for: rows that say something, or the one person.
    count: Mapped[int]
    announced_on: Mapped[date]
    remove_on: Mapped[date]
    # Whether a mail to the organisers counted it.
    is_told: Mapped[bool] = mapped_column(default=False)
    # Its time had come, and something stands against it (`retention.kinds`): it waits for a hand.
    is_refused: Mapped[bool] = mapped_column(default=False)


class Hold(Base):
    """A person is kept until a day although their period ends before, and why."""

    __tablename__ = "retention_holds"

    partner_id: Mapped[int] = mapped_column(ForeignKey(Partner.id, ondelete="CASCADE"), primary_key=True)
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    noted_by: Mapped[str] = mapped_column(String(200))
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)

    partner: Mapped[Partner] = relationship()


class Removal(Base):
    """What one day's run removed of one kind: how many, and when last. No names."""

    __tablename__ = "retention_removals"
    __table_args__ = (UniqueConstraint("on", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(40))
    count: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


class LookedAt(Base):
    """The last day a kind was looked through to its end; its row is locked while that is done."""

    __tablename__ = "retention_looked_at"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    on: Mapped[date | None]
