"""Messages waiting to leave: this table is the truth, the queue only wakes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime, one_of


class MessageState(StrEnum):
    """What became of a message. A held one came back with a backup: it may have left long ago, so somebody decides."""

    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class MessageChannel(StrEnum):
    """The way a message takes."""

    EMAIL = "email"


class OutboxMessage(Base):
    """One message to one address. `key` makes writing it repeatable: the same key is never queued twice.

    `mime` holds the finished bytes (ASCII), composed when it was queued and sent as they are. While a message that
    carries a private link waits, the link stands in them, for it has to leave; they go once it has left or failed for
    good. `text_body` and `html_body` are what stays for people to read: a placeholder stands in them from the first
    moment where a private link stands in the mail.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (Index("ix_outbox_messages_due", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    channel: Mapped[MessageChannel] = mapped_column(one_of(MessageChannel), default=MessageChannel.EMAIL)
    # Whom it is about, and the invitation; rows may be erased, so these are numbers that history names them by.
    partner_id: Mapped[int | None] = mapped_column(index=True)
    invitation_id: Mapped[int | None] = mapped_column(index=True)
    # Of what it tells: the meeting's SEQUENCE, or the version of the invitation's link. A later one makes it stale.
    version: Mapped[int | None]
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(500))
    text_body: Mapped[str] = mapped_column(Text)
    html_body: Mapped[str | None] = mapped_column(Text)
    # Name, type and size of each attachment; their content stands in `mime`.
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    mime: Mapped[str | None] = mapped_column(Text)
    holds_secret: Mapped[bool] = mapped_column(default=False)
    message_id: Mapped[str] = mapped_column(String(200))
    state: Mapped[MessageState] = mapped_column(one_of(MessageState), default=MessageState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    server_answer: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    # From when on it counts as waiting: since it was queued, or released again.
    waits_since: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    next_try_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
