"""The official record of a meeting; its number runs per body and calendar year."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core.db import Base, Versioned, one_of
from forumplanner.minutes.rules import MinutesState
from forumplanner.rounds.models import Body, Meeting

__all__ = ["Minutes", "MinutesState"]


class Minutes(Versioned, Base):
    """ครั้งที่ number/year of a body; the year is kept Gregorian and printed Buddhist."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("body_id", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    year: Mapped[int]
    number: Mapped[int]
    state: Mapped[MinutesState] = mapped_column(one_of(MinutesState), default=MinutesState.DRAFT)
    recorder_name: Mapped[str | None] = mapped_column(String(200))
    checker_name: Mapped[str | None] = mapped_column(String(200))

    meeting: Mapped[Meeting] = relationship()
    body: Mapped[Body] = relationship()

    @property
    def is_approved(self) -> bool:
        return self.state == MinutesState.APPROVED
