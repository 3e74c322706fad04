"""Who was told apart, who was merged into whom, and what undoing it within the day needs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime


class DistinctPair(Base):
    """Two partners who look alike and are not the same, as somebody said; the lower number stands first."""

    __tablename__ = "distinct_partners"
    __table_args__ = (CheckConstraint("partner_id < other_id", name="lower_first"),)

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    actor_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200))


class MergedPartner(Base):
    """The number of a partner who was merged into another one, so that whatever names it still leads there.

    `feed_version` is the version of their calendar's address that was in force then, None where there was none; it
    opens the other's calendar as long as that one's address is of `kept_feed_version`.
    """

    __tablename__ = "merged_partners"

    other_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), index=True)
    feed_version: Mapped[int | None]
    kept_feed_version: Mapped[int]


class PartnerMerge(Base):
    """The partner `other_id` was merged into `partner_id`: by whom, when, and until tomorrow what it changed.

    Both numbers are kept as they were, whatever becomes of the rows.
    """

    __tablename__ = "partner_merges"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(index=True)
    other_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now, index=True)
    actor_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200))
    # JSON: the rows that were changed, as they were and as they became; None once the day is over, or when undone.
    snapshot: Mapped[str | None] = mapped_column(Text)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
