"""Outcomes (ข้อสรุป) of agenda items, and the way a region's outcomes take to the organisers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.agenda.models import AgendaItem
from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime, Versioned, one_of
from forumplanner.outcomes.rules import OutcomeKind, SubmissionState
from forumplanner.partners.models import Partner
from forumplanner.rounds.models import Meeting

__all__ = ["Outcome", "OutcomeKind", "Submission", "SubmissionState"]


class Outcome(Versioned, Base):
    """What a forum concluded on an agenda item; a commitment names its owner and due date."""

    __tablename__ = "outcomes"
    __table_args__ = (
        Index("ix_outcomes_order", "agenda_item_id", "position", "id"),
        CheckConstraint("kind <> 'commitment' OR (owner IS NOT NULL AND due_on IS NOT NULL)", name="commitment_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"))
    kind: Mapped[OutcomeKind] = mapped_column(one_of(OutcomeKind))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    # In words as agreed in the hall; tied to a partner where it is one.
    owner: Mapped[str | None] = mapped_column(String(300))
    owner_partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)

    agenda_item: Mapped[AgendaItem] = relationship()
    owner_partner: Mapped[Partner | None] = relationship()


class Submission(Versioned, Base):
    """A forum's outcomes on their way; no row means draft. While submitted or accepted they cannot be changed."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), unique=True)
    state: Mapped[SubmissionState] = mapped_column(one_of(SubmissionState), default=SubmissionState.DRAFT)
    remark: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    submitted_by: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(200))

    meeting: Mapped[Meeting] = relationship()
