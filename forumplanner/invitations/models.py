"""Invitations of partners to meetings, and every answer that came."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime, Versioned, one_of
from forumplanner.partners.models import Partner
from forumplanner.rounds.models import Meeting


class Capacity(StrEnum):
    """Members stand under ผู้มาประชุม in the minutes, participants under ผู้เข้าร่วมประชุม."""

    MEMBER = "member"
    PARTICIPANT = "participant"


class Channel(StrEnum):
    """How an invitation reaches its partner."""

    EMAIL = "email"
    LETTER = "letter"
    LINE = "line"
    TELEPHONE = "telephone"


class Answer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELEGATE = "delegate"


class ReplyChannel(StrEnum):
    """How an answer came."""

    LINK = "link"
    TELEPHONE = "telephone"
    PAPER = "paper"
    LINE = "line"
    EMAIL = "email"


class Invitation(Versioned, Base):
    """One partner invited to one meeting. Raising `link_version` makes every earlier private link unusable."""

    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("meeting_id", "partner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    capacity: Mapped[Capacity] = mapped_column(one_of(Capacity), default=Capacity.MEMBER)
    channel: Mapped[Channel] = mapped_column(one_of(Channel), default=Channel.TELEPHONE)
    link_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    # When the coordinator noted that the letter, message or call went out.
    reached_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # When what the partner's own calendar shows of it last changed: made, in force again, capacity, answer.
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)

    # The answer in force; `replies` holds all that came.
    answer: Mapped[Answer | None] = mapped_column(one_of(Answer))
    delegate_name: Mapped[str | None] = mapped_column(String(300))
    delegate_phone: Mapped[str | None] = mapped_column(String(300))
    comment: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship()
    partner: Mapped[Partner] = relationship()
    replies: Mapped[list["Reply"]] = relationship(
        back_populates="invitation", order_by="Reply.id", cascade="all, delete-orphan"
    )


class Reply(Base):
    """One answer as it came: never changed, never deleted with a later one."""

    __tablename__ = "replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), index=True)
    answer: Mapped[Answer] = mapped_column(one_of(Answer))
    delegate_name: Mapped[str | None] = mapped_column(String(300))
    delegate_phone: Mapped[str | None] = mapped_column(String(300))
    comment: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[ReplyChannel] = mapped_column(one_of(ReplyChannel))
    # Who took it, in words; None where the partner answered by link.
    taken_by: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)

    invitation: Mapped[Invitation] = relationship(back_populates="replies")
