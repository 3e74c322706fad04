"""The three lists of form 11: who came, who did not, who else was in the room."""

from datetime import time

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.attendance.rules import AttendanceList
from forumplanner.core.db import Base, Versioned, one_of
from forumplanner.invitations.models import Invitation
from forumplanner.rounds.models import Meeting

__all__ = ["Attendance", "AttendanceList", "Sitting"]


class Attendance(Versioned, Base):
    """A person on one of the lists. Names are kept as they were on the day, even if the partner is renamed later."""

    __tablename__ = "attendances"
    __table_args__ = (Index("ix_attendances_order", "meeting_id", "list", "position", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id", ondelete="SET NULL"), unique=True)
    list: Mapped[AttendanceList] = mapped_column(one_of(AttendanceList))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    post: Mapped[str | None] = mapped_column(String(300))
    # "(แทน) ..." : whose place this person took. It and the reason stay with a line that moves to another list and are
    # shown on their own list alone.
    substitute_for: Mapped[str | None] = mapped_column(String(300))
    reason: Mapped[str | None] = mapped_column(String(300))
    # The newest reply when this line was made, followed or left as it is: a later one that differs is pointed out.
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id", ondelete="SET NULL"), index=True)

    meeting: Mapped[Meeting] = relationship()
    invitation: Mapped[Invitation | None] = relationship()

    @property
    def shown_substitute(self) -> str | None:
        """Whose place this person took, of somebody who came."""
        return self.substitute_for if self.list == AttendanceList.CAME else None

    @property
    def shown_reason(self) -> str | None:
        """Why this person did not come, of somebody absent."""
        return self.reason if self.list == AttendanceList.ABSENT else None


class Sitting(Versioned, Base):
    """When a meeting really began and ended (เริ่มประชุมเวลา, เลิกประชุมเวลา), local to its zone."""

    __tablename__ = "sittings"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), unique=True)
    began_at: Mapped[time | None]
    ended_at: Mapped[time | None]
    chair: Mapped[str | None] = mapped_column(String(300))
    # The chair's line on the lists, if it stands there: two people may bear one name.
    chair_line_id: Mapped[int | None] = mapped_column(ForeignKey("attendances.id", ondelete="SET NULL"), index=True)

    meeting: Mapped[Meeting] = relationship()
