"""Personal calendar feeds: a private address each, which can be renewed or revoked."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime
from forumplanner.partners.models import Partner


class PersonalFeed(Base):
    """A partner's own feed. No row means version 1, never fetched."""

    __tablename__ = "personal_feeds"

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), primary_key=True)
    link_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    # When the version was last raised. When earlier ones ended, each at its own time, stands in their history.
    renewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Stopped by its person, until they ask for an address again.
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_fetched_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    partner: Mapped[Partner] = relationship()
