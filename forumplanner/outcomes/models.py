"""Outcomes (ข้อสรุป) of agenda items, and the way a region's outcomes take to the organisers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.agenda.models import AgendaItem
from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime, Versioned, one_of
from forumplanner.outcomes.rules import OutcomeKind, SubmissionState
from forumplanner.partners.models import Partner
from forumplanner.rounds.models import Meeting

__all__ = ["Decision", "Outcome", "OutcomeKind", "Submission", "SubmissionState"]


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


class Decision(Base):
    """What organisers decided on a forum's outcomes, with the record as it stood then (`services.snapshots`).

    The latest of an accepted submission is what was accepted: nothing that is changed or renamed later changes it.
    `content` is None where a database older than this table does not know any more what was returned.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    state: Mapped[SubmissionState] = mapped_column(one_of(SubmissionState))
    remark: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    submission: Mapped[Submission] = relationship()
